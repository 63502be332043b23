import {
  type DocumentNode,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionSetNode,
} from 'graphql';
import { readRequires } from './requirement-fields.ts';

/** What `@requires` of a field asks of its own object, with arguments: `maker.country` by `(short: true)`. */
type Required = ReadonlyMap<string, string>;

/** Pairs of fields of one type that no plan can bring at once: what they require has one name and other arguments. */
export interface Rivals {
  /**
   * Looks whether an operation asks one object for two of them.
   *
   * @throws GraphQLError naming them: the planner puts both into one fetch, and one field would silently be computed from the other's values.
   */
  readonly check: (document: DocumentNode, operation: OperationDefinitionNode) => void;
}

/** Reads a supergraph. */
export function readRivals(supergraph: DocumentNode, schema: GraphQLSchema): Rivals {
  const rivals = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    const sets = new Map(
      (definition.fields ?? []).map(({ name, directives = [] }) => [name.value, directives.flatMap((each) => readRequires(each) ?? [])]),
    );
    const required = new Map([...sets.keys()].map((name) => [name, collectRequired(name, sets)]));
    const pairs = new Map<string, Set<string>>();
    for (const [one, ofOne] of required)
      for (const [other, ofOther] of required)
        if (one !== other && clash(ofOne, ofOther)) pairs.set(one, (pairs.get(one) ?? new Set()).add(other));
    if (pairs.size > 0) rivals.set(definition.name.value, pairs);
  }
  return {
    check: (document, operation) => {
      if (rivals.size > 0) checkOperation({ schema, rivals, document }, operation);
    },
  };
}

/** Also what its required fields require themselves. */
function collectRequired(field: string, sets: ReadonlyMap<string, readonly SelectionSetNode[]>): Required {
  const found = new Map<string, string>();
  const seen = new Set<string>();
  const walk = ({ selections }: SelectionSetNode, way: string): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, way);
      if (selection.kind !== Kind.FIELD) continue;
      const at = `${way}${selection.name.value}`;
      found.set(at, (selection.arguments ?? []).map(print).sort().join(', '));
      if (selection.selectionSet !== undefined) walk(selection.selectionSet, `${at}.`);
      else if (way === '') follow(selection.name.value);
    }
  };
  const follow = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const set of sets.get(name) ?? []) walk(set, '');
  };
  follow(field);
  return found;
}

const clash = (one: Required, other: Required): boolean => [...one].some(([at, given]) => (other.get(at) ?? given) !== given);

interface Checking {
  readonly schema: GraphQLSchema;
  readonly rivals: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;
  readonly document: DocumentNode;
}

function checkOperation({ schema, rivals, document }: Checking, { operation, selectionSet }: OperationDefinitionNode): void {
  const names = new Set([...rivals.values()].flatMap((pairs) => [...pairs.keys()]));
  const asked = new Map<string, Set<string>>();
  const note = (type: string, field: string, place: string): void => {
    const key = `${place} ${type}`;
    const known = asked.get(key) ?? new Set<string>();
    asked.set(key, known.add(field));
    for (const rival of rivals.get(type)?.get(field) ?? [])
      if (known.has(rival)) {
        const message = `${type}.${field} and ${type}.${rival} require the same field with different arguments: ask for them in two operations.`;
        throw new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
      }
  };
  const walk = ({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined, place: string): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD || selection.kind === Kind.INLINE_FRAGMENT) {
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT
            ? selection
            : document.definitions.find((each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value);
        if (fragment === undefined || !('selectionSet' in fragment) || fragment.selectionSet === undefined) continue;
        const condition = 'typeCondition' in fragment ? fragment.typeCondition?.name.value : undefined;
        walk(fragment.selectionSet, condition === undefined ? parent : schema.getType(condition), place);
        continue;
      }
      const field = selection.name.value;
      if (names.has(field))
        for (const type of isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent]) if (type) note(type.name, field, place);
      if (selection.selectionSet === undefined || !(isObjectType(parent) || isInterfaceType(parent))) continue;
      const of = parent.getFields()[field];
      if (of !== undefined) walk(selection.selectionSet, getNamedType(of.type), `${place}.${selection.alias?.value ?? field}`);
    }
  };
  walk(selectionSet, schema.getRootType(operation) ?? undefined, '');
}
