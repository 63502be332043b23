import { redisVariables } from '../../../../../kit/process/config.ts';
import { isPlainRedis, plainRedisComplaint } from '../../../../../kit/process/storage-tls.ts';
import type { StoreAdapter } from '../adapter.ts';
import { createRedisStore } from './redis.ts';

interface Values {
  readonly REDIS_URL?: string | undefined;
}

/** Sessions in Redis, or a cluster of them. Never implied: a Redis may be given for other things. */
export const redis = {
  variables: redisVariables,
  isImplied: () => false,
  findIssues: ({ REDIS_URL }, hasTls) => {
    if (REDIS_URL === undefined) return [{ variable: 'REDIS_URL', message: 'required for VOTING_STORAGE=redis' }];
    return hasTls && isPlainRedis(REDIS_URL) ? [{ variable: 'REDIS_URL', message: plainRedisComplaint }] : [];
  },
  open: ({ REDIS_URL = '' }, options) => createRedisStore({ url: REDIS_URL, ...options }),
  parseAddress: (address) => (/^rediss?:\/\//.test(address) ? { REDIS_URL: address } : undefined),
} as const satisfies StoreAdapter<Values>;
