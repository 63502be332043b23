import type { FetchDataRewrite, FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
  visit,
} from 'graphql';
import { hasFields, type OwnRequirements, readRequires } from './requirement-fields.ts';

/** Of our fields that something needs, by the way to what they stand for: `category.averagePrice` by `averagePrice__required1`. */
type Needs = ReadonlyMap<string, string>;

/** What one fetch can bring of a type: whatever needs one value each under the same names. */
interface Group {
  readonly needs: Map<string, string>;
  readonly selections: SelectionNode[];
}

/**
 * Makes plans with fields of ours into plans of what subgraphs know: such a field is asked for by its own name under an alias, stands in representations
 * under its own name, and whatever needs two of one name is fetched in as many fetches side by side.
 */
export function createFetchSplitter({ document, fields }: OwnRequirements): (plan: QueryPlan) => QueryPlan {
  if (fields.size === 0) return (plan) => plan;
  const needed = readNeeds({ document, fields });
  const split = (fetch: FetchNode): PlanNode => {
    const operation = toOwnNames(fetch.operation, fields);
    const named: FetchNode = { ...fetch, operation };
    if (fetch.requires === undefined || !hasOurs(fetch.requires, fields)) return named;
    const groups = groupSelections(operation, needed);
    const count = Math.max(1, ...[...groups.values()].map(({ length }) => length));
    const nodes = Array.from({ length: count }, (_, index) => toFetch(named, { fields, groups, index }));
    return nodes.length === 1 ? (nodes[0] as FetchNode) : { kind: 'Parallel', nodes };
  };
  const walk = (node: PlanNode): PlanNode => {
    if (node.kind === 'Fetch') return split(node);
    if (node.kind === 'Sequence' || node.kind === 'Parallel') return { ...node, nodes: node.nodes.map(walk) };
    if (node.kind === 'Condition')
      return {
        ...node,
        ...(node.ifClause === undefined ? {} : { ifClause: walk(node.ifClause) }),
        ...(node.elseClause === undefined ? {} : { elseClause: walk(node.elseClause) }),
      };
    if (node.kind !== 'Flatten') return node;
    const inner = walk(node.node);
    if (node.node.kind !== 'Fetch' || inner.kind !== 'Parallel') return { ...node, node: inner };
    return { kind: 'Parallel', nodes: inner.nodes.map((each) => ({ ...node, node: each })) };
  };
  return (plan) => {
    const { node } = plan;
    if (node === undefined) return plan;
    if (node.kind !== 'Subscription') return { ...plan, node: walk(node) };
    const primary = { ...node.primary, operation: toOwnNames(node.primary.operation, fields) };
    return { ...plan, node: { ...node, primary, ...(node.rest === undefined ? {} : { rest: walk(node.rest) }) } };
  };
}

/** By `Type.field`. */
function readNeeds({ document, fields }: OwnRequirements): ReadonlyMap<string, Needs> {
  const needed = new Map<string, Needs>();
  for (const definition of document.definitions) {
    if (!hasFields(definition)) continue;
    for (const field of definition.fields ?? []) {
      const needs = new Map<string, string>();
      const walk = ({ selections }: SelectionSetNode, way: string): void => {
        for (const selection of selections) {
          if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
          if (selection.kind === Kind.INLINE_FRAGMENT) {
            walk(selection.selectionSet, way);
            continue;
          }
          const own = fields.get(selection.name.value);
          const at = `${way}${own?.name ?? selection.name.value}`;
          if (own !== undefined) needs.set(at, selection.name.value);
          if (selection.selectionSet !== undefined) walk(selection.selectionSet, `${at}.`);
        }
      };
      for (const directive of field.directives ?? []) {
        const set = readRequires(directive);
        if (set !== undefined) walk(set, '');
      }
      if (needs.size > 0) needed.set(`${definition.name.value}.${field.name.value}`, needs);
    }
  }
  return needed;
}

function toOwnNames(operation: string, fields: OwnRequirements['fields']): string {
  if (!operation.includes('__required')) return operation;
  const document = visit(parse(operation, { noLocation: true }), {
    Field: (node) => {
      const own = fields.get(node.name.value);
      if (own === undefined) return undefined;
      const name = { kind: Kind.NAME as const, value: own.name };
      return { ...node, alias: node.alias ?? node.name, name, arguments: own.arguments ?? [] };
    },
  });
  return stripIgnoredCharacters(print(document));
}

function hasOurs(selections: readonly QueryPlanSelectionNode[], fields: OwnRequirements['fields']): boolean {
  return selections.some(
    (each) => (each.kind === 'Field' && fields.has(each.name)) || (each.selections !== undefined && hasOurs(each.selections, fields)),
  );
}

function readOperation(operation: string): OperationDefinitionNode {
  const found = parse(operation, { noLocation: true }).definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (found === undefined) throw new Error('A fetch has no operation.');
  return found as OperationDefinitionNode;
}

function readEntities({ selectionSet }: OperationDefinitionNode): readonly SelectionNode[] {
  const [entities] = selectionSet.selections;
  return entities?.kind === Kind.FIELD ? (entities.selectionSet?.selections ?? []) : [];
}

