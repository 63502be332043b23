import { readFileSync } from 'node:fs';
import {
  buildASTSchema,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  type OperationTypeNode,
  parse,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

// Every list that an argument of the product's graph takes, at any depth, with 100 000 values.

const length = 100_000;
const supergraph = readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8');
const schema: GraphQLSchema = buildASTSchema(parse(supergraph), { assumeValid: true, assumeValidSDL: true });

/** Names that lead from an argument to a list; none: the argument is one. */
function findLists(type: GraphQLInputType, seen: readonly string[] = []): readonly (readonly string[])[] {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [[], ...findLists(nullable.ofType as GraphQLInputType, seen)];
  if (!isInputObjectType(nullable) || seen.includes(nullable.name)) return [];
  return Object.values(nullable.getFields()).flatMap((field) =>
    findLists(field.type, [...seen, nullable.name]).map((path) => [field.name, ...path]),
  );
}

/** A value of the type with nothing but what it needs; the list at `path` is long. */
function toValue(type: GraphQLInputType, path: readonly string[] | undefined): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const item = nullable.ofType as GraphQLInputType;
    if (path !== undefined && path.length > 0) return [toValue(item, path)];
    return path === undefined ? [] : Array<unknown>(length).fill(toValue(item, undefined));
  }
  if (isInputObjectType(nullable)) {
    const [next, ...rest] = path ?? [];
    const needed = Object.values(nullable.getFields()).filter((field) => isNonNullType(field.type) || field.name === next);
    return Object.fromEntries(needed.map((field) => [field.name, toValue(field.type, field.name === next ? rest : undefined)]));
  }
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  return { Int: 1, Float: 1, Boolean: true }[getNamedType(nullable).name] ?? 'x';
}

interface Row {
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

function toRow(
  operation: OperationTypeNode,
  field: string,
  args: readonly GraphQLArgument[],
  long: GraphQLArgument,
  path: readonly string[],
): Row {
  const given = args.filter((argument) => argument === long || (isNonNullType(argument.type) && argument.defaultValue === undefined));
  const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const answered = getNamedType(schema.getRootType(operation)?.getFields()[field]?.type);
  return {
    name: `${operation} ${field}(${[long.name, ...path].join('.')})`,
    query: `${operation} Long(${declared}) { ${field}(${passed})${isLeafType(answered) ? '' : ' { __typename }'} }`,
    variables: Object.fromEntries(given.map(({ name, type }) => [name, toValue(type, name === long.name ? path : undefined)])),
  };
}

const rows = (['query', 'mutation', 'subscription'] as OperationTypeNode[]).flatMap((operation) =>
  Object.values(schema.getRootType(operation)?.getFields() ?? {}).flatMap(({ name, args }) =>
    args.flatMap((long) => findLists(long.type).map((path) => toRow(operation, name, args, long, path))),
  ),
);

/** The same with its values in the document. */
function toInline({ query, variables }: Row): string {
  const written = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(written).join(' ')}]`;
    if (typeof value === 'object' && value !== null)
      return `{${Object.entries(value)
        .map(([name, inner]) => `${name}: ${written(inner)}`)
        .join(' ')}}`;
    return JSON.stringify(value);
  };
  return query.replace(/ Long\([^)]*\)/, '').replaceAll(/\$(\w+)/g, (_, name: string) => written(variables[name]));
}

describe('a list of 100 000 values', () => {
  let world: World;
  let token: string;
  let asked = 0;
  beforeAll(async () => {
    world = await startWorld(start, { RATE_LIMIT_IP: '1000000', RATE_LIMIT_IDENTITY: '1000000' }, supergraph);
    token = await world.token();
    asked = world.jira.entityCalls();
  });
  afterAll(() => world?.stop());

  it('is tried wherever the graph takes one', () => {
    const names = rows.map(({ name }) => name);
    for (const name of [
      'query issues(keys)',
      'mutation addTopics(topics)',
      'mutation addIssues(keys)',
      'mutation createSession(customDeck)',
    ])
      expect(names).toContain(name);
    expect(names.length).toBeGreaterThan(10);
  });

  describe.each(rows)('$name', (row) => {
    it.each([
      ['in the variables', { query: row.query, variables: row.variables }],
      ['in the document', { query: toInline(row) }],
    ])('%s is refused before anybody works on it, without a token and with one', async (_where, operation) => {
      const body = Buffer.from(JSON.stringify(operation));
      for (const headers of [{}, { authorization: `Bearer ${token}` }]) {
        const before = process.threadCpuUsage();
        const answer = await fetch(world.router.url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
        const told = (await answer.json()) as {
          readonly data?: unknown;
          readonly errors: readonly { readonly extensions: { readonly code: string } }[];
        };
        // The client's part is in it, too.
        expect(process.threadCpuUsage(before).user).toBeLessThan(1_000_000);
        expect(told.data ?? null).toBeNull();
        expect(told.errors.map(({ extensions }) => extensions.code)).toEqual([
          body.length > 1024 * 1024 ? 'BODY_TOO_LARGE' : 'OPERATION_TOO_LARGE',
        ]);
      }
    });
  });

  it('none of them came to a subgraph', () => {
    expect(world.jira.entityCalls()).toBe(asked);
  });
});
