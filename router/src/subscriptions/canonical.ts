import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLInputType,
  type GraphQLNamedType,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  parseType,
  print,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
  valueFromAST,
} from 'graphql';
import type { PlannedOperation } from '../planning/graph.ts';
import type { Shape } from './shape.ts';

/** One subscription as all write it who ask for the same. */
export interface Canonical {
  readonly document: DocumentNode;
  readonly operationName: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** How the client wants to have it. */
  readonly shape: Shape;
}

/** What has no canonical form here: it is shared only with those who write the same. */
class Uncanonical extends Error {
  override readonly name = 'Uncanonical';
}

interface Occurrence {
  readonly node: FieldNode;
  readonly parent: GraphQLNamedType;
  /** Type conditions that narrow, from outside to inside. */
  readonly chain: readonly string[];
}

interface Value {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly value: unknown;
}

/** One field of the canonical form; `identity` is equal for equal fields with equal values and selections. */
interface Field {
  readonly chains: readonly (readonly string[])[];
  readonly name: string;
  readonly values: readonly Value[];
  readonly inner: Selection | undefined;
  readonly identity: string;
}

interface Selection {
  /** In canonical order, each once, by the key that it has in the canonical answer. */
  readonly fields: ReadonlyMap<string, Field>;
  /** The client's names in the client's order. */
  readonly wanted: readonly { readonly name: string; readonly field: Field }[];
  readonly identity: string;
}

/**
 * The canonical form of a subscription with these (coerced) variables: no aliases but where one field is asked for with several arguments,
 * fragments dissolved as far as types allow, conditions decided, fields in order, values in variables of ours. `cursorArgument` of the root
 * field is left out: the router gives it. Undefined for what has none, such as directives of other kinds.
 */
export function findCanonical(
  planned: PlannedOperation,
  variables: Readonly<Record<string, unknown>>,
  cursorArgument: string | undefined,
): Canonical | undefined {
  const root = planned.graph.schema.getSubscriptionType();
  if (root === undefined || root === null || (planned.operation.directives ?? []).length > 0) return undefined;
  try {
    const selection = readSelection({ planned, variables }, [{ set: planned.operation.selectionSet, parent: root }]);
    const [[, field] = []] = selection.fields;
    if (field === undefined) return undefined;
    const operationName = `${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}`;
    const definitions: VariableDefinitionNode[] = [];
    const given: Record<string, unknown> = {};
    const toVariable = ({ type, value }: Value): ArgumentNode['value'] => {
      const name = `v${definitions.length + 1}`;
      const variable = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } } as const;
      definitions.push({ kind: Kind.VARIABLE_DEFINITION, variable, type: parseType(String(type), { noLocation: true }) });
      given[name] = value;
      return variable;
    };
    const selectionSet = writeSelection(selection, toVariable, cursorArgument);
    const document: DocumentNode = {
      kind: Kind.DOCUMENT,
      definitions: [
        {
          kind: Kind.OPERATION_DEFINITION,
          operation: planned.operation.operation,
          name: { kind: Kind.NAME, value: operationName },
          variableDefinitions: definitions,
          selectionSet,
        },
      ],
    };
    return { document, operationName, text: print(document), variables: given, shape: toShape(selection) };
  } catch (error) {
    if (error instanceof Uncanonical) return undefined;
    throw error;
  }
}

