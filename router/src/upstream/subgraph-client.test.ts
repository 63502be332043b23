import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../../kit/process/logging.ts';
import { createContext, type RouterContext } from '../context.ts';
import { createSubgraphClient, type SubgraphClient } from './subgraph-client.ts';

interface Seen {
  readonly headers: IncomingMessage['headers'];
  readonly body: { readonly query: string; readonly variables?: { readonly representations?: readonly unknown[] } };
}

const stops: Array<() => Promise<unknown>> = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A subgraph that answers as told; `seen` are the requests that reached it. */
async function startSubgraph(
  answer: (response: ServerResponse, seen: Seen, count: number) => void,
  { timeoutMs = 2_000, isAlive = () => true }: { readonly timeoutMs?: number; readonly isAlive?: () => boolean } = {},
): Promise<{ client: SubgraphClient; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      if (isAlive()) response.end('{}');
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const one: Seen = { headers: request.headers, body: JSON.parse(String(Buffer.concat(chunks))) };
    seen.push(one);
    answer(response, one, seen.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const client = createSubgraphClient({ address: { name: 'toy', url, secret: undefined, headers: {}, timeoutMs, tls: 'mutual' } });
  stops.push(async () => {
    await client.close();
    server.closeAllConnections();
    server.close();
  });
  return { client, seen };
}

const contextOf = (headers: Readonly<Record<string, string>> = {}): RouterContext =>
  createContext({ requestId: 'request-1', log: createLogger('test', 'silent'), clientIp: '', header: (name) => headers[name] });
const ok = (response: ServerResponse, data: unknown = { ok: true }): void => void response.end(JSON.stringify({ data }));
const cut = (response: ServerResponse): void => void response.socket?.destroy();
const query = JSON.stringify({ query: '{ ok }' });

describe('a subgraph one of whose replicas hangs', () => {
  const keyed = JSON.stringify({ query: 'mutation ($k: ID) { change(idempotencyKey: $k) }', variables: { k: 'once' } });
  const inInput = JSON.stringify({ query: 'mutation ($i: In!) { change(input: $i) }', variables: { i: { requestId: 'once' } } });

  it.each([
    ['a query', query, true],
    ['a mutation with an idempotency key', keyed, false],
    ['a mutation with the key in its input', inInput, false],
  ])('answers %s after a second, from another connection', async (_name, body, isQuery) => {
    const { client, seen } = await startSubgraph((response, _seen, count) => {
      if (count > 1) ok(response);
    });
    const startedAt = performance.now();
    expect(await client.request(body, contextOf(), isQuery)).toEqual({ data: { ok: true } });
    expect(performance.now() - startedAt).toBeLessThan(1_800);
    expect(seen).toHaveLength(2);
  });

  it.each([
    ['mutation { change }', {}],
    ['mutation ($k: ID) { change(idempotencyKey: $k) }', { k: null }],
    ['mutation ($k: ID) { change(idempotencyKey: $k) other }', { k: 'once' }],
  ])('is never asked twice for %s', async (mutation, variables) => {
    const { client, seen } = await startSubgraph(() => undefined);
    const answer = await client.request(JSON.stringify({ query: mutation, variables }), contextOf(), false);
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'SUBGRAPH_TIMEOUT' } }] });
    expect(seen).toHaveLength(1);
  });

  it('is asked no mutation of a client that has gone', async () => {
    const { client, seen } = await startSubgraph((response) => ok(response));
    await client.request(keyed, { ...contextOf(), isGone: () => true }, false);
    expect(seen).toHaveLength(0);
  });
});