/** What is asked of each type, in groups that one representation serves. */
function groupSelections(operation: string, needed: ReadonlyMap<string, Needs>): ReadonlyMap<string, readonly Group[]> {
  const groups = new Map<string, Group[]>();
  for (const fragment of readEntities(readOperation(operation))) {
    if (fragment.kind !== Kind.INLINE_FRAGMENT || fragment.typeCondition === undefined) continue;
    const type = fragment.typeCondition.name.value;
    const ofType = groups.get(type) ?? [{ needs: new Map<string, string>(), selections: [] }];
    groups.set(type, ofType);
    for (const selection of fragment.selectionSet.selections) {
      const needs = new Map<string, string>();
      collectNeeds(selection, type, needed, needs);
      const known = ofType.find((each) => isCompatible(each.needs, needs));
      const group = known ?? { needs: new Map<string, string>(), selections: [] };
      if (known === undefined) ofType.push(group);
      group.selections.push(selection);
      for (const [way, name] of needs) group.needs.set(way, name);
    }
  }
  return groups;
}

const isCompatible = (one: Needs, other: Needs): boolean => [...other].every(([way, name]) => (one.get(way) ?? name) === name);

/** @throws GraphQLError when two of one name are needed within one fragment. */
function collectNeeds(selection: SelectionNode, type: string, needed: ReadonlyMap<string, Needs>, into: Map<string, string>): void {
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    for (const inner of selection.selectionSet.selections) collectNeeds(inner, type, needed, into);
    return;
  }
  const needs = selection.kind === Kind.FIELD ? needed.get(`${type}.${selection.name.value}`) : undefined;
  if (needs === undefined) return;
  if (!isCompatible(into, needs)) {
    const message = `Two fields of ${type} require the same field with different arguments: ask for them in two operations.`;
    throw new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
  }
  for (const [way, name] of needs) into.set(way, name);
}

interface Splitting {
  readonly fields: OwnRequirements['fields'];
  readonly groups: ReadonlyMap<string, readonly Group[]>;
  readonly index: number;
}

function toFetch(fetch: FetchNode, { fields, groups, index }: Splitting): FetchNode {
  const operation = readOperation(fetch.operation);
  // The representation of a Book may be for what an interface object has in its place.
  const [only] = groups.size === 1 ? groups.values() : [];
  const groupOf = (type: string | undefined): Group | undefined => (groups.get(type ?? '') ?? only)?.[index];
  const [entities] = operation.selectionSet.selections;
  const selections = [...groups].flatMap(([type, ofType]): readonly SelectionNode[] => {
    const group = ofType[index];
    if (group === undefined || group.selections.length === 0) return [];
    const typeCondition = { kind: Kind.NAMED_TYPE as const, name: { kind: Kind.NAME as const, value: type } };
    const selectionSet = { kind: Kind.SELECTION_SET as const, selections: group.selections };
    return [{ kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet }];
  });
  const selectionSet: SelectionSetNode = {
    kind: Kind.SELECTION_SET,
    selections: [{ ...(entities as SelectionNode & { kind: Kind.FIELD }), selectionSet: { kind: Kind.SELECTION_SET, selections } }],
  };
  const used = new Set<string>();
  visit(selectionSet, { Variable: ({ name }) => void used.add(name.value) });
  const variableDefinitions = (operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value));
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [{ ...operation, variableDefinitions, selectionSet }] };
  const requires = (fetch.requires ?? []).flatMap((each): readonly QueryPlanSelectionNode[] => {
    if (each.kind !== 'InlineFragment') return [each];
    const group = groupOf(each.typeCondition);
    return group === undefined ? [] : [{ ...each, selections: keepNeeded(each.selections, { needs: group.needs, fields }, '') }];
  });
  const renamed = requires.flatMap((each) => (each.kind === 'InlineFragment' ? findRenamed([each], fields, []) : []));
  return {
    ...fetch,
    operation: stripIgnoredCharacters(print(document)),
    requires,
    ...(fetch.variableUsages === undefined ? {} : { variableUsages: fetch.variableUsages.filter((name) => used.has(name)) }),
    inputRewrites: [...renamed, ...(fetch.inputRewrites ?? [])],
  };
}

/** Without fields of ours that are not needed where they stand, and without what has nothing else. */
function keepNeeded(
  selections: readonly QueryPlanSelectionNode[],
  needed: { readonly needs: Needs; readonly fields: OwnRequirements['fields'] },
  way: string,
): QueryPlanSelectionNode[] {
  const { needs, fields } = needed;
  return selections.flatMap((each): QueryPlanSelectionNode[] => {
    const at = each.kind === 'Field' ? `${way}${fields.get(each.name)?.name ?? each.name}` : way;
    if (each.kind === 'Field' && fields.has(each.name) && needs.get(at) !== each.name) return [];
    if (each.selections === undefined || !hasOurs(each.selections, fields)) return [each];
    const kept = keepNeeded(each.selections, needed, each.kind === 'Field' ? `${at}.` : way);
    return kept.length === 0 ? [] : [{ ...each, selections: kept }];
  });
}

function findRenamed(
  selections: readonly QueryPlanSelectionNode[],
  fields: OwnRequirements['fields'],
  path: readonly string[],
): readonly FetchDataRewrite[] {
  return selections.flatMap((each): readonly FetchDataRewrite[] => {
    if (each.kind === 'InlineFragment')
      return findRenamed(each.selections, fields, each.typeCondition === undefined ? path : [...path, `... on ${each.typeCondition}`]);
    const at = [...path, each.alias ?? each.name];
    const own = fields.get(each.name);
    return [
      // What is below goes first: afterwards it is not there any more under this name.
      ...(each.selections === undefined ? [] : findRenamed(each.selections, fields, at)),
      ...(own === undefined ? [] : [{ kind: 'KeyRenamer' as const, path: at, renameKeyTo: own.name }]),
    ];
  });
}
