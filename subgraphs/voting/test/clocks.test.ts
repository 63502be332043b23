import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../../kit/process/logging.ts';
import { readMetrics } from '../../../kit/process/metrics.ts';
import { startRetention } from '../src/background/retention.ts';
import { startRevealClock } from '../src/background/reveal.ts';
import { startSuccessionClock } from '../src/background/succession.ts';
import { settleQuorum } from '../src/commands/commands.ts';
import { facilitatorsOf } from '../src/domain/access.ts';
import { ballot, facilitatorOf, newId, open, openTable, play, queue, requestOf } from '../src/store/testing/play.ts';
import { provisions, usualStorage } from '../src/store/testing/provisions.ts';
import type { VotingStore } from '../src/store/voting-store.ts';
import { openStore, parseStoreValues } from '../src/stores.ts';

const log = createLogger('test', 'silent');
const day = 86_400_000;

describe('the server by itself', () => {
  let store: VotingStore;
  let drop: () => Promise<unknown>;
  beforeAll(async () => {
    const provided = await provisions[usualStorage].provide();
    store = await openStore(parseStoreValues(provided.environment), { log });
    drop = provided.drop;
  });
  afterAll(async () => {
    await store?.close();
    await drop?.();
  });

  it('passes the facilitation to a voter who has been there all the while, once, with an event', async () => {
    let state = await open(store, await queue(store, await openTable(store, { voters: 2 })));
    const { id } = state.session;
    await store.castVote(ballot(state, state.participants[2]?.id ?? ''));
    state = (await store.load(id)) ?? state;
    const start = Date.now();
    await store.touch(id, facilitatorOf(state), new Date(start));
    const present = state.participants[2]?.id ?? '';
    for (let seconds = 0; seconds <= 125; seconds += 20) await store.touch(id, present, new Date(start + seconds * 1000));
    const stops = [1, 2].map(() => startSuccessionClock({ store, log, now: () => new Date(start + 125_000), tickMs: 20 }));
    await expect.poll(async () => facilitatorsOf((await store.load(id)) ?? state).length).toBe(2);
    for (const stop of stops) await stop();
    expect(facilitatorsOf((await store.load(id)) ?? state).map((participant) => participant.id)).toEqual([facilitatorOf(state), present]);
    expect(await store.readEvents(id, state.session.revision, 10)).toEqual([
      {
        revision: state.session.revision + 1,
        type: 'FACILITATION_PASSED',
        at: new Date(start + 125_000),
        actorId: null,
        participantId: present,
      },
    ]);
  });

  it('reveals what is due, on two replicas once, and one session whose writes fail holds up no other', async () => {
    const now = () => new Date();
    const broken: string[] = [];
    const fragile: VotingStore = {
      ...store,
      commit: (commit) => (broken.includes(commit.basis.session.id) ? Promise.reject(new Error('broken')) : store.commit(commit)),
    };
    const count = async () => {
      const state = await open(store, await queue(store, await openTable(store, { voters: 1, settings: { autoRevealSeconds: 1 } })));
      for (const { id } of state.participants) await store.castVote(ballot(state, id));
      await settleQuorum(store, state.session.id, () => new Date(Date.now() - 2_000));
      return state.session.id;
    };
    const ids = [await count(), await count(), await count()];
    // Whichever comes first of those that are due.
    const [first] = await store.findDueReveals(now(), 100);
    broken.push(first?.sessionId ?? '');
    const stops = [1, 2].map(() => startRevealClock({ store: fragile, log, now }));
    const lastRoundOf = async (id: string) => (await store.load(id))?.rounds.at(-1)?.state;
    const healthy = ids.filter((id) => !broken.includes(id));
    await expect.poll(() => Promise.all(healthy.map(lastRoundOf)), { timeout: 5_000 }).toEqual(['REVEALED', 'REVEALED']);
    expect(await lastRoundOf(broken[0] ?? '')).toBe('OPEN');
    broken.length = 0;
    await expect.poll(() => Promise.all(ids.map(lastRoundOf)), { timeout: 5_000 }).toEqual(['REVEALED', 'REVEALED', 'REVEALED']);
    for (const stop of stops) await stop();
    const reveals = await Promise.all(ids.map((id) => store.readEvents(id, 0, 100)));
    expect(reveals.map((events) => events.filter(({ type }) => type === 'ROUND_REVEALED').length)).toEqual([1, 1, 1]);
  });

  it('deletes sessions without a change for longer than the retention, and requests of more than a day', async () => {
    const now = new Date();
    const old = await openTable(store, { now: new Date(now.getTime() - 11 * day) });
    const recent = await openTable(store, { now: new Date(now.getTime() - 9 * day) });
    const key = (hours: number) => requestOf(newId('actor'), 'updateSession', { at: new Date(now.getTime() - hours * 3_600_000) });
    const [yesterday, today] = [key(25), key(23)];
    const event = { type: 'SESSION_UPDATED' as const, at: new Date(now.getTime() - 9 * day), actorId: null };
    let state = recent;
    for (const request of [yesterday, today]) {
      await store.commit({ basis: state, change: { event }, request });
      state = (await store.load(recent.session.id)) ?? state;
    }
    const stop = startRetention({ store, log, now: () => now, retentionDays: 10, everyMs: 50 });
    await expect.poll(() => store.load(old.session.id)).toBeUndefined();
    await stop();
    expect(await store.load(recent.session.id)).toEqual(state);
    expect(await store.findRequest(recent.session.id, yesterday)).toBeUndefined();
    expect(await store.findRequest(recent.session.id, today)).toMatchObject({ kind: 'replayed' });
  });

  it('deletes what is old in smaller batches when a batch takes too long, until nothing is due', async () => {
    const now = new Date();
    const olds = await Promise.all(
      Array.from({ length: 5 }, () => openTable(store, { voters: 0, now: new Date(now.getTime() - 20 * day) })),
    );
    const asked: number[] = [];
    const slow: VotingStore = {
      ...store,
      forgetSessions: async (before, limit) => {
        asked.push(limit);
        if (limit > 3) throw new Error('canceling statement due to statement timeout');
        return store.forgetSessions(before, limit);
      },
    };
    const stop = startRetention({ store: slow, log, now: () => now, retentionDays: 10, everyMs: 50 });
    await expect.poll(() => Promise.all(olds.map(({ session }) => store.load(session.id)))).toEqual(olds.map(() => undefined));
    await stop();
    expect(asked.slice(0, 4)).toEqual([20, 10, 5, 3]);
    const { text } = await readMetrics();
    expect(text).toMatch(/^tally_voting_retention_due_sessions 0$/m);
    expect(text).toMatch(/^tally_voting_retention_deleted_sessions_total [1-9]/m);
  });

  it('keeps sessions for ever with a retention of 0', async () => {
    const now = new Date();
    const old = await openTable(store, { now: new Date(now.getTime() - 3_000 * day) });
    const request = requestOf(facilitatorOf(old), 'updateSession', { at: new Date(now.getTime() - 2 * day) });
    const event = { type: 'SESSION_UPDATED' as const, at: old.session.createdAt, actorId: null };
    await play(store, old, { event });
    const state = (await store.load(old.session.id)) ?? old;
    await store.commit({ basis: state, change: { event }, request });
    const stop = startRetention({ store, log, now: () => now, retentionDays: 0, everyMs: 50 });
    await expect.poll(() => store.findRequest(old.session.id, request)).toBeUndefined();
    await stop();
    expect(await store.load(old.session.id)).toBeDefined();
  });
});
