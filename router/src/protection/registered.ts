import { createHash } from 'node:crypto';
import KeyvRedis from '@keyv/redis';
import { Keyv } from 'keyv';
import { toMessage } from '../../../kit/process/errors.ts';
import type { Check } from '../../../kit/process/health.ts';
import type { Logger } from '../../../kit/process/logging.ts';
import { createOptionalDependency } from '../../../kit/process/optional-dependency.ts';
import { toRedisSocket } from '../../../kit/process/storage-tls.ts';
import type { Tls } from '../../../kit/process/tls.ts';
import { createByteBoundCache } from '../cache.ts';

/** Documents that clients registered under their hash ("automatic persisted queries"). */
export interface RegisteredDocuments {
  readonly find: (hash: string) => Promise<string | undefined>;
  /** Keeps a document that has been found valid; others hear of it when documents are shared. Never fails. */
  readonly keep: (hash: string, text: string) => void;
  /** Degraded while Redis does not answer; always ok without one. */
  readonly check: () => Check;
  readonly stop: () => Promise<void>;
}

export interface RegisteredOptions {
  /** With it all routers of this Redis know what one of them was told; while it is away each goes by its own memory. */
  readonly redisUrl: string | undefined;
  readonly tls: Tls | undefined;
  readonly log: Logger;
}

const memoryBytes = 16 * 1024 * 1024;
const ttlMs = 24 * 60 * 60 * 1_000;
const longestWaitMs = 250;
/** The Redis holds sessions, too, and does not evict: strangers must not be able to fill it with documents. */
const sharedCharacters = 32 * 1024;
const sharedAnHour = 300;

/** Keeps documents in memory, bounded by bytes, and in Redis when there is one. */
export function createRegisteredDocuments({ redisUrl, tls, log }: RegisteredOptions): RegisteredDocuments {
  const memory = createByteBoundCache<string>(memoryBytes);
  const remember = (hash: string, text: string) => memory.set(hash, text, text.length * 2);
  const shared = redisUrl === undefined ? undefined : openShared(redisUrl, tls, log);
  let hour = 0;
  let sharedThisHour = 0;
  const mayShare = (text: string): boolean => {
    const now = Math.floor(Date.now() / 3_600_000);
    if (now !== hour) [hour, sharedThisHour] = [now, 0];
    sharedThisHour += 1;
    return text.length <= sharedCharacters && sharedThisHour <= sharedAnHour;
  };
  return {
    find: async (hash) => {
      const known = memory.get(hash);
      if (known !== undefined || shared === undefined) return known;
      const text = await shared.find(hash);
      // Whoever can write into the Redis does not choose what a hash stands for.
      if (text === undefined || hashOf(text) !== hash) return undefined;
      remember(hash, text);
      return text;
    },
    keep: (hash, text) => {
      if (memory.get(hash) !== undefined) return;
      remember(hash, text);
      if (shared !== undefined && mayShare(text)) void shared.keep(hash, text);
    },
    check: () => shared?.check() ?? { status: 'ok' },
    stop: async () => shared?.stop(),
  };
}

/** The lower-case SHA-256 of a document, by which clients name it. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function openShared(url: string, tls: Tls | undefined, log: Logger) {
  const store = new KeyvRedis<string>(
    { url, socket: { connectTimeout: 2_000, ...toRedisSocket(url, tls) }, disableOfflineQueue: true },
    { throwOnErrors: true, throwOnConnectError: false },
  );
  const keyv = new Keyv<string>({ store, namespace: 'tally:apq', useKeyPrefix: false, throwOnErrors: true, ttl: ttlMs });
  const dependency = createOptionalDependency({
    name: 'registered-documents',
    deadlineMs: longestWaitMs,
    consequence: 'Redis does not answer: registered documents are known to each router alone',
    onAway: (error) => log.warn({ reason: toMessage(error) }, 'Redis is away: registered documents are known to this process only'),
  });
  // Its questions tell of that, too; without a listener the error would be thrown.
  keyv.on('error', () => undefined);
  const attempt = async <Value>(run: () => Promise<Value>): Promise<Value | undefined> => dependency.ask(run).catch(() => undefined);
  return {
    check: dependency.check,
    find: (hash: string) => attempt(() => keyv.get<string>(hash)),
    keep: (hash: string, text: string) => attempt(() => keyv.set(hash, text)),
    // Not after what was asked is answered: a Redis that hangs would keep the process.
    stop: () => store.disconnect(true),
  };
}
