import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { provisions } from '../src/store/testing/provisions.ts';
import { startVotingWorld } from './world.ts';

const original = pg.Client.prototype.query;
afterEach(() => {
  pg.Client.prototype.query = original;
});

describe.skipIf(!provisions.postgres.isAvailable)('two replicas that nobody uses', () => {
  // Each looks every second for reveals and for write-backs, now and then for who is away, and in no transaction.
  it('send Postgres less than ten statements a second, none of them a transaction', async () => {
    const world = await startVotingWorld({}, { storage: 'postgres' });
    const replica = await world.replicate();
    try {
      // Until both have opened their connections.
      await sleep(1_500);
      const sent: string[] = [];
      pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
        const [query] = given;
        sent.push(typeof query === 'string' ? query : String((query as { readonly text?: string }).text));
        return Reflect.apply(original, this, given);
      } as typeof original;
      await sleep(5_000);
      expect(sent.length).toBeGreaterThan(10);
      expect(sent.length).toBeLessThan(5 * 9);
      expect(sent.filter((text) => /^\s*(BEGIN|COMMIT)/.test(text))).toEqual([]);
      expect(sent.filter((text) => text.includes('pg_notify'))).toEqual([]);
    } finally {
      await replica.stop();
      await world.stop();
    }
  }, 30_000);
});
