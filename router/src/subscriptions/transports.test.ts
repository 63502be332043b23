import { request as httpRequest, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { type Following, followByEventStream, followByMultipart, followByWebSocket } from '../../test/clients.ts';
import { acceptsEventStream, acceptsMultipart } from '../../test/raw.ts';
import { append, castToyVote } from '../../test/toy-voting.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

// What every transport has to do, each in its own words.

const results = 'subscription R($id: ID!) { voteResults(sessionId: $id) { id issue { key } } }';
/** A snapshot of some 25 kB, when the session's id is long. */
const snapshots = 'subscription S($id: ID!) { sessionUpdated(sessionId: $id) { revision a: id b: id c: id d: id e: id title } }';
const longId = 's'.repeat(4_000);
let world: World;
const stops: Array<() => unknown> = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await world.stop();
});
const eventually = (read: () => unknown) => expect.poll(read, { timeout: 15_000 });
const active = (field: string) => world.votingState.active.get(field) ?? 0;
const keep = (one: Following): Following => {
  stops.push(one.stop);
  return one;
};

interface Raw {
  readonly text: () => string;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly isEnded: () => boolean;
}
interface Asked {
  readonly query: string;
  readonly id?: string;
}

/** A stream as bytes, which its reader can stop reading. */
const followHttp =
  (accept: Readonly<Record<string, string>>) =>
  async ({ query, id = 's1' }: Asked): Promise<Raw> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await world.token({ sid: id })}`, ...accept };
    const body = JSON.stringify({ query, variables: { id } });
    const response = await new Promise<IncomingMessage>((resolve, reject) =>
      httpRequest(world.router.url, { method: 'POST', headers }, resolve).on('error', reject).end(body),
    );
    let text = '';
    let isEnded = false;
    response.on('data', (chunk) => (text += chunk));
    response.on('end', () => (isEnded = true));
    response.on('error', () => {});
    stops.push(() => response.destroy());
    return { text: () => text, pause: () => response.pause(), resume: () => response.resume(), isEnded: () => isEnded };
  };
async function followSocket({ query, id = 's1' }: Asked): Promise<Raw & { readonly pings: () => number }> {
  // Compressed, letters that repeat are too few bytes for anybody to be slow.
  const socket = new WebSocket(world.router.url.replace(/^http/, 'ws'), 'graphql-transport-ws', { perMessageDeflate: false });
  stops.push(() => socket.terminate());
  let text = '';
  let pings = 0;
  let isEnded = false;
  socket.on('message', (data) => (text += `${data}\n`));
  socket.on('ping', () => (pings += 1));
  socket.on('close', () => (isEnded = true));
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${await world.token({ sid: id })}` } }));
  await eventually(() => text).toContain('connection_ack');
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables: { id } } }));
  return { text: () => text, pause: () => socket.pause(), resume: () => socket.resume(), isEnded: () => isEnded, pings: () => pings };
}

const raw = [
  ['graphql-ws', followSocket],
  ['server-sent events', followHttp(acceptsEventStream)],
  ['multipart', followHttp(acceptsMultipart)],
] as const;

describe.each([
  ['graphql-ws', followByWebSocket],
  ['server-sent events', followByEventStream],
  ['multipart', followByMultipart],
])('over %s', (_name, by) => {
  it('NOT_A_PARTICIPANT ends the stream of a participant who is removed, and of nobody else', async () => {
    world = await startWorld(start);
    const follow = async (sub: string) =>
      keep(by({ url: world.router.url, query: results, variables: { id: 's1' }, token: await world.token({ sub }) }));
    const [stays, leaves] = [await follow('stays'), await follow('leaves')];
    await eventually(() => world.votingState.calls.get('me')).toBe(2);
    await eventually(() => active('sessionEvents')).toBe(1);
    await eventually(() => active('voteResults')).toBe(1);
    world.votingState.kicked.add('leaves');
    append(world.votingState, { type: 'PARTICIPANT_LEFT', participant: { id: 'leaves' } });
    await eventually(() => JSON.stringify([leaves.errors, leaves.payloads])).toContain('NOT_A_PARTICIPANT');
    castToyVote(world.votingState, 'T-2');
    await eventually(() => JSON.stringify(stays.payloads)).toContain('T-2');
    expect(JSON.stringify(leaves.payloads)).not.toContain('T-2');
    expect(stays.isDone()).toBe(false);
  });
});

