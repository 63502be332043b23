import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld(start, { RATE_LIMIT_IP: '1000000' });
});
afterAll(() => world.stop());

/** Milliseconds until the router closes a connection on which this is sent and nothing is read. */
function timeToEnd(send: (write: (text: string) => void) => void, isRead: boolean): Promise<number> {
  const { hostname, port } = new URL(world.router.url);
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => send((text) => void socket.write(text)));
    socket.on('error', () => {});
    socket.on('close', () => resolve(performance.now() - startedAt));
    if (isRead) socket.resume();
    else {
      socket.pause();
      // A paused socket does not see the end; a write into it does.
      const probe = setInterval(() => socket.write(' ', (error) => (error ? socket.destroy() : undefined)), 500);
      socket.once('close', () => clearInterval(probe));
    }
  });
}

it.concurrent('who asks and reads nothing is cut off', { timeout: 60_000 }, async () => {
  const body = JSON.stringify({
    query: `{ ${Array.from({ length: 20 }, (_, i) => `a${i}: session(id: "s1") { id title items { id issue { key summary status } } }`).join(' ')} }`,
  });
  const request = `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  const took = await timeToEnd((write) => {
    for (let count = 0; count < 1_500; count += 1) write(request);
  }, false);
  expect(took).toBeLessThan(40_000);
});

it.concurrent('who never ends their headers or body is cut off', { timeout: 60_000 }, async () => {
  const heads = [
    'POST /graphql HTTP/1.1\r\nhost: localhost\r\n',
    'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
  ];
  const took = await Promise.all(heads.map((head) => timeToEnd((write) => write(head), true)));
  for (const each of took) expect(each).toBeLessThan(25_000);
});
