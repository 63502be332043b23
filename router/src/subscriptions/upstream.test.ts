import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSockets } from './sockets.ts';
import { openUpstream } from './upstream.ts';

const rejections: unknown[] = [];
const onRejection = (reason: unknown) => rejections.push(reason);
beforeEach(() => process.on('unhandledRejection', onRejection));
afterEach(() => process.off('unhandledRejection', onRejection));

it('a subscription that is left while its subgraph is being reached, in vain, leaves no rejection that would end the process', async () => {
  const subgraph = createServer().listen(0, '127.0.0.1');
  await once(subgraph, 'listening');
  const stop = openUpstream({
    url: `http://127.0.0.1:${(subgraph.address() as AddressInfo).port}/graphql`,
    tls: undefined,
    sockets: createSockets(),
    isScoped: false,
    trace: () => ({}),
    request: () => ({ query: 'subscription { any }', variables: {} }),
    connectionParams: () => ({}),
    headers: {},
    onEvent: () => {},
    onEnd: () => {},
    onLost: () => {},
    giveUpAfterMs: 60_000,
    log: pino({ level: 'silent' }),
  });
  const [connection] = (await once(subgraph, 'connection')) as [Socket];
  stop();
  connection.destroy();
  subgraph.close();
  await sleep(200);
  expect(rejections).toEqual([]);
});
