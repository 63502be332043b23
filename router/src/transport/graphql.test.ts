import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileBodies, hostileOperations } from '../../test/hostile.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

/** The same request to a router that compiles its plans and to one that has the gateway run them. */
let hot: World;
let byGateway: World;
beforeAll(async () => {
  [hot, byGateway] = await Promise.all([startWorld(start), startWorld(start, { HOT_PATH: 'false' })]);
});
afterAll(() => Promise.all([hot.stop(), byGateway.stop()]));

const operations: ReadonlyArray<readonly [string, unknown]> = [
  ['one subgraph', { query: '{ session(id: "s1") { title revision } }' }],
  ['a join', { query: '{ session(id: "s1") { items { id issue { key summary status } } } }' }],
  [
    'aliases and a fragment',
    { query: 'query Q { a: session(id: "s1") { ...f } } fragment f on Session { x: title items { issue { s: summary } } }' },
  ],
  ['variables with a default', { query: 'query Q($id: ID! = "s9") { session(id: $id) { id } }' }],
  [
    '@skip and @include',
    { query: 'query Q($yes: Boolean!) { session(id: "s1") { id @include(if: $yes) title @skip(if: $yes) } }', variables: { yes: true } },
  ],
  ['__typename', { query: '{ __typename session(id: "s1") { __typename items { __typename } } }' }],
  ['introspection', { query: '{ __type(name: "Session") { name fields { name } } }' }],
  ['the second of two operations', { query: 'query A { me { id } } query B { session(id: "s1") { id } }', operationName: 'B' }],
  ['a mutation', { query: 'mutation { createSession(title: "x") { id title } }' }],
  [
    'the same issue by several ways',
    {
      query:
        '{ a: session(id: "s1") { items { issue { summary } } } b: session(id: "s2") { items { issue { key status } } } issue(key: "T-1") { summary } }',
    },
  ],
  [
    'fragments on one type',
    {
      query:
        '{ session(id: "s1") { ...a ... on Session { id items { issue { ...b } } } } } fragment a on Session { title items { id } } fragment b on Issue { key summary }',
    },
  ],
  ['one bad entity of several', { query: '{ session(id: "bad") { items { id issue { key summary } } } }' }],
  ['one bad entity where none may be null', { query: '{ session(id: "bad") { items { id issue { key status } } } }' }],
  ['a mutation with a join', { query: 'mutation { createSession(title: "x") { items { issue { summary } } } }' }],
  [
    'two mutations, one after the other',
    { query: 'mutation { a: createSession(title: "x") { id } b: createSession(title: "y") { title } }' },
  ],
  [
    'a __typename under another name',
    { query: '{ kind: __typename session(id: "s1") { t: __typename items { issue { i: __typename summary } } } }' },
  ],
  ['a typed error of a subgraph', { query: '{ me { id } }' }],
  ['a typed error beside data', { query: '{ session(id: "s1") { id } broken }', variables: null }],
  ['characters beyond ASCII', { query: '{ session(id: "Ünïcödé 🏃") { id title } }' }],
  ['a variable too many', { query: '{ session(id: "s1") { id } }', variables: { other: 1 } }],
  ['a variable that does not fit', { query: 'query Q($id: ID!) { session(id: $id) { id } }', variables: { id: {} } }],
  ['a syntax error', { query: '{ session(' }],
  ['an invalid document', { query: '{ nothing }' }],
  ['a number that cannot be', { query: 'query Q($ms: Int!) { slow(ms: $ms) }', variables: { ms: 1.5 } }],
];

async function ask(world: World, body: unknown, headers: Record<string, string>) {
  const response = await fetch(world.router.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'same-for-both', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const { date: _date, ...rest } = Object.fromEntries(response.headers);
  return { status: response.status, headers: rest, body: await response.text() };
}

describe.each([
  'application/json',
  'application/graphql-response+json',
  '*/*',
  'application/graphql-response+json, application/json;q=0.9',
])('accepting %s', (accept) => {
  it.each(operations)('%s is answered the same by compiled plans and by the gateway', async (_name, body) => {
    for (const time of ['cold', 'warm']) {
      const [short, long] = await Promise.all([ask(hot, body, { accept }), ask(byGateway, body, { accept })]);
      expect({ time, ...short }).toEqual({ time, ...long });
    }
  });
});

describe.each(['application/json', 'application/graphql-response+json'])('accepting %s', (accept) => {
  it.each<readonly [string, unknown]>([...hostileOperations.map(([name, operation]) => [name, operation] as const), ...hostileBodies])(
    '%s is refused the same by compiled plans and by the gateway',
    async (_name, body) => {
      expect(await ask(hot, body, { accept })).toEqual(await ask(byGateway, body, { accept }));
    },
  );
});

it('while a subgraph is down both ways give the same partial data and errors', async () => {
  await Promise.all([hot.jira.stop(), byGateway.jira.stop()]);
  for (const query of [
    '{ session(id: "s1") { items { id issue { key summary } } } }',
    '{ session(id: "s1") { items { id issue { key status } } } }',
    '{ issue(key: "T-1") { key } session(id: "s1") { id } }',
  ]) {
    const [short, long] = await Promise.all([ask(hot, { query }, {}), ask(byGateway, { query }, {})]);
    expect(short).toEqual(long);
    expect(short.body).toContain('SUBGRAPH_UNAVAILABLE');
  }
});