describe('a subgraph all of whose replicas hang', () => {
  const longest = { timeoutMs: 600_000 };

  it.each([
    ['a query', query, true],
    ['a mutation', JSON.stringify({ query: 'mutation { change }' }), false],
  ])('is not waited for until its own time is up by %s', async (_name, body, isQuery) => {
    const { client } = await startSubgraph(() => undefined, { ...longest, isAlive: () => false });
    expect(await client.request(body, contextOf(), isQuery)).toMatchObject({ errors: [{ extensions: { code: 'SUBGRAPH_TIMEOUT' } }] });
  });

  it('opens its breaker, as one that fails', async () => {
    const { client } = await startSubgraph(() => undefined, { ...longest, isAlive: () => false });
    const change = (index: number) => client.request(JSON.stringify({ query: `mutation { change(index: ${index}) }` }), contextOf(), false);
    await Promise.all([1, 2, 3, 4, 5].map(change));
    expect(client.isBreakerOpen()).toBe(true);
  });

  it('is waited for when it lives and is slow, also when it missed one look', async () => {
    let looks = 0;
    const isAlive = () => {
      looks += 1;
      return looks > 1;
    };
    const { client } = await startSubgraph((response) => void setTimeout(() => ok(response), 4_500), { ...longest, isAlive });
    expect(await client.request(JSON.stringify({ query: 'mutation { change }' }), contextOf(), false)).toEqual({ data: { ok: true } });
    expect(looks).toBeGreaterThan(1);
  });

  it('is waited for when it answers others meanwhile: it is busy', async () => {
    const { client } = await startSubgraph(
      (response, { body }) => {
        if (body.query === '{ ok }') ok(response);
        else setTimeout(() => ok(response), 4_500);
      },
      { ...longest, isAlive: () => false },
    );
    let isDone = false;
    const slow = client.request(JSON.stringify({ query: 'mutation { change }' }), contextOf(), false).finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await client.request(query, contextOf(), true);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await slow).toEqual({ data: { ok: true } });
  });

  it('does not take all connections from the looks: sixty-four slow ones are waited for', async () => {
    const { client } = await startSubgraph((response) => void setTimeout(() => ok(response), 4_500), longest);
    const asks = Array.from({ length: 64 }, (_, index) =>
      client.request(JSON.stringify({ query: `mutation { change(index: ${index}) }` }), contextOf(), false),
    );
    for (const answer of await Promise.all(asks)) expect(answer).toEqual({ data: { ok: true } });
  });
});

