import { GraphQLError, getVariableValues, isNonNullType, Kind, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { PlannedOperation } from '../planning/graph.ts';

export type Variables = Readonly<Record<string, unknown>>;

const noVariables: Variables = {};

/** Names that no variable may have here: an object has no property of the first, and fetches of entities have a variable of the second. */
const impossibleNames: ReadonlySet<string> = new Set(['__proto__', 'representations']);

/** Variables that were read already: whoever prepares an operation and whoever executes it ask the same. */
const fitting = new WeakMap<object, PlannedOperation['operation']>();

/**
 * The variables as their types have them (an ID given as a number is a string), with the defaults; or what is wrong with them, as
 * BAD_USER_INPUT.
 */
export function readVariables(
  planned: PlannedOperation,
  given: Variables,
): { readonly variables: Variables } | { readonly errors: readonly GraphQLError[] } {
  const definitions = planned.operation.variableDefinitions ?? [];
  // What an operation does not declare goes nowhere.
  if (definitions.length === 0) return { variables: noVariables };
  if (fitting.get(given) === planned.operation) return { variables: given };
  const impossible = definitions.filter(({ variable }) => impossibleNames.has(variable.name.value));
  if (impossible.length > 0)
    return {
      errors: impossible.map(
        (node) =>
          new GraphQLError(`A variable cannot be called "$${node.variable.name.value}" here: give it another name.`, {
            nodes: node,
            extensions: { code: 'BAD_USER_INPUT' },
          }),
      ),
    };
  const { errors, coerced: values } = getVariableValues(planned.graph.schema, definitions, given, { maxErrors: 5 });
  if (errors !== undefined)
    return {
      errors: errors.map(
        (error) => new GraphQLError(error.message, { nodes: error.nodes ?? null, extensions: { code: 'BAD_USER_INPUT' } }),
      ),
    };
  // Of what is not given nothing is found under `toString`, say.
  const coerced: Variables = { __proto__: null, ...values };
  // A nullable variable with a default may stand where null may not (`$yes: Boolean = true` in @include): then nobody may give null for it.
  const nulls = [...neverNull(planned)].filter((name) => coerced[name] === null);
  if (nulls.length === 0) {
    fitting.set(coerced, planned.operation);
    return { variables: coerced };
  }
  return {
    errors: nulls.map(
      (name) =>
        new GraphQLError(`Variable "$${name}" is null, and it is used where null may not be.`, {
          nodes: definitions.filter(({ variable }) => variable.name.value === name),
          extensions: { code: 'BAD_USER_INPUT' },
        }),
    ),
  };
}

const knownNeverNull = new WeakMap<PlannedOperation, ReadonlySet<string>>();

/** Nullable variables of the operation that stand in a place that takes no null. */
function neverNull(planned: PlannedOperation): ReadonlySet<string> {
  const known = knownNeverNull.get(planned);
  if (known !== undefined) return known;
  const nullable = new Set(
    (planned.operation.variableDefinitions ?? [])
      .filter(({ type }) => type.kind !== Kind.NON_NULL_TYPE)
      .map(({ variable }) => variable.name.value),
  );
  const found = new Set<string>();
  if (nullable.size > 0) {
    const types = new TypeInfo(planned.graph.schema);
    visit(
      planned.document,
      visitWithTypeInfo(types, {
        VariableDefinition: () => false,
        // Another operation of the document may use the same name for something else.
        OperationDefinition: (node) => (node === planned.operation ? undefined : false),
        Variable: ({ name }) => {
          if (nullable.has(name.value) && isNonNullType(types.getInputType())) found.add(name.value);
        },
      }),
    );
  }
  knownNeverNull.set(planned, found);
  return found;
}
