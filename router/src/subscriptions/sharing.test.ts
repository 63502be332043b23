import { createClient } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { type Counted, countWebSockets } from '../../test/counted.ts';
import { castToyVote } from '../../test/toy-voting.ts';
import { composeToy, startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

// Several operations share one socket to a subgraph, and all who ask for the same share one operation.

let world: World;
let counted: Counted;
const stops: Array<() => void> = [];
beforeEach(async () => {
  world = await startWorld(start, { RATE_LIMIT_IP: '100000', RATE_LIMIT_IDENTITY: '100000' }, composeToy(), async (url) => {
    counted = await countWebSockets(url);
    return counted.url;
  });
});
afterEach(async () => {
  for (const stop of stops.splice(0)) stop();
  await world.stop();
  counted.stop();
});

const eventually = (read: () => unknown) => expect.poll(read, { timeout: 20_000 });
const active = (field: string) => world.votingState.active.get(field) ?? 0;

// biome-ignore lint/suspicious/noExplicitAny: tests look into payloads of any shape.
type Heard = { readonly payloads: any[]; readonly codes: string[]; readonly stop: () => void };

/** One participant's client: all of these subscriptions over one socket. */
async function follow(subscriptions: readonly { readonly query: string; readonly variables?: Record<string, unknown> }[], sub: string) {
  const token = await world.token({ sub });
  const client = createClient({
    url: world.router.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization: `Bearer ${token}` },
  });
  stops.push(() => void client.dispose());
  return subscriptions.map(({ query, variables }): Heard => {
    const heard = { payloads: [] as unknown[], codes: [] as string[] };
    const stop = client.subscribe(
      { query, ...(variables === undefined ? {} : { variables }) },
      {
        next: (payload) => void heard.payloads.push(payload),
        error: (error) => void heard.codes.push((error as { extensions: { code: string } }[])[0]?.extensions.code ?? 'closed'),
        complete: () => {},
      },
    );
    return { ...heard, stop };
  });
}

const session = (selection: string) => `subscription { sessionUpdated(sessionId: "s1") { ${selection} } }`;

describe('one operation upstream', () => {
  it('is shared by 300 subscriptions that differ in an alias, each with its own names in data and errors', async () => {
    const people = Array.from({ length: 15 }, (_, person) =>
      follow(
        Array.from({ length: 20 }, (_, n) => ({ query: session(`a${person}x${n}: revision items { b${n}: issue { s: summary } }`) })),
        `p${person}`,
      ),
    );
    const all = (await Promise.all(people)).flat();
    await eventually(() => all.filter(({ payloads }) => payloads.length > 0).length).toBe(300);
    expect(active('sessionUpdated')).toBe(1);
    // With the watch of departures.
    expect(counted.webSockets().open).toBe(1);
    const before = world.jira.entityCalls();
    castToyVote(world.votingState);
    await eventually(
      () => all.filter(({ payloads }) => payloads.at(-1).data.sessionUpdated.length !== 0 && payloads.length > 1).length,
    ).toBe(300);
    expect(world.jira.entityCalls()).toBe(before + 1);
    for (const [index, { payloads }] of all.entries()) {
      const [person, n] = [Math.floor(index / 20), index % 20];
      const issue = (key: string) => ({ [`b${n}`]: { s: `About ${key}` } });
      expect(payloads.at(-1)).toEqual({ data: { sessionUpdated: { [`a${person}x${n}`]: 1, items: [issue('T-1'), issue('T-2')] } } });
    }
  });

  const same = [
    session('revision title items { id issue { key } }'),
    session('title items { issue { key } id } revision'),
    session('title title items { id } items { issue { key } id } revision'),
    session('... { title } ... on Session { items { ... { id } issue { key } } revision }'),
    'subscription Mine { sessionUpdated(sessionId: "s1") { ...all } } fragment all on Session { revision title items { ...item } } fragment item on Round { id issue { key } }',
    'subscription Mine($id: ID!) { sessionUpdated(sessionId: $id) { revision title items { id issue { key } } } }',
    'subscription ($session: ID! = "s1") { sessionUpdated(sessionId: $session) { revision title items { id issue { key } } } }',
    'subscription ($no: Boolean = false) { sessionUpdated(sessionId: "s1") { revision title items { id issue { key status @include(if: $no) } } } }',
    'subscription ($yes: Boolean!) { sessionUpdated(sessionId: "s1") { revision title items { id @include(if: $yes) issue { key } ... @skip(if: $yes) { revision } } } }',
    'subscription { x: sessionUpdated(sessionId: "s1") { r: revision t: title q: items { i: id z: issue { k: key } } } }',
  ].map((query) => ({ query, variables: { id: 's1', yes: true } }));
  it('is the same for all spellings of one selection', async () => {
    const all = await follow(same, 'p1');
    await eventually(() => all.filter(({ payloads }) => payloads.length > 0).length).toBe(same.length);
    expect(active('sessionUpdated')).toBe(1);
    const items = [
      { id: 'i1', issue: { key: 'T-1' } },
      { id: 'i2', issue: { key: 'T-2' } },
    ];
    for (const { payloads } of all.slice(0, -1))
      expect(payloads[0]).toEqual({ data: { sessionUpdated: { revision: 0, title: 'Session s1', items } } });
    const own = [
      { i: 'i1', z: { k: 'T-1' } },
      { i: 'i2', z: { k: 'T-2' } },
    ];
    expect(all.at(-1)?.payloads[0]).toEqual({ data: { x: { r: 0, t: 'Session s1', q: own } } });
    // In the order in which each of them asked.
    expect(Object.keys(all[1]?.payloads[0].data.sessionUpdated)).toEqual(['title', 'items', 'revision']);
  });

  it("has the paths of errors under each client's names", async () => {
    const bad = (selection: string) => `subscription { v: voteResults(sessionId: "s1") { ${selection} } }`;
    const [plain] = (await follow([{ query: bad('issue { summary }') }], 'p1')) as [Heard];
    const [twice] = (await follow([{ query: bad('one: issue { s: summary } two: issue { s: summary }') }], 'p2')) as [Heard];
    await eventually(() => active('voteResults')).toBe(1);
    await eventually(() => world.votingState.calls.get('me')).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 200));
    castToyVote(world.votingState, 'T-BAD');
    await eventually(() => [plain.payloads.length, twice.payloads.length]).toEqual([1, 1]);
    const pathsOf = ({ payloads }: Heard) => payloads[0].errors.map(({ path }: { path: unknown }) => path).sort();
    expect(plain.payloads[0].data).toEqual({ v: { issue: { summary: null } } });
    expect(pathsOf(plain)).toEqual([['v', 'issue']]);
    expect(twice.payloads[0].data).toEqual({ v: { one: { s: null }, two: { s: null } } });
    expect(pathsOf(twice)).toEqual([
      ['v', 'one'],
      ['v', 'two'],
    ]);
  });
});

