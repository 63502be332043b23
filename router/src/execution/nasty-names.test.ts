import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { followByEventStream, followByWebSocket } from '../../test/clients.ts';
import { castToyVote } from '../../test/toy-voting.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

// Names that every object has, that JSON reads oddly or that plans use for themselves: each works like any other, or is refused as the client's.

const names = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  '__defineGetter__',
  '__lookupSetter__',
  'toJSON',
  'then',
  'length',
  'data',
  'errors',
  'key',
  'id',
  '__typename',
  '_entities',
  '_service',
  'representations',
  'tallyAfter',
  'tallyCursor',
  '__own',
  'x__own',
  '_',
  '__',
];
const ways = ['true', 'false'];
let worlds: readonly World[];
beforeAll(async () => {
  const generous = { RATE_LIMIT_IP: '1000000', RATE_LIMIT_IDENTITY: '1000000' };
  worlds = await Promise.all(ways.map((way) => startWorld(start, { HOT_PATH: way, ...generous })));
});
afterAll(() => Promise.all((worlds ?? []).map((world) => world.stop())));
afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

interface Asked {
  readonly query: string;
  /** JSON. */
  readonly variables?: string;
  readonly operationName?: string;
}

/** What both ways answer to this request, whose variables are JSON: an object of ours would have no `__proto__` of its own. */
async function ask({
  query,
  variables = '{}',
  operationName,
}: Asked): Promise<{ readonly data?: unknown; readonly codes: readonly unknown[] }> {
  const body = `{"query":${JSON.stringify(query)},"variables":${variables}${operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`}}`;
  const answers = await Promise.all(
    worlds.map(async ({ router }) => {
      const response = await fetch(router.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      expect(response.status).toBeLessThan(500);
      const { data, errors = [] } = (await response.json()) as { data?: unknown; errors?: { extensions: { code: string } }[] };
      // As text: a comparison of objects might not look at `__proto__`.
      return { data: JSON.stringify(data), codes: errors.map(({ extensions }) => extensions.code) };
    }),
  );
  expect(answers[1]).toEqual(answers[0]);
  return answers[0] as (typeof answers)[0];
}

/** The name, as a key of JSON. */
const json = (name: string, value: unknown): string => `{${JSON.stringify(name)}:${JSON.stringify(value)}}`;

const isRefused = (name: string): boolean => name === '__proto__' || name === 'representations';

describe.each(names)('%s', (name) => {
  it('as a variable works, or is refused as the client’s mistake', async () => {
    const asked = await ask({ query: `query ($${name}: ID!) { session(id: $${name}) { id } }`, variables: json(name, 's7') });
    if (isRefused(name)) expect(asked.codes).toEqual(['BAD_USER_INPUT']);
    else expect(asked).toEqual({ data: '{"session":{"id":"s7"}}', codes: [] });
  });

  it('as a variable with a default that is not given', async () => {
    const asked = await ask({ query: `query ($${name}: ID! = "s8") { session(id: $${name}) { id } }` });
    if (isRefused(name)) expect(asked.codes).toEqual(['BAD_USER_INPUT']);
    else expect(asked).toEqual({ data: '{"session":{"id":"s8"}}', codes: [] });
  });

  it('as a nullable variable that is not given, where there is a default', async () => {
    const asked = await ask({ query: `query ($${name}: Int = 1) { search(first: $${name}) { key } }` });
    if (isRefused(name)) expect(asked.codes).toEqual(['BAD_USER_INPUT']);
    else expect(asked.codes).toEqual([]);
  });

  it('as a condition of what is joined', async () => {
    const query = `query ($${name}: Boolean!) { session(id: "s1") { items { issue { key summary @include(if: $${name}) } } } }`;
    const asked = await ask({ query, variables: json(name, true) });
    if (isRefused(name)) expect(asked.codes).toEqual(['BAD_USER_INPUT']);
    else expect(asked).toEqual({ data: expect.stringContaining('"summary":"'), codes: [] });
  });

  it('as a variable that nobody declared goes nowhere', async () => {
    const variables = json(name, { polluted: true });
    expect(await ask({ query: '{ session(id: "s1") { id } }', variables })).toEqual({ data: '{"session":{"id":"s1"}}', codes: [] });
    const query = 'query ($id: ID!) { session(id: $id) { id } }';
    if (name === 'id') return;
    expect(await ask({ query, variables: `{"id":"s1",${variables.slice(1)}` })).toEqual({ data: '{"session":{"id":"s1"}}', codes: [] });
    expect((await ask({ query, variables })).codes).toEqual(['BAD_USER_INPUT']);
  });

  it('as a value', async () => {
    expect(await ask({ query: `{ session(id: "${name}") { id } }` })).toEqual({ data: `{"session":${json('id', name)}}`, codes: [] });
    const query = 'query ($id: ID!) { session(id: $id) { id } }';
    expect((await ask({ query, variables: json('id', JSON.parse(json(name, 1))) })).codes).toEqual(['BAD_USER_INPUT']);
  });

  it('as a response name at the root, of a key, of what is joined, in a list', async () => {
    const { data, codes } = await ask({
      query: `{ ${name}: session(id: "s1") { ${name}: title items { ${name}: issue { ${name}: summary } } } }`,
    });
    expect(codes).toEqual([]);
    const issue = (summary: string) => `{${JSON.stringify(name)}:${json(name, summary)}}`;
    const read = JSON.parse(String(data));
    const session = Object.getOwnPropertyDescriptor(read, name)?.value;
    expect(Object.getOwnPropertyDescriptor(session, name)?.value).toBe('Session s1');
    expect(JSON.stringify(session.items[0])).toBe(
      issue(Object.getOwnPropertyDescriptor(Object.getOwnPropertyDescriptor(session.items[0], name)?.value, name)?.value),
    );
    expect(JSON.stringify(session.items[0])).toContain('T-1');
  });

  it('as the name of a fragment and of an operation', async () => {
    const query = `query ${name} { session(id: "s1") { ...${name} } } fragment ${name} on Session { id items { issue { key } } } query other { me { id } }`;
    const asked = await ask({ query, operationName: name });
    expect(asked).toEqual({ data: expect.stringContaining('"key":"T-1"'), codes: [] });
  });

  it('as the name of an operation or fragment that there is not', async () => {
    expect((await ask({ query: 'query a { me { id } } query b { me { id } }', operationName: name })).codes).toEqual([
      'OPERATION_RESOLUTION_FAILURE',
    ]);
    expect((await ask({ query: `{ session(id: "s1") { ...${name} } }` })).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it('as a field, an argument, a directive or a type that there is not', async () => {
    for (const query of [
      `{ session(id: "s1") { x: ${name}x } }`,
      `{ session(id: "s1", ${name}: 1) { id } }`,
      `{ session(id: "s1") @${name} { id } }`,
      `{ session(id: "s1") { ... on ${name} { id } } }`,
      `query ($a: ${name}) { session(id: $a) { id } }`,
    ])
      expect((await ask({ query })).codes[0]).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it.each([
    ['graphql-ws', followByWebSocket],
    ['server-sent events', followByEventStream],
  ])('in a stream: %s', async (_way, follow) => {
    const [world] = worlds as [World];
    const query = `subscription ${name} { ${name}: voteResults(sessionId: "s1", after: 0) { ...${name} } } fragment ${name} on Round { ${name}: revision issue { ${name}: summary } }`;
    if (world.votingState.events.length === 0) castToyVote(world.votingState);
    const following = follow({ url: world.router.url, query, token: await world.token({ sub: `p-${name}` }) });
    await expect.poll(() => following.payloads.length + following.errors.length, { timeout: 15_000 }).toBeGreaterThan(0);
    expect(following.errors).toEqual([]);
    const round = Object.getOwnPropertyDescriptor(following.payloads[0].data, name)?.value;
    expect(Object.getOwnPropertyDescriptor(round, name)?.value).toBe(1);
    expect(Object.getOwnPropertyDescriptor(round.issue, name)?.value).toContain('T-1');
    await following.stop();
  });
});

it('the names of GraphQL requests are read as own properties only', async () => {
  const [world] = worlds as [World];
  for (const body of ['{"__proto__":{"query":"{ me { id } }"}}', '{"constructor":{"query":"x"}}', '{"toString":1}']) {
    const response = await fetch(world.router.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(response.status).toBe(400);
  }
});
