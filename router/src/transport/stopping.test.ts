import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startWorld } from '../../test/world.ts';
import { start } from '../main.ts';

it('whoever connects again while a router stops is refused at once, and holds it up no longer', async () => {
  const world = await startWorld(start);
  const open = () => new WebSocket(world.router.url.replace('http', 'ws'), 'graphql-transport-ws');
  const slow = open();
  await once(slow, 'open');
  // It does not answer that it is closed, so the router waits for it.
  slow.pause();
  const stopped = world.router.stop();
  const late = open();
  const [answer] = await once(late, 'unexpected-response').then(([, response]) => [response.statusCode]);
  expect(answer).toBe(503);
  await stopped;
  slow.terminate();
  await world.stop();
}, 20_000);