interface Reading {
  readonly planned: PlannedOperation;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Reads selections that stand in one place, merged. */
function readSelection(
  reading: Reading,
  sets: readonly { readonly set: SelectionSetNode; readonly parent: GraphQLNamedType }[],
): Selection {
  const occurrences = new Map<string, Occurrence[]>();
  for (const { set, parent } of sets) collect(reading, { selections: set.selections, parent, chain: [] }, occurrences);
  const wanted = [...occurrences].map(([name, found]) => ({ name, field: readField(reading, found) }));
  // Nothing is left when all is skipped.
  if (wanted.length === 0) throw new Uncanonical();
  const distinct = [...new Map(wanted.map(({ field }) => [field.identity, field])).values()].sort(byIdentity);
  const fields = new Map<string, Field>();
  const counts = new Map<string, number>();
  for (const field of distinct) {
    const count = (counts.get(field.name) ?? 0) + 1;
    counts.set(field.name, count);
    const key = count === 1 ? field.name : `${field.name}__${count}`;
    if (fields.has(key)) throw new Uncanonical();
    fields.set(key, field);
  }
  return { fields, wanted, identity: `{${distinct.map(({ identity }) => identity).join(' ')}}` };
}

interface Place {
  readonly selections: readonly SelectionNode[];
  readonly parent: GraphQLNamedType;
  readonly chain: readonly string[];
}

function collect(reading: Reading, { selections, parent, chain }: Place, into: Map<string, Occurrence[]>): void {
  const { schema } = reading.planned.graph;
  for (const selection of selections) {
    if (!isIncluded(selection, reading)) continue;
    if (selection.kind === Kind.FIELD) {
      const name = selection.alias?.value ?? selection.name.value;
      into.set(name, [...(into.get(name) ?? []), { node: selection, parent, chain }]);
      continue;
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : findFragment(reading.planned.document, selection.name.value);
    const condition = fragment.typeCondition?.name.value;
    const inner = fragment.selectionSet.selections;
    const type = condition === undefined ? parent : schema.getType(condition);
    if (!isCompositeType(type) || !isCompositeType(parent)) throw new Uncanonical();
    // A condition that always holds says nothing.
    if (type === parent || (isAbstractType(type) && !isUnnamed(parent) && schema.isSubType(type, parent as never)))
      collect(reading, { selections: inner, parent, chain }, into);
    else if (isObjectType(parent)) continue;
    else collect(reading, { selections: inner, parent: type, chain: [...chain, type.name] }, into);
  }
}

/** Unions have no fields: what stands in a fragment on an interface cannot stand there without it. */
const isUnnamed = (type: GraphQLNamedType): boolean => !isObjectType(type) && !isInterfaceType(type);

function findFragment(document: DocumentNode, name: string) {
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name) {
      if ((definition.directives ?? []).length > 0) throw new Uncanonical();
      return definition;
    }
  throw new Uncanonical();
}

function isIncluded(node: SelectionNode, { variables }: Reading): boolean {
  for (const { name } of node.directives ?? []) if (name.value !== 'skip' && name.value !== 'include') throw new Uncanonical();
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false;
}

function readField(reading: Reading, found: readonly Occurrence[]): Field {
  const chains = [...new Map(found.map(({ chain }) => [chain.join('>'), chain])).entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = found.map(({ node, parent }) => ({ node, parent, values: readValues(reading, node, parent) }));
  const [first] = parts;
  if (first === undefined) throw new Uncanonical();
  const head = ({ node, values }: (typeof parts)[number]): string =>
    `${node.name.value}(${values.map(({ name, value }) => `${name}:${JSON.stringify(value)}`).join()})`;
  // Under different conditions one name may stand for different fields.
  if (parts.some((part) => head(part) !== head(first))) throw new Uncanonical();
  const sets = parts.flatMap(({ node, parent }) => {
    const type = typeOf(parent, node.name.value);
    return node.selectionSet === undefined || type === undefined ? [] : [{ set: node.selectionSet, parent: type }];
  });
  if (sets.length > 0 && chains.length > 1) throw new Uncanonical();
  const inner = sets.length === 0 ? undefined : readSelection(reading, sets);
  return {
    chains: chains.map(([, chain]) => chain),
    name: first.node.name.value,
    values: first.values,
    inner,
    identity: `${head(first)}${chains.map(([key]) => `@${key}`).join()}${inner?.identity ?? ''}`,
  };
}

function typeOf(parent: GraphQLNamedType, field: string): GraphQLNamedType | undefined {
  return isObjectType(parent) || isInterfaceType(parent) ? getNamedType(parent.getFields()[field]?.type) : undefined;
}

function readValues({ variables }: Reading, { name, arguments: given = [] }: FieldNode, parent: GraphQLNamedType): readonly Value[] {
  const declared = isObjectType(parent) || isInterfaceType(parent) ? (parent.getFields()[name.value]?.args ?? []) : [];
  return declared.flatMap((argument): Value[] => {
    const node = given.find((each) => each.name.value === argument.name);
    if (node === undefined) return [];
    const value = valueFromAST(node.value, argument.type, variables);
    // A variable that is not given is no argument at all.
    return value === undefined ? [] : [{ name: argument.name, type: argument.type, value }];
  });
}

const byIdentity = (a: Field, b: Field): number => (a.name === b.name ? (a.identity < b.identity ? -1 : 1) : a.name < b.name ? -1 : 1);

function writeSelection(
  { fields }: Selection,
  toVariable: (value: Value) => ArgumentNode['value'],
  cursorArgument: string | undefined,
): SelectionSetNode {
  const selections = [...fields].flatMap(([key, { chains, name, values, inner }]): SelectionNode[] => {
    const field: FieldNode = {
      kind: Kind.FIELD,
      ...(key === name ? {} : { alias: { kind: Kind.NAME, value: key } }),
      name: { kind: Kind.NAME, value: name },
      arguments: values
        .filter((each) => each.name !== cursorArgument)
        .map((each) => ({ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: each.name }, value: toVariable(each) })),
      ...(inner === undefined ? {} : { selectionSet: writeSelection(inner, toVariable, undefined) }),
    };
    return chains.map((chain) => chain.reduceRight<SelectionNode>((node, type) => within(type, node), field));
  });
  return { kind: Kind.SELECTION_SET, selections };
}

function within(type: string, node: SelectionNode): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } },
    selectionSet: { kind: Kind.SELECTION_SET, selections: [node] },
  };
}

function toShape({ fields, wanted }: Selection): Shape {
  const keys = new Map([...fields].map(([key, { identity }]) => [identity, key]));
  return wanted.map(({ name, field }) => ({
    name,
    key: keys.get(field.identity) ?? name,
    inner: field.inner === undefined ? undefined : toShape(field.inner),
  }));
}
