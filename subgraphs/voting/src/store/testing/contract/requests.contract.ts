import { describe, expect, it } from 'vitest';
import type { Change } from '../../../domain/change.ts';
import type { Grounded } from '../ground.ts';
import { ballot, buildSession, facilitatorOf, newId, open, openRoundOf, openTable, queue, requestOf } from '../play.ts';

const event = { type: 'SESSION_UPDATED' as const, at: new Date(), actorId: null };
const created = { type: 'SESSION_CREATED' as const, at: new Date(), actorId: null };

export function describeRequests(get: () => Grounded): void {
  const table = async () => open(get().store, await queue(get().store, await openTable(get().store, { voters: 0 })));

  describe('knows a request again:', () => {
    it('a session created twice with one request is one session', async () => {
      const { store, replica } = get();
      const state = buildSession();
      const request = requestOf('me', 'createSession');
      expect(await store.create(state, created, request)).toEqual({ kind: 'committed', revision: 1 });
      expect(await replica.create({ ...state, session: { ...state.session, inviteCode: newId('invite') } }, created, request)).toEqual({
        kind: 'replayed',
      });
      expect(await replica.create(state, created, { ...request, inputHash: 'other' })).toEqual({ kind: 'reused' });
      expect(await replica.create(state, created, requestOf('me', 'createSession'))).toEqual({ kind: 'reused' });
      expect(await store.load(state.session.id)).toEqual(state);
      expect(await store.readEvents(state.session.id, 0, 10)).toHaveLength(1);
    });

    it('two copies of a creation at the same moment make one session', async () => {
      const { store, replica } = get();
      for (let turn = 0; turn < 10; turn += 1) {
        const state = buildSession();
        const request = requestOf('me', 'createSession');
        const outcomes = await Promise.all([store.create(state, created, request), replica.create(state, created, request)]);
        expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual(['committed', 'replayed']);
        expect(await store.findSessionId(state.session.inviteCode)).toBe(state.session.id);
      }
    });

    it('a commit repeated writes nothing; with other input it is told apart', async () => {
      const { store, replica } = get();
      const basis = await openTable(store, { voters: 0 });
      const request = requestOf(facilitatorOf(basis), 'updateSession');
      const change: Change = { event, session: { ...basis.session, title: 'once' } };
      expect(await store.findRequest(basis.session.id, request)).toBeUndefined();
      const { revision } = basis.session;
      expect(await store.commit({ basis, change, request })).toEqual({ kind: 'committed', revision: revision + 1 });
      expect(await replica.findRequest(basis.session.id, request)).toEqual({ kind: 'replayed', answer: null });
      expect(await replica.findRequest(basis.session.id, { ...request, inputHash: 'other' })).toEqual({ kind: 'reused' });
      const newest = (await replica.load(basis.session.id)) ?? basis;
      for (const decidedOn of [basis, newest]) {
        expect(await replica.commit({ basis: decidedOn, change, request })).toEqual({ kind: 'replayed' });
        expect(await store.commit({ basis: decidedOn, change, request: { ...request, inputHash: 'other' } })).toEqual({ kind: 'reused' });
      }
      expect(await store.load(basis.session.id)).toEqual(newest);
    });

    it('what a change answered is told to its retry', async () => {
      const { store, replica } = get();
      const basis = await openTable(store, { voters: 0 });
      const request = requestOf(facilitatorOf(basis), 'addIssues');
      const answer = { added: ['an item', 'Überraschung "2"'], notFound: [] };
      await store.commit({ basis, change: { event, answer }, request });
      expect(await replica.findRequest(basis.session.id, request)).toEqual({ kind: 'replayed', answer });
      expect((await replica.exportSession(basis.session.id))?.requests).toEqual([{ ...request, answer }]);
    });

    it('a request belongs to its actor, its mutation and its session', async () => {
      const { store } = get();
      const [basis, other] = [await openTable(store, { voters: 0 }), await openTable(store, { voters: 0 })];
      const request = requestOf(facilitatorOf(basis), 'updateSession');
      await store.commit({ basis, change: { event }, request });
      const known = await Promise.all([
        store.findRequest(basis.session.id, { ...request, actorId: 'somebody else' }),
        store.findRequest(basis.session.id, { ...request, mutation: 'closeSession' }),
        store.findRequest(other.session.id, request),
      ]);
      expect(known).toEqual([undefined, undefined, undefined]);
    });

    it('two copies of a commit at the same moment have one effect', async () => {
      const { store, replica } = get();
      let basis = await openTable(store, { voters: 0 });
      for (let turn = 0; turn < 10; turn += 1) {
        const request = requestOf(facilitatorOf(basis), 'updateSession');
        const change: Change = { event, session: { ...basis.session, title: `turn ${turn}` } };
        const outcomes = await Promise.all([store.commit({ basis, change, request }), replica.commit({ basis, change, request })]);
        expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual(['committed', 'replayed']);
        const after = await store.load(basis.session.id);
        expect(after?.session.revision).toBe(basis.session.revision + 1);
        basis = after ?? basis;
      }
    });

    it('two copies of a vote, or of a retraction, at the same moment have one effect', async () => {
      const { store, replica } = get();
      const state = await table();
      let { revision } = state.session;
      for (let turn = 0; turn < 20; turn += 1) {
        const isVote = turn % 2 === 0;
        const request = requestOf(facilitatorOf(state), isVote ? 'castVote' : 'retractVote');
        const write = { ...ballot(state, facilitatorOf(state)), request };
        const outcomes = await Promise.all([store, replica].map((each) => (isVote ? each.castVote(write) : each.retractVote(write))));
        expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual(['committed', 'replayed']);
        revision += 1;
        expect((await store.load(state.session.id))?.session.revision).toBe(revision);
      }
    });

    it('a replayed old vote never overwrites a newer one', async () => {
      const { store, replica } = get();
      const state = await table();
      const voter = facilitatorOf(state);
      const old = { ...ballot(state, voter, '3'), request: requestOf(voter, 'castVote') };
      await store.castVote(old);
      await store.castVote({ ...ballot(state, voter, '8'), request: requestOf(voter, 'castVote') });
      expect(await replica.castVote(old)).toEqual({ kind: 'replayed' });
      expect(await replica.castVote({ ...old, request: { ...old.request, inputHash: 'other' } })).toEqual({ kind: 'reused' });
      expect((await store.findVotes([openRoundOf(state)])).map((vote) => vote.card)).toEqual(['8']);
    });

    it('a refused vote leaves its request free', async () => {
      const { store } = get();
      const state = await table();
      const stranger = newId('stranger');
      const request = requestOf(stranger, 'castVote');
      expect(await store.castVote({ ...ballot(state, stranger), request })).toEqual({ kind: 'closed' });
      expect(await store.findRequest(state.session.id, request)).toBeUndefined();
    });

    it('a request is forgotten after 24 hours', async () => {
      const { store } = get();
      const basis = await openTable(store, { voters: 0 });
      const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
      const [old, recent] = [25, 23].map((hours) => requestOf(facilitatorOf(basis), 'updateSession', { at: hoursAgo(hours) }));
      if (old === undefined || recent === undefined) throw new Error('no requests');
      await store.commit({ basis, change: { event }, request: old });
      const newer = (await store.load(basis.session.id)) ?? basis;
      await store.commit({ basis: newer, change: { event }, request: recent });
      while ((await store.forgetRequests(hoursAgo(24), 1)) === 1);
      expect(await store.findRequest(basis.session.id, old)).toBeUndefined();
      expect(await store.findRequest(basis.session.id, recent)).toEqual({ kind: 'replayed', answer: null });
    });
  });
}
