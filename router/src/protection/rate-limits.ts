import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from '@redis/client';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { toMessage } from '../../../kit/process/errors.ts';
import type { Check } from '../../../kit/process/health.ts';
import type { Logger } from '../../../kit/process/logging.ts';
import { createOptionalDependency } from '../../../kit/process/optional-dependency.ts';
import { toRedisSocket } from '../../../kit/process/storage-tls.ts';
import type { Tls } from '../../../kit/process/tls.ts';
import { traced } from '../../../kit/process/tracing.ts';
import { RouterError } from '../errors.ts';
import type { Entered } from './entrances.ts';

export interface RateLimitOptions {
  /** Operations a minute from one address. */
  readonly perIp: number;
  /** Operations a minute with one token. */
  readonly perIdentity: number;
  /** `createSession` and `joinSession` a minute from one address. */
  readonly perIpEntrances: number;
  /** `joinSession` of one session in ten minutes from one address. */
  readonly perIpPlace: number;
  /** Shared by all routers when given; each counts for itself while it is away. */
  readonly redisUrl: string | undefined;
  readonly tls?: Tls | undefined;
}

export interface Asker {
  readonly ip: string;
  /** The whole Authorization value, proven or not. */
  readonly identity: string | undefined;
  /** A real token has a budget of its own, whatever else comes from the same address. */
  readonly isProven: boolean;
}

export interface RateLimits {
  /**
   * Counts operations.
   *
   * @throws RouterError RATE_LIMITED with `retryAfterSeconds`.
   */
  readonly countOperations: (asker: Asker, operations: number) => Promise<void>;
  /**
   * Counts a request of any kind, in this process.
   *
   * @throws RouterError RATE_LIMITED with `retryAfterSeconds`.
   */
  readonly countRequest: (ip: string) => Promise<void>;
  /**
   * Counts `createSession` and `joinSession`, as often as they are asked for, and how often for the same place.
   *
   * @throws RouterError RATE_LIMITED with `retryAfterSeconds`.
   */
  readonly countEntrances: (ip: string, entered: readonly Entered[]) => Promise<void>;
  /** Degraded while Redis does not answer; always ok without one. */
  readonly check: () => Check;
  readonly stop: () => Promise<void>;
}

/** A page is some twenty files before its first operation. */
const requestsPerOperation = 5;
const windowSeconds = 60;
const placeWindowSeconds = 600;
const longestWaitMs = 2_000;
/** Every operation waits for the limiter: a Redis that hangs must not hold them up. */
const deadlineMs = 100;
/** A connection that has gone silent is closed and opened again. */
const silenceMs = 10_000;
const reconnectMs = 200;

/** Counts operations by address and by token, in memory or in Redis. */
export async function createRateLimits(options: RateLimitOptions, log: Logger): Promise<RateLimits> {
  const { redisUrl: url, tls } = options;
  const redis =
    url === undefined
      ? undefined
      : createClient({
          url,
          disableOfflineQueue: true,
          pingInterval: silenceMs / 4,
          // By itself the driver gives a silent server up for good.
          socket: { socketTimeout: silenceMs, reconnectStrategy: reconnectMs, ...toRedisSocket(url, tls) },
        });
  const dependency = createOptionalDependency({
    name: 'rate-limits',
    deadlineMs,
    consequence: 'Redis does not answer: each router counts its rate limits for itself',
    onAway: (error) => log.warn({ reason: toMessage(error) }, 'Redis is away: rate limits count in this process only'),
  });
  // Its questions tell of that, too; without a listener the error would end the process.
  redis?.on('error', () => undefined);
  // While Redis is away its client tries for ever: that must not keep us from starting.
  if (redis !== undefined) await Promise.race([redis.connect().catch(() => {}), wait(longestWaitMs, undefined, { ref: false })]);

  const limiter = (keyPrefix: string, points: number, duration = windowSeconds) => {
    const memory = new RateLimiterMemory({ keyPrefix, points, duration });
    if (redis === undefined) return memory;
    const shared = new RateLimiterRedis({
      storeClient: redis,
      useRedisPackage: true,
      keyPrefix: `tally:limit:${keyPrefix}`,
      points,
      duration,
    });
    return {
      consume: async (key: string, count = 1): Promise<unknown> => {
        const refused = await dependency
          .ask(() => refusalOf(shared.consume(key, count)))
          .catch(() => refusalOf(memory.consume(key, count)));
        if (refused !== undefined) throw refused;
        return undefined;
      },
    };
  };
  const byIp = limiter('ip', options.perIp);
  const byIdentity = limiter('identity', options.perIdentity);
  const byRequest = new RateLimiterMemory({ keyPrefix: 'request', points: options.perIp * requestsPerOperation, duration: windowSeconds });
  const byEntrance = limiter('entrance', options.perIpEntrances);
  const byPlace = limiter('place', options.perIpPlace, placeWindowSeconds);

  const count = async (consume: () => Promise<unknown>): Promise<void> => {
    try {
      await (redis === undefined ? consume() : traced('rate limits', { 'db.system.name': 'redis' }, consume));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
      throw new RouterError('RATE_LIMITED', `Too many requests: try again in ${retryAfterSeconds} s.`, { retryAfterSeconds });
    }
  };

  return {
    countOperations: ({ ip, identity, isProven }, operations) =>
      count(async () => {
        if (!isProven) await byIp.consume(ip, operations);
        if (identity !== undefined) await byIdentity.consume(digestOf(identity), operations);
      }),
    countRequest: (ip) => count(() => byRequest.consume(ip)),
    countEntrances: (ip, entered) =>
      count(async () => {
        await byEntrance.consume(ip, entered.length);
        for (const { to } of entered) if (to !== undefined) await byPlace.consume(`${ip} ${digestOf(to)}`);
      }),
    check: dependency.check,
    stop: async () => {
      if (redis?.isOpen) redis.destroy();
    },
  };
}

/** A secret is kept as its digest only. */
function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** What the limiter refuses with, which is an answer; anything else that it throws is a failure. */
async function refusalOf(consumed: Promise<unknown>): Promise<RateLimiterRes | undefined> {
  try {
    await consumed;
    return undefined;
  } catch (error) {
    if (error instanceof RateLimiterRes) return error;
    throw error;
  }
}
