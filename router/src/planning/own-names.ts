import {
  BREAK,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Response names that plans use for themselves: of keys, of what `@requires` and contexts select. */
export interface PlanNames {
  readonly all: ReadonlySet<string>;
  /** Those that some of them ask for with arguments. */
  readonly withArguments: ReadonlySet<string>;
}

/** GraphQL reserves `__` at the beginning of names only; subgraphs see such a name as an alias. */
const suffix = '__own';
/** Asked for where conditions may leave nothing else of a selection: the planner drops such a field, and its `{}` would be lost. */
export const filler: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: suffix },
  name: { kind: Kind.NAME, value: '__typename' },
};
const fieldSetArguments = new Set(['key', 'requires']);

/** The names in the field sets of valid supergraph SDL. */
export function readPlanNames(sdl: string): PlanNames {
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
    const [definition] = parse(fieldSet.trimStart().startsWith('{') ? fieldSet : `{ ${fieldSet} }`, { noLocation: true }).definitions;
    if (definition?.kind === Kind.OPERATION_DEFINITION) collect(definition.selectionSet);
  };
  visit(parse(sdl, { noLocation: true }), {
    Directive: ({ name, arguments: given = [] }) => {
      if (name.value !== 'join__type' && name.value !== 'join__field') return;
      for (const { name: argument, value } of given) {
        if (fieldSetArguments.has(argument.value) && value.kind === Kind.STRING) read(value.value);
        if (argument.value === 'contextArguments') for (const selection of findSelections(value)) read(withoutContext(selection));
      }
    },
  });
  return { all, withArguments };
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
 * for the same field with other arguments. Without them the planner puts both into one fetch, and one of the two gets the other's value.
 * A selection that conditions may empty gets a field of ours. The very document when there is nothing to change.
 */
export function withOwnNames(document: DocumentNode, schema: GraphQLSchema, { all, withArguments }: PlanNames): DocumentNode {
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  const typeInfo = new TypeInfo(schema);
  const isOwn = ({ alias, name, arguments: given = [] }: FieldNode): boolean => {
    const responseName = alias?.value ?? name.value;
    if (!all.has(responseName)) return false;
    return responseName !== name.value || given.length > 0 || withArguments.has(name.value);
  };
  // What ends as ours do would be cut when the client's names are put back.
  const hasSuffix = ({ alias, name }: FieldNode): boolean => (alias?.value ?? name.value).endsWith(suffix);
  const hasConditions = findConditions(document);
  return visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: (node) => {
        // No plan needs anything for itself at the root.
        const isRenamed = !isFiller(node) && (hasSuffix(node) || (!roots.has(typeInfo.getParentType() as never) && isOwn(node)));
        const isFilled = hasConditions && node.selectionSet !== undefined && !node.selectionSet.selections.some(isCertain);
        if (!isRenamed && !isFilled) return undefined;
        return {
          ...node,
          ...(isRenamed ? { alias: { kind: Kind.NAME, value: `${node.alias?.value ?? node.name.value}${suffix}` } } : {}),
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
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

/** Data of an operation with our names, with the client's. */
export function restoreNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restoreNames);
  if (typeof value !== 'object' || value === null) return value;
  const restored: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    const clientName = toClientName(name);
    // A client's `__proto__` must not become the prototype.
    if (clientName !== '')
      Object.defineProperty(restored, clientName, { value: restoreNames(inner), enumerable: true, configurable: true, writable: true });
  }
  return restored;
}
