import { expect, inject, it } from 'vitest';
import { inThisProcess } from './replicas.ts';
import { allInTurn, runRollingRestart } from './rolling.ts';

const adminUrl = inject('TEST_DATABASE_URL');

it.skipIf(adminUrl === undefined)(
  'replacing every replica under load, two of each service, fails no request that is sent again, and loses no vote and no event',
  { timeout: 240_000 },
  async () => {
    const { requests, retried, ...report } = await runRollingRestart({
      adminUrl: adminUrl as string,
      replicas: 2,
      launch: inThisProcess,
      roll: allInTurn(1),
    });
    expect(report).toEqual({ restarts: 6, requestsFailed: 0, votesLost: 0, eventsLost: 0, eventsDoubled: 0 });
    expect(requests).toBeGreaterThan(100);
    // Not more than what was under way when processes went.
    expect(retried).toBeLessThan(requests / 10);
  },
);
