import { describe, expect, it } from 'vitest';
import type { Estimate, SessionAggregate } from '../../../domain/model.ts';
import type { VotingStore } from '../../voting-store.ts';
import type { Grounded } from '../ground.ts';
import { newId, openTable, play, settle } from '../play.ts';

const minute = 60_000;

/** What is claimed of one issue; other tests' write-backs are left for later by a short lease. */
async function claim(store: VotingStore, issueKey: string, { now = new Date(), leaseMs = minute } = {}) {
  const claimed = await store.claimWriteBacks({ now, leasedUntil: new Date(now.getTime() + leaseMs), limit: 1000 });
  return claimed.filter(({ estimate }) => estimate.issueKey === issueKey);
}

/** What a worker commits when it is done. */
async function record(store: VotingStore, sessionId: string, target: Estimate, outcome: Partial<Estimate>): Promise<SessionAggregate> {
  const state = await store.load(sessionId);
  const before = state?.estimates.find((each) => each.roundId === target.roundId && each.track === target.track);
  if (state === undefined || before === undefined) throw new Error('There is no such estimate.');
  return play(store, state, {
    event: { type: 'WRITE_BACK_CHANGED', at: new Date(), actorId: null },
    estimates: [{ ...before, ...outcome }],
  });
}

const written = (at = new Date()): Partial<Estimate> => ({ state: 'WRITTEN', writtenAt: at, attempts: 1 });

