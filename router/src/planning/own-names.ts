import {
  BREAK,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  isObjectType,
  Kind,
  print,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { isOfExecution } from './conditions.ts';
import { parseFieldSet } from './field-set.ts';
import { readInterfaceObjects } from './interface-objects.ts';
import { toResponseName } from './selections.ts';

/** Response names that plans use for themselves: of keys, of what `@requires` and contexts select. */
export interface PlanNames {
  readonly all: ReadonlySet<string>;
  /** Those that some of them ask for with arguments. */
  readonly withArguments: ReadonlySet<string>;
  /** Interfaces that some subgraph knows as objects. */
  readonly interfaceObjects: readonly string[];
}

/** A name of ours; with a number where several types have one each. GraphQL reserves `__` at the beginning of names only; subgraphs see such a name as an alias. */
const suffix = '__own';
const ours = /__own\d*$/;
/** Asked for where conditions may leave nothing else of a selection: the planner drops such a field, and its `{}` would be lost. */
export const filler: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: suffix },
  name: { kind: Kind.NAME, value: '__typename' },
};
const fieldSetArguments = new Set(['key', 'requires']);

/** The names in the field sets of a supergraph. */
export function readPlanNames(supergraph: DocumentNode): PlanNames {
  const all = new Set(['__typename']);
  const withArguments = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        all.add(selection.name.value);
        if ((selection.arguments ?? []).length > 0) withArguments.add(selection.name.value);
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet !== undefined) collect(selection.selectionSet);
    }
  };
  const read = (fieldSet: string): void => {
    const set = parseFieldSet(fieldSet);
    if (set !== undefined) collect(set);
  };
  visit(supergraph, {
    Directive: ({ name, arguments: given = [] }) => {
      if (name.value !== 'join__type' && name.value !== 'join__field') return;
      for (const { name: argument, value } of given) {
        if (fieldSetArguments.has(argument.value) && value.kind === Kind.STRING) read(value.value);
        if (argument.value === 'contextArguments') for (const selection of findSelections(value)) read(withoutContext(selection));
      }
    },
  });
  return { all, withArguments, interfaceObjects: readInterfaceObjects(supergraph) };
}

/**
 * Response names under which several types of one interface ask for different things: `... on A { x: size(in: CM) } ... on B { x: size }`. A subgraph that
 * knows the interface as an object is asked for both in one selection, of which one would get the other's value. The result numbers the types of such a name.
 */
function findClashes(
  document: DocumentNode,
  schema: GraphQLSchema,
  interfaceObjects: readonly string[],
): (field: FieldNode, type: string) => number | undefined {
  const asked = new Map<string, { readonly types: string[]; readonly forms: Set<string> }>();
  const typeInfo = new TypeInfo(schema);
  const isShared = (parent: unknown, field: string): boolean =>
    isObjectType(parent) &&
    parent.getInterfaces().some((each) => interfaceObjects.includes(each.name) && each.getFields()[field] !== undefined);
  if (interfaceObjects.length > 0)
    visit(
      document,
      visitWithTypeInfo(typeInfo, {
        Field: (node) => {
          const parent = typeInfo.getParentType();
          if (!isShared(parent, node.name.value)) return;
          const known = asked.get(toResponseName(node)) ?? { types: [], forms: new Set() };
          asked.set(toResponseName(node), known);
          known.forms.add(
            print({
              kind: Kind.FIELD,
              name: node.name,
              arguments: node.arguments ?? [],
              ...(node.selectionSet === undefined ? {} : { selectionSet: node.selectionSet }),
            }),
          );
          if (parent && !known.types.includes(parent.name)) known.types.push(parent.name);
        },
      }),
    );
  return (field, type) => {
    const found = asked.get(toResponseName(field));
    const number = found?.types.indexOf(type) ?? -1;
    return found === undefined || found.forms.size < 2 || found.types.length < 2 || number === -1 ? undefined : number + 1;
  };
}

function findSelections(value: unknown): readonly string[] {
  const found: string[] = [];
  visit(value as DocumentNode, {
    ObjectField: ({ name, value: inner }) => {
      if (name.value === 'selection' && inner.kind === Kind.STRING) found.push(inner.value);
    },
  });
  return found;
}

