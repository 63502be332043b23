import { describe, expect, it } from 'vitest';
import { removeParticipant, updateMe } from '../../../domain/participants.ts';
import type { Grounded } from '../ground.ts';
import { ballot, facilitatorOf, newId, open, openRoundOf, openTable, queue, requestOf, reveal } from '../play.ts';
import { raceVotes } from '../vote-races.ts';

export function describeVotes(get: () => Grounded): void {
  const table = async (voters = 2) => open(get().store, await queue(get().store, await openTable(get().store, { voters })));

  describe('takes votes:', () => {
    it('a vote counts one revision, and casting again replaces the card', async () => {
      const { store, replica } = get();
      const state = await table();
      const { revision } = state.session;
      const voter = facilitatorOf(state);
      expect(await store.castVote(ballot(state, voter, '3'))).toEqual({ kind: 'committed', revision: revision + 1 });
      expect(await replica.castVote(ballot(state, voter, '½'))).toEqual({ kind: 'committed', revision: revision + 2 });
      expect(await store.findVotes([openRoundOf(state)])).toEqual([ballot(state, voter, '½').vote]);
      expect((await replica.load(state.session.id))?.session).toEqual({ ...state.session, revision: revision + 2 });
    });

    it('a note comes and goes with its card, and is in no event', async () => {
      const { store, replica } = get();
      const state = await table();
      const voter = facilitatorOf(state);
      await store.castVote(ballot(state, voter, '3', 'The “old” API is slow'));
      expect(await replica.findVotes([openRoundOf(state)])).toEqual([ballot(state, voter, '3', 'The “old” API is slow').vote]);
      expect((await store.exportSession(state.session.id))?.votes.map(({ note }) => note)).toEqual(['The “old” API is slow']);
      expect(JSON.stringify(await store.readChanges(state.session.id, 0, 100))).not.toContain('slow');
      const request = requestOf(voter, 'castVote');
      await replica.castVote({ ...ballot(state, voter, '3', 'Is it tested?'), request });
      expect((await store.findVotes([openRoundOf(state)])).map(({ note }) => note)).toEqual(['Is it tested?']);
      await store.castVote(ballot(state, voter, '5'));
      expect((await store.findVotes([openRoundOf(state)])).map(({ note }) => note)).toEqual([null]);
    });

    it('a retracted vote is gone, and retracting what is not there commits all the same', async () => {
      const { store } = get();
      const state = await table();
      const { revision } = state.session;
      const { card: _, note: __, ...vote } = ballot(state, facilitatorOf(state)).vote;
      const retraction = { sessionId: state.session.id, vote, at: new Date() };
      expect(await store.retractVote(retraction)).toEqual({ kind: 'committed', revision: revision + 1 });
      await store.castVote(ballot(state, facilitatorOf(state)));
      expect(await store.retractVote(retraction)).toEqual({ kind: 'committed', revision: revision + 3 });
      expect(await store.findVotes([openRoundOf(state)])).toEqual([]);
    });

    it('votes of several rounds and sessions are found together', async () => {
      const { store } = get();
      const tables = [await table(), await table()];
      for (const state of tables) await store.castVote(ballot(state, facilitatorOf(state)));
      const found = await store.findVotes([...tables.map(openRoundOf), newId('round')]);
      expect(found.map((vote) => vote.roundId).sort()).toEqual(tables.map(openRoundOf).sort());
    });

    it('a round that is not open, a voter who is not in the roster, a session that is not there take no vote', async () => {
      const { store } = get();
      const state = await table();
      const vote = ballot(state, facilitatorOf(state));
      expect(await store.castVote({ ...vote, vote: { ...vote.vote, roundId: newId('round') } })).toEqual({ kind: 'closed' });
      expect(await store.castVote(ballot(state, newId('stranger')))).toEqual({ kind: 'closed' });
      expect(await store.castVote({ ...vote, sessionId: newId('session') })).toEqual({ kind: 'closed' });
      expect((await reveal(store, state)).kind).toBe('committed');
      expect(await store.castVote(vote)).toEqual({ kind: 'closed' });
      expect(await store.retractVote(vote)).toEqual({ kind: 'closed' });
      expect(await store.findVotes([openRoundOf(state)])).toEqual([]);
      expect((await store.load(state.session.id))?.session.revision).toBe(state.session.revision + 1);
    });

    it('a vote that was judged by another structure than the session’s is not written, whatever was done meanwhile', async () => {
      const { store, replica } = get();
      const state = await table();
      const { revision, structure } = state.session;
      const write = { ...ballot(state, facilitatorOf(state)), structure };
      expect(await store.castVote(write)).toEqual({ kind: 'committed', revision: revision + 1 });
      const event = { type: 'SESSION_UPDATED' as const, at: new Date(), actorId: null };
      await replica.commit({ basis: state, change: { event, session: { ...state.session, title: 'Renamed' } } });
      expect(await store.castVote(write)).toEqual({ kind: 'closed' });
      expect(await store.retractVote(write)).toEqual({ kind: 'closed' });
      expect(await store.castVote({ ...write, structure: structure + 1 })).toEqual({ kind: 'committed', revision: revision + 3 });
    });

    it('300 races of votes against the reveal: no vote lands after it, and no acknowledged vote is missing', {
      timeout: 120_000,
    }, async () => {
      const { store, replica } = get();
      const tally = await raceVotes({ races: 300, voters: 5, stores: [store, replica] });
      expect(tally).toMatchObject({ races: 300, votesAfterReveal: 0, acknowledgedVotesLost: 0 });
      // Both ends of the race were seen, else it was none.
      expect(tally.votesInTime).toBeGreaterThan(0);
      expect(tally.votesTooLate).toBeGreaterThan(0);
    });

    it('a vote at the moment of its voter’s removal, or turning spectator, is refused or withdrawn', async () => {
      const { store, replica } = get();
      for (let turn = 0; turn < 20; turn += 1) {
        const state = await table(1);
        const voter = state.participants[1]?.id ?? '';
        const now = new Date();
        const change =
          turn % 2 === 0
            ? removeParticipant(state, { actorId: facilitatorOf(state), now }, voter)
            : updateMe(state, { actorId: voter, now }, { role: 'SPECTATOR' });
        const [gone] = await Promise.all([store.commit({ basis: state, change }), replica.castVote(ballot(state, voter))]);
        expect(gone.kind).toBe('committed');
        expect(await store.findVotes([openRoundOf(state)])).toEqual([]);
        expect(await store.castVote(ballot(state, voter))).toEqual({ kind: 'closed' });
      }
    });

    it('of a vote that is changed while its round is open the log keeps the newest event, and of others every one', async () => {
      const { store, replica } = get();
      const state = await table(2);
      const [one = '', two = ''] = state.participants.map(({ id }) => id);
      const { id, revision } = state.session;
      const told = async (after = revision) =>
        (await replica.readEvents(id, after, 100)).map((event) => [event.revision - revision, event.type, event.participantId]);
      for (const by of [store, replica, store]) await by.castVote(ballot(state, one, '1'));
      await store.castVote(ballot(state, two, '2'));
      expect(await told()).toEqual([
        [3, 'VOTE_CAST', one],
        [4, 'VOTE_CAST', two],
      ]);
      await store.castVote({ ...ballot(state, one, '3'), request: requestOf(one, 'castVote') });
      await replica.retractVote(ballot(state, two));
      expect(await told()).toEqual([
        [5, 'VOTE_CAST', one],
        [6, 'VOTE_RETRACTED', two],
      ]);
      // A cursor that points to what is gone is as good as any.
      expect(await told(revision + 2)).toEqual(await told());
      await store.castVote(ballot(state, two, '5'));
      expect((await store.load(id, state))?.session.revision).toBe(revision + 7);
      // What is refused takes nothing away.
      await store.castVote({ ...ballot(state, one), structure: state.session.structure + 1 });
      await reveal(store, (await store.load(id)) ?? state);
      await store.castVote(ballot(state, one));
      expect(await told()).toEqual([
        [5, 'VOTE_CAST', one],
        [6, 'VOTE_RETRACTED', two],
        [7, 'VOTE_CAST', two],
        [8, 'ROUND_REVEALED', undefined],
      ]);
      const votes = (await store.exportSession(id))?.votes;
      expect(votes?.map(({ castAt: _, ...vote }) => vote)).toEqual(
        [ballot(state, one, '3').vote, ballot(state, two, '5').vote].sort((a, b) => (a.participantId < b.participantId ? -1 : 1)),
      );
    });

    it('a thousand changes of mind leave one event', { timeout: 60_000 }, async () => {
      const { store } = get();
      const state = await table(0);
      const { id, revision } = state.session;
      for (let turn = 0; turn < 1_000; turn += 1) await store.castVote(ballot(state, facilitatorOf(state)));
      expect((await store.readEvents(id, revision, 1_000)).map((event) => event.revision)).toEqual([revision + 1_000]);
    });

    it.each([
      ['cast and retracted in turns leaves its newest event and one retraction', ['cast', 'retract'], ['VOTE_RETRACTED']],
      ['retracted again and again leaves one event', ['retract'], ['VOTE_RETRACTED']],
      ['that is cast in the end leaves that and one retraction', ['retract', 'cast'], ['VOTE_RETRACTED', 'VOTE_CAST']],
    ] as const)('a vote %s', { timeout: 60_000 }, async (_what, turns, left) => {
      const { store } = get();
      const state = await table(1);
      const { id, revision } = state.session;
      const [voter = '', other = ''] = [facilitatorOf(state), state.participants[1]?.id];
      await store.retractVote(ballot(state, other));
      for (let turn = 0; turn < 100; turn += 1) {
        for (const what of turns) await (what === 'cast' ? store.castVote(ballot(state, voter)) : store.retractVote(ballot(state, voter)));
      }
      const events = await store.readEvents(id, revision, 1_000);
      expect(events.filter(({ participantId }) => participantId === other)).toHaveLength(1);
      expect(events.filter(({ participantId }) => participantId === voter).map(({ type }) => type)).toEqual(left);
      expect(events.at(-1)?.revision).toBe(revision + 1 + 100 * turns.length);
    });

    it('votes, retractions and commits at once: revisions have no gap, and each change but a vote that was changed has its event', async () => {
      const { store, replica } = get();
      const state = await table(5);
      const stores = [store, replica];
      const outcomes = await Promise.all(
        Array.from({ length: 90 }, async (_, index) => {
          const each = stores[index % 2] ?? store;
          const write = ballot(state, state.participants[index % 6]?.id ?? '');
          if (index % 10 === 9) {
            const basis = (await each.load(state.session.id)) ?? state;
            const event = { type: 'SESSION_UPDATED' as const, at: new Date(), actorId: null };
            return each.commit({ basis, change: { event, session: { ...basis.session, title: `title ${index}` } } });
          }
          return index % 3 === 2 ? each.retractVote(write) : each.castVote(write);
        }),
      );
      const revisions = outcomes
        .flatMap((outcome) => (outcome.kind === 'committed' ? [outcome.revision] : []))
        .sort((one, other) => one - other);
      const last = state.session.revision + revisions.length;
      expect(revisions).toEqual(Array.from(revisions, (_, index) => state.session.revision + 1 + index));
      expect((await store.load(state.session.id))?.session.revision).toBe(last);
      const events = await replica.readEvents(state.session.id, 0, 1000);
      const told = new Set(events.map((event) => event.revision));
      expect(told.size).toBe(events.length);
      expect(events.at(-1)?.revision).toBe(last);
      expect(events.filter(({ type }) => type === 'SESSION_UPDATED')).toHaveLength(
        outcomes.filter(({ kind }, index) => kind === 'committed' && index % 10 === 9).length,
      );
      // Each vote that is there has its newest event, and what is missing are votes.
      const votes = await store.findVotes([openRoundOf(state)]);
      for (const { participantId } of votes)
        expect(events.findLast((event) => event.participantId === participantId)?.type).toBe('VOTE_CAST');
    });

    it('the events of a vote tell who and where, and never the card', async () => {
      const { store } = get();
      const state = await table();
      const voter = facilitatorOf(state);
      const at = new Date('2026-05-06T07:08:09.010Z');
      const { roundId, track } = ballot(state, voter).vote;
      const about = { at, actorId: voter, participantId: voter, roundId, track };
      const told = () => store.readEvents(state.session.id, state.session.revision, 10);
      await store.castVote({ ...ballot(state, voter, '13'), at });
      expect(await told()).toEqual([{ ...about, type: 'VOTE_CAST', revision: state.session.revision + 1 }]);
      await store.retractVote({ ...ballot(state, voter), at });
      expect(await told()).toEqual([{ ...about, type: 'VOTE_RETRACTED', revision: state.session.revision + 2 }]);
    });

    it('nobody’s vote is disturbed by another’s', async () => {
      const { store, replica } = get();
      const state = await table(8);
      const cards = ['0', '1', '2', '3', '5', '8', '13', '?', '☕'];
      await Promise.all(state.participants.map(({ id }, index) => (index % 2 ? store : replica).castVote(ballot(state, id, cards[index]))));
      const found = new Map((await store.findVotes([openRoundOf(state)])).map((vote) => [vote.participantId, vote.card]));
      expect(found).toEqual(new Map(state.participants.map(({ id }, index) => [id, cards[index]])));
    });
  });
}
