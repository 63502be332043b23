import { type ApolloCache, InMemoryCache, type Reference, type StoreObject } from '@apollo/client';
import {
  ItemLiveFragmentDoc,
  ParticipantPartsFragmentDoc,
  RoundPartsFragmentDoc,
  type SessionChangesSubscription,
  SessionFieldsFragmentDoc,
} from '../generated/graph.ts';

export type Changes = SessionChangesSubscription['sessionChanges'];
type Change = Changes['changes'][number];

/**
 * Puts what changed in a session into the cache: the screen is told once, of nothing else. Returns whether something is missing now: an item
 * was moved into the part of the queue that is held, and nothing else is known of it.
 */
export function putChanges(cache: ApolloCache, sessionId: string, { revision, changes }: Changes): boolean {
  const session = { __typename: 'Session', id: sessionId };
  let isGap = false;
  let over = 0;
  const rows: Rows = { present: new Set(), gone: new Set() };
  cache.batch({
    update: () => {
      for (const change of changes) {
        putChange({ cache, session, rows }, change);
        if (change.__typename === 'RoundChanged' && isOver(change.round)) over += 1;
        if (change.__typename === 'ItemMoved') isGap = isMissing(cache, session, change) || isGap;
      }
      putQueue(cache, session, rows);
      if (revision !== null) modify(cache, session, { revision: (known: number) => Math.max(known, revision) });
    },
  });
  forgetAnswers(cache, over);
  return isGap;
}

const isOver = ({ state }: { readonly state: string }): boolean => state !== 'OPEN' && state !== 'REVEALED';

/** So many rounds may be over before the answers about them are let go: less than 2 MB, and the queue is read once more, not after each round. */
const roundsOfAnswers = 8;
const roundsOver = new WeakMap<ApolloCache, number>();

/**
 * Apollo keeps what it has read, by the objects that it read: up to 50 000 answers, also about cards that the cache itself no longer holds.
 * Measured, that was 0.16 MB for each round of eight people.
 */
function forgetAnswers(cache: ApolloCache, count: number): void {
  const over = (roundsOver.get(cache) ?? 0) + count;
  if (over >= roundsOfAnswers && cache instanceof InMemoryCache) cache.gc({ resetResultCache: true });
  roundsOver.set(cache, over % roundsOfAnswers);
}

type Entity = StoreObject & { readonly __typename: string; readonly id: string };

/** Which items a payload puts into the queue, and which it takes out, by their ids in the cache: a thousand are put in order once. */
interface Rows {
  readonly present: Set<string>;
  readonly gone: Set<string>;
}

interface Target {
  readonly cache: ApolloCache;
  readonly session: Entity;
  readonly rows: Rows;
}

function putChange({ cache, session, rows }: Target, change: Change): void {
  switch (change.__typename) {
    case 'SessionChanged':
      cache.writeFragment({ fragment: SessionFieldsFragmentDoc, fragmentName: 'SessionFields', data: change.session });
      return;
    case 'ParticipantChanged': {
      cache.writeFragment({ fragment: ParticipantPartsFragmentDoc, fragmentName: 'ParticipantParts', data: change.participant });
      modify(cache, session, { participants: (refs: readonly Reference[]) => withEntity(cache, refs, change.participant) });
      return;
    }
    case 'PresenceChanged':
      modify(cache, { __typename: 'Participant', id: change.participantId }, { isOnline: () => change.isOnline });
      return;
    case 'ItemChanged':
      cache.writeFragment({ fragment: ItemLiveFragmentDoc, fragmentName: 'ItemLive', data: change.item });
      note(rows.present, cache, change.item);
      return;
    case 'ItemMoved': {
      const item = { __typename: 'SessionItem', id: change.itemId };
      modify(cache, item, { position: () => change.position });
      if (isKnown(cache, item)) note(rows.present, cache, item);
      return;
    }
    case 'ItemRemoved': {
      const gone = cache.identify({ __typename: 'SessionItem', id: change.itemId });
      if (gone === undefined) return;
      rows.gone.add(gone);
      cache.evict({ id: gone });
      return;
    }
    case 'QueueChanged': {
      const { next, ...counts } = change.progress;
      if (next) cache.writeFragment({ fragment: ItemLiveFragmentDoc, fragmentName: 'ItemLive', data: next });
      modify(cache, session, { progress: () => ({ ...counts, next: next && { __ref: cache.identify(next as StoreObject) } }) });
      return;
    }
    case 'RoundChanged':
      cache.writeFragment({ fragment: RoundPartsFragmentDoc, fragmentName: 'RoundParts', data: change.round });
      if (isOver(change.round)) forgetPlay(cache, change.round);
      modify(
        cache,
        { __typename: 'SessionItem', id: change.itemId },
        { rounds: (refs: readonly Reference[], reading: Reading) => withoutPast(cache, withEntity(cache, refs, change.round), reading) },
      );
      return;
    case 'EstimateChanged':
      for (const [__typename, id] of [
        ['SessionItem', change.itemId],
        ['Round', change.roundId],
      ] as const)
        modify(cache, { __typename, id }, { estimates: (estimates: readonly Tracked[]) => withEstimate(estimates, change.estimate) });
      return;
    case 'VoteChanged':
      putVote(cache, change);
      return;
  }
}

const keptOfPastRounds = new Set(['__typename', 'id', 'number', 'state', 'changedParts']);

/**
 * Of a round that is over the screen says only that it was: cards, results and the deck would pile up. By `evict`: for each field that `modify` comes
 * across Apollo keeps a place for ever (`storageTrie`), twenty of them a round.
 */
