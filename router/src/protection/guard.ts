import { type FieldNode, GraphQLError, Kind, type OperationDefinitionNode, type ValidationRule } from 'graphql';
import { RouterError, type RouterErrorCode } from '../errors.ts';
import type { Guard } from '../execution/operations.ts';
import { type Measure, measureOperation } from './measure.ts';
import type { RateLimits } from './rate-limits.ts';

export interface Limits {
  readonly maxTokens: number;
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxRootFields: number;
  readonly maxCost: number;
}

export interface GuardOptions {
  readonly allowIntrospection: boolean;
  readonly limits: Limits;
  readonly rateLimits: RateLimits;
}

/** Mutations by which strangers come in; guessing and flooding are stopped earlier here. */
const entrances = new Set(['createSession', 'joinSession']);

/** What every operation has to pass, on every transport. */
export function createGuard({ allowIntrospection, limits, rateLimits }: GuardOptions): Guard {
  return {
    maxTokens: limits.maxTokens,
    rules: [...(allowIntrospection ? [] : [noIntrospection]), createLimitRule(limits)],
    admit: ({ operation }, context) =>
      rateLimits.consume({ ip: context.clientIp, identity: context.forwarded['authorization'], entrances: countEntrances(operation) }),
  };
}

function createLimitRule(limits: Limits): ValidationRule {
  const checks: ReadonlyArray<readonly [keyof Measure, number, RouterErrorCode, string]> = [
    ['rootFields', limits.maxRootFields, 'TOO_MANY_ROOT_FIELDS', 'fields at its top'],
    ['aliases', limits.maxAliases, 'TOO_MANY_ALIASES', 'aliases'],
    ['depth', limits.maxDepth, 'OPERATION_TOO_DEEP', 'levels'],
    ['cost', limits.maxCost, 'OPERATION_TOO_COSTLY', 'units of estimated cost'],
  ];
  return (context) => ({
    OperationDefinition: (node) => {
      const measure = measureOperation(context.getSchema(), context.getDocument(), node);
      for (const [name, limit, code, what] of checks) {
        if (measure[name] <= limit) continue;
        const originalError = new RouterError(code, `The operation has ${measure[name]} ${what}; ${limit} are allowed.`, {
          limit,
          actual: measure[name],
        });
        context.reportError(new GraphQLError(originalError.message, { nodes: node, originalError }));
        return;
      }
    },
  });
}

const noIntrospection: ValidationRule = (context) => ({
  Field: (node) => {
    if (node.name.value !== '__schema' && node.name.value !== '__type') return;
    const originalError = new RouterError('INTROSPECTION_DISABLED', 'Introspection is switched off here.');
    context.reportError(new GraphQLError(originalError.message, { nodes: node, originalError }));
  },
});

function countEntrances(operation: OperationDefinitionNode): number {
  if (operation.operation !== 'mutation') return 0;
  const selections = operation.selectionSet.selections;
  const fields = selections.filter(
    (selection): selection is FieldNode => selection.kind === Kind.FIELD && entrances.has(selection.name.value),
  );
  // Fields inside fragments are not worth following: a fragment on Mutation counts as an entrance itself.
  return fields.length + selections.filter(({ kind }) => kind !== Kind.FIELD).length;
}
