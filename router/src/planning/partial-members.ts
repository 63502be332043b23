import type { Supergraph } from '@apollo/federation-internals';
import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  stripIgnoredCharacters,
  validate,
  visit,
} from 'graphql';

type Sets = readonly SelectionSetNode[];
interface Members {
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
  /** Unions and interfaces of which subgraphs know other members. */
  readonly partial: ReadonlySet<string>;
}

/**
 * What puts into a plan what the planner leaves out of it: below a field that several subgraphs have, it asks for those members of a union or interface alone
 * that all of them know, though the one that is asked may answer with others. Those get the fields that their subgraph has for them.
 */
export function createMemberFiller(
  supergraph: Supergraph,
): (plan: QueryPlan, document: DocumentNode, operation: OperationDefinitionNode) => QueryPlan {
  const members = readMembers(supergraph);
  if (members.partial.size === 0) return (plan) => plan;
  return (plan, document, operation) => {
    const { node } = plan;
    if (node === undefined || node.kind === 'Subscription') return plan;
    const fill = (each: PlanNode): PlanNode => {
      if (each.kind === 'Sequence' || each.kind === 'Parallel') return { ...each, nodes: each.nodes.map(fill) };
      return each.kind === 'Fetch' ? fillFetch(each, members, document, operation) : each;
    };
    return { ...plan, node: fill(node) };
  };
}

function readMembers(supergraph: Supergraph): Members {
  const schemas = new Map<string, GraphQLSchema>();
  for (const { name, schema } of supergraph.subgraphs()) schemas.set(name, schema.toGraphQLJSSchema());
  const known = new Map<string, string>();
  const partial = new Set<string>();
  for (const schema of schemas.values()) {
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isAbstractType(type) || type.name.startsWith('_')) continue;
      const names = schema.getPossibleTypes(type).map(({ name }) => name);
      const text = names.sort().join(' ');
      if ((known.get(type.name) ?? text) !== text) partial.add(type.name);
      known.set(type.name, text);
    }
  }
  return { schemas, partial };
}

/** A fetch from the root, with the fields of members that were left out; another is as it was, and so is one with rewrites, whose names are not the client's. */
function fillFetch(fetch: FetchNode, { schemas, partial }: Members, document: DocumentNode, operation: OperationDefinitionNode): FetchNode {
  const schema = schemas.get(fetch.serviceName);
  if (schema === undefined || fetch.requires !== undefined || fetch.outputRewrites !== undefined) return fetch;
  const own = parse(fetch.operation, { noLocation: true });
  const planned = own.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  const root = schema.getRootType(operation.operation);
  if (planned === undefined || !root) return fetch;
  const reading = { schema, asked: readFragments(document), planned: readFragments(own), partial };
  const selectionSet = fillSet(reading, root.name, planned.selectionSet, [operation.selectionSet]);
  if (selectionSet === planned.selectionSet) return fetch;
  const used = new Set<string>();
  visit(selectionSet, { Variable: ({ name }) => void used.add(name.value) });
  const defined = new Set(planned.variableDefinitions?.map(({ variable }) => variable.name.value));
  const added = (operation.variableDefinitions ?? []).filter(({ variable: { name } }) => used.has(name.value) && !defined.has(name.value));
  const filled = { ...planned, selectionSet, variableDefinitions: [...(planned.variableDefinitions ?? []), ...added] };
  const filledDocument = { ...own, definitions: own.definitions.map((each) => (each === planned ? filled : each)) };
  // What cannot be asked in one request here is left to be told when such a member comes.
  if (validate(schema, filledDocument).length > 0) return fetch;
  const variableUsages = [...(fetch.variableUsages ?? []), ...added.map(({ variable }) => variable.name.value)];
  return { ...fetch, operation: stripIgnoredCharacters(print(filledDocument)), variableUsages };
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;
interface Reading {
  readonly schema: GraphQLSchema;
  readonly asked: Fragments;
  readonly planned: Fragments;
  readonly partial: ReadonlySet<string>;
}

const readFragments = ({ definitions }: DocumentNode): Fragments =>
  new Map(definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [])));

/** The same set when nothing is left out of it; `sets` are what the client asks for at its place. */
function fillSet(reading: Reading, typeName: string, planned: SelectionSetNode, sets: Sets): SelectionSetNode {
  const { schema, partial } = reading;
  const type = schema.getType(typeName);
  const objects = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
  const filled = visitFields(reading, planned, objects, sets);
  if (!partial.has(typeName)) return filled;
  const added = objects.flatMap((object): readonly InlineFragmentNode[] => {
    const has = collect(reading.schema, reading.planned, object, [planned]);
    const left = [...collect(schema, reading.asked, object, sets)].filter(([name]) => !has.has(name)).flatMap(([, fields]) => fields);
    if (left.length === 0) return [];
    const selectionSet = toLocal(reading, object, [{ kind: Kind.SELECTION_SET, selections: left }]);
    if (selectionSet === undefined) return [];
    return [
      { kind: Kind.INLINE_FRAGMENT, typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: object.name } }, selectionSet },
    ];
  });
  return added.length === 0 ? filled : { ...filled, selections: [...filled.selections, ...added] };
}

