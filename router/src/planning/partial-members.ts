import { isUnionType, type Supergraph } from '@apollo/federation-internals';
import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
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
import { appliesTo, collectFields, readFragments, type Selecting, toResponseName } from './selections.ts';

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
  const known = new Map<string, string>();
  const partial = new Set<string>();
  const subgraphs = [...supergraph.subgraphs()];
  for (const { schema } of subgraphs) {
    for (const type of [...schema.interfaceTypes(), ...schema.unionTypes()]) {
      if (type.name.startsWith('_')) continue;
      const names = isUnionType(type) ? type.types() : type.possibleRuntimeTypes();
      const text = names
        .map(({ name }) => name)
        .sort()
        .join(' ');
      if ((known.get(type.name) ?? text) !== text) partial.add(type.name);
      known.set(type.name, text);
    }
  }
  // Most graphs have none, and need no schema of each subgraph.
  const schemas = new Map(partial.size === 0 ? [] : subgraphs.map(({ name, schema }) => [name, schema.toGraphQLJSSchema()]));
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
  const asked = { schema, fragments: readFragments(document) };
  const reading = { asked, planned: { schema, fragments: readFragments(own) }, partial };
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

interface Reading {
  /** The subgraph's, with the client's fragments. */
  readonly asked: Selecting;
  /** The same with the fetch's fragments. */
  readonly planned: Selecting;
  readonly partial: ReadonlySet<string>;
}

/** The same set when nothing is left out of it; `sets` are what the client asks for at its place. */
function fillSet(reading: Reading, typeName: string, planned: SelectionSetNode, sets: Sets): SelectionSetNode {
  const { asked, partial } = reading;
  const { schema } = asked;
  const type = schema.getType(typeName);
  const objects = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
  const filled = visitFields(reading, planned, objects, sets);
  if (!partial.has(typeName)) return filled;
  const added = objects.flatMap((object): readonly InlineFragmentNode[] => {
    const has = collectFields(reading.planned, object, [planned]);
    const left = [...collectFields(asked, object, sets)].filter(([name]) => !has.has(name)).flatMap(([, fields]) => fields);
    if (left.length === 0) return [];
    const selectionSet = toLocal(asked, object, [{ kind: Kind.SELECTION_SET, selections: left }]);
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
  const within = objects.filter((object) => appliesTo(reading.asked.schema, typeCondition?.name.value, object));
  return visitFields(reading, selectionSet, within, sets);
}

function fillField(reading: Reading, field: FieldNode, objects: readonly GraphQLObjectType[], sets: Sets): SelectionSetNode {
  const planned = field.selectionSet as SelectionSetNode;
  const name = toResponseName(field);
  const [definition] = objects.flatMap((object) => object.getFields()[field.name.value] ?? []);
  const nodes = new Set(objects.flatMap((object) => collectFields(reading.asked, object, sets).get(name) ?? []));
  const inner = [...nodes].flatMap((node) =>
    node.name.value === field.name.value && node.selectionSet !== undefined ? [node.selectionSet] : [],
  );
  return definition === undefined || inner.length === 0 ? planned : fillSet(reading, getNamedType(definition.type).name, planned, inner);
}

/** What is asked of this object without fragments that others give; undefined when this subgraph alone cannot answer it. */
function toLocal(asked: Selecting, object: GraphQLObjectType, sets: Sets): SelectionSetNode | undefined {
  const fields: FieldNode[] = [];
  for (const nodes of collectFields(asked, object, sets).values()) {
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
      for (const each of isAbstractType(type) ? asked.schema.getPossibleTypes(type) : [type as GraphQLObjectType]) {
        const selectionSet = toLocal(asked, each, [node.selectionSet]);
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
