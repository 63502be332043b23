import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, inject, it } from 'vitest';
import { createLogger } from '../../../kit/process/logging.ts';
import { createRateLimits } from './rate-limits.ts';

const redisUrl = inject('TEST_REDIS_URL');

it.skipIf(redisUrl === undefined)(
  'a Redis that hangs for long is connected to again, and may hang when the router ends',
  { timeout: 60_000 },
  async () => {
    const { hostname, port: redisPort } = new URL(redisUrl ?? '');
    const sockets: Socket[] = [];
    const far = connect(Number(redisPort), hostname);
    // The first connection is Redis's until it hangs; those after it are taken, and hear nothing.
    const wire = createServer((near) => {
      sockets.push(near.on('error', () => undefined));
      if (sockets.length === 1) near.pipe(far).pipe(near);
    });
    await once(wire.listen(0, '127.0.0.1'), 'listening');
    const { port } = wire.address() as AddressInfo;
    const many = { perIp: 100, perIdentity: 100, perIpEntrances: 100, perIpPlace: 100 };
    const log = createLogger('test', 'silent');
    const limits = await createRateLimits({ redisUrl: `redis://127.0.0.1:${port}`, tls: undefined, ...many }, log);
    try {
      await limits.countOperations({ ip: '192.0.2.1', identity: undefined, isProven: false }, 1);
      expect([limits.check(), sockets.length]).toEqual([{ status: 'ok' }, 1]);
      far.unpipe();
      sockets[0]?.unpipe();
      await expect.poll(() => sockets.length, { timeout: 30_000 }).toBeGreaterThan(1);
      await limits.stop();
      // A start that fails stops what it has begun, and so may do its caller.
      await limits.stop();
    } finally {
      for (const socket of [far, ...sockets]) socket.destroy();
      wire.close();
    }
  },
);
