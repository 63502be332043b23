import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Place } from '../../client/place.ts';
import { createTally } from '../../client/tally.ts';
import { migratePostgres } from '../../prisma/migrate.ts';
import { createDatabase, query, queryRows, type TestDatabase } from '../setup/postgres.ts';
import { inProcesses, type Services, startServices } from './replicas.ts';

const adminUrl = inject('TEST_DATABASE_URL');
const hungMs = 20_000;
const patience = { timeout: 60_000, interval: 100 };

/** Everything that a follower was told, until it is stopped. */
function collect<Event>(events: AsyncIterableIterator<Event>) {
  const told: Event[] = [];
  let failure: unknown;
  const ended = (async () => {
    for await (const event of events) told.push(event);
  })().catch((error: unknown) => {
    failure = error;
  });
  return {
    told,
    /** @throws what the stream ended with. */
    stop: async () => {
      await events.return?.();
      await ended;
      if (failure !== undefined) throw failure;
    },
  };
}

describe.skipIf(adminUrl === undefined)('two replicas of each service behind a balancer, in processes of their own', () => {
  let database: TestDatabase;
  let services: Services;
  beforeAll(async () => {
    database = await createDatabase(adminUrl ?? '');
    await migratePostgres(database.url);
    services = await startServices(database.url, 2, inProcesses);
  }, 180_000);
  afterAll(async () => {
    await services?.stop();
    await database?.drop();
  });

  /** Two people in a session with a round open on an issue. */
  async function openTable(settings: Parameters<ReturnType<typeof createTally>['createSession']>[0]['settings'] = {}) {
    const tally = createTally({ url: services.url });
    const ada = await tally.createSession({ title: 'Several', name: 'Ada', settings });
    const bob = await tally.joinSession({ inviteCode: ada.inviteCode, name: 'Bob' });
    await ada.addIssues({ keys: ['SHOP-1', 'SHOP-2'] });
    const { id: roundId } = await ada.startRound();
    return { ada, bob, roundId };
  }
  /** The same place, at a server of its own. */
  const at = (url: string, place: Place) => createTally({ url }).resume(place.admission());
  const countOf = async (place: Place, type: string) => {
    const { revision } = await place.session();
    const log = collect(place.events(0));
    await expect.poll(() => log.told.at(-1)?.revision, patience).toBeGreaterThanOrEqual(revision);
    await log.stop();
    return log.told.filter((event) => event.type === type).length;
  };

  it('a vote on one is delivered by all others', { timeout: 120_000 }, async () => {
    const { ada, bob, roundId } = await openTable();
    const servers = [...services.urls('router'), ...services.urls('voting')];
    const { revision } = await ada.session();
    const followers = servers.map((url) => collect(at(url, ada).follow(revision)));
    for (const [index, url] of servers.entries()) {
      const place = index % 2 === 0 ? ada : bob;
      await at(url, place).vote(roundId, String([1, 2, 3, 5][index]));
      if (index > 1) continue;
      // A first vote is news, a changed one is nobody's business.
      for (const { told } of followers)
        await expect
          .poll(() => told.flatMap(({ changes }) => changes.filter((change) => change.__typename === 'VoteChanged')), patience)
          .toContainEqual(expect.objectContaining({ participantId: place.participantId, hasVoted: true }));
    }
    await at(servers[3] ?? '', ada).reveal(roundId);
    for (const { told } of followers)
      await expect
        .poll(() => told.flatMap(({ changes }) => changes), patience)
        .toContainEqual(expect.objectContaining({ __typename: 'RoundChanged', round: expect.objectContaining({ state: 'REVEALED' }) }));
    for (const { stop } of followers) await stop();
  });

  it('the reveal clock, the succession and the outbox act once', { timeout: 120_000 }, async () => {
    const { ada, bob, roundId } = await openTable({ autoRevealSeconds: 1, successionSeconds: 60, writeBack: true });
    await Promise.all([ada.vote(roundId, '3'), bob.vote(roundId, '3')]);
    await expect.poll(async () => (await ada.session()).currentRound?.state, patience).toBe('REVEALED');
    await ada.settle(roundId, 3);
    const wasWritten = () => services.simulator.requests.total('PUT /rest/api/3/issue/{key}');
    const before = 0;
    await expect.poll(wasWritten, patience).toBeGreaterThan(before);
    // As when the facilitator has been away for ten minutes, and somebody who voted was there all the while.
    await query(database.url, `UPDATE presence SET since = since - interval '10 min' WHERE session_id = '${ada.sessionId}'`);
    await query(database.url, `UPDATE presence SET seen_at = seen_at - interval '10 min' WHERE participant_id = '${ada.participantId}'`);
    await expect.poll(() => countOf(bob, 'FACILITATION_PASSED'), patience).toBe(1);
    // Each clock and each worker has looked again by then.
    await sleep(6_000);
    expect(await countOf(bob, 'FACILITATION_PASSED')).toBe(1);
    expect(await countOf(bob, 'ROUND_REVEALED')).toBe(1);
    expect(await countOf(bob, 'ROUND_SETTLED')).toBe(1);
    expect(wasWritten()).toBe(1);
  });

  it('a voting and a jira that hang for 20 s fail no request and lose nobody an event', { timeout: 180_000 }, async () => {
    const { ada, bob, roundId } = await openTable();
    const { revision } = await ada.session();
    const followers = services.urls('router').flatMap((url) => [ada, bob].map((place) => collect(at(url, place).events(revision))));
    for (const { told } of followers) await expect.poll(() => told, patience).toEqual([]);
    const resumed = (['voting', 'jira'] as const).map((name) => services.hang(name));
    const failures: unknown[] = [];
    let acknowledged = '';
    let votes = 0;
    const until = Date.now() + hungMs;
    const voting = (async () => {
      for (; Date.now() < until; votes += 1) {
        const card = ['1', '2', '3', '5'][votes % 4] ?? '1';
        await bob.vote(roundId, card).then(
          () => {
            acknowledged = card;
          },
          (error: unknown) => failures.push(error),
        );
        await sleep(200);
      }
    })();
    await voting;
    for (const resume of resumed) resume();
    expect(failures).toEqual([]);
    expect(votes).toBeGreaterThan(10);
    expect((await bob.myVote(roundId))[0]?.card.label).toBe(acknowledged);
    await ada.reveal(roundId);
    const { revision: last } = await ada.session();
    for (const { told } of followers) await expect.poll(() => told.at(-1)?.revision, patience).toBe(last);
    // Of a vote that was changed the log keeps the newest event: who comes back is not told those before it, and who was there may have been.
    const log = `SELECT revision FROM event WHERE session_id = '${ada.sessionId}' AND revision > ${revision} ORDER BY revision`;
    const kept = (await queryRows(database.url, log)).map((row) => row['revision']);
    expect(kept.slice(-2)).toEqual([last - 1, last]);
    for (const { told } of followers) {
      const revisions = told.map((event) => event.revision);
      expect(kept.filter((wanted) => !revisions.includes(Number(wanted)))).toEqual([]);
      expect(new Set(revisions).size).toBe(revisions.length);
    }
    for (const { stop } of followers) await stop();
  });
});
