import { Kind, parse, type ValueNode } from 'graphql';

/** Arguments by which a mutation has no second effect when it arrives twice: the newer name, and the one before. */
const keyNames = new Set(['idempotencyKey', 'requestId']);

/**
 * Whether a request to a subgraph may arrive twice without harm: a query, or a mutation each of whose fields carries an idempotency key.
 * Asked only of requests that are slow: it reads the document.
 */
export function isRepeatable(body: string): boolean {
  const { query, variables = {} } = JSON.parse(body) as { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> };
  const { definitions } = parse(query, { noLocation: true });
  const operation = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return false;
  if (operation.operation === 'query') return true;
  return operation.selectionSet.selections.every(
    (selection) =>
      selection.kind === Kind.FIELD && (selection.arguments ?? []).some(({ name, value }) => isKey(name.value, value, variables)),
  );
}

function isKey(name: string, value: ValueNode, variables: Readonly<Record<string, unknown>>): boolean {
  const given = value.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
  if (keyNames.has(name)) return value.kind === Kind.STRING ? value.value !== '' : typeof given === 'string' && given !== '';
  // Or within an input object.
  if (value.kind === Kind.OBJECT) return value.fields.some((field) => isKey(field.name.value, field.value, variables));
  return (
    typeof given === 'object' && given !== null && [...keyNames].some((key) => typeof (given as Record<string, unknown>)[key] === 'string')
  );
}
