import { type GraphQLField, type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType, isRequiredArgument } from 'graphql';

type Field = GraphQLField<unknown, unknown>;

/** What a query may be made of. */
export interface Vocabulary {
  readonly schema: GraphQLSchema;
  /** What stands for an argument, as GraphQL text, by `Type.field.argument`; fields that need others are left out. */
  readonly givenArguments: Readonly<Record<string, string>>;
}

const conditions = ['', '', '', '', ' @include(if: $yes)', ' @skip(if: $yes)', ' @skip(if: $no)', ' @include(if: false)'];
const deepest = 6;

/**
 * A valid query with the variables `$yes` (true by default) and `$no`, made of choices: each number decides one thing,
 * and where they end nothing is nested any deeper. Aliases, conditions and fragments of both kinds come in between.
 */
export function toDocument({ schema, givenArguments }: Vocabulary, choices: readonly number[]): string {
  const left = [...choices];
  const fragments: string[] = [];
  let names = 0;
  const choose = (count: number): number => (left.shift() ?? 0) % count;
  const condition = (): string => conditions[choose(conditions.length)] ?? '';
  const newName = (): string => {
    names += 1;
    return `n${names}`;
  };

  const argumentsOf = (type: GraphQLObjectType, { name, args }: Field): string | undefined => {
    const given = args.map((arg) => ({ arg, value: givenArguments[`${type.name}.${name}.${arg.name}`] }));
    if (given.some(({ arg, value }) => value === undefined && isRequiredArgument(arg))) return undefined;
    const written = given.filter(({ value }) => value !== undefined).map(({ arg, value }) => `${arg.name}: ${value}`);
    return written.length === 0 ? '' : `(${written.join(', ')})`;
  };
  const toField = (type: GraphQLObjectType, depth: number): string => {
    const possible = Object.values(type.getFields()).filter(
      (field) => (depth > 0 || !isObjectType(getNamedType(field.type))) && argumentsOf(type, field) !== undefined,
    );
    const field = possible[choose(possible.length + 1)];
    const alias = choose(6) === 5 ? `${newName()}: ` : '';
    if (field === undefined) return `${alias}__typename${condition()}`;
    const named = getNamedType(field.type);
    const nested = isObjectType(named) ? ` ${toSelection(named, depth - 1)}` : '';
    return `${alias}${field.name}${argumentsOf(type, field)}${condition()}${nested}`;
  };
  const toPart = (type: GraphQLObjectType, depth: number): string => {
    if (depth > 0 && choose(8) === 7)
      return `...${choose(2) === 0 ? ` on ${type.name}` : ''}${condition()} ${toSelection(type, depth - 1)}`;
    if (depth > 0 && choose(10) === 9) {
      const name = newName();
      fragments.push(`fragment ${name} on ${type.name} ${toSelection(type, depth - 1)}`);
      return `...${name}${condition()}`;
    }
    return toField(type, depth);
  };
  const toSelection = (type: GraphQLObjectType, depth: number): string =>
    `{ ${Array.from({ length: 1 + choose(4) }, () => toPart(type, depth)).join(' ')} }`;

  const query = schema.getQueryType() as GraphQLObjectType;
  // Both variables are used, whatever else is chosen.
  return [
    `query Q($yes: Boolean! = true, $no: Boolean!) { __typename @include(if: $yes) @skip(if: $no) ... ${toSelection(query, deepest)} }`,
    ...fragments,
  ].join('\n');
}