/** A context's selection begins with `$context`, which is no part of the field set. */
const withoutContext = (selection: string): string => selection.replaceAll(/\$\w+/g, '');

/**
 * The same document, with aliases of ours in the place of each response name that a plan may use for something else: for a key (`id: name`), or
 * for the same field with other arguments, or with a directive for the subgraph. Without them the planner puts both into one fetch, and one of the two gets the other's value.
 * A selection that conditions may empty gets a field of ours. The very document when there is nothing to change.
 */
export function withOwnNames(
  document: DocumentNode,
  schema: GraphQLSchema,
  { all, withArguments, interfaceObjects }: PlanNames,
): DocumentNode {
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  const typeInfo = new TypeInfo(schema);
  const isOwn = (field: FieldNode): boolean => {
    const { name, arguments: given = [], directives = [] } = field;
    const responseName = toResponseName(field);
    if (!all.has(responseName)) return false;
    if (responseName !== name.value || given.length > 0 || withArguments.has(name.value)) return true;
    // What a subgraph makes of a directive is no key.
    return !directives.every(isOfExecution);
  };
  // What ends as ours do would be cut when the client's names are put back.
  const hasSuffix = (field: FieldNode): boolean => ours.test(toResponseName(field));
  const hasConditions = findConditions(document);
  const numberOf = findClashes(document, schema, interfaceObjects);
  return visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: (node) => {
        // No plan needs anything for itself at the root.
        const parent = typeInfo.getParentType();
        const number = parent === undefined || parent === null ? undefined : numberOf(node, parent.name);
        const isRenamed = !isFiller(node) && (hasSuffix(node) || (!roots.has(parent as never) && (number !== undefined || isOwn(node))));
        const isFilled = hasConditions && node.selectionSet !== undefined && !node.selectionSet.selections.some(isCertain);
        if (!isRenamed && !isFilled) return undefined;
        return {
          ...node,
          ...(isRenamed ? { alias: { kind: Kind.NAME, value: `${toResponseName(node)}${suffix}${number ?? ''}` } } : {}),
          ...(isFilled
            ? { selectionSet: { kind: Kind.SELECTION_SET, selections: [...(node.selectionSet?.selections ?? []), filler] } }
            : {}),
        };
      },
    }),
  );
}

/** Documents are copied on their way, and the field with them. */
const isFiller = ({ alias, name }: FieldNode): boolean => alias !== undefined && alias === filler.alias && name.value === '__typename';

/** Whether a document has the field of ours. */
export function isFilled(document: DocumentNode): boolean {
  let isFound = false;
  visit(document, {
    Field: (node) => {
      if (!isFiller(node)) return undefined;
      isFound = true;
      return BREAK;
    },
  });
  return isFound;
}

const isCertain = ({ kind, directives = [] }: SelectionNode): boolean => kind === Kind.FIELD && directives.length === 0;

function findConditions(document: DocumentNode): boolean {
  let isFound = false;
  visit(document, {
    Directive: () => {
      isFound = true;
      return BREAK;
    },
  });
  return isFound;
}

/** A response name as the client wrote it; empty for the field of ours. */
export function toClientName(name: string): string {
  return name.replace(ours, '');
}

/** Data of an operation with our names, with the client's. */
export function restoreNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restoreNames);
  if (typeof value !== 'object' || value === null) return value;
  const restored: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    const clientName = toClientName(name);
    if (clientName === '') continue;
    const value = restoreNames(inner);
    const known = Object.hasOwn(restored, clientName) ? joined(restored[clientName], value) : value;
    // A client's `__proto__` must not become the prototype.
    Object.defineProperty(restored, clientName, { value: known, enumerable: true, configurable: true, writable: true });
  }
  return restored;
}

/** One value of two that were fetched under two names of ours for the same field of a client's. */
function joined(one: unknown, other: unknown): unknown {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return other;
  if (Array.isArray(one) && Array.isArray(other)) return other.map((each, index) => joined(one[index], each));
  const all = { ...one } as Record<string, unknown>;
  for (const [name, value] of Object.entries(other)) all[name] = Object.hasOwn(all, name) ? joined(all[name], value) : value;
  return all;
}
