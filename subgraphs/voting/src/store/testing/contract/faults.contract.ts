import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { DomainError } from '../../../../../../kit/process/errors.ts';
import type { Change } from '../../../domain/change.ts';
import type { SessionAggregate } from '../../../domain/model.ts';
import type { VotingStore } from '../../voting-store.ts';
import type { Grounded } from '../ground.ts';
import { ballot, buildSession, facilitatorOf, open, openRoundOf, openTable, queue, requestOf, settle } from '../play.ts';
import { listening } from './events.contract.ts';

/** The outcome, or the code of the error; whatever else is thrown fails the test. */
async function orCode<Value>(write: Promise<Value>): Promise<Value | string> {
  return write.catch((error: unknown) => {
    if (error instanceof DomainError) return error.code;
    throw error;
  });
}

export function describeFaults(get: () => Grounded): void {
  describe('survives a lost connection:', () => {
    const cut = async () => {
      const { ground } = get();
      if (ground.cut === undefined) throw new Error('This ground cannot cut connections.');
      await ground.cut();
    };

    it('every command cut in the middle has happened whole, or not at all, or says STORE_UNAVAILABLE', { timeout: 60_000 }, async () => {
      const { store, replica } = get();
      let unavailable = 0;
      for (let turn = 0; turn < 25; turn += 1) {
        const state = await patiently(() => tableWithVote(store));
        const [facilitator, voter] = [facilitatorOf(state), state.participants[1]?.id ?? ''];
        const created = buildSession();
        const creation = { type: 'SESSION_CREATED' as const, at: new Date(), actorId: null };
        const request = requestOf(facilitator, 'castVote');
        const change: Change = {
          event: { type: 'SESSION_UPDATED', at: new Date(), actorId: null },
          session: { ...state.session, title: 'cut' },
          participants: state.participants.map((participant) => ({ ...participant, name: 'cut' })),
          items: state.items.map((item) => ({ ...item, topic: 'cut' })),
        };
        const reads: Promise<unknown>[] = [
          store.load(state.session.id),
          store.findVotes([openRoundOf(state)]),
          store.readEvents(state.session.id, 0, 10),
          store.claimWriteBacks({ now: new Date(), leasedUntil: new Date(), limit: 1 }),
          store.findOvertaken(1),
          store.findDueReveals(new Date(), 1),
          store.findSessionId(state.session.inviteCode).then((id) => [id]),
          store.findRequest(state.session.id, request),
          store.findOwned('nobody', undefined, 1),
          store.findEstimates(['SHOP-1'], { kind: 'tenant' }),
          store.findSightings(state.session.id),
          store.findUnled(new Date(), 1),
          store.findWaiting(new Date(), 1),
          store.touch(state.session.id, facilitator, new Date()),
          store.listSessionIds(undefined, 1),
          store.exportSession(state.session.id),
          store.noteWrittenField({ projectKey: 'CUT', fieldId: 'customfield_1' }),
          store.findWrittenFields(['CUT']),
          store.listWrittenFields(undefined, 1),
        ];
        const writes = [
          store.commit({ basis: state, change }),
          store.castVote({ ...ballot(state, facilitator), request }),
          store.retractVote(ballot(state, voter)),
          store.create(created, creation, undefined),
        ];
        const cutting = sleep(turn % 6).then(cut);
        const outcomes = await Promise.all([...writes, ...reads].map(orCode));
        await cutting;
        unavailable += outcomes.filter((outcome) => outcome === 'STORE_UNAVAILABLE').length;
        expect(outcomes.filter((outcome) => typeof outcome === 'string' && outcome !== 'STORE_UNAVAILABLE')).toEqual([]);

        const after = await patiently(() => replica.load(state.session.id));
        const events = await patiently(() => replica.readEvents(state.session.id, state.session.revision, 10));
        const votes = await patiently(() => replica.findVotes([openRoundOf(state)]));
        const isRenamed = after?.session.title === 'cut';
        expect(after?.participants.every((participant) => (participant.name === 'cut') === isRenamed)).toBe(true);
        expect(after?.items.toArray().every((item) => (item.topic === 'cut') === isRenamed)).toBe(true);
        expect(events.map((event) => event.revision)).toEqual(events.map((_, index) => state.session.revision + 1 + index));
        expect(after?.session.revision).toBe(state.session.revision + events.length);
        expect(events.some((event) => event.type === 'SESSION_UPDATED')).toBe(isRenamed);
        const has = (type: string) => events.some((event) => event.type === type);
        const votesOf = (id: string) => votes.filter(({ participantId }) => participantId === id).length;
        expect([votesOf(facilitator), votesOf(voter)]).toEqual([has('VOTE_CAST') ? 1 : 0, has('VOTE_RETRACTED') ? 0 : 1]);
        const known = await patiently(() => replica.findRequest(state.session.id, request));
        expect(known?.kind).toBe(has('VOTE_CAST') ? 'replayed' : undefined);
        const isCreated = (await patiently(() => replica.load(created.session.id))) !== undefined;
        expect(await patiently(() => replica.readEvents(created.session.id, 0, 10))).toHaveLength(isCreated ? 1 : 0);
        if (isCreated) expect(await patiently(() => replica.findSessionId(created.session.inviteCode))).toBe(created.session.id);
        const done = [isRenamed, has('VOTE_CAST'), has('VOTE_RETRACTED'), isCreated];
        for (const [index, outcome] of outcomes.slice(0, writes.length).entries())
          if (typeof outcome !== 'string') expect(done[index]).toBe(true);
      }
      // The cuts did hit something.
      expect(unavailable).toBeGreaterThan(0);
    });

    it('a write-back that was settled while connections were cut is still handed out', async () => {
      const { store } = get();
      for (let turn = 0; turn < 5; turn += 1) {
        const table = await patiently(() => openTable(store, { voters: 0 }));
        const issueKey = `CUT-${table.session.id}`;
        const cutting = sleep(10 + turn * 5).then(cut);
        await settle(store, table, { issueKey, value: 5 }).catch(() => undefined);
        await cutting;
        const after = await patiently(() => store.load(table.session.id));
        const claimed = await patiently(() => store.claimWriteBacks({ now: new Date(), leasedUntil: new Date(), limit: 1000 }));
        expect(claimed.filter(({ estimate }) => estimate.issueKey === issueKey)).toHaveLength(after?.estimates.length ?? 0);
      }
    });

    it('changes are told again after the listening connection was cut, and what may have been missed is told as *', async () => {
      const { store, replica } = get();
      const told: string[] = [];
      const stop = replica.onChange((sessionId) => told.push(sessionId));
      await patiently(() => listening(store, told));
      told.length = 0;
      await cut();
      await vi.waitFor(() => expect(told).toContain('*'), { timeout: 10_000 });
      await patiently(() => listening(store, told));
      stop();
    });

    it('waiting for a connection ends with STORE_UNAVAILABLE, and all is well afterwards', async () => {
      const { ground, store } = get();
      // Not through the narrow one: on a busy machine 400 ms may be too short for it.
      const state = await tableWithRound(store);
      const narrow = await ground.open({ timeoutMs: 400, poolSize: 2 });
      try {
        const release = await ground.stall?.(state.session.id);
        const startedAt = Date.now();
        const outcomes = await Promise.all(
          Array.from({ length: 6 }, (_, index) =>
            orCode<unknown>(index < 4 ? narrow.castVote(ballot(state, facilitatorOf(state))) : commitTitle(narrow, state)),
          ),
        );
        expect(new Set(outcomes)).toEqual(new Set(['STORE_UNAVAILABLE']));
        expect(Date.now() - startedAt).toBeLessThan(15_000);
        await release?.();
        const { kind } = await patiently(() => narrow.castVote(ballot(state, facilitatorOf(state))));
        expect(kind).toBe('committed');
      } finally {
        await narrow.close();
      }
    });

    it('a closed store says STORE_UNAVAILABLE', async () => {
      const { ground } = get();
      const closing = await ground.open();
      await closing.close();
      expect(await orCode(closing.load('any'))).toBe('STORE_UNAVAILABLE');
      expect(
        await orCode(
          closing.castVote({
            sessionId: 'a',
            vote: { roundId: 'b', participantId: 'c', track: 'd', card: '5', note: null },
            at: new Date(),
          }),
        ),
      ).toBe('STORE_UNAVAILABLE');
    });
  });
}

async function tableWithRound(store: VotingStore) {
  return open(store, await queue(store, await openTable(store, { voters: 1 })));
}

/** As `tableWithRound`, and the one who is not the facilitator has voted. */
async function tableWithVote(store: VotingStore): Promise<SessionAggregate> {
  const state = await tableWithRound(store);
  await store.castVote(ballot(state, state.participants[1]?.id ?? ''));
  return (await store.load(state.session.id)) ?? state;
}

function commitTitle(store: VotingStore, basis: Awaited<ReturnType<typeof tableWithRound>>) {
  const event = { type: 'SESSION_UPDATED' as const, at: new Date(), actorId: null };
  return store.commit({ basis, change: { event, session: { ...basis.session, title: 'late' } } });
}

/** As a client does: asks again while the store is away, for 10 s. */
async function patiently<Value>(ask: () => Promise<Value>): Promise<Value> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const isAway = error instanceof DomainError && error.code === 'STORE_UNAVAILABLE';
      if (!isAway || Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}