export function describeWriteBacks(get: () => Grounded): void {
  const table = () => openTable(get().store, { voters: 0 });

  it('tells every replica how many write-backs wait, and since when', async () => {
    const { store, replica } = get();
    // Older than those of other tests that may share the store.
    const long = new Date('2001-01-01');
    const state = await settle(store, await table(), { issueKey: newId('SHOP'), value: 5, at: long });
    const [estimate] = state.estimates;
    if (estimate === undefined) throw new Error('Nothing was settled.');
    expect(await replica.readOutbox()).toEqual({ pending: expect.toSatisfy((pending: number) => pending > 0), oldestAt: long });
    await record(store, state.session.id, estimate, written());
    expect((await replica.readOutbox()).oldestAt).not.toEqual(long);
  });

  describe('hands out write-backs:', () => {
    it('a settled estimate of an issue, with the value seen at import, once while it is leased', async () => {
      const { store, replica } = get();
      const issueKey = newId('SHOP');
      const state = await settle(store, await table(), { issueKey, seenInJira: { estimate: 3 }, value: 5 });
      const now = new Date();
      expect(await claim(replica, issueKey, { now })).toEqual([
        { sessionId: state.session.id, estimate: state.estimates[0], expected: 3, uncertain: [] },
      ]);
      expect(await claim(store, issueKey, { now })).toEqual([]);
      expect(await claim(replica, issueKey, { now: new Date(now.getTime() + minute - 1) })).toEqual([]);
      expect(await claim(replica, issueKey, { now: new Date(now.getTime() + minute) })).toHaveLength(1);
    });

    it('workers who claim at the same moment never get the same one', async () => {
      const { store, replica } = get();
      const keys = Array.from({ length: 8 }, () => newId('SHOP'));
      let state = await table();
      for (const issueKey of keys) state = await settle(store, state, { issueKey, value: 5 });
      const now = new Date();
      const request = { now, leasedUntil: new Date(now.getTime() + minute), limit: 1000 };
      const claims = await Promise.all([store, replica, store, replica].map((each) => each.claimWriteBacks(request)));
      const claimed = claims.flat().flatMap(({ estimate }) => (keys.includes(estimate.issueKey ?? '') ? [estimate.issueKey] : []));
      expect(claimed.sort()).toEqual([...keys].sort());
    });

    it('no more than asked for', async () => {
      const { store } = get();
      let state = await table();
      for (let count = 0; count < 3; count += 1) state = await settle(store, state, { issueKey: newId('SHOP'), value: 5 });
      const now = new Date();
      expect(await store.claimWriteBacks({ now, leasedUntil: now, limit: 2 })).toHaveLength(2);
    });

    it('nothing that is not for Jira, done, or not due yet', async () => {
      const { store } = get();
      const issueKey = newId('SHOP');
      const silent = await openTable(store, { voters: 0, settings: { writeBack: false } });
      await settle(store, silent, { issueKey, value: 5 });
      expect(await claim(store, issueKey)).toEqual([]);

      const state = await settle(store, await table(), { issueKey, value: 8 });
      const [first] = await claim(store, issueKey);
      if (first === undefined) throw new Error('nothing was claimed');
      const later = new Date(Date.now() + 5_000);
      await record(store, state.session.id, first.estimate, { attempts: 1, nextAttemptAt: later });
      expect(await claim(store, issueKey)).toEqual([]);
      // The outcome ended the lease: what is due comes at once.
      expect(await claim(store, issueKey, { now: later })).toMatchObject([{ estimate: { attempts: 1 } }]);
      for (const outcome of [written(), { state: 'CONFLICT' as const }, { state: 'FAILED' as const }]) {
        await record(store, state.session.id, first.estimate, outcome);
        expect(await claim(store, issueKey, { now: new Date(Date.now() + 10 * minute) })).toEqual([]);
      }
    });

    it('each track by itself, expecting what was seen in its own field: a value, none, or nobody knows', async () => {
      const { store } = get();
      const issueKey = newId('SHOP');
      await settle(store, await openTable(store, { voters: 0, tracks: [{ id: 'dev' }, { id: 'qa-2' }, { id: 'test' }] }), {
        issueKey,
        seenInJira: { dev: 3, 'qa-2': null },
        value: 5,
      });
      const claimed = await claim(store, issueKey);
      expect(Object.fromEntries(claimed.map(({ estimate, expected }) => [estimate.track, expected]))).toEqual({
        dev: 3,
        'qa-2': null,
        test: undefined,
      });
    });

    it('expecting what was seen after our last writing, rather than what we wrote', async () => {
      const { store, replica } = get();
      const issueKey = newId('SHOP');
      const one = await settle(store, await table(), { issueKey, value: 3 });
      const [first] = await claim(store, issueKey);
      if (first === undefined) throw new Error('nothing was claimed');
      expect(first.expected).toBeUndefined();
      await record(store, one.session.id, first.estimate, written(new Date(Date.now() - minute)));
      await settle(store, await table(), { issueKey, seenInJira: { estimate: null }, seenAt: new Date(), value: 13 });
      expect(await claim(replica, issueKey)).toMatchObject([{ expected: null, estimate: { value: 13 } }]);
    });

    it('expecting the value that was written last, in whatever session', async () => {
      const { store, replica } = get();
      const issueKey = newId('SHOP');
      let [one, two] = [await table(), await table()];
      one = await settle(store, one, { issueKey, seenInJira: { estimate: 1 }, value: 3 });
      const [first] = await claim(store, issueKey);
      if (first === undefined) throw new Error('nothing was claimed');
      await record(store, one.session.id, first.estimate, written());
      two = await settle(store, two, { issueKey, seenInJira: { estimate: 1 }, seenAt: new Date(Date.now() - minute), value: 13 });
      const claimed = await claim(replica, issueKey);
      expect(claimed).toMatchObject([{ sessionId: two.session.id, expected: 3, estimate: { value: 13 } }]);
      if (claimed[0] === undefined) throw new Error('nothing was claimed');
      await record(store, two.session.id, claimed[0].estimate, written(new Date(Date.now() + 1)));
      await settle(store, (await store.load(one.session.id)) ?? one, { issueKey, value: 0 });
      expect(await claim(store, issueKey)).toMatchObject([{ sessionId: one.session.id, expected: 13, estimate: { value: 0 } }]);
    });

    it('of several settlements of one issue only the last, also when it was settled elsewhere', async () => {
      const { store, replica } = get();
      const issueKey = newId('SHOP');
      const one = await settle(store, await table(), { issueKey, value: 3, at: new Date(Date.now() - 2000) });
      const two = await settle(store, await table(), { issueKey, value: 8, at: new Date(Date.now() - 1000) });
      expect(await claim(replica, issueKey)).toMatchObject([{ sessionId: two.session.id, estimate: { value: 8 }, uncertain: [3] }]);
      const overtaken = (await replica.findOvertaken(1000)).filter(({ sessionId }) =>
        [one, two].some((each) => each.session.id === sessionId),
      );
      expect(overtaken).toEqual([{ sessionId: one.session.id, roundId: one.estimates[0]?.roundId, track: 'estimate' }]);

      const [late] = two.estimates;
      if (late === undefined) throw new Error('nothing was settled');
      await record(store, two.session.id, late, written());
      // The older value must not follow the newer one.
      expect(await claim(store, issueKey, { now: new Date(Date.now() + 10 * minute) })).toEqual([]);
      const [early] = one.estimates;
      if (early === undefined) throw new Error('nothing was settled');
      await record(store, one.session.id, early, { state: 'SUPERSEDED' });
      expect((await store.findOvertaken(1000)).filter(({ sessionId }) => sessionId === one.session.id)).toEqual([]);
    });

    it('a new settlement waits until the one that is on its way has arrived', async () => {
      const { store, replica } = get();
      const issueKey = newId('SHOP');
      const state = await settle(store, await table(), { issueKey, seenInJira: { estimate: null }, value: 3 });
      const [underWay] = await claim(store, issueKey);
      if (underWay === undefined) throw new Error('nothing was claimed');
      const again = await settle(store, state, { issueKey, value: 8, at: new Date(Date.now() + 1) });
      expect(again.estimates.map((estimate) => estimate.state)).toEqual(['SUPERSEDED', 'PENDING']);
      const elsewhere = await settle(replica, await table(), { issueKey, value: 13, at: new Date(Date.now() + 2) });
      expect(await claim(replica, issueKey, { now: new Date(Date.now() + 10) })).toEqual([]);
      await record(store, state.session.id, underWay.estimate, written());
      expect(await claim(replica, issueKey, { now: new Date(Date.now() + 10) })).toMatchObject([
        { sessionId: elsewhere.session.id, expected: 3, estimate: { value: 13 } },
      ]);
    });

    it('after an attempt that had to be repeated its own value at once, another one when Jira cannot apply the lost one any more', async () => {
      const { store, replica } = get();
      const issueKey = newId('SHOP');
      const state = await settle(store, await table(), { issueKey, seenInJira: { estimate: null }, value: 3 });
      const now = Date.now();
      const at = (ms: number) => ({ now: new Date(now + ms) });
      const [first] = await claim(store, issueKey, at(0));
      if (first === undefined) throw new Error('nothing was claimed');
      await record(store, state.session.id, first.estimate, { attempts: 1, nextAttemptAt: new Date(now + 2_000) });
      expect(await claim(replica, issueKey, at(1_999))).toEqual([]);
      expect(await claim(replica, issueKey, at(2_000))).toHaveLength(1);
      expect(await claim(store, issueKey, at(2_001))).toEqual([]);
      await record(store, state.session.id, first.estimate, { ...written(new Date(now + 2_500)), attempts: 2 });
      const elsewhere = await settle(replica, await table(), { issueKey, value: 8, at: new Date(now + 3_000) });
      expect(await claim(store, issueKey, at(3_000))).toEqual([]);
      expect(await claim(store, issueKey, at(2_000 + minute - 1))).toEqual([]);
      expect(await claim(store, issueKey, at(2_000 + minute))).toMatchObject([{ sessionId: elsewhere.session.id, expected: 3 }]);
    });

    it('nothing sooner because the estimate that is to be repeated was overtaken', async () => {
      const { store, replica } = get();
      const issueKey = newId('SHOP');
      const state = await settle(store, await table(), { issueKey, value: 3 });
      const now = Date.now();
      const [first] = await claim(store, issueKey, { now: new Date(now) });
      if (first === undefined) throw new Error('nothing was claimed');
      await record(store, state.session.id, first.estimate, { attempts: 1, nextAttemptAt: new Date(now + 2_000) });
      await settle(replica, await table(), { issueKey, value: 8, at: new Date(now + 1_000) });
      for (const ms of [2_000, 2_001, minute - 1])
        expect(await claim(replica, issueKey, { now: new Date(now + ms) }), String(ms)).toEqual([]);
    });

    it('a worker that dies loses nothing: when its lease is over, the newest is handed out', async () => {
      const { store } = get();
      const issueKey = newId('SHOP');
      await settle(store, await table(), { issueKey, value: 3 });
      expect(await claim(store, issueKey, { leaseMs: 1000 })).toHaveLength(1);
      const newest = await settle(store, await table(), { issueKey, value: 8, at: new Date(Date.now() + 1) });
      expect(await claim(store, issueKey, { now: new Date(Date.now() + 500) })).toEqual([]);
      expect(await claim(store, issueKey, { now: new Date(Date.now() + 2000) })).toMatchObject([{ sessionId: newest.session.id }]);
    });
  });
}
