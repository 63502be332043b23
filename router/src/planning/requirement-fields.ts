import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  type InterfaceTypeDefinitionNode,
  isInterfaceType,
  Kind,
  type ObjectTypeDefinitionNode,
  print,
  type SelectionSetNode,
} from 'graphql';
import { textOf } from './addresses.ts';
import { parseFieldSet } from './field-set.ts';

/** A field of the supergraph that clients do not see: another with these arguments, which some `@requires` asks for. */
export interface RequiredField {
  readonly name: string;
  readonly arguments: FieldNode['arguments'];
}

/** A supergraph in which each of several requirements of one field has a field of its own. */
export interface OwnRequirements {
  /** The very document when nothing of it is required in two ways. */
  readonly document: DocumentNode;
  /** What a field of ours stands for, by its name. */
  readonly fields: ReadonlyMap<string, RequiredField>;
}

/**
 * Gives a field that is required with other arguments by two fields of one type a name for each: of `@requires(fields: "price(in: EUR)")` and
 * `@requires(fields: "price(in: USD)")` one would be computed from what the other requires, as the planner asks for both under the name `price`.
 * That of an interface has it in each implementation, too. `schema` is the whole supergraph's.
 */
export function withOwnRequirements(document: DocumentNode, schema: GraphQLSchema): OwnRequirements {
  const rival = findRivalFields(document, schema);
  if (rival.size === 0) return { document, fields: new Map() };
  const names = new Map<string, string>();
  const fields = new Map<string, RequiredField>();
  /** By type, what is to be added to it. */
  const added = new Map<string, Map<string, string>>();
  const rename = (type: string, field: FieldNode): string => {
    const key = `${type}.${field.name.value} ${writeArguments(field)}`;
    const name = names.get(key) ?? `${field.name.value}__required${names.size + 1}`;
    names.set(key, name);
    fields.set(name, { name: field.name.value, arguments: field.arguments });
    for (const each of withImplementations(schema, type)) added.set(each, (added.get(each) ?? new Map()).set(name, field.name.value));
    return name;
  };
  const rewriteSet = (set: SelectionSetNode, parent: GraphQLNamedType | undefined): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT)
        return { ...selection, selectionSet: rewriteSet(selection.selectionSet, toConditionType(schema, selection, parent)) };
      const { selectionSet } = selection;
      const inner = selectionSet === undefined ? {} : { selectionSet: rewriteSet(selectionSet, toFieldType(parent, selection)) };
      if (parent === undefined || !rival.has(`${parent.name}.${selection.name.value}`)) return { ...selection, ...inner };
      return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: rename(parent.name, selection) }, ...inner };
    }),
  });
  const rewriteDirective = (directive: ConstDirectiveNode, type: string): ConstDirectiveNode => {
    const set = readRequires(directive);
    if (set === undefined) return directive;
    const value = print(rewriteSet(set, schema.getType(type)))
      .replaceAll(/\s+/g, ' ')
      .slice(1, -1)
      .trim();
    return {
      ...directive,
      arguments: (directive.arguments ?? []).map((given) =>
        given.name.value === 'requires' ? { ...given, value: { kind: Kind.STRING, value } } : given,
      ),
    };
  };
  const rewritten = document.definitions.map((definition) => {
    if (!hasFields(definition)) return definition;
    const rewriteField = (field: FieldDefinitionNode): FieldDefinitionNode => ({
      ...field,
      directives: (field.directives ?? []).map((directive) => rewriteDirective(directive, definition.name.value)),
    });
    return { ...definition, fields: (definition.fields ?? []).map(rewriteField) };
  });
  const complete = (definition: TypeWithFields): TypeWithFields => ({
    ...definition,
    fields: (definition.fields ?? []).flatMap((field) => [
      field,
      ...[...(added.get(definition.name.value) ?? [])]
        .filter(([, of]) => of === field.name.value)
        .map(([value]) => ({
          kind: field.kind,
          name: { kind: Kind.NAME as const, value },
          type: field.type,
          directives: (field.directives ?? []).filter(({ name }) => name.value === 'join__field'),
        })),
    ]),
  });
  const definitions = rewritten.map((each) => (hasFields(each) ? complete(each) : each));
  return { document: { ...document, definitions }, fields };
}

type TypeWithFields = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** What may require something: an interface does as the object that some subgraph has in its place. */
export function hasFields(definition: DefinitionNode): definition is TypeWithFields {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

/** The name of a type, and of an interface's implementations. */
function withImplementations(schema: GraphQLSchema, name: string): readonly string[] {
  const type = schema.getType(name);
  if (!isInterfaceType(type)) return [name];
  const { objects, interfaces } = schema.getImplementations(type);
  return [name, ...[...objects, ...interfaces].map((each) => each.name)];
}

/** `Type.field` of all that is required with other arguments by two fields of one type, by themselves or by way of others. */
function findRivalFields(document: DocumentNode, schema: GraphQLSchema): ReadonlySet<string> {
  const rival = new Set<string>();
  for (const definition of document.definitions) {
    if (!hasFields(definition)) continue;
    const asked = new Map<string, { readonly arguments: string; readonly field: string }>();
    const walk = (set: SelectionSetNode, parent: GraphQLNamedType | undefined, way: string): void => {
      for (const selection of set.selections) {
        if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          walk(selection.selectionSet, toConditionType(schema, selection, parent), way);
          continue;
        }
        const at = `${way}.${selection.name.value}`;
        const known = asked.get(at);
        const field = `${parent?.name}.${selection.name.value}`;
        if (known === undefined) asked.set(at, { arguments: writeArguments(selection), field });
        else if (known.arguments !== writeArguments(selection)) rival.add(known.field).add(field);
        if (selection.selectionSet !== undefined) walk(selection.selectionSet, toFieldType(parent, selection), at);
      }
    };
    for (const { directives = [] } of definition.fields ?? [])
      for (const directive of directives) {
        const set = readRequires(directive);
        if (set !== undefined) walk(set, schema.getType(definition.name.value), '');
      }
  }
  return rival;
}

/** The field set of a `requires`. */
export function readRequires(directive: ConstDirectiveNode): SelectionSetNode | undefined {
  const text = directive.name.value === 'join__field' ? textOf(directive, 'requires') : undefined;
  return text === undefined ? undefined : parseFieldSet(text);
}

const writeArguments = ({ arguments: given = [] }: FieldNode): string => given.map(print).sort().join(', ');

function toFieldType(parent: GraphQLNamedType | undefined, { name }: FieldNode): GraphQLNamedType | undefined {
  const field = parent !== undefined && 'getFields' in parent ? parent.getFields()[name.value] : undefined;
  return field === undefined ? undefined : getNamedType(field.type);
}

function toConditionType(
  schema: GraphQLSchema,
  { typeCondition }: { readonly typeCondition?: { readonly name: { readonly value: string } } | undefined },
  parent: GraphQLNamedType | undefined,
): GraphQLNamedType | undefined {
  return typeCondition === undefined ? parent : schema.getType(typeCondition.name.value);
}