describe('a request whose askers leave', () => {
  const leaving = () => {
    let isGone = false;
    const context = createContext({
      requestId: 'request-1',
      log: createLogger('test', 'silent'),
      clientIp: '',
      header: () => undefined,
      isGone: () => isGone,
    });
    return { context, leave: () => (isGone = true) };
  };
  const hanging = async () => {
    let closed = 0;
    const started = await startSubgraph((response) => void response.once('close', () => (closed += 1)));
    return { ...started, closed: () => closed };
  };

  it('is given up when the last of them has left, and not before; the breaker does not count it', async () => {
    const { client, seen, closed } = await hanging();
    for (let count = 0; count < 6; count += 1) {
      const [one, other] = [leaving(), leaving()];
      const body = JSON.stringify({ query: `{ ok${count} }` });
      const startedAt = performance.now();
      const answers = Promise.all([client.request(body, one.context, true), client.request(body, other.context, true)]);
      one.leave();
      if (count > 0) other.leave();
      else setTimeout(other.leave, 1_300);
      expect((await answers)[0].errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
      expect(performance.now() - startedAt).toBeGreaterThan(count === 0 ? 1_300 : 900);
    }
    // The first one was sent twice: somebody still waited for it after a second.
    await expect.poll(closed).toBe(7);
    expect(seen).toHaveLength(7);
    expect(client.isBreakerOpen()).toBe(false);
  }, 20_000);

  it('is not even sent when they have left already, and a mutation is carried through', async () => {
    const { client, seen } = await startSubgraph((response) => void setTimeout(() => ok(response), 1_500));
    const [gone, changing] = [leaving(), leaving()];
    gone.leave();
    expect((await client.request(query, gone.context, true)).errors).toHaveLength(1);
    expect(seen).toHaveLength(0);
    const change = client.request(JSON.stringify({ query: 'mutation { change }' }), changing.context, false);
    changing.leave();
    expect(await change).toEqual({ data: { ok: true } });
  });
});

describe('a query that is under way while something changes', () => {
  const changing = JSON.stringify({ query: 'mutation { change }' });

  /** Answers to queries wait until they are let go; each says how many changes there were when it was asked. */
  async function startChanging() {
    const held: Array<() => void> = [];
    let changes = 0;
    const { client, seen } = await startSubgraph((response, { body }) => {
      if (body.query.startsWith('mutation')) changes += 1;
      const answer = () => ok(response, { changes: Number(response.getHeader('x-changes')) });
      response.setHeader('x-changes', changes);
      if (body.query.startsWith('mutation')) answer();
      else held.push(answer);
    });
    return { client, seen, held };
  }

  it('is sent again for who asks after the mutation: they see what they changed', async () => {
    const { client, held } = await startChanging();
    const before = client.request(query, contextOf(), true);
    await expect.poll(() => held.length).toBe(1);
    await client.request(changing, contextOf(), false);
    const after = client.request(query, contextOf(), true);
    const afterToo = client.request(query, contextOf(), true);
    await expect.poll(() => held.length).toBe(2);
    held[0]?.();
    expect(await before).toEqual({ data: { changes: 0 } });
    // The end of the older one does not end the sharing of the newer one.
    const last = client.request(query, contextOf(), true);
    held[1]?.();
    expect(await Promise.all([after, afterToo, last])).toEqual(Array(3).fill({ data: { changes: 1 } }));
    expect(held.length).toBe(2);
  });
});

describe('a request whose connection is cut', () => {
  it('is sent a second time when it is a query', async () => {
    const { client, seen } = await startSubgraph((response, _seen, count) => (count === 1 ? cut(response) : ok(response)));
    expect(await client.request(query, contextOf(), true)).toEqual({ data: { ok: true } });
    expect(seen.length).toBe(2);
  });

  it('is never sent a second time when it is a mutation', async () => {
    const { client, seen } = await startSubgraph(cut);
    const { errors } = await client.request(JSON.stringify({ query: 'mutation { ok }' }), contextOf(), false);
    expect(errors?.[0]?.extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(seen.length).toBe(1);
  });

  it('uses up the budget of repetitions, which only requests that go well fill again', async () => {
    // In pairs of a failure and a success, so that the breaker stays closed.
    const { client, seen } = await startSubgraph((response, { body }) => (body.query.includes('bad') ? cut(response) : ok(response)));
    const repeats = async (): Promise<number> => {
      const before = seen.length;
      await client.request(JSON.stringify({ query: '{ bad }' }), contextOf(), true);
      const sent = seen.length - before;
      await client.request(query, contextOf(), true);
      return sent - 1;
    };
    const perPair: number[] = [];
    for (let pair = 0; pair < 40; pair += 1) perPair.push(await repeats());
    expect(perPair.slice(0, 15)).toEqual(Array(15).fill(1));
    expect(perPair.slice(-10).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(3);
  });
});

describe('identical queries that are under way at once', () => {
  const later = (response: ServerResponse): void => void setTimeout(() => ok(response), 100);
  const send = (client: SubgraphClient, contexts: readonly RouterContext[]) =>
    Promise.all(contexts.map((context) => client.request(query, context, true)));

  it('are sent once, whatever their request ids and traces', async () => {
    const { client, seen } = await startSubgraph(later);
    await send(client, [contextOf(), contextOf({ traceparent: '00-1-2-01' }), { ...contextOf(), forwarded: { 'x-request-id': 'other' } }]);
    expect(seen.length).toBe(1);
  });

  it('are sent each when any other header that is passed on differs', async () => {
    const { client, seen } = await startSubgraph(later);
    const { forwarded } = contextOf();
    await send(client, [
      contextOf(),
      contextOf({ authorization: 'Bearer a' }),
      contextOf({ authorization: 'Bearer b' }),
      { ...contextOf(), forwarded: { ...forwarded, 'x-tally-session': 's1' } },
      { ...contextOf(), forwarded: { ...forwarded, 'x-tally-issue': 'T-1' } },
    ]);
    expect(seen.length).toBe(5);
  });
});

describe('entities that stand in the data several times', () => {
  const entities = 'query Q($representations: [_Any!]!) { _entities(representations: $representations) { ... on Issue { summary } } }';
  const [one, two] = [
    { __typename: 'Issue', key: 'T-1' },
    { __typename: 'Issue', key: 'T-2' },
  ];
  const process = (client: SubgraphClient, representations: readonly unknown[]) =>
    client.dataSource.process({
      request: { query: entities, variables: { representations } },
      context: contextOf(),
    } as unknown as Parameters<SubgraphClient['dataSource']['process']>[0]);

  it('are asked for once, and answered in every place', async () => {
    const { client, seen } = await startSubgraph((response) => ok(response, { _entities: [{ summary: 'first' }, { summary: 'second' }] }));
    const { data } = await process(client, [one, two, one, one]);
    expect(seen[0]?.body.variables?.representations).toEqual([one, two]);
    expect(data).toEqual({ _entities: [{ summary: 'first' }, { summary: 'second' }, { summary: 'first' }, { summary: 'first' }] });
  });

  it('have the error of the one in every place', async () => {
    const error = { message: 'gone', path: ['_entities', 0, 'summary'] };
    const { client } = await startSubgraph((response) =>
      response.end(JSON.stringify({ data: { _entities: [null, { summary: 'second' }] }, errors: [error] })),
    );
    const { data, errors } = await process(client, [one, two, one]);
    expect(data).toEqual({ _entities: [null, { summary: 'second' }, null] });
    expect(errors?.map(({ path }) => path)).toEqual([
      ['_entities', 0, 'summary'],
      ['_entities', 2, 'summary'],
    ]);
  });
});
