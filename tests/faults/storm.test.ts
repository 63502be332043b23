import { register } from 'prom-client';
import { afterEach, describe, expect, it } from 'vitest';
import type { Place } from '../../client/place.ts';
import { createTally } from '../../client/tally.ts';
import { start as startRouter } from '../../router/src/main.ts';
import { startWorld } from '../federation/world.ts';
import { findFreePort } from '../setup/private-server.ts';

const patience = { timeout: 90_000, interval: 50 };
const limits = {
  RATE_LIMIT_IP: '1000000',
  RATE_LIMIT_IDENTITY: '100000',
  RATE_LIMIT_ENTRANCE: '1000000',
  RATE_LIMIT_JOIN: '1000000',
  MAX_CONNECTIONS_PER_IP: '100000',
};
/** 1000 take a minute: `STORM_FOLLOWERS=1000 npx vitest run tests/faults/storm.test.ts`, by hand. */
const followers = Number(process.env['STORM_FOLLOWERS'] ?? 300);
/** Reads that the clocks make, whoever is there. */
const byClock = new Set(['findRevisions', 'findDueReveals', 'findUnled', 'findWaiting', 'findOvertaken', 'readOutbox']);

/** How often voting's store was read so far by whatever a client asked, by method. */
async function countReads(): Promise<ReadonlyMap<string, number>> {
  const text = await register.getSingleMetricAsString('tally_voting_store_seconds');
  const counts = [...text.matchAll(/_count\{method="(\w+)"[^}]*\} (\d+)/gu)].map(
    ([, method = '', count]) => [method, Number(count)] as const,
  );
  return new Map(counts.filter(([method]) => /^(?:load|find|read|list)/u.test(method) && !byClock.has(method)));
}

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((total, count) => total + count, 0);

/** The streams that the router of this process has for clients. */
async function countStreams(): Promise<number> {
  const text = await register.getSingleMetricAsString('tally_router_subscribers');
  return Number(/^tally_router_subscribers (\d+)/mu.exec(text)?.[1]);
}

describe('followers of one session who all lose their router at once', () => {
  const stops: Array<() => Promise<unknown>> = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  it('come back, miss nothing, and share what is read for them, however many they are', { timeout: 240_000 }, async () => {
    const world = await startWorld({ ...limits, SESSION_JOIN_RATE: '500' });
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
        ...limits,
      });
    let router = await openRouter();
    stops.push(() => router.stop());
    const url = `http://127.0.0.1:${port}/graphql`;
    const ann = await createTally({ url }).createSession({ title: 'Storm', name: 'Ann' });
    const people: Place[] = [ann];
    for (let index = 1; index < 60; index += 1) {
      people.push(await createTally({ url }).joinSession({ inviteCode: ann.inviteCode, name: `Person ${index}` }));
    }

    /** What is read while so many followers come back, each at a connection of their own. */
    async function playStorm(count: number): Promise<ReadonlyMap<string, number>> {
      const { revision } = await ann.session();
      const seen = Array.from({ length: count }, () => revision);
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
      await router.stop();
      router = await openRouter();
      await expect.poll(countStreams, patience).toBe(count);
      const after = await countReads();
      await change();
      for (const { stop } of streams) await stop();
      await expect.poll(countStreams, patience).toBe(0);
      return new Map([...after].map(([method, count]) => [method, count - (before.get(method) ?? 0)]));
    }

    const [few, many] = [await playStorm(20), await playStorm(followers)];
    process.stdout.write(`reads while 20 and ${followers} come back: ${sum(few)}, ${sum(many)}\n`);
    expect(sum(few)).toBeGreaterThan(0);
    // What the router's own two streams read when they open, and one read for all who ask whether they may follow.
    expect(sum(few)).toBeLessThanOrEqual(10);
    // A storm that takes long has one more each few seconds, where the sweep came late.
    expect(sum(many)).toBeLessThanOrEqual(sum(few) + 5);
  });
});
