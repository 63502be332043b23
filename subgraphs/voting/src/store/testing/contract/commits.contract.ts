import { describe, expect, it } from 'vitest';
import { applyChange, type Change } from '../../../domain/change.ts';
import type { Estimate, Item, Participant, Round } from '../../../domain/model.ts';
import type { Grounded } from '../ground.ts';
import { ballot, facilitatorOf, newId, open, openRoundOf, openTable, play, queue, settle } from '../play.ts';

const event = { type: 'SESSION_UPDATED' as const, at: new Date('2026-03-04T05:06:07.008Z'), actorId: null };

export function describeCommits(get: () => Grounded): void {
  describe('commits changes:', () => {
    it('every list of a change, every field of its rows', async () => {
      const { store, replica } = get();
      const before = await settle(store, await openTable(store), { issueKey: newId('SHOP'), value: 8 });
      const [participant, item, round, estimate] = [before.participants[1], before.items.at(0), before.rounds[0], before.estimates[0]];
      if (participant === undefined || item === undefined || round === undefined || estimate === undefined) throw new Error('empty table');
      const at = (ms: number) => new Date(Date.UTC(2026, 4, 5, 6, 7, 8, ms));
      const participants: Participant[] = [
        {
          ...participant,
          name: 'Zoë 🦊 "x"',
          role: 'SPECTATOR',
          discipline: 'qa',
          facilitatorRank: 2,
          isSuccessor: true,
          subject: 'ada@example.com',
          leftAt: at(1),
        },
        {
          id: newId('voter'),
          name: "O'Neil\\",
          role: 'ESTIMATOR',
          discipline: null,
          facilitatorRank: null,
          isSuccessor: false,
          avatar: null,
          subject: null,
          joinedAt: new Date(Date.now() + 10_000),
          leftAt: null,
        },
      ];
      const items: Item[] = [
        { ...item, state: 'DEFERRED', position: 7, seenInJira: { estimate: 0.5, dev_2: null }, seenAt: at(2) },
        {
          id: newId('item'),
          position: 9,
          state: 'PENDING',
          issueKey: null,
          issueId: null,
          topic: 'Überraschung; DROP TABLE',
          decision: 'Ohne "die" Migration',
          seenInJira: {},
          seenAt: null,
        },
      ];
      const rounds: Round[] = [
        {
          ...round,
          state: 'ABANDONED',
          roster: [],
          revealsAt: at(3),
          deadlineAt: at(4),
          timerLeftSeconds: 7,
          revealedAt: at(5),
          settledAt: at(6),
        },
        {
          id: newId('round'),
          itemId: item.id,
          number: 2,
          state: 'OPEN',
          origin: 'REVISION',
          reason: 'Überraschung; DROP TABLE',
          settledBy: participant.id,
          deck: {
            name: 'custom',
            cards: [
              { label: '½', value: 0.5, kind: 'NUMBER' },
              { label: '☕', value: null, kind: 'BREAK' },
            ],
          },
          policy: 'MAX',
          roster: [participant.id, facilitatorOf(before)],
          openedAt: new Date(round.openedAt.getTime() + 1000),
          revealsAt: null,
          deadlineAt: null,
          timerLeftSeconds: null,
          revealedAt: null,
          settledAt: null,
        },
      ];
      const estimates: Estimate[] = [
        {
          ...estimate,
          value: 0.125,
          label: '⅛',
          state: 'CONFLICT',
          attempts: 3,
          nextAttemptAt: at(7),
          reason: 'changed',
          reasonCode: 'VALUE_CHANGED',
          valueInJira: 0,
          overwrite: true,
          isStrict: true,
          summaryFingerprint: 'abc',
          descriptionFingerprint: null,
          writtenAt: at(8),
        },
      ];
      const session = {
        ...before.session,
        title: 'Renamed',
        state: 'CLOSED' as const,
        inviteCode: newId('invite'),
        deck: {
          name: 'custom',
          cards: [
            { label: '0', value: 0, kind: 'NUMBER' as const },
            { label: '?', value: null, kind: 'UNSURE' as const },
          ],
        },
        settings: { ...before.session.settings, autoRevealSeconds: 30, writeBack: false },
        openRoundId: rounds[1]?.id ?? null,
        openRoundVoters: [participant.id],
        closedAt: at(9),
        waiting: [
          { id: newId('waiting'), name: 'Zoë', role: 'SPECTATOR' as const, discipline: 'qa', subject: 'account', askedMs: at(3).getTime() },
          { id: newId('waiting'), name: "O'Neil", role: 'ESTIMATOR' as const, discipline: null, subject: null, askedMs: 0 },
        ],
      };
      const after = await play(store, before, { event, session, participants, items, rounds, estimates });
      expect(await replica.load(before.session.id)).toEqual(after);
    });

    it('removes items, and their places may be taken', async () => {
      const { store } = get();
      const issueKey = newId('SHOP');
      const before = await queue(store, await openTable(store), { issueKey });
      const removed = await play(store, before, { event, removedItemIds: before.items.map((item) => item.id) });
      expect((await store.load(before.session.id))?.items).toHaveLength(0);
      const again = await queue(store, removed, { issueKey });
      expect((await store.load(before.session.id))?.items).toEqual(again.items);
    });

    it('withdraws the votes of a participant in one track, not in one whose name begins alike', async () => {
      const { store, replica } = get();
      const tracks = ['qa', 'qa-2', 'dev'].map((id) => ({ id }));
      const state = await open(store, await queue(store, await openTable(store, { voters: 1, tracks })));
      const [participantId, roundId] = [facilitatorOf(state), openRoundOf(state)];
      for (const { id } of tracks) {
        const vote = { roundId, participantId, track: id, card: '5', note: null };
        await store.castVote({ sessionId: state.session.id, vote, at: new Date() });
      }
      const event = { type: 'PARTICIPANT_UPDATED' as const, at: new Date(), actorId: participantId };
      await play(store, state, { event, withdrawnVotes: [{ roundId, participantId, track: 'qa' }] });
      expect((await replica.findVotes([roundId])).map((vote) => vote.track).sort()).toEqual(['dev', 'qa-2']);
    });

    it('withdraws all votes of a participant in a round, and nobody else’s', async () => {
      const { store } = get();
      const state = await open(store, await queue(store, await openTable(store, { voters: 2, tracks: [{ id: 'dev' }, { id: 'test' }] })));
      const [ada = '', bob = ''] = state.participants.map((participant) => participant.id);
      for (const track of ['dev', 'test']) {
        for (const id of [ada, bob]) await store.castVote({ ...ballot(state, id), vote: { ...ballot(state, id).vote, track } });
      }
      await play(store, state, { event, withdrawnVotes: [{ roundId: openRoundOf(state), participantId: ada }] });
      const left = await store.findVotes([openRoundOf(state)]);
      expect(left.map(({ participantId, track }) => `${participantId}/${track}`).sort()).toEqual([`${bob}/dev`, `${bob}/test`].sort());
    });

    it('a change that was decided on an older state is outdated and leaves no trace', async () => {
      const { store, replica } = get();
      const basis = await openTable(store);
      const rename = (title: string): Change => ({ event, session: { ...basis.session, title } });
      const first = await store.commit({ basis, change: rename('first') });
      expect(first).toEqual({ kind: 'committed', revision: basis.session.revision + 1 });
      expect(await replica.commit({ basis, change: rename('second') })).toEqual({ kind: 'outdated' });
      expect(await replica.load(basis.session.id)).toEqual(applyChange(basis, rename('first'), basis.session.revision + 1));
      expect(await store.readEvents(basis.session.id, basis.session.revision, 10)).toHaveLength(1);
    });

    it('of two facilitators who act on the same state at the same moment, one is outdated', async () => {
      const { store, replica } = get();
      let basis = await openTable(store);
      for (let turn = 0; turn < 10; turn += 1) {
        const outcomes = await Promise.all(
          [store, replica].map((each, index) =>
            each.commit({ basis, change: { event, session: { ...basis.session, title: `${turn} by ${index}` } } }),
          ),
        );
        expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual(['committed', 'outdated']);
        const winner = outcomes.findIndex((outcome) => outcome.kind === 'committed');
        basis = (await store.load(basis.session.id)) ?? basis;
        expect(basis.session.title).toBe(`${turn} by ${winner}`);
      }
    });

    it('votes do not make a command outdated, but they move the revision that a client may insist on', async () => {
      const { store } = get();
      const basis = await open(store, await queue(store, await openTable(store)));
      const { revision } = basis.session;
      await store.castVote(ballot(basis, facilitatorOf(basis)));
      const change: Change = { event, session: { ...basis.session, title: 'after the vote' } };
      expect(await store.commit({ basis, change, expectedRevision: revision })).toEqual({ kind: 'outdated' });
      expect(await store.commit({ basis, change, expectedRevision: revision + 1 })).toEqual({ kind: 'committed', revision: revision + 2 });
    });

    it('a commit to a session that is not there is outdated', async () => {
      const { store } = get();
      const state = await openTable(store, { voters: 0 });
      const basis = { ...state, session: { ...state.session, id: newId('session') } };
      expect(await store.commit({ basis, change: { event } })).toEqual({ kind: 'outdated' });
      expect(await store.load(basis.session.id)).toBeUndefined();
    });

    it('what is loaded is one moment: never a part of a commit', async () => {
      const { store, replica } = get();
      let state = await queue(store, await openTable(store, { voters: 1 }));
      let isDone = false;
      const torn: string[] = [];
      const watching = (async () => {
        while (!isDone) {
          const seen = await replica.load(state.session.id);
          const names = new Set([seen?.session.title, seen?.participants[1]?.name, seen?.items.at(0)?.topic]);
          if (seen?.session.title.startsWith('turn') && names.size > 1) torn.push([...names].join(' | '));
        }
      })();
      for (let turn = 0; turn < 40; turn += 1) {
        const name = `turn ${turn}`;
        const [participant, item] = [state.participants[1], state.items.at(0)];
        if (participant === undefined || item === undefined) throw new Error('empty table');
        state = await play(store, state, {
          event,
          session: { ...state.session, title: name },
          participants: [{ ...participant, name }],
          items: [{ ...item, topic: name }],
        });
      }
      isDone = true;
      await watching;
      expect(torn).toEqual([]);
    });

    it('finds open rounds whose countdown has run out, and no others', async () => {
      const { store, replica } = get();
      const due = new Date(Date.now() - 1000);
      const countDown = async (revealsAt: Date | null) => {
        const state = await open(store, await queue(store, await openTable(store, { voters: 0 })));
        const round = state.rounds[0];
        if (round === undefined) throw new Error('no round');
        return play(store, state, { event: { ...event, type: 'COUNTDOWN_STARTED' }, rounds: [{ ...round, revealsAt }] });
      };
      const [late, early, cancelled] = [await countDown(due), await countDown(new Date(Date.now() + 60_000)), await countDown(null)];
      const sessionsFound = async () => (await replica.findDueReveals(new Date(), 1000)).map(({ sessionId }) => sessionId);
      expect(await replica.findDueReveals(new Date(), 1000)).toContainEqual({
        sessionId: late.session.id,
        roundId: openRoundOf(late),
        revealsAt: due,
      });
      const ahead = await replica.findDueReveals(new Date(Date.now() + 61_000), 1000);
      expect(ahead.map(({ sessionId }) => sessionId)).toContain(early.session.id);
      for (const other of [early, cancelled]) expect(await sessionsFound()).not.toContain(other.session.id);
      const round = late.rounds[0];
      if (round === undefined) throw new Error('no round');
      await play(store, late, {
        event,
        rounds: [{ ...round, state: 'REVEALED' }],
        session: { ...late.session, openRoundId: null, openRoundVoters: [] },
      });
      expect(await sessionsFound()).not.toContain(late.session.id);
    });
  });
}
