import { labelOf } from './decks.ts';
import type { Deck, Participant, SessionAggregate, Vote } from './model.ts';
import { mayVoteIn, tracksOf } from './tracks.ts';

/** An issue, or a topic, as far as it is compared. */
export interface Comparable {
  /** Null for a topic. */
  readonly key: string | null;
  readonly title: string;
  readonly url: string | null;
  readonly labels: readonly string[];
  readonly components: readonly string[];
  /** The key of the epic, or of the parent. */
  readonly epic: string | null;
}

/** Something that was estimated before. */
export interface Estimated extends Comparable {
  readonly value: number;
  readonly source: 'TALLY' | 'JIRA';
}

/** Why two things are alike. */
export interface Likeness {
  /** Words of both titles, as the earlier one has them. */
  readonly sharedWords: readonly string[];
  readonly sharedComponents: readonly string[];
  readonly sharedLabels: readonly string[];
  readonly isSameEpic: boolean;
  /** 0 and more: see `compare`. */
  readonly score: number;
}

export interface Reference extends Estimated, Likeness {
  readonly label: string;
}

export interface References {
  /** For each card that earlier things got, in the deck's order: three at most, the most similar first. */
  readonly sizes: readonly { readonly value: number; readonly label: string; readonly references: readonly Reference[] }[];
  /** Five at most that have anything in common with it, the most similar first. */
  readonly similar: readonly Reference[];
}

const perSize = 3;
const mostSimilar = 5;
/** A word that more than a quarter of the titles have says nothing, as soon as there are so many titles. */
const commonShare = 0.25;
const fewTitles = 8;
const shortestWord = 3;
/** Words are the same when they begin alike: endings differ by number and case. */
const stemLength = 5;
const weights = { epic: 3, component: 2, label: 1, words: 6 } as const;

/**
 * How alike two things are, by a measure that can be told in a sentence: 3 points for the same epic, 2 for each component and 1 for each label
 * that both have, and up to 6 for the share of words that their titles have in common.
 */
function compare(one: Comparable, other: Comparable, isCommon: (stem: string) => boolean): Likeness {
  const stems = toStems(one.title, isCommon);
  const others = toStems(other.title, isCommon);
  const shared = [...others].filter(([stem]) => stems.has(stem));
  const all = new Set([...stems.keys(), ...others.keys()]).size;
  const sharedComponents = other.components.filter((component) => one.components.includes(component));
  const sharedLabels = other.labels.filter((label) => one.labels.includes(label));
  const isSameEpic = one.epic !== null && one.epic === other.epic;
  const score =
    (isSameEpic ? weights.epic : 0) +
    sharedComponents.length * weights.component +
    sharedLabels.length * weights.label +
    (all === 0 ? 0 : (shared.length / all) * weights.words);
  return { sharedWords: shared.map(([, word]) => word), sharedComponents, sharedLabels, isSameEpic, score: Number(score.toFixed(2)) };
}

/** Stem → the word as it is written. */
function toStems(title: string, isCommon: (stem: string) => boolean): ReadonlyMap<string, string> {
  const words = title.normalize('NFKC').match(/[\p{L}\p{N}]+/gu) ?? [];
  const long = words.filter((word) => [...word].length >= shortestWord);
  return new Map(long.map((word) => [toStem(word), word] as const).filter(([stem]) => !isCommon(stem)));
}

const toStem = (word: string) => [...word.toLowerCase()].slice(0, stemLength).join('');

/** Earlier estimates to compare with, each with the reason; what the deck has no card for is told by its number. */
export function findReferences(subject: Comparable, estimated: readonly Estimated[], deck: Deck): References {
  const counts = new Map<string, number>();
  for (const { title } of estimated) for (const stem of toStems(title, () => false).keys()) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const isCommon = (stem: string) => estimated.length >= fewTitles && (counts.get(stem) ?? 0) > estimated.length * commonShare;
  const references = estimated
    .map((earlier): Reference => ({ ...earlier, ...compare(subject, earlier, isCommon), label: labelOf(deck, earlier.value) }))
    .sort((one, other) => other.score - one.score);
  const byValue = Map.groupBy(references, ({ value }) => value);
  const cards = deck.cards.filter(({ value }, index) => value !== null && deck.cards.findIndex((card) => card.value === value) === index);
  return {
    sizes: cards.flatMap(({ value, label }) => {
      const ofSize = value === null ? undefined : byValue.get(value);
      return value === null || ofSize === undefined ? [] : [{ value, label, references: ofSize.slice(0, perSize) }];
    }),
    similar: references.filter(({ score }) => score > 0).slice(0, mostSimilar),
  };
}

/**
 * Whether somebody may look at earlier estimates of an item now: nothing anchors them any more once they have voted in all of their tracks of its
 * open round, or its cards were turned; or the session hides nothing.
 */
export function maySeeReferences(
  state: SessionAggregate,
  participant: Participant,
  { itemId, votes }: { readonly itemId: string; readonly votes: readonly Vote[] },
): boolean {
  if (!state.session.settings.hideEstimates) return true;
  const rounds = state.rounds.filter((round) => round.itemId === itemId);
  const open = rounds.find((round) => round.state === 'OPEN');
  if (open === undefined) return rounds.some((round) => round.revealedAt !== null || round.settledAt !== null);
  const { tracks } = state.session;
  const cast = new Set(
    votes.filter(({ roundId, participantId }) => roundId === open.id && participantId === participant.id).map(({ track }) => track),
  );
  const own = tracksOf(participant, tracks);
  // Who has named no discipline where every track has one may vote in any: one card is awaited.
  return own.length > 0 ? own.every(({ id }) => cast.has(id)) : tracks.some((track) => mayVoteIn(participant, track) && cast.has(track.id));
}
