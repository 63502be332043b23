import { describe, expect, it } from 'vitest';
import type { Grounded } from '../ground.ts';
import { ballot, buildSession, facilitatorOf, newId, open, openTable, play, queue, settle } from '../play.ts';

export function describeSessions(get: () => Grounded): void {
  describe('keeps sessions:', () => {
    it('what was created is loaded again, field for field', async () => {
      const { store, replica } = get();
      const state = buildSession({
        tracks: [{ id: 'dev', label: 'Development', discipline: 'backend' }, { id: 'test' }],
        settings: { revealedBy: 'EVERYONE', autoRevealSeconds: 0, lateJoin: 'NOW', policy: 'MAJORITY', writeBack: false },
        now: new Date('2026-02-03T04:05:06.789Z'),
      });
      const event = { type: 'SESSION_CREATED' as const, at: state.session.createdAt, actorId: facilitatorOf(state) };
      expect(await store.create(state, event, undefined)).toEqual({ kind: 'committed', revision: 1 });
      expect(await replica.load(state.session.id)).toEqual(state);
      expect(await replica.readEvents(state.session.id, 0, 10)).toEqual([{ ...event, revision: 1 }]);
    });

    it('what is known already is not read again, and whatever is known, the newest comes', async () => {
      const { store, replica } = get();
      const created = await openTable(store, { voters: 1 });
      const opened = await open(store, await queue(store, created));
      await replica.castVote(ballot(opened, facilitatorOf(opened)));
      const newest = await store.load(opened.session.id);
      expect(newest?.session.revision).toBe(opened.session.revision + 1);
      for (const known of [created, opened, newest]) expect(await replica.load(opened.session.id, known)).toEqual(newest);
      // Brought up, not read again: what no change touched is the same object.
      expect((await replica.load(opened.session.id, created))?.participants).toBe(created.participants);
      expect((await replica.load(opened.session.id, opened))?.participants).toBe(opened.participants);
      const gone = buildSession();
      expect(await replica.load(gone.session.id, gone)).toBeUndefined();
    });

    it('a known state that is far behind, or whose log does not tell all, is read anew', async () => {
      const { store, replica } = get();
      const known = await openTable(store, { voters: 0 });
      let state = await open(store, await queue(store, known));
      for (let count = 0; count < 300; count += 1) await store.castVote(ballot(state, facilitatorOf(state)));
      const event = { type: 'SESSION_UPDATED' as const, at: new Date(), actorId: null };
      state = await play(store, state, { event, session: { ...state.session, title: 'Renamed' } });
      expect(await replica.load(known.session.id, known)).toEqual(await replica.load(known.session.id));
      const exported = await store.exportSession(known.session.id);
      await store.forgetSessions(new Date(Date.now() + 60_000), 10_000);
      if (exported === undefined) throw new Error('There is nothing to import.');
      await store.importSession(exported);
      expect(await store.load(known.session.id, known)).toEqual(exported.state);
    });

    it('tells what each change changed, and of a vote in which track', async () => {
      const { store, replica } = get();
      const before = await open(store, await queue(store, await openTable(store, { voters: 0 })));
      const write = ballot(before, facilitatorOf(before));
      await store.castVote(write);
      const event = { type: 'SESSION_UPDATED' as const, at: new Date(), actorId: null };
      await play(store, before, { event, session: { ...before.session, title: 'Renamed' } });
      const [vote, renamed, ...more] = await replica.readChanges(before.session.id, before.session.revision, 10);
      expect(vote).toMatchObject({ event: { type: 'VOTE_CAST', track: write.vote.track }, delta: null });
      expect(renamed).toEqual({ event: { ...event, revision: before.session.revision + 2 }, delta: { session: { title: 'Renamed' } } });
      expect(more).toEqual([]);
      const all = await store.readChanges(before.session.id, 1, 100);
      const { revision } = before.session;
      const deltas = all.flatMap(({ event: { revision: at }, delta }) => (at > revision || delta === null ? [] : [delta]));
      expect(deltas).toHaveLength(revision - 1);
      expect(JSON.stringify(all)).not.toContain('"card"');
    });

    it('a session, an invite code, a round that nobody made are not there', async () => {
      const { store } = get();
      expect(await store.load(newId('session'))).toBeUndefined();
      expect(await store.findSessionId(newId('invite'))).toBeUndefined();
      expect(await store.findVotes([newId('round')])).toEqual([]);
      expect(await store.findVotes([])).toEqual([]);
      expect(await store.readEvents(newId('session'), 0, 10)).toEqual([]);
      expect(await store.exportSession(newId('session'))).toBeUndefined();
    });

    it('what has a character in it that no store holds names nothing', async () => {
      const { store } = get();
      const scope = { kind: 'session' as const, sessionId: newId('session'), ownerSubject: null };
      for (const name of ['a\0b', 'a\ud800b']) {
        expect(await store.load(name)).toBeUndefined();
        expect(await store.findSessionId(name)).toBeUndefined();
        expect(await store.findEstimates([name], scope)).toEqual([]);
        expect(await store.findOwned(newId('owner'), { createdAt: new Date(), id: name }, 10)).toEqual([]);
      }
    });

    it('a session is found by its invite code, and no longer by the one before', async () => {
      const { store, replica } = get();
      const state = await openTable(store);
      const { id, inviteCode } = state.session;
      expect(await replica.findSessionId(inviteCode)).toBe(id);
      const rotated = newId('invite');
      await play(store, state, {
        event: { type: 'SESSION_UPDATED', at: new Date(), actorId: null },
        session: { ...state.session, inviteCode: rotated },
      });
      expect(await replica.findSessionId(rotated)).toBe(id);
      expect(await replica.findSessionId(inviteCode)).toBeUndefined();
    });

    it('an invite code whose rotation was not committed does not lead to the session', async () => {
      const { store } = get();
      const outdated = await openTable(store);
      await queue(store, outdated);
      const inviteCode = newId('invite');
      const event = { type: 'SESSION_UPDATED' as const, at: new Date(), actorId: null };
      expect(await store.commit({ basis: outdated, change: { event, session: { ...outdated.session, inviteCode } } })).toEqual({
        kind: 'outdated',
      });
      expect(await store.findSessionId(inviteCode)).toBeUndefined();
      expect(await store.findSessionId(outdated.session.inviteCode)).toBe(outdated.session.id);
    });

    it('lists every session once, page by page', async () => {
      const { store } = get();
      const made = await Promise.all(Array.from({ length: 5 }, () => openTable(store, { voters: 0 })));
      const listed: string[] = [];
      for (;;) {
        const page = await store.listSessionIds(listed.at(-1), 2);
        if (page.length === 0) break;
        listed.push(...page);
      }
      expect(new Set(listed).size).toBe(listed.length);
      expect(listed).toEqual(expect.arrayContaining(made.map((state) => state.session.id)));
    });

    it('an exported session is imported whole elsewhere, and never over another', async () => {
      const { store } = get();
      let state = await openTable(store);
      state = await settle(store, state, { issueKey: newId('SHOP'), seenInJira: { estimate: 3 }, value: 5 });
      state = await open(store, state);
      const exported = await store.exportSession(state.session.id);
      if (exported === undefined) throw new Error('There is nothing to import.');
      await expect(store.importSession(exported)).rejects.toThrow();
      expect(await store.exportSession(state.session.id)).toEqual(exported);
      expect(exported.state).toEqual(await store.load(state.session.id));
      expect(exported.events.at(-1)?.revision).toBe(exported.state.session.revision);
    });
  });
}
