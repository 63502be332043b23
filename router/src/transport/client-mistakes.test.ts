import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendBySocket } from '../../test/raw.ts';
import { type ScriptedSubgraphs, startRouterOn, startScriptedSubgraphs } from '../../test/scripted.ts';
import { composeToy } from '../../test/world.ts';
import { start } from '../main.ts';

// The client's mistake is the client's: told with its code before anything is fetched, and never logged as ours.

let subgraphs: ScriptedSubgraphs;
let router: Awaited<ReturnType<typeof startRouterOn>>;
beforeAll(async () => {
  subgraphs = await startScriptedSubgraphs();
  subgraphs.answer = ({ subgraph }) => ({
    json: {
      data: subgraph === 'jira' ? { issue: { key: 'T-1', summary: 'x', status: 'x' } } : { session: { id: 's1', title: 'x', items: [] } },
    },
  });
  router = await startRouterOn(start, subgraphs, composeToy(), { CORS_ORIGINS: 'https://friend.example' });
});
afterAll(async () => {
  await router?.stop();
  await subgraphs?.stop();
});

async function send(body: unknown, headers: Record<string, string> = {}) {
  subgraphs.seen.length = 0;
  router.log.length = 0;
  const response = await fetch(router.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const { errors = [], data } = JSON.parse(text) as { data?: unknown; errors?: { message: string; extensions: { code: string } }[] };
  const mistakes = router.log.filter(({ level }) => level === 'error');
  return {
    status: response.status,
    headers: response.headers,
    text,
    data,
    codes: errors.map(({ extensions }) => extensions.code),
    messages: errors.map(({ message }) => message),
    mistakes,
  };
}

describe('null for a variable with a default, where null may not be', () => {
  it.each([
    ['@include', 'query ($a: Boolean = true) { issue(key: "T-1") { key summary @include(if: $a) } }'],
    ['@skip', 'query ($a: Boolean = true) { issue(key: "T-1") { key ... @skip(if: $a) { summary } } }'],
    ['an argument', 'query ($a: Int = 3) { search(first: $a) { key } }'],
    ['an ID', 'query ($a: ID = "s1") { session(id: $a) { id } }'],
    ['a fragment', 'query ($a: Boolean = true) { issue(key: "T-1") { ...f } } fragment f on Issue { key summary @include(if: $a) }'],
  ])('%s is BAD_USER_INPUT before any fetch', async (_name, query) => {
    const refused = await send({ query, variables: { a: null } });
    expect(refused).toMatchObject({ codes: ['BAD_USER_INPUT'], mistakes: [] });
    expect(refused.status).toBeLessThan(500);
    expect(subgraphs.seen).toEqual([]);
    expect((await send({ query })).codes).not.toContain('BAD_USER_INPUT');
  });
});

it('an ID given as a number arrives as a string', async () => {
  await send({ query: 'query ($id: ID!) { session(id: $id) { id } }', variables: { id: 7 } });
  expect(subgraphs.seen.map(({ variables }) => variables)).toEqual([{ id: '7' }]);
});

describe('a value of another kind', () => {
  it.each<readonly [string, string, string]>([
    ['a huge number for an Int', 'Int', '1e999'],
    ['a number beyond 32 bits for an Int', 'Int', '99999999999'],
    ['a fraction for an Int', 'Int', '5.5'],
    ['a string for an Int', 'Int', '"5"'],
    ['true for an Int', 'Int', 'true'],
    ['a list for an Int', 'Int', '[1]'],
    ['an object for an Int', 'Int', '{}'],
    ['a fraction for an ID', 'ID', '1.5'],
    ['true for an ID', 'ID', 'true'],
    ['a list for an ID', 'ID', '["s1"]'],
    ['an object for an ID', 'ID', '{"id":"s1"}'],
    ['a string for a Boolean', 'Boolean', '"true"'],
    ['a number for a Boolean', 'Boolean', '1'],
  ])('%s is BAD_USER_INPUT, whatever it would cost', async (_what, type, value) => {
    const query: Readonly<Record<string, string>> = {
      Int: 'query ($a: Int!) { search(first: $a) { key } }',
      ID: 'query ($a: ID!) { session(id: $a) { id } }',
      Boolean: 'query ($a: Boolean!) { session(id: "s1") { id @include(if: $a) } }',
    };
    const body = `{"query":${JSON.stringify(query[type])},"variables":{"a":${value}}}`;
    expect(await send(body)).toMatchObject({ codes: ['BAD_USER_INPUT'], mistakes: [] });
    expect(subgraphs.seen).toEqual([]);
  });
});

it('an id of a socket that would come back with each answer has 200 characters at most', async () => {
  const subscribe = (id: string) => [{ id, type: 'subscribe', payload: { query: '{ session(id: "s1") { id } }' } }];
  expect(await sendBySocket(router.url, subscribe('x'.repeat(200)))).toEqual({ data: { session: { id: 's1' } } });
  expect(await sendBySocket(router.url, subscribe('x'.repeat(201)))).toBe(4400);
});

describe('a document', () => {
  it('of more than 250 000 characters is OPERATION_TOO_LARGE, be they comments, blanks or strings', async () => {
    const long = 'x'.repeat(250_000);
    for (const query of [`#${long}\n{ me { id } }`, `${' '.repeat(250_000)}{ me { id } }`, `{ session(id: "${long}") { id } }`])
      expect(await send({ query })).toMatchObject({ codes: ['OPERATION_TOO_LARGE'], mistakes: [] });
    expect((await send({ query: `#${'x'.repeat(200_000)}\n{ session(id: "s1") { id } }` })).codes).toEqual([]);
  });

  const nested = (count: number, inner: string) => `${'... { '.repeat(count)}${inner}${' }'.repeat(count)}`;
  it.each<readonly [string, string, string]>([
    ['1600 nested fragments', `{ ${nested(1_600, 'me { id }')} }`, 'OPERATION_TOO_DEEP'],
    ['900 nested typed fragments', `{ ${'... on Query { '.repeat(900)}me { id }${' }'.repeat(900)} }`, 'OPERATION_TOO_DEEP'],
    ['a list in a list, 1000 times', `{ session(id: ${'['.repeat(1_000)}1${']'.repeat(1_000)}) { id } }`, 'OPERATION_TOO_DEEP'],
    ['a list in a list, 2400 times', `{ session(id: ${'['.repeat(2_400)}1${']'.repeat(2_400)}) { id } }`, 'OPERATION_TOO_DEEP'],
    ['an object in an object, 400 times', `{ session(id: ${'{a:'.repeat(400)}1${'}'.repeat(400)}) { id } }`, 'OPERATION_TOO_DEEP'],
    ['an alias of 480 kB', `{ session(id: "s1") { ${'a'.repeat(480_000)}: title } }`, 'OPERATION_TOO_LARGE'],
    ['a field of 480 kB', `{ ${'a'.repeat(480_000)} }`, 'OPERATION_TOO_LARGE'],
    ['a variable of 101 characters', `query ($${'a'.repeat(101)}: ID) { me { id } }`, 'OPERATION_TOO_LARGE'],
    ['700 times the same fields', `{ session(id: "s1") { ${'items { issue { key } } '.repeat(700)} } }`, 'OPERATION_TOO_COSTLY'],
    [
      '120 fragments with a condition each',
      `query (${Array.from({ length: 120 }, (_, i) => `$v${i}: Boolean!`).join(' ')}) { session(id: "s1") { ${Array.from({ length: 120 }, (_, i) => `...f @include(if: $v${i})`).join(' ')} } } fragment f on Session { id }`,
      'OPERATION_TOO_COSTLY',
    ],
  ])('with %s is refused, soon', async (_name, query, code) => {
    await send({ query });
    const startedAt = process.threadCpuUsage();
    expect(await send({ query })).toMatchObject({ codes: [code], mistakes: [] });
    const { user, system } = process.threadCpuUsage(startedAt);
    // The client of this test and the router together.
    expect((user + system) / 1_000).toBeLessThan(150);
  });

  it('comes back in part only, without suggestions', async () => {
    const long = 'x'.repeat(90_000);
    for (const body of [
      { query: `{ session(id: ${JSON.stringify(long)}, other: ${JSON.stringify(long)}) { id } }` },
      { query: '{ sesion(id: "s1") { id } }' },
      { query: `"${long}` },
      { query: 'query ($id: ID!) { session(id: $id) { id } }', variables: { id: { [long]: long } } },
      { query: 'query A { me { id } }', operationName: long },
      { query: `query (${Array.from({ length: 50 }, (_, i) => `$v${i}: Int`).join(' ')}) { me { id } }` },
    ]) {
      const { text, messages, codes } = await send(body);
      expect(messages.length).toBeLessThanOrEqual(6);
      expect(text.length).toBeLessThan(3_000);
      expect(text).not.toMatch(/Did you mean|aborted/);
      expect(codes).not.toContain('INTERNAL_SERVER_ERROR');
    }
  });

  it('whose subscription may be skipped is told so', async () => {
    const { messages } = await send({
      query: 'subscription ($i: Boolean!) { sessionUpdated(sessionId: "s1") @include(if: $i) { id } }',
      variables: { i: true },
    });
    expect(messages).toEqual([expect.stringContaining('cannot be skipped')]);
  });
});

describe('a request', () => {
  it.each(['PUT', 'DELETE'])('by %s is told what is allowed', async (method) => {
    const response = await fetch(router.url, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  it.each([
    ['9 KB', `Bearer ${'x'.repeat(9_000)}`],
    ['characters beyond ASCII', 'Bearer \xe4\xf6'],
  ])('with an Authorization of %s is TOKEN_INVALID', async (_name, authorization) => {
    expect((await send({ query: '{ session(id: "s1") { id } }' }, { authorization })).codes).toEqual(['TOKEN_INVALID']);
    expect(subgraphs.seen).toEqual([]);
  });

  it('whose client goes away in mid-body is no error of ours', async () => {
    router.log.length = 0;
    const { hostname, port } = new URL(router.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          `POST /graphql HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"query":`,
        );
        setTimeout(() => socket.destroy(), 50);
      });
      socket.on('close', () => resolve());
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(router.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('by GET has its request id, and what was not foreseen is logged', async () => {
    const response = await fetch(`${router.url}?query=${encodeURIComponent('{ session(id: "s1") { id } }')}`);
    expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{8,}$/);
    expect(await response.json()).toEqual({ data: { session: { id: 's1' } } });
  });

  it('of a friendly page may have the headers that the router takes as proof', async () => {
    const response = await fetch(router.url, { method: 'OPTIONS', headers: { origin: 'https://friend.example' } });
    for (const header of ['apollo-require-preflight', 'x-apollo-operation-name', 'authorization'])
      expect(response.headers.get('access-control-allow-headers')).toContain(header);
  });

  it('for a path of many slashes is answered at once', async () => {
    const { hostname, port } = new URL(router.url);
    const path = `/${'/'.repeat(15_000)}x`;
    const startedAt = process.threadCpuUsage();
    await new Promise((resolve, reject) => {
      request({ hostname, port, path }, (response) => response.resume().on('end', resolve))
        .on('error', reject)
        .end();
    });
    expect(process.threadCpuUsage(startedAt).user / 1_000).toBeLessThan(100);
  });
});

it('urql gets JSON, with the status and Retry-After of JSON', async () => {
  const accept = 'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed';
  const answered = await send({ query: '{ session(id: "s1") { id } }' }, { accept });
  expect([answered.status, answered.headers.get('content-type')]).toEqual([200, 'application/graphql-response+json; charset=utf-8']);
  const refused = await send({ query: '{ nothing }' }, { accept });
  expect([refused.status, refused.codes]).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
});
