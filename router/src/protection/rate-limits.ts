import { createHash } from 'node:crypto';
import { createClient } from '@redis/client';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { toMessage } from '../../../kit/errors.ts';
import type { Logger } from '../../../kit/logging.ts';
import { toRedisSocket } from '../../../kit/storage-tls.ts';
import type { Tls } from '../../../kit/tls.ts';
import { traced } from '../../../kit/tracing.ts';
import { RouterError } from '../errors.ts';

export interface RateLimitOptions {
  /** Operations a minute from one address. */
  readonly perIp: number;
  /** Operations a minute with one token. */
  readonly perIdentity: number;
  /** `createSession` and `joinSession` a minute from one address. */
  readonly perIpEntrances: number;
  /** Shared by all routers when given; each counts for itself while it is away. */
  readonly redisUrl: string | undefined;
  readonly tls?: Tls | undefined;
}

export interface Consumption {
  readonly ip: string;
  /** The whole Authorization value, proven or not. */
  readonly identity: string | undefined;
  readonly entrances: number;
}

export interface RateLimits {
  /** @throws RouterError RATE_LIMITED with `retryAfterSeconds`. */
  readonly consume: (consumption: Consumption) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const windowSeconds = 60;

/** Counts operations by address and by token, in memory or in Redis. */
export async function createRateLimits(options: RateLimitOptions, log: Logger): Promise<RateLimits> {
  const { redisUrl: url, tls } = options;
  const redis = url === undefined ? undefined : createClient({ url, disableOfflineQueue: true, socket: toRedisSocket(url, tls) });
  redis?.on('error', (error) => log.warn({ reason: toMessage(error) }, 'Redis is away: rate limits count in this process only'));
  await redis?.connect().catch(() => {});

  const limiter = (keyPrefix: string, points: number) => {
    const memory = new RateLimiterMemory({ keyPrefix, points, duration: windowSeconds });
    if (redis === undefined) return memory;
    return new RateLimiterRedis({
      storeClient: redis,
      useRedisPackage: true,
      keyPrefix: `tally:limit:${keyPrefix}`,
      points,
      duration: windowSeconds,
      insuranceLimiter: memory,
    });
  };
  const byIp = limiter('ip', options.perIp);
  const byIdentity = limiter('identity', options.perIdentity);
  const byEntrance = limiter('entrance', options.perIpEntrances);

  const count = async ({ ip, identity, entrances }: Consumption): Promise<void> => {
    if (entrances > 0) await byEntrance.consume(ip, entrances);
    await byIp.consume(ip);
    if (identity !== undefined) await byIdentity.consume(createHash('sha256').update(identity).digest('base64url'));
  };

  return {
    consume: async (consumption) => {
      try {
        await (redis === undefined ? count(consumption) : traced('rate limits', { 'db.system.name': 'redis' }, () => count(consumption)));
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
        throw new RouterError('RATE_LIMITED', `Too many requests: try again in ${retryAfterSeconds} s.`, { retryAfterSeconds });
      }
    },
    stop: async () => {
      redis?.destroy();
    },
  };
}
