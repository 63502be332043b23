// For tests and `npm run races`: votes against the reveal, as many times as asked for.
import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionAggregate } from '../../domain/model.ts';
import { startRound } from '../../domain/rounds.ts';
import type { VotingStore } from '../voting-store.ts';
import { ballot, facilitatorOf, newId, openRoundOf, openTable, play, queue, reveal } from './play.ts';

export interface RaceTally {
  readonly races: number;
  /** Votes that a revealed round has, but whose revision is later than the reveal's, or that came to light after it. */
  readonly votesAfterReveal: number;
  /** Votes that were answered with a revision before the reveal's and are not in the result. */
  readonly acknowledgedVotesLost: number;
  /** How many votes came in time: a race that nobody ever wins, or loses, proves nothing. */
  readonly votesInTime: number;
  readonly votesTooLate: number;
}

export interface RaceOptions {
  readonly races: number;
  readonly voters: number;
  /** Sessions that are raced in at the same time. */
  readonly tables?: number;
  /** The stores (replicas on the same data) that voters and facilitator come through. */
  readonly stores: readonly VotingStore[];
}

// A session that has thousands of rounds would measure itself.
const roundsPerTable = 50;

/** Races: in each all voters vote while the facilitator reveals, through different replicas where there are several. */
export async function raceVotes({ races, voters, tables = 4, stores }: RaceOptions): Promise<RaceTally> {
  const total = { votesAfterReveal: 0, acknowledgedVotesLost: 0, votesInTime: 0, votesTooLate: 0 };
  const store = storeAt(0);
  let left = races;

  function storeAt(index: number): VotingStore {
    const found = stores[index % stores.length];
    if (found === undefined) throw new Error('There is no store to race on.');
    return found;
  }

  async function sit(): Promise<void> {
    while (left > 0) {
      let state = await queue(store, await openTable(store, { voters }));
      for (let round = 0; round < roundsPerTable && left > 0; round += 1) {
        left -= 1;
        await race(await startAgain(state));
        state = (await store.load(state.session.id)) ?? state;
      }
    }
  }

  function startAgain(state: SessionAggregate): Promise<SessionAggregate> {
    const acting = { actorId: facilitatorOf(state), now: new Date() };
    return play(store, state, startRound(state, acting, { id: newId('round'), itemId: state.items.at(0)?.id ?? null }));
  }

  async function race(state: SessionAggregate): Promise<void> {
    const roundId = openRoundOf(state);
    const voterIds = state.participants.map((participant) => participant.id);
    // The reveal sets off in the middle of the votes, at another place each time.
    const turn = Math.floor(Math.random() * voterIds.length);
    const cast = async (id: string, index: number) => {
      // Some are slow: a store that queues its writes in the order of asking would else never see anybody come too late.
      if (index > turn) await sleep(Math.random() * 5);
      return storeAt(index).castVote(ballot(state, id));
    };
    const before = voterIds.slice(0, turn).map(cast);
    const turned = turnCards(state, roundId);
    const after = voterIds.slice(turn).map((id, index) => cast(id, turn + index));

    const { revision, shown } = await turned;
    const outcomes = await Promise.all([...before, ...after]);
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.kind !== 'committed') total.votesTooLate += 1;
      else if (outcome.revision > revision) total.votesAfterReveal += 1;
      else if (shown.has(voterIds[index] ?? '')) total.votesInTime += 1;
      else total.acknowledgedVotesLost += 1;
    }
    const later = await store.findVotes([roundId]);
    total.votesAfterReveal += later.filter((vote) => !shown.has(vote.participantId)).length;
  }

  /** Reveals through the last replica, and looks at once at what it shows. */
  async function turnCards(state: SessionAggregate, roundId: string) {
    const last = storeAt(stores.length - 1);
    const revealed = await reveal(last, state);
    if (revealed.kind !== 'committed') throw new Error(`The reveal was not committed: ${revealed.kind}.`);
    const votes = await last.findVotes([roundId]);
    return { revision: revealed.revision, shown: new Set(votes.map((vote) => vote.participantId)) };
  }

  await Promise.all(Array.from({ length: Math.min(tables, races) }, sit));
  return { races, ...total };
}
