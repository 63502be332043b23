import { findCard } from './decks.ts';
import type { Item, Round, SessionAggregate, Vote } from './model.ts';
import { type Played, toPlayed } from './played.ts';
import { toResult } from './results.ts';
import { countVoters } from './tracks.ts';

/** How far an item's votes agreed. */
export interface ItemAgreement {
  readonly item: Item;
  /** Of its last reveal. */
  readonly at: Date;
  /** Of its first reveal, 0 to 1: see `Result.agreement`; the mean over tracks; null when too few voted to tell. */
  readonly first: number | null;
  /** Of its last reveal; the same when there was one. */
  readonly last: number | null;
  readonly roundCount: number;
}

/** How one person's votes went; for nobody else's eyes. */
export interface OwnAgreement {
  /** Of estimates that followed a vote: those on whose track they had voted with a number, in the item's last reveal. */
  readonly votedCount: number;
  /** Of those, where the card was what was then settled. */
  readonly sameCount: number;
  /** Of those, where it was the card beside it in the deck. */
  readonly nearCount: number;
}

/** Agreement over time: of each item that was voted on and revealed, in the order of the last reveals. */
export function toItemAgreements(state: SessionAggregate, votes: readonly Vote[]): readonly ItemAgreement[] {
  const played = toPlayed(state, votes);
  return state.items
    .flatMap((item): ItemAgreement[] => {
      const revealed = findRevealed(played, item);
      const [first, last] = [revealed[0], revealed.at(-1)];
      if (first === undefined || last?.revealedAt == null) return [];
      const shareOf = (round: Round) => toShare(state, round, played.votesIn(round.id));
      return [{ item, at: last.revealedAt, first: shareOf(first), last: shareOf(last), roundCount: revealed.length }];
    })
    .sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** How the votes of a participant compare with what was settled. */
export function toOwnAgreement(state: SessionAggregate, votes: readonly Vote[], participantId: string): OwnAgreement {
  const played = toPlayed(
    state,
    votes.filter((vote) => vote.participantId === participantId),
  );
  const distances = state.items.flatMap((item) => {
    const round = findRevealed(played, item).at(-1);
    if (round === undefined) return [];
    return state.session.tracks.flatMap(({ id: track }) => {
      const estimate = played.estimatesOf(item.id).findLast((candidate) => candidate.track === track);
      const vote = played.votesIn(round.id).find((cast) => cast.track === track);
      return estimate === undefined || vote === undefined ? [] : toDistance(round, vote.card, estimate.value);
    });
  });
  return {
    votedCount: distances.length,
    sameCount: distances.filter((distance) => distance === 0).length,
    nearCount: distances.filter((distance) => distance === 1).length,
  };
}

function findRevealed({ roundsOf }: Played, item: Item): readonly Round[] {
  return roundsOf(item.id).filter(({ origin, revealedAt }) => origin === 'VOTE' && revealedAt !== null);
}

function toShare(state: SessionAggregate, round: Round, votes: readonly Vote[]): number | null {
  const shares = state.session.tracks.flatMap(
    ({ id }) => toResult(round, { track: id, size: countVoters(state, round, id) }, votes).agreement ?? [],
  );
  return shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** In cards of the deck; nothing for a card without a number. A value that is on no card is beside the cards that it lies between. */
function toDistance({ deck }: Round, label: string, settled: number): readonly number[] {
  const played = findCard(deck, label)?.value;
  if (played === undefined || played === null) return [];
  const [low, high] = [Math.min(played, settled), Math.max(played, settled)];
  if (low === high) return [0];
  return [1 + deck.cards.filter(({ value }) => value !== null && value > low && value < high).length];
}
