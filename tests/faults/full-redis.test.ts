import { createClient } from '@redis/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../../kit/process/logging.ts';
import { createRateLimits, type RateLimits } from '../../router/src/protection/rate-limits.ts';
import { createRegisteredDocuments, hashOf, type RegisteredDocuments } from '../../router/src/protection/registered.ts';
import { openStorage } from '../../scripts/open-storage.ts';
import { openRedisCache } from '../../subgraphs/jira/src/cache/keyv-store.ts';
import { createRedisEvents } from '../../subgraphs/jira/src/events/redis-events.ts';
import { ballot, open, openTable, queue } from '../../subgraphs/voting/src/store/testing/play.ts';
import type { PrivateServer } from '../setup/private-server.ts';
import { findRedis, startPrivateRedis } from '../setup/redis.ts';
import { openValve, type Valve } from '../setup/valve.ts';

const log = createLogger('test', 'silent');
const noError = () => undefined;
const document = '{ __typename }';

/** What uses Redis and can do without it, each with a question that waits for it. */
interface Client {
  readonly ask: () => Promise<unknown>;
  readonly stop: () => Promise<unknown> | unknown;
}

const clients: Readonly<Record<string, (url: string) => Promise<Client>>> = {
  'rate limits': async (redisUrl) => {
    const limits: RateLimits = await createRateLimits({ perIp: 99, perIdentity: 9, perIpEntrances: 9, perIpPlace: 9, redisUrl }, log);
    return { ask: () => limits.countOperations({ ip: '192.0.2.1', identity: undefined, isProven: false }, 1), stop: limits.stop };
  },
  'registered documents': async (redisUrl) => {
    const documents: RegisteredDocuments = createRegisteredDocuments({ redisUrl, tls: undefined, log });
    documents.keep(hashOf(document), document);
    return { ask: () => documents.find(hashOf('{ other: __typename }')), stop: documents.stop };
  },
  'the cache of issues': async (url) => {
    const cache = openRedisCache({ url, namespace: 'test', onError: noError });
    return { ask: () => cache.store.getMany(['SHOP-1']), stop: cache.stop };
  },
  'events of issues': async (url) => {
    const events = createRedisEvents({ url, channel: 'test', onError: noError });
    return { ask: () => events.publish(['SHOP-1']), stop: events.stop };
  },
};

describe.skipIf((await findRedis()) === undefined)('Redis takes no writes, or hangs', () => {
  let redis: PrivateServer;
  beforeAll(async () => {
    redis = await startPrivateRedis();
  });
  afterAll(() => redis?.stop());
  const setMemory = async (bytes: string) => {
    const client = await createClient({ url: redis.url }).connect();
    await client.configSet('maxmemory', bytes);
    await client.close();
  };

  const faults: Readonly<Record<string, (valve: Valve) => Promise<void> | void>> = {
    'is full': () => setMemory('1'),
    hangs: (valve) => valve.shut(),
  };
  const table = Object.entries(clients).flatMap(([name, openClient]) =>
    Object.entries(faults).map(([fault, begin]) => ({ name, openClient, fault, begin })),
  );

  // Without a deadline of its own a client waits here until the test is out of time.
  it.each(table)('$name: a question ends with an answer or an error while Redis $fault', async ({ openClient, begin }) => {
    const valve = await openValve(redis.url);
    const client = await openClient(valve.url);
    try {
      // By now it is connected: only then can it wait for an answer.
      await vi.waitFor(client.ask, { timeout: 10_000, interval: 200 });
      await begin(valve);
      for (let time = 0; time < 2; time += 1) await client.ask().catch(noError);
    } finally {
      valve.open();
      await setMemory('0');
      await client.stop();
      await valve.stop();
    }
  });

  it('a full one leaves rate limits to each router, which says so', async () => {
    const limits = await createRateLimits({ perIp: 2, perIdentity: 9, perIpEntrances: 9, perIpPlace: 9, redisUrl: redis.url }, log);
    const count = () => limits.countOperations({ ip: '192.0.2.2', identity: undefined, isProven: false }, 1);
    try {
      await setMemory('1');
      await count();
      expect(limits.check()).toMatchObject({ status: 'degraded' });
      await count();
      await expect(count()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    } finally {
      await setMemory('0');
      await limits.stop();
    }
  });

  it('a full one refuses votes with STORE_UNAVAILABLE, and takes them when there is room again', async () => {
    const store = await openStorage(redis.url, log);
    try {
      const state = await open(store, await queue(store, await openTable(store)));
      const vote = () => store.castVote(ballot(state, state.participants[1]?.id ?? ''));
      await setMemory('1');
      await expect(vote()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      await setMemory('0');
      expect((await vote()).kind).toBe('committed');
    } finally {
      await setMemory('0');
      await store.close();
    }
  });
});
