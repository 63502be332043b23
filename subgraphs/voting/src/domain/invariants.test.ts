import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../../../kit/process/errors.ts';
import { buildSession } from '../store/testing/play.ts';
import { commands, decide, type RandomCommand } from '../store/testing/random-play.ts';
import { applyChange } from './change.ts';
import { votingErrorCodes } from './errors.ts';
import type { SessionAggregate, Vote } from './model.ts';

interface Moment {
  readonly state: SessionAggregate;
  readonly votes: readonly Vote[];
}

/** Plays the commands in memory; gives every moment, the first one included. */
function play(played: readonly RandomCommand[]): readonly Moment[] {
  let state = buildSession({ tracks: [{ id: 'dev' }, { id: 'test', discipline: 'qa' }], now: new Date(0) });
  let votes: readonly Vote[] = [];
  let lastId = 0;
  const newId = () => `id-${++lastId}`;
  const moments: Moment[] = [{ state, votes }];
  for (const [index, command] of played.entries()) {
    try {
      const decision = decide({ state, votes, now: new Date((index + 1) * 1000), newId }, command);
      if (decision.kind === 'change' && decision.change !== null) {
        const { withdrawnVotes = [] } = decision.change;
        state = applyChange(state, decision.change, state.session.revision + 1);
        votes = votes.filter(
          (vote) =>
            !withdrawnVotes.some(
              ({ roundId, participantId, track = vote.track }) =>
                vote.roundId === roundId && vote.participantId === participantId && vote.track === track,
            ),
        );
      }
      if (decision.kind !== 'change') {
        const { roundId, participantId, track } = decision.vote;
        votes = votes.filter((vote) => vote.roundId !== roundId || vote.participantId !== participantId || vote.track !== track);
        if (decision.kind === 'vote') votes = [...votes, decision.vote];
      }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      expect(votingErrorCodes).toContain(error.code);
    }
    moments.push({ state, votes });
  }
  return moments;
}

function holds(check: (moment: Moment) => void, isPlayed: (command: RandomCommand) => boolean = () => true): void {
  fc.assert(
    fc.property(commands, (given) => {
      for (const moment of play(given.filter(isPlayed))) check(moment);
    }),
    { numRuns: 100 },
  );
}

const unique = (values: readonly unknown[]) => expect(new Set(values).size).toBe(values.length);

describe('whatever is done to a session,', () => {
  it('one round at most is open or revealed, and the session names the open one with its roster', () => {
    holds(({ state: { session, rounds } }) => {
      const current = rounds.filter((round) => round.state === 'OPEN' || round.state === 'REVEALED');
      expect(current.length).toBeLessThanOrEqual(1);
      const open = current.find((round) => round.state === 'OPEN');
      expect(session.openRoundId).toBe(open?.id ?? null);
      expect(session.openRoundVoters).toEqual(open?.roster ?? []);
    });
  });

  it('the item being voted on is the current round’s', () => {
    holds(({ state: { items, rounds } }) => {
      const current = rounds.find((round) => round.state === 'OPEN' || round.state === 'REVEALED');
      expect(items.filter((item) => item.state === 'VOTING').map((item) => item.id)).toEqual(current === undefined ? [] : [current.itemId]);
    });
  });

  it('places in the queue are never shared, and issues never twice in it', () => {
    holds(({ state: { items } }) => {
      unique(items.map((item) => item.position));
      unique(items.flatMap((item) => item.issueKey ?? []));
    });
  });

  it('whoever is there has somebody to lead, each in a place of their own in the succession', () => {
    holds(({ state: { participants } }) => {
      const present = participants.filter((participant) => participant.leftAt === null);
      const ranks = present.flatMap((participant) => participant.facilitatorRank ?? []);
      unique(ranks);
      if (present.length > 0) expect(ranks.length).toBeGreaterThan(0);
    });
  });

  it('a roster names nobody twice, and nobody who left or watches while the round is open', () => {
    holds(({ state: { participants, rounds } }) => {
      for (const round of rounds) unique(round.roster);
      const open = rounds.find((round) => round.state === 'OPEN');
      for (const id of open?.roster ?? []) {
        expect(participants.find((participant) => participant.id === id)).toMatchObject({ leftAt: null, role: 'ESTIMATOR' });
      }
    });
  });

  it('the votes of the open round are of its roster', () => {
    holds(({ state: { session }, votes }) => {
      for (const vote of votes) if (vote.roundId === session.openRoundId) expect(session.openRoundVoters).toContain(vote.participantId);
    });
  });

  it('an item’s rounds are numbered from 1, and every estimate has its settled round', () => {
    holds(({ state: { rounds, estimates } }) => {
      for (const [, played] of Map.groupBy(rounds, (round) => round.itemId)) {
        expect(played.map((round) => round.number)).toEqual(played.map((_, index) => index + 1));
      }
      for (const estimate of estimates) expect(rounds.find((round) => round.id === estimate.roundId)?.state).toBe('SETTLED');
    });
  });

  it('one value at most waits for each field of Jira, unless a facilitator puts an older one on its way again', () => {
    holds(
      ({ state: { estimates } }) => {
        unique(estimates.filter((estimate) => estimate.state === 'PENDING').map(({ issueKey, track }) => `${issueKey}/${track}`));
      },
      ({ name }) => name !== 'retry' && name !== 'resolve',
    );
  });

  it('in a closed session no round is open, and no countdown runs but in an open round', () => {
    holds(({ state: { session, rounds } }) => {
      if (session.state === 'CLOSED') expect(session.openRoundId).toBeNull();
      for (const round of rounds) if (round.state !== 'OPEN') expect(round.revealsAt).toBeNull();
    });
  });
});
