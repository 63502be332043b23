import { register } from 'prom-client';
import { afterEach, describe, expect, it } from 'vitest';
import type { Place } from '../../client/place.ts';
import { createTally } from '../../client/tally.ts';
import { start as startRouter } from '../../router/src/main.ts';
import { startWorld } from '../federation/world.ts';
import { findFreePort } from '../setup/private-server.ts';

const patience = { timeout: 60_000, interval: 50 };
/** Reads that the clocks make, whoever is there. */
const byClock = new Set(['findRevisions', 'findDueReveals', 'findUnled', 'findWaiting', 'findOvertaken', 'readOutbox']);

/** How often voting's store was read so far, for whatever a client asked. */
async function countReads(): Promise<number> {
  const text = await register.getSingleMetricAsString('tally_voting_store_seconds');
  return [...text.matchAll(/_count\{method="(\w+)"[^}]*\} (\d+)/gu)]
    .filter(([, method = '']) => /^(?:load|find|read|list)/u.test(method) && !byClock.has(method))
    .reduce((sum, [, , count]) => sum + Number(count), 0);
}

describe('followers of one session who all lose their router at once', () => {
  const stops: Array<() => Promise<unknown>> = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  it('come back, miss nothing, and share what is read for them, however many they are', { timeout: 240_000 }, async () => {
    const world = await startWorld({ RATE_LIMIT_IP: '1000000', RATE_LIMIT_IDENTITY: '100000' });
    stops.push(world.stop);
    const port = String(await findFreePort());
    const openRouter = () =>
      startRouter({
        LOG_LEVEL: 'silent',
        AUTH: 'open',
        HOST: '127.0.0.1',
        ROUTER_PORT: port,
        JIRA_SERVICE_URL: world.jiraUrl,
        VOTING_SERVICE_URL: world.votingUrl,
        RATE_LIMIT_IP: '1000000',
        RATE_LIMIT_IDENTITY: '100000',
      });
    let router = await openRouter();
    stops.push(() => router.stop());
    const url = `http://127.0.0.1:${port}/graphql`;
    const ann = await createTally({ url }).createSession({ title: 'Storm', name: 'Ann' });
    const people: Place[] = [ann];
    for (let index = 1; index < 20; index += 1) {
      people.push(await createTally({ url }).joinSession({ inviteCode: ann.inviteCode, name: `Person ${index}` }));
    }

    /** What coming back costs with so many followers, each at a connection of their own. */
    async function playStorm(followers: number): Promise<{ readonly reads: number; readonly seconds: number }> {
      const { revision } = await ann.session();
      const seen = Array.from({ length: followers }, () => revision);
      const streams = seen.map((_, index) => {
        const place = people[index % people.length] ?? ann;
        const stream = createTally({ url }).resume(place.admission()).follow(revision);
        const ended = (async () => {
          for await (const event of stream) seen[index] = Math.max(seen[index] ?? 0, event.revision ?? 0);
        })();
        return { stop: async () => stream.return?.().then(() => ended) };
      });
      const change = async () => {
        await ann.addTopics([`Topic ${Math.random()}`]);
        const { revision: now } = await ann.session();
        await expect.poll(() => seen.filter((at) => at < now).length, patience).toBe(0);
      };
      await change();
      const before = await countReads();
      const startedAt = performance.now();
      await router.stop();
      router = await openRouter();
      await change();
      const reads = (await countReads()) - before;
      const seconds = (performance.now() - startedAt) / 1_000;
      for (const { stop } of streams) await stop();
      return { reads, seconds };
    }

    const few = await playStorm(20);
    const many = await playStorm(300);
    expect(few.reads).toBeGreaterThan(0);
    // Twenty ask before they are many; from then on a session is read ten times a second, so on a slow machine, where they come more slowly, more often.
    expect(many.reads).toBeLessThanOrEqual(few.reads + 20 + 10 * many.seconds);
  });
});
