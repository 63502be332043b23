import { GraphQLError, type OperationDefinitionNode, type ValidationRule } from 'graphql';
import type { RouterContext } from '../context.ts';
import { RouterError, type RouterErrorCode } from '../errors.ts';
import type { Guard } from '../execution/operations.ts';
import type { Graph, PlannedOperation } from '../planning/graph.ts';
import { findEntered } from './entrances.ts';
import { type Measure, measureOperation } from './measure.ts';
import { findOutlineExcess } from './outline.ts';
import type { IsProven } from './proofs.ts';
import type { Asker, RateLimits } from './rate-limits.ts';
import { findVariablesExcess } from './variables-size.ts';

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
  readonly isProven: IsProven;
}

/** What every operation has to pass, on every transport. */
export function createGuard({ allowIntrospection, limits, rateLimits, isProven }: GuardOptions): Guard {
  const toAsker = async ({ clientIp, forwarded: { authorization } }: RouterContext): Promise<Asker> => ({
    ip: clientIp,
    identity: authorization,
    isProven: await isProven(authorization),
  });
  return {
    findExcess: findOutlineExcess,
    findVariablesExcess: (variables) => findVariablesExcess(variables, limits.maxTokens),
    maxTokens: limits.maxTokens,
    rulesFor: (graph) => [...(allowIntrospection ? [] : [noIntrospection]), createLimitRule(limits, graph)],
    count: async (context) => {
      await rateLimits.countOperations(await toAsker(context), 1);
      if (context.isTokenUnreadable)
        throw new RouterError('TOKEN_INVALID', 'The Authorization is longer than 8192 characters, or has others than printable ASCII.');
    },
    countRefusal: (context) => {
      void toAsker(context)
        .then((asker) => rateLimits.countOperations(asker, refusalPrice))
        .catch(() => {});
    },
    admit: async ({ planned, variables, context }) => {
      const { graph, document, operation } = planned;
      const entered = findEntered(planned, variables);
      if (entered.length > 0) await rateLimits.countEntrances(context.clientIp, entered);
      // One document may change as much as several would.
      const more = operation.operation === 'mutation' ? countRoots(planned) - 1 : 0;
      if (more > 0) await rateLimits.countOperations(await toAsker(context), more);
      // The document was measured when it was validated; what its variables make of it is known only now.
      if (!isOpen(planned)) return;
      const excess = findExcess(limits, measureOperation({ graph, document, operation, variables }));
      if (excess !== undefined) throw excess;
    },
  };
}

const refusalPrice = 4;
const rootCounts = new WeakMap<OperationDefinitionNode, number>();

function countRoots({ graph, document, operation }: PlannedOperation): number {
  const known = rootCounts.get(operation);
  if (known !== undefined) return known;
  const { rootFields } = measureOperation({ graph, document, operation, variables: undefined });
  rootCounts.set(operation, rootFields);
  return rootFields;
}

const openOperations = new WeakMap<OperationDefinitionNode, boolean>();

/** Whether the variables of an operation decide what it costs. */
function isOpen({ graph, document, operation }: PlannedOperation): boolean {
  const known = openOperations.get(operation);
  if (known !== undefined) return known;
  const { dependsOnVariables } = measureOperation({ graph, document, operation, variables: undefined });
  openOperations.set(operation, dependsOnVariables);
  return dependsOnVariables;
}

function createLimitRule(limits: Limits, graph: Graph): ValidationRule {
  return (context) => ({
    OperationDefinition: (node) => {
      const measure = measureOperation({ graph, document: context.getDocument(), operation: node, variables: undefined });
      const excess = findExcess(limits, measure);
      if (excess !== undefined) context.reportError(new GraphQLError(excess.message, { nodes: node, originalError: excess }));
      else if (measure.unsliced.length > 0)
        context.reportError(new GraphQLError(`Exactly one slicing argument is needed by ${measure.unsliced.join(', ')}.`, { nodes: node }));
    },
  });
}

function findExcess(limits: Limits, measure: Measure): RouterError | undefined {
  const checks: ReadonlyArray<readonly [number, number, RouterErrorCode, string]> = [
    [measure.rootFields, limits.maxRootFields, 'TOO_MANY_ROOT_FIELDS', 'fields at its top'],
    [measure.aliases, limits.maxAliases, 'TOO_MANY_ALIASES', 'aliases'],
    [measure.depth, limits.maxDepth, 'OPERATION_TOO_DEEP', 'levels'],
    [measure.cost, limits.maxCost, 'OPERATION_TOO_COSTLY', 'units of estimated cost'],
  ];
  const found = checks.find(([actual, limit]) => actual > limit);
  if (found === undefined) return undefined;
  const [actual, limit, code, what] = found;
  return new RouterError(code, `The operation has ${actual} ${what}; ${limit} are allowed.`, { limit, actual });
}

const noIntrospection: ValidationRule = (context) => ({
  Field: (node) => {
    if (node.name.value !== '__schema' && node.name.value !== '__type') return;
    const originalError = new RouterError('INTROSPECTION_DISABLED', 'Introspection is switched off here.');
    context.reportError(new GraphQLError(originalError.message, { nodes: node, originalError }));
  },
});
