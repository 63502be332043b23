import { isNumeric, labelOf } from './decks.ts';
import { mean, median, standardDeviation } from './figures.ts';
import type { Card, EstimatePolicy, Round, Vote } from './model.ts';

export interface Suggestion {
  readonly value: number | null;
  /** The label of the card with that value. */
  readonly label: string | null;
  readonly rule: EstimatePolicy;
  readonly reason: string;
  readonly reasonCode: SuggestionReason;
}

export type SuggestionReason =
  | 'NO_NUMBERS'
  | 'SAME_CARD'
  | 'CARDS_DIFFER'
  | 'SOMEBODY_UNSURE'
  | 'NEIGHBOURS'
  | 'TOO_FAR_APART'
  | 'MEDIAN'
  | 'NEAREST_TO_MEDIAN'
  | 'HIGHEST'
  | 'MAJORITY'
  | 'NO_MAJORITY'
  | 'NO_QUORUM';

/** What the revealed votes of one track say; see `Result` in the SDL. Medians and means are of numbers, not of cards. */
export interface Result {
  readonly track: string;
  readonly distribution: readonly { readonly card: Card; readonly count: number }[];
  /** How many played a card here, and how many could have. */
  readonly votedCount: number;
  readonly voterCount: number;
  readonly numericCount: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly mode: readonly number[];
  readonly min: number | null;
  readonly max: number | null;
  readonly standardDeviation: number | null;
  readonly agreement: number | null;
  readonly hasConsensus: boolean;
  /** Participants, lowest first. */
  readonly outlierIds: readonly string[];
  readonly suggestion: Suggestion;
}

/** A track of a round, and how many may vote in it. */
export interface Electorate {
  readonly track: string;
  readonly size: number;
}

/** The result of a round's votes of one track. Only for revealed rounds: before, it would tell what is hidden. */
export function toResult(round: Round, { track, size }: Electorate, votes: readonly Vote[]): Result {
  const played = votes.filter((vote) => vote.roundId === round.id && vote.track === track);
  const distribution = round.deck.cards
    .map((card) => ({ card, count: played.filter((vote) => vote.card === card.label).length }))
    .filter(({ count }) => count > 0);
  const values = distribution
    .flatMap(({ card, count }) => (card.value === null ? [] : Array<number>(count).fill(card.value)))
    .sort((one, other) => one - other);
  const isUnsure = distribution.some(({ card }) => card.kind === 'UNSURE');
  const counts = countByValue(values);
  const most = Math.max(0, ...counts.values());
  // One vote agrees with itself, and two of ten say nothing of the team.
  const isRepresentative = values.length >= 2 && values.length * 2 >= size;
  const areNumbers = isNumeric(round.deck);
  return {
    track,
    distribution,
    votedCount: played.length,
    voterCount: Math.max(size, played.length),
    numericCount: values.length,
    mean: areNumbers ? mean(values) : null,
    median: median(values),
    mode: [...counts].filter(([, count]) => count === most).map(([value]) => value),
    min: values[0] ?? null,
    max: values.at(-1) ?? null,
    standardDeviation: areNumbers ? standardDeviation(values) : null,
    agreement: isRepresentative ? most / values.length : null,
    hasConsensus: isRepresentative && values[0] === values.at(-1) && !isUnsure,
    outlierIds: outliers(round, played, values),
    suggestion: suggest(round, { values, isUnsure, scale: scaleOf(round), electorate: size }),
  };
}

/** The deck's numbers, ascending, each once. */
function scaleOf(round: Round): readonly number[] {
  return [...new Set(round.deck.cards.flatMap((card) => card.value ?? []))].sort((one, other) => one - other);
}

/** Those at both ends when the ends are more than one card apart. */
function outliers(round: Round, played: readonly Vote[], values: readonly number[]): readonly string[] {
  const scale = scaleOf(round);
  const [lowest, highest] = [values[0], values.at(-1)];
  if (lowest === undefined || highest === undefined || scale.indexOf(highest) - scale.indexOf(lowest) <= 1) return [];
  const at = (value: number) =>
    played.filter((vote) => round.deck.cards.find((card) => card.label === vote.card)?.value === value).map((vote) => vote.participantId);
  return [...at(lowest), ...at(highest)];
}

interface Votes {
  readonly values: readonly number[];
  readonly isUnsure: boolean;
  readonly scale: readonly number[];
  /** How many might have voted. */
  readonly electorate: number;
}

/** What a policy makes of the votes, and why. */
function suggest({ policy: rule, deck }: Round, votes: Votes): Suggestion {
  if (votes.values.length === 0)
    return { value: null, label: null, rule, reasonCode: 'NO_NUMBERS', reason: 'Nobody played a card with a number.' };
  const decided = policies[rule](votes);
  return { rule, ...decided, label: decided.value === null ? null : labelOf(deck, decided.value) };
}

const policies: Readonly<Record<EstimatePolicy, (votes: Votes) => Omit<Suggestion, 'rule' | 'label'>>> = {
  UNANIMOUS: ({ values, isUnsure }) => {
    if (isUnsure) return { value: null, reasonCode: 'SOMEBODY_UNSURE', reason: 'Somebody is unsure.' };
    return values[0] === values.at(-1)
      ? { value: values[0] ?? null, reasonCode: 'SAME_CARD', reason: 'Everybody played the same card.' }
      : { value: null, reasonCode: 'CARDS_DIFFER', reason: 'The cards differ.' };
  },
  WITHIN_ONE_CARD: ({ values, scale }) => {
    const [lowest, highest] = [values[0] ?? 0, values.at(-1) ?? 0];
    return scale.indexOf(highest) - scale.indexOf(lowest) <= 1
      ? { value: highest, reasonCode: 'NEIGHBOURS', reason: 'All cards are the same or neighbours: the higher one.' }
      : { value: null, reasonCode: 'TOO_FAR_APART', reason: `The cards lie more than one card apart (${lowest} to ${highest}).` };
  },
  MEDIAN: ({ values, scale }) => {
    const middle = median(values) ?? 0;
    const snapped = snap(middle, scale);
    return snapped === middle
      ? { value: snapped, reasonCode: 'MEDIAN', reason: 'The median of the votes.' }
      : { value: snapped, reasonCode: 'NEAREST_TO_MEDIAN', reason: `The median is ${middle}; the nearest card is ${snapped}.` };
  },
  MAX: ({ values }) => ({ value: values.at(-1) ?? null, reasonCode: 'HIGHEST', reason: 'The highest vote.' }),
  MAJORITY: ({ values, electorate }) => {
    if (values.length * 2 < electorate)
      return { value: null, reasonCode: 'NO_QUORUM', reason: `Only ${values.length} of ${electorate} played a number.` };
    const [value, count] = [...countByValue(values)].sort((one, other) => other[1] - one[1])[0] ?? [0, 0];
    return count * 2 > values.length
      ? { value, reasonCode: 'MAJORITY', reason: `${count} of ${values.length} played it.` }
      : { value: null, reasonCode: 'NO_MAJORITY', reason: 'No card has more than half of the votes.' };
  },
};

/** The nearest card; half-way goes up, since estimates err on the low side. */
function snap(value: number, scale: readonly number[]): number {
  return scale.reduce((nearest, card) => (Math.abs(card - value) <= Math.abs(nearest - value) ? card : nearest), scale[0] ?? value);
}

function countByValue(ascending: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of ascending) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