describe.each(raw)('over %s', (name, follow) => {
  it('there is a sign of life while nothing happens', async () => {
    world = await startWorld(start, { HEARTBEAT_SECONDS: '1' });
    const one = await follow({ query: results });
    const signs = () =>
      name === 'multipart'
        ? one.text().split('\r\n\r\n{}\r\n--graphql').length - 1
        : 'pings' in one
          ? (one.pings as () => number)()
          : one.text().split(':\n\n').length - 2;
    await eventually(signs).toBeGreaterThanOrEqual(2);
    expect(one.isEnded()).toBe(false);
  });

  it('whoever reads snapshots slowly misses those in between, gets the newest, and stays', async () => {
    world = await startWorld(start);
    const id = longId;
    const slow = await follow({ query: snapshots, id });
    await eventually(() => slow.text()).toContain('"revision":0');
    slow.pause();
    const quick = keep(
      followByWebSocket({ url: world.router.url, query: snapshots, variables: { id }, token: await world.token({ sid: id }) }),
    );
    await eventually(() => quick.payloads.length).toBe(1);
    for (let count = 1; count <= 600; count += 1) {
      castToyVote(world.votingState);
      while (quick.payloads.at(-1)?.data.sessionUpdated.revision !== count) await sleep(1);
    }
    slow.resume();
    await eventually(() => slow.text().includes('"revision":600,')).toBe(true);
    expect(slow.text().split('"revision":').length - 1).toBeLessThan(590);
    expect(slow.isEnded()).toBe(false);
  });

  it('whoever reads events too slowly is told SUBSCRIPTION_TOO_SLOW after those that it has', async () => {
    world = await startWorld(start);
    const slow = await follow({ query: results });
    await eventually(() => active('voteResults')).toBe(1);
    const quick = keep(followByWebSocket({ url: world.router.url, query: results, variables: { id: 's1' }, token: await world.token() }));
    await eventually(() => world.votingState.calls.get('me')).toBe(2);
    slow.pause();
    const size = 1_500;
    for (let count = 0; count < size; count += 1) {
      castToyVote(world.votingState, `T-${'x'.repeat(10_000)}`);
      if (count % 50 === 0) await eventually(() => quick.payloads.length).toBeGreaterThan(count - 50);
    }
    await eventually(() => quick.payloads.length).toBe(size);
    slow.resume();
    await eventually(() => slow.text().includes('SUBSCRIPTION_TOO_SLOW')).toBe(true);
    // What it has has no hole.
    const seen = [...slow.text().matchAll(/"id":"r(\d+)"/g)].map(([, number]) => Number(number));
    expect(seen).toEqual(seen.map((_, index) => index + 1));
  });

  it('a router that stops says so', async () => {
    world = await startWorld(start);
    const one = await follow({ query: results });
    await eventually(() => active('voteResults')).toBe(1);
    await world.router.stop();
    await eventually(() => one.isEnded()).toBe(true);
    // Sockets hear it by their close code (survival.test.ts).
    if (name !== 'graphql-ws') expect(one.text()).toContain('ROUTER_STOPPING');
    if (name === 'multipart') expect(one.text().trimEnd().endsWith('--graphql--')).toBe(true);
  });
});

it('a socket whose client does not answer pings is cut off', async () => {
  world = await startWorld(start, { HEARTBEAT_SECONDS: '1' });
  const socket = new WebSocket(world.router.url.replace(/^http/, 'ws'), 'graphql-transport-ws', { autoPong: false });
  let isClosed = false;
  socket.on('close', () => (isClosed = true));
  socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
  await eventually(() => isClosed).toBe(true);
});
