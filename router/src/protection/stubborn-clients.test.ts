import { on, once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { castToyVote } from '../../test/toy-voting.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

// Clients that keep to no protocol: each is answered by a close code of graphql-transport-ws
// (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md), or cut off, and leaves nothing behind.

let world: World;
beforeAll(async () => {
  world = await startWorld(start, { HEARTBEAT_SECONDS: '1', RATE_LIMIT_IP: '1000000', RATE_LIMIT_IDENTITY: '1000000' });
});
afterAll(() => world.stop());

/** Stands where the client waits until it is acknowledged. */
const acknowledged = 'acknowledged';
const init = { type: 'connection_init' };
const slow = (id: string) => ({ id, type: 'subscribe', payload: { query: '{ slow(ms: 3000) }' } });
const quick = (id: string) => ({ id, type: 'subscribe', payload: { query: '{ me { id } }' } });

interface Heard {
  readonly code: number;
  /** Types of the messages before it. */
  readonly types: readonly string[];
}

/** Says all of it, one after the other, and listens until the socket is closed. */
async function say(
  messages: readonly (object | string | Buffer)[],
  options: WebSocket.ClientOptions = {},
  protocol = 'graphql-transport-ws',
): Promise<Heard> {
  const socket = new WebSocket(world.router.url.replace(/^http/, 'ws'), protocol === '' ? [] : [protocol], options);
  const types: string[] = [];
  const closed = once(socket, 'close');
  await once(socket, 'open');
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.on('message', (data) => {
    types.push(JSON.parse(String(data)).type);
    if (types.at(-1) === 'connection_ack') resolve();
  });
  for (const each of messages) {
    if (each === acknowledged) await promise;
    else socket.send(typeof each === 'string' || Buffer.isBuffer(each) ? each : JSON.stringify(each));
  }
  const [code] = await closed;
  return { code, types };
}

describe('a socket', () => {
  it.concurrent.each<readonly [string, readonly (object | string | Buffer)[], number]>([
    ['that never says connection_init', [], 4408],
    ['that says ping only', [{ type: 'ping' }], 4408],
    ['that says connection_init twice', [init, init], 4429],
    ['that says connection_init again later', [init, acknowledged, quick('1'), init], 4429],
    ['that subscribes before it was acknowledged', [init, quick('1')], 4401],
    ['that subscribes without connection_init', [quick('1')], 4401],
    ['that uses an id twice', [init, acknowledged, slow('1'), slow('1')], 4409],
    ['that uses an id of every object twice', [init, acknowledged, slow('__proto__'), slow('__proto__')], 4409],
    ['that subscribes without an id', [init, acknowledged, { type: 'subscribe', payload: { query: '{ me { id } }' } }], 4400],
    ['that subscribes by a number', [init, acknowledged, { id: 1, type: 'subscribe', payload: { query: '{ me { id } }' } }], 4400],
    ['that subscribes to nothing', [init, acknowledged, { id: '1', type: 'subscribe' }], 4400],
    ['whose query is a number', [init, acknowledged, { id: '1', type: 'subscribe', payload: { query: 1 } }], 4400],
    [
      'whose variables are a list',
      [init, acknowledged, { id: '1', type: 'subscribe', payload: { query: '{ me { id } }', variables: [] } }],
      4400,
    ],
    ['whose id is too long', [init, acknowledged, quick('x'.repeat(300))], 4400],
    ['that plays the server', [init, acknowledged, { id: '1', type: 'next', payload: {} }], 4400],
    ['that acknowledges', [init, acknowledged, { type: 'connection_ack' }], 4400],
    ['whose parameters are a list', [{ type: 'connection_init', payload: [] }], 4400],
    ['whose message is null', ['null'], 4400],
    ['whose message is a list', ['[]'], 4400],
    ['whose message has no type', ['{}'], 4400],
    ['whose message is no text', [Buffer.from([0xff, 0xfe, 0x00])], 4400],
    ['whose type is of every object', ['{"type":"constructor"}'], 4400],
    ['whose type stands twice', ['{"type":"connection_init","type":"x"}'], 4400],
  ])('%s is closed', { timeout: 60_000 }, async (_name, messages, code) => {
    expect((await say(messages)).code).toBe(code);
  });

  it.concurrent('that speaks another protocol is closed with 4406', async () => {
    expect((await say([], {}, '')).code).toBe(4406);
  });

  it.concurrent('that never answers a ping is cut off', { timeout: 60_000 }, async () => {
    expect(await say([init], { autoPong: false })).toEqual({ code: 1006, types: ['connection_ack'] });
  });

  it.concurrent('that says nothing but completes what there is not stays, and is answered', { timeout: 60_000 }, async () => {
    const socket = new WebSocket(world.router.url.replace(/^http/, 'ws'), 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify(init));
    await once(socket, 'message');
    for (const each of [{ id: '1', type: 'complete' }, { id: 'toString', type: 'complete' }, { type: 'pong' }, { type: 'ping' }])
      socket.send(JSON.stringify(each));
    const types: string[] = [];
    for await (const [data] of on(socket, 'message')) {
      types.push(JSON.parse(String(data)).type);
      if (types.at(-1) === 'pong') break;
    }
    expect(types).toEqual(['pong']);
    socket.terminate();
  });

  it.concurrent('is not listened to any more once it is told to go', { timeout: 60_000 }, async () => {
    const before = world.votingState.calls.get('addVote') ?? 0;
    const vote = { id: '2', type: 'subscribe', payload: { query: 'mutation { addVote(sessionId: "s1", issueKey: "T-1") { id } }' } };
    expect((await say([init, acknowledged, init, vote])).code).toBe(4429);
    expect(world.votingState.calls.get('addVote') ?? 0).toBe(before);
  });
});

const followers = () => world.votingState.active.get('voteResults') ?? 0;

describe('who follows and does not read', () => {
  it.each([
    ['server-sent events', 'text/event-stream'],
    ['multipart', 'multipart/mixed;subscriptionSpec=1.0'],
  ])('is cut off, and leaves no stream behind: %s', { timeout: 90_000 }, async (_name, accept) => {
    await expect.poll(followers, { timeout: 20_000 }).toBe(0);
    const { hostname, port } = new URL(world.router.url);
    const aliases = Array.from({ length: 12 }, (_, index) => `${'a'.repeat(90)}${index}: summary`).join(' ');
    const body = JSON.stringify({ query: `subscription { voteResults(sessionId: "s1", after: 0) { revision issue { ${aliases} } } }` });
    const socket = connect(Number(port), hostname, async () => {
      socket.pause();
      socket.write(
        `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\naccept: ${accept}\r\nauthorization: Bearer ${await world.token()}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
    });
    socket.on('error', () => {});
    await expect.poll(followers, { timeout: 20_000 }).toBe(1);
    const talking = setInterval(() => {
      for (let count = 0; count < 20; count += 1) castToyVote(world.votingState);
    }, 50);
    await expect.poll(followers, { timeout: 60_000 }).toBe(0);
    clearInterval(talking);
    socket.destroy();
  });
});
