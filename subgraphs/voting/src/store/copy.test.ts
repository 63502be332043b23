import { describe, expect, inject, it } from 'vitest';
import { createLogger } from '../../../../kit/process/logging.ts';
import { findRedis, startPrivateRedis } from '../../../../tests/setup/redis.ts';
import { leaveSession } from '../domain/participants.ts';
import { recordWriteBack, type WriteBackOutcome } from '../domain/write-backs.ts';
import { openStore, parseStoreValues, type StoreKind } from '../stores.ts';
import { copySessions } from './copy.ts';
import { ballot, facilitatorOf, newId, open, openTable, play, requestOf, settle } from './testing/play.ts';
import { provisions } from './testing/provisions.ts';
import type { VoteWrite, VotingStore } from './voting-store.ts';

const adminUrl = inject('TEST_DATABASE_URL');
const canStartRedis = (await findRedis()) !== undefined;
const log = createLogger('test', 'silent');

/** How write-backs may have ended; the second track's estimate goes on waiting. */
const outcomes: readonly WriteBackOutcome[] = [
  { kind: 'written' },
  { kind: 'conflict', valueInJira: 0.5 },
  { kind: 'failed', reason: 'The field is not on the screen.', reasonCode: 'FIELD_NOT_ON_SCREEN' },
  { kind: 'retry', at: new Date(Date.now() + 60_000), reason: 'Jira is down.', reasonCode: 'JIRA_UNAVAILABLE' },
];

/** Sessions with something of everything in them; returns a request that one of them knows. */
async function fill(store: VotingStore): Promise<VoteWrite> {
  let asked: VoteWrite | undefined;
  for (const outcome of outcomes) {
    let state = await openTable(store, { tracks: [{ id: 'dev' }, { id: 'test', discipline: 'qa' }], ownerSubject: 'subject' });
    state = await settle(store, state, { issueKey: newId('SHOP'), seenInJira: { test: 0.5, dev: null }, value: 3 });
    const target = { roundId: state.rounds[0]?.id ?? '', track: 'dev' };
    state = await play(store, state, recordWriteBack(state, target, outcome, new Date()));
    const answer = { notFound: ['SHOP-1'], added: ['an item'] };
    const event = { type: 'ITEMS_CHANGED' as const, at: new Date(), actorId: null };
    await store.commit({ basis: state, change: { event, answer }, request: requestOf(facilitatorOf(state), 'addIssues') });
    state = (await store.load(state.session.id)) ?? state;
    state = await play(store, state, leaveSession(state, { actorId: state.participants[2]?.id ?? '', now: new Date() }));
    state = await open(store, state);
    const request = requestOf(facilitatorOf(state), 'castVote');
    asked = { ...ballot(state, request.actorId, '8'), request };
    await store.castVote(asked);
    await store.castVote(ballot(state, state.participants[1]?.id ?? '', '½'));
  }
  if (asked === undefined) throw new Error('nothing was asked');
  return asked;
}

describe.skipIf(adminUrl === undefined || !canStartRedis)('copying all sessions', () => {
  it('from any storage to any other changes nothing, and what was copied goes on working', async () => {
    const disposals: (() => Promise<unknown>)[] = [];
    const openEmpty = async (kind: StoreKind) => {
      const { environment, drop } = await provisions[kind].provide();
      disposals.push(drop);
      return openStore(parseStoreValues(environment), { log });
    };
    const first = await openEmpty('embedded');
    const stores: VotingStore[] = [first];
    try {
      const asked = await fill(first);
      const filledAt = Date.now();
      // More than a page of them.
      const written = Array.from({ length: 60 }, (_, place) => ({ projectKey: `P${place}`, fieldId: 'customfield_10016' }));
      for (const field of written) await first.noteWrittenField(field);
      let counted = { sessions: 4, rounds: 8, votes: 8, estimates: 8, copied: 4 };
      // Each of the six ways once.
      for (const kind of ['redis', 'postgres', 'redis', 'embedded', 'postgres', 'embedded'] as const) {
        const from = stores.at(-1) ?? first;
        const to = await openEmpty(kind);
        stores.push(to);
        const count = await copySessions(from, to);
        expect(count).toMatchObject(counted);
        // Every one has the checksum of the first.
        counted = count;
      }
      // Again is no harm.
      for (const store of stores.slice(1)) expect(await copySessions(first, store)).toEqual({ ...counted, copied: 0 });

      const id = asked.sessionId;
      for (const store of stores.slice(1)) {
        const state = await store.load(id);
        if (state === undefined) throw new Error('the session is gone');
        expect(await store.findSessionId(state.session.inviteCode)).toBe(id);
        expect(await store.findOwned('subject', undefined, 10)).toHaveLength(4);
        expect(await store.findWrittenFields(written.map(({ projectKey }) => projectKey))).toHaveLength(60);
        expect(await store.castVote(asked)).toEqual({ kind: 'replayed' });
        const [voter = ''] = state.session.openRoundVoters;
        expect((await store.castVote(ballot(state, voter))).kind).toBe('committed');
        await play(store, state, {
          event: { type: 'SESSION_UPDATED', at: new Date(), actorId: null },
          session: { ...state.session, title: 'Goes on' },
        });
        // The four that wait; the one that is to wait longer, later.
        const claim = (now: Date) => store.claimWriteBacks({ now, leasedUntil: now, limit: 100 });
        expect(await claim(new Date(filledAt))).toHaveLength(4);
        expect(await claim(new Date(filledAt + 120_000))).toHaveLength(5);
      }
    } finally {
      await Promise.all(stores.map((store) => store.close()));
      for (const dispose of disposals) await dispose();
    }
    // Three first starts of the embedded store: a busy machine needs its time.
  }, 180_000);

  it('names a session that differs, and refuses a target with sessions of its own', async () => {
    const [one, other] = [await startPrivateRedis(), await startPrivateRedis()];
    const openAt = (url: string) => openStore(parseStoreValues({ VOTING_STORAGE: 'redis', REDIS_URL: url }), { log });
    const [from, to] = [await openAt(one.url), await openAt(other.url)];
    try {
      const state = await openTable(from);
      await copySessions(from, to);
      await open(to, await settle(to, state, { issueKey: 'SHOP-1', value: 3 }));
      await expect(copySessions(from, to)).rejects.toThrow(`Session ${state.session.id} is not the same in both storages.`);
      const own = await openTable(to);
      await expect(copySessions(from, to)).rejects.toThrow(own.session.id);
    } finally {
      await Promise.all([from.close(), to.close()]);
      await Promise.all([one.stop(), other.stop()]);
    }
  });
});