describe('one socket', () => {
  it('carries the operations of a session, whoever asks, and closes with the last of them', async () => {
    const queries = [
      session('revision'),
      session('title'),
      'subscription { voteResults(sessionId: "s1") { id } }',
      'subscription { voteResults(sessionId: "s1", after: 0) { id } }',
      'subscription { sessionEvents(sessionId: "s1") { revision } }',
    ];
    const all = (
      await Promise.all(
        [1, 2, 3].map((n) =>
          follow(
            queries.map((query) => ({ query })),
            `p${n}`,
          ),
        ),
      )
    ).flat();
    await eventually(() => ['sessionUpdated', 'voteResults', 'sessionEvents'].map(active)).toEqual([2, 2, 2]);
    expect(counted.webSockets()).toEqual({ open: 1, opened: 1 });
    for (const { stop } of all.slice(1)) stop();
    castToyVote(world.votingState);
    await eventually(() => all[0]?.payloads.at(-1).data).toEqual({ sessionUpdated: { revision: 1 } });
    expect(counted.webSockets().open).toBe(1);
    all[0]?.stop();
    await eventually(() => counted.webSockets().open).toBe(0);
  });

  it('is another one for another session', async () => {
    const token = await world.token({ sid: 's2' });
    const client = createClient({
      url: world.router.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
    });
    stops.push(() => void client.dispose());
    client.subscribe({ query: session('id').replace('s1', 's2') }, { next: () => {}, error: () => {}, complete: () => {} });
    await follow([{ query: session('id') }], 'p1');
    await eventually(() => counted.webSockets().open).toBe(2);
  });

  it('that is lost is replaced by one, and nothing is missed', async () => {
    const all = await follow(
      [0, 1, 2, 3].map((n) => ({
        query: `subscription { sessionEvents(sessionId: "s1", after: 0) { revision ${n % 2 === 0 ? '' : 'type'} } }`,
      })),
      'p1',
    );
    await eventually(() => active('sessionEvents')).toBe(3);
    castToyVote(world.votingState);
    await eventually(() => all.map(({ payloads }) => payloads.length)).toEqual([1, 1, 1, 1]);
    await world.voting.stop();
    castToyVote(world.votingState);
    await world.voting.restart();
    castToyVote(world.votingState);
    for (const { payloads } of all) await eventually(() => payloads.map(({ data }) => data.sessionEvents.revision)).toEqual([1, 2, 3]);
    expect(counted.webSockets().open).toBe(1);
  });
});

it('a participant follows 20 streams at most, over all sockets and however they are spelled; one that ends makes room', async () => {
  const many = (from: number) => Array.from({ length: 15 }, (_, n) => ({ query: session(`a${from + n}: revision`) }));
  const [first, second] = [await follow(many(0), 'p1'), await follow(many(100), 'p1')];
  const all = [...first, ...second];
  const refused = () => all.filter(({ codes }) => codes.includes('TOO_MANY_OPERATIONS')).length;
  await eventually(() => [all.filter(({ payloads }) => payloads.length > 0).length, refused()]).toEqual([20, 10]);
  // Somebody else is not concerned.
  const [other] = await follow(many(200).slice(0, 1), 'p2');
  await eventually(() => other?.payloads.length).toBe(1);
  for (const { stop } of [...all, ...(other === undefined ? [] : [other])]) stop();
  await eventually(() => active('sessionUpdated')).toBe(0);
  const again = await follow(many(300), 'p1');
  await eventually(() => again.filter(({ payloads }) => payloads.length > 0).length).toBe(15);
});
