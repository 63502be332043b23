import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DomainError } from '../../../../kit/process/errors.ts';
import { fromJsonDelta } from '../store/rows.ts';
import { buildSession } from '../store/testing/play.ts';
import { commands, decide } from '../store/testing/random-play.ts';
import { applyChange } from './change.ts';
import { applyDelta, toDelta } from './delta.ts';
import type { SessionAggregate, Vote } from './model.ts';

it('the difference of any change, kept as JSON, makes of the state before the state after', () => {
  let runs = 0;
  let applied = 0;
  fc.assert(
    fc.property(commands, (played) => {
      runs += 1;
      let state: SessionAggregate = buildSession({ tracks: [{ id: 'dev' }, { id: 'test', discipline: 'qa' }], now: new Date(0) });
      const votes: Vote[] = [];
      let lastId = 0;
      for (const [index, command] of played.entries()) {
        try {
          const decision = decide({ state, votes, now: new Date((index + 1) * 1000), newId: () => `id-${++lastId}` }, command);
          if (decision.kind === 'vote') votes.push(decision.vote);
          if (decision.kind !== 'change' || decision.change === null) continue;
          const revision = state.session.revision + 1;
          const after = applyChange(state, decision.change, revision);
          const kept = fromJsonDelta(JSON.parse(JSON.stringify(toDelta(state, decision.change))));
          expect(applyDelta(state, kept, revision)).toEqual(after);
          applied += 1;
          state = after;
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
        }
      }
    }),
    { numRuns: 100 },
  );
  expect(applied / runs).toBeGreaterThan(5);
});

it('holds of an old row only its key and what differs', () => {
  const state = buildSession();
  const [ada] = state.participants;
  if (ada === undefined) throw new Error('There is nobody.');
  const event = { type: 'PARTICIPANT_UPDATED' as const, at: new Date(), actorId: ada.id };
  const session = { ...state.session, title: 'Renamed' };
  expect(toDelta(state, { event, session, participants: [{ ...ada, name: 'Grace' }] })).toEqual({
    session: { title: 'Renamed' },
    participants: [{ id: ada.id, name: 'Grace' }],
  });
});