/** The planned fields with their own selections filled. */
function visitFields(reading: Reading, planned: SelectionSetNode, objects: readonly GraphQLObjectType[], sets: Sets): SelectionSetNode {
  let isChanged = false;
  const selections = planned.selections.map((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
    if (selection.selectionSet === undefined) return selection;
    const inner =
      selection.kind === Kind.FIELD ? fillField(reading, selection, objects, sets) : fillFragment(reading, selection, objects, sets);
    isChanged ||= inner !== selection.selectionSet;
    return { ...selection, selectionSet: inner };
  });
  return isChanged ? { ...planned, selections } : planned;
}

function fillFragment(
  reading: Reading,
  { typeCondition, selectionSet }: InlineFragmentNode,
  objects: readonly GraphQLObjectType[],
  sets: Sets,
) {
  const { schema } = reading;
  const within = objects.filter((object) => typeCondition === undefined || isOf(schema, object, typeCondition.name.value));
  return visitFields(reading, selectionSet, within, sets);
}

function fillField(reading: Reading, field: FieldNode, objects: readonly GraphQLObjectType[], sets: Sets): SelectionSetNode {
  const { schema, asked } = reading;
  const planned = field.selectionSet as SelectionSetNode;
  const name = responseNameOf(field);
  const [definition] = objects.flatMap((object) => object.getFields()[field.name.value] ?? []);
  const nodes = new Set(objects.flatMap((object) => collect(schema, asked, object, sets).get(name) ?? []));
  const inner = [...nodes].flatMap((node) =>
    node.name.value === field.name.value && node.selectionSet !== undefined ? [node.selectionSet] : [],
  );
  return definition === undefined || inner.length === 0 ? planned : fillSet(reading, getNamedType(definition.type).name, planned, inner);
}

/** What is asked of this object without fragments that others give; undefined when this subgraph alone cannot answer it. */
function toLocal(reading: Reading, object: GraphQLObjectType, sets: Sets): SelectionSetNode | undefined {
  const { schema, asked } = reading;
  const fields: FieldNode[] = [];
  for (const nodes of collect(schema, asked, object, sets).values()) {
    for (const node of nodes) {
      const definition = object.getFields()[node.name.value];
      if (node.name.value === '__typename') fields.push(node);
      if (node.name.value === '__typename') continue;
      if (definition === undefined || definition.astNode?.directives?.some(({ name }) => elsewhere.has(name.value))) return undefined;
      const type = getNamedType(definition.type);
      if (node.selectionSet === undefined || !isCompositeType(type)) {
        fields.push(node);
        continue;
      }
      const parts: InlineFragmentNode[] = [];
      for (const each of isAbstractType(type) ? schema.getPossibleTypes(type) : [type as GraphQLObjectType]) {
        const selectionSet = toLocal(reading, each, [node.selectionSet]);
        if (selectionSet === undefined) return undefined;
        const typeCondition = { kind: Kind.NAMED_TYPE as const, name: { kind: Kind.NAME as const, value: each.name } };
        if (selectionSet.selections.length > 0) parts.push({ kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet });
      }
      fields.push({ ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: [typename, ...parts] } });
    }
  }
  return { kind: Kind.SELECTION_SET, selections: fields };
}

/** Directives of fields that this subgraph does not resolve by itself. */
const elsewhere: ReadonlySet<string> = new Set(['external', 'requires']);
const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
const responseNameOf = ({ alias, name }: FieldNode): string => alias?.value ?? name.value;

/** The fields asked of this object, by response name; a type that the subgraph does not know is none of its objects. */
function collect(
  schema: GraphQLSchema,
  fragments: Fragments,
  object: GraphQLObjectType,
  sets: Sets,
): ReadonlyMap<string, readonly FieldNode[]> {
  const found = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const read = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = responseNameOf(selection);
        found.set(name, [...(found.get(name) ?? []), selection]);
        continue;
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD && spread.has(selection.name.value)) continue;
      if (selection.kind === Kind.FRAGMENT_SPREAD) spread.add(selection.name.value);
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (fragment !== undefined && isOf(schema, object, fragment.typeCondition?.name.value ?? object.name)) read(fragment.selectionSet);
    }
  };
  for (const set of sets) read(set);
  return found;
}

function isOf(schema: GraphQLSchema, object: GraphQLObjectType, name: string): boolean {
  const type = schema.getType(name);
  return name === object.name || (isAbstractType(type) && schema.isSubType(type, object));
}
