import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bomb, hostileBodies, hostileOperations } from '../../test/hostile.ts';
import { acceptsEventStream, acceptsMultipart, codeIn, sendBySocket, sendRaw } from '../../test/raw.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

let world: World;
let token: string;
beforeAll(async () => {
  world = await startWorld(start, { INTROSPECTION: 'false', MAX_BODY_BYTES: '65536' });
  token = await world.token();
});
afterAll(() => world.stop());

const send = (body: unknown, headers?: Readonly<Record<string, string>>) => sendRaw(world.router.url, body, headers);

describe.each(hostileOperations)('%s', (_name, operation, code) => {
  it(`gets ${code} over HTTP`, async () => {
    const answer = await send(operation);
    expect(answer.code).toBe(code);
    expect(answer.status).toBe(code === 'BAD_REQUEST' ? 400 : 200);
    expect(await send(operation, { accept: 'application/graphql-response+json' })).toEqual({ status: 400, code });
  });

  it(`gets ${code} as server-sent events`, async () => {
    expect((await send(operation, { ...acceptsEventStream, authorization: `Bearer ${token}` })).code).toBe(code);
  });

  it(`gets ${code} as multipart`, async () => {
    expect((await send(operation, { ...acceptsMultipart, authorization: `Bearer ${token}` })).code).toBe(code);
  });

  it(`gets ${code} over graphql-ws`, async () => {
    expect(
      await sendBySocket(world.router.url, [{ id: '1', type: 'subscribe', payload: operation }], {
        type: 'connection_init',
        payload: { authorization: `Bearer ${token}` },
      }),
    ).toBe(code);
  });
});

describe('bodies', () => {
  it.each(hostileBodies)('%s gets BAD_REQUEST', async (_name, body) => {
    expect(await send(body)).toEqual({ status: 400, code: 'BAD_REQUEST' });
    expect(await send(body, { accept: 'text/event-stream' })).toEqual({ status: 400, code: 'BAD_REQUEST' });
  });

  it('BODY_TOO_LARGE for more than the limit, on every transport', async () => {
    const query = `{ session(id: "${'x'.repeat(100_000)}") { id } }`;
    expect(await send({ query })).toEqual({ status: 413, code: 'BODY_TOO_LARGE' });
    expect(await send({ query }, { accept: 'multipart/mixed;subscriptionSpec=1.0' })).toEqual({ status: 413, code: 'BODY_TOO_LARGE' });
    expect(await sendBySocket(world.router.url, [{ id: '1', type: 'subscribe', payload: { query } }])).toBe(1009);
  });

  it('PERSISTED_QUERY_NOT_FOUND for a hash nobody registered; registered once, it is found on every transport', async () => {
    const query = '{ session(id: "apq") { id } }';
    const extensions = { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') } };
    expect((await send({ extensions })).code).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((await send({ query, extensions })).code).toBeUndefined();
    expect((await send({ extensions })).code).toBeUndefined();
    for (const accept of [acceptsEventStream, acceptsMultipart]) expect((await send({ extensions }, accept)).code).toBeUndefined();
    const found = await sendBySocket(world.router.url, [{ id: '1', type: 'subscribe', payload: { extensions, query: '' } }]);
    expect(found).toEqual({ data: { session: { id: 'apq' } } });
  });
});

describe('requests that a foreign page could send', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/graphql'])(
    '%s gets BAD_REQUEST',
    async (contentType) => {
      const body = '{"query":"mutation { createSession(title: \\"x\\") { id } }"}';
      expect((await send(body, { 'content-type': contentType })).code).toBe('BAD_REQUEST');
      expect((await send(body, { 'content-type': contentType, accept: 'text/event-stream' })).code).toBe('BAD_REQUEST');
    },
  );

  it('a mutation by GET is refused', async () => {
    const search = `?query=${encodeURIComponent('mutation { createSession(title: "x") { id } }')}`;
    for (const accept of ['application/json', 'text/event-stream']) {
      const response = await fetch(world.router.url + search, { headers: { accept, 'apollo-require-preflight': 'yes' } });
      expect(response.status).toBe(405);
    }
  });

  it('other origins are told nothing that would let them read', async () => {
    const response = await fetch(world.router.url, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

it('a fragment bomb that asks for no more than one title gets it at once', async () => {
  const { body } = await world.post(bomb(60, 'title'));
  expect(body).toEqual({ data: { session: { title: 'Session s1' } } });
});

it('depth is bounded', async () => {
  const strict = await startWorld(start, { MAX_DEPTH: '3' });
  try {
    const deep = await strict.post('{ session(id: "s1") { items { issue { key } } } }');
    expect(codeIn(deep.body)).toBe('OPERATION_TOO_DEEP');
  } finally {
    await strict.stop();
  }
});

it('after all that the router is alive and its memory flat', async () => {
  const rounds = async (count: number): Promise<void> => {
    for (let round = 0; round < count; round += 1)
      await Promise.all(hostileOperations.map(([, operation]) => send({ ...operation, query: `${operation.query}# ${round}` })));
  };
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const usedBytes = (): number => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  await rounds(5);
  const before = usedBytes();
  await rounds(15);
  expect(usedBytes() - before).toBeLessThan(8 * 1024 * 1024);
  expect((await world.post('{ session(id: "s1") { title } }')).body).toEqual({ data: { session: { title: 'Session s1' } } });
});
