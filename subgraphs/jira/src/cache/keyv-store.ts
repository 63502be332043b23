import KeyvRedis from '@keyv/redis';
import { Keyv } from 'keyv';
import type { Stop } from '../../../../kit/process/http.ts';
import { createOptionalDependency } from '../../../../kit/process/optional-dependency.ts';
import { toRedisSocket } from '../../../../kit/process/storage-tls.ts';
import type { Tls } from '../../../../kit/process/tls.ts';
import { traced } from '../../../../kit/process/tracing.ts';
import type { CacheEntry, CacheStore } from './cached.ts';
import { createMemoryStore } from './memory-store.ts';

export interface OpenCache {
  readonly store: CacheStore;
  /** False while Redis does not answer: everything works then, but each question goes to Jira. */
  readonly isHealthy: () => boolean;
  readonly stop: Stop;
}

/** Grows whenever what an entry looks like changes: older entries are then not read any more. */
const entryVersion = 1;

const longestWaitMs = 250;

/** A cache in this process, of at most `maxItems` issues. */
export function openMemoryCache(maxItems: number): OpenCache {
  const keyv = new Keyv<CacheEntry>({ store: createMemoryStore(maxItems), useKeyPrefix: false });
  // Nothing leaves the process: without a serializer entries are kept as they are.
  keyv.serialize = undefined;
  keyv.deserialize = undefined;
  return { store: toStore(keyv), isHealthy: () => true, stop: async () => keyv.disconnect() };
}

export interface RedisCacheOptions {
  readonly url: string;
  readonly tls?: Tls | undefined;
  /** Keeps several Jiras apart. */
  readonly namespace: string;
  readonly onError: (error: unknown) => void;
}

/** A cache in Redis, shared by all replicas. */
export function openRedisCache({ url, tls, namespace, onError }: RedisCacheOptions): OpenCache {
  const redis = new KeyvRedis<CacheEntry>(
    { url, socket: { connectTimeout: 2_000, ...toRedisSocket(url, tls) }, disableOfflineQueue: true },
    { throwOnErrors: true, throwOnConnectError: false },
  );
  const keyv = new Keyv<CacheEntry>({
    store: redis,
    namespace: `tally:issue:v${entryVersion}:${namespace}`,
    useKeyPrefix: false,
    throwOnErrors: true,
  });
  const dependency = createOptionalDependency({
    name: 'issue-cache',
    deadlineMs: longestWaitMs,
    consequence: 'Redis does not answer: working without a cache',
    onAway: onError,
  });
  // Its questions tell of that, too; without a listener the error would be thrown.
  keyv.on('error', () => undefined);
  const store = toStore(keyv);
  const asked = <Value>(method: string, run: () => Promise<Value>) =>
    traced(`cache ${method}`, { 'db.system.name': 'redis', 'db.operation.name': method }, () => dependency.ask(run));
  return {
    store: {
      getMany: (keys) => asked('getMany', () => store.getMany(keys)),
      setMany: (entries) => asked('setMany', () => store.setMany(entries)),
      deleteMany: (keys) => asked('deleteMany', () => store.deleteMany(keys)),
    },
    isHealthy: dependency.isAvailable,
    // Not after what was asked is answered: a Redis that hangs would keep the process.
    stop: () => redis.disconnect(true),
  };
}

function toStore(keyv: Keyv<CacheEntry>): CacheStore {
  return {
    getMany: (keys) => keyv.getMany<CacheEntry>(keys),
    setMany: (entries) => keyv.setMany<CacheEntry>(entries),
    deleteMany: (keys) => keyv.deleteMany(keys),
  };
}