function forgetPlay(cache: ApolloCache, round: StoreObject): void {
  const id = cache.identify(round);
  if (id === undefined) return;
  for (const fieldName of Object.keys(round)) if (!keptOfPastRounds.has(fieldName)) cache.evict({ id, fieldName });
}

/** Of an item's rounds the screen asks for the one that is played and for the last that settled: a long sitting would be a long list of the others. */
function withoutPast(cache: ApolloCache, refs: readonly Reference[], { readField }: Reading): readonly Reference[] {
  const stateOf = (ref: Reference) => readField<string>('state', ref) ?? '';
  const numberOf = (ref: Reference) => readField<number>('number', ref) ?? 0;
  // By their numbers: an old round may be told again, when something of it changes.
  const [last] = refs.filter((ref) => stateOf(ref) === 'SETTLED').sort((one, other) => numberOf(other) - numberOf(one));
  const kept = refs.filter((ref) => ref === last || !isOver({ state: stateOf(ref) }));
  for (const { __ref } of refs.filter((ref) => !kept.includes(ref))) release(cache, __ref);
  return kept;
}

/** Lets the next collection take it: whatever was written by itself is held until then. */
function release(cache: ApolloCache, id: string): void {
  if (!(cache instanceof InMemoryCache)) return;
  while (cache.release(id) > 0);
}

interface Part {
  readonly nodes: readonly Reference[];
  readonly hasNextPage: boolean;
  readonly endCursor: number | null;
}

/** What lies behind the part that is held is not of it, though it may be known. The same part when nothing has come, gone or changed its place. */
function putQueue(cache: ApolloCache, session: Entity, { present, gone }: Rows): void {
  if (present.size + gone.size === 0) return;
  modify(cache, session, {
    queue: (part: Part, { readField }: Reading) => {
      const known = new Set([...part.nodes.map(({ __ref }) => __ref), ...present]);
      const nodes = [...known]
        .filter((ref) => !gone.has(ref))
        .map((__ref) => ({ node: { __ref }, place: readField<number>('position', { __ref }) ?? 0 }))
        .filter(({ place }) => !part.hasNextPage || place <= (part.endCursor ?? 0))
        .sort((one, other) => one.place - other.place)
        .map(({ node }) => node);
      const isSame = nodes.length === part.nodes.length && nodes.every(({ __ref }, index) => __ref === part.nodes[index]?.__ref);
      return isSame ? part : { ...part, nodes };
    },
  });
}

function note(refs: Set<string>, cache: ApolloCache, entity: object): void {
  const ref = cache.identify(entity as StoreObject);
  if (ref !== undefined) refs.add(ref);
}

const isKnown = (cache: ApolloCache, item: Entity): boolean =>
  cache.readFragment({ fragment: ItemLiveFragmentDoc, fragmentName: 'ItemLive', id: cache.identify(item) ?? '' }) !== null;

function isMissing(cache: ApolloCache, session: Entity, { itemId, position }: Extract<Change, { __typename: 'ItemMoved' }>): boolean {
  let isWithin = false;
  modify(cache, session, {
    queue: (part: Part) => {
      isWithin = part.hasNextPage && position <= (part.endCursor ?? 0);
      return part;
    },
  });
  return isWithin && !isKnown(cache, { __typename: 'SessionItem', id: itemId });
}

interface Tracked {
  readonly track: string;
}

const withEstimate = (estimates: readonly Tracked[], estimate: Tracked) =>
  estimates.some(({ track }) => track === estimate.track)
    ? estimates.map((other) => (other.track === estimate.track ? estimate : other))
    : [...estimates, estimate];

interface StoredVote extends Tracked {
  readonly participant: Reference;
}

function putVote(cache: ApolloCache, { roundId, participantId, track, hasVoted }: Extract<Change, { __typename: 'VoteChanged' }>): void {
  const round = { __typename: 'Round', id: roundId };
  const participant = { __ref: cache.identify({ __typename: 'Participant', id: participantId }) ?? '' };
  const isOf = (vote: StoredVote) => vote.track === track && vote.participant.__ref === participant.__ref;
  let votedCount: number | undefined;
  modify(cache, round, {
    votes: (votes: readonly StoredVote[], { readField }: Reading) => {
      // The reveal has its own payload, with the cards: this one was sent before.
      if (readField('state') !== 'OPEN') return votes;
      const others = votes.filter((vote) => !isOf(vote));
      const vote = { __typename: 'Vote', track, participant, card: null, note: null };
      const after = !hasVoted ? others : votes.some(isOf) ? votes : [...votes, vote];
      votedCount = new Set(after.map((each) => each.participant.__ref)).size;
      return after;
    },
  });
  modify(cache, round, { votedCount: (known: number) => votedCount ?? known });
}

type Fields = Parameters<ApolloCache['modify']>[0]['fields'];

/** What the cache does not hold is not looked at, and stays unknown. */
function modify(cache: ApolloCache, entity: Entity, fields: object): void {
  const id = cache.identify(entity);
  if (id !== undefined) cache.modify({ id, fields: fields as Fields });
}

function withEntity(cache: ApolloCache, refs: readonly Reference[], entity: { readonly __typename?: string; readonly id: string }) {
  const __ref = cache.identify(entity as StoreObject);
  return __ref === undefined || refs.some((ref) => ref.__ref === __ref) ? refs : [...refs, { __ref }];
}

interface Reading {
  readonly readField: <Value>(name: string, from?: Reference) => Value | undefined;
}
