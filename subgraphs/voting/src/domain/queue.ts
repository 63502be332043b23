import { findCurrentRound, getFacilitator, getItem, requireOpen } from './access.ts';
import type { Change } from './change.ts';
import { refuse } from './errors.ts';
import type { Item, SessionAggregate } from './model.ts';
import { requireFew, requireRoom } from './queue-size.ts';
import { refuseInput } from './reasons.ts';
import type { Acting } from './session.ts';
import { toName } from './text.ts';

/** Positions lie this far apart, so that an item that is moved finds room between two others, and is the only one that changes. */
const gap = 2 ** 14;
/** Positions are GraphQL's Int: from here on they go on one by one, for another billion. */
const farOut = 2 ** 30;

/** What comes next: the first pending item, or else the first that was deferred. */
export function findNext({ items }: Pick<SessionAggregate, 'items'>): Item | undefined {
  return items.first('state', 'PENDING') ?? items.first('state', 'DEFERRED');
}

export interface IssueDraft {
  /** The id of the item to be. */
  readonly id: string;
  readonly issueKey: string;
  /** Jira's own number for it; null when it is not known. */
  readonly issueId?: string | null;
  /** What Jira shows, by track: null where it shows nothing. */
  readonly seenInJira: Item['seenInJira'];
  /** When it did. */
  readonly seenAt: Date;
}

export interface AddedIssues {
  readonly change: Change | null;
  readonly added: readonly Item[];
  readonly duplicates: readonly string[];
}

/** Issues at the end of the queue; those it holds already, or twice in the request, are reported and not added. Refuses with NOT_A_FACILITATOR, SESSION_CLOSED, TOO_MANY_ITEMS. */
export function addIssues(state: SessionAggregate, acting: Acting, drafts: readonly IssueDraft[]): AddedIssues {
  getFacilitator(state, acting.actorId);
  requireOpen(state);
  const { fresh, duplicates } = splitDuplicates(state, drafts);
  const added = append(
    state,
    fresh.map(({ id, issueKey, issueId = null, seenInJira, seenAt }) => ({
      id,
      issueKey,
      issueId,
      topic: null,
      decision: null,
      seenInJira,
      seenAt,
    })),
  );
  return { change: added.length === 0 ? null : itemsChanged(acting, added), added, duplicates };
}

/** Tells new issues from those that the queue holds already, or that come twice: under the same key, or under another one that it had. */
export function splitDuplicates<Draft extends Pick<IssueDraft, 'issueKey' | 'issueId'>>(state: SessionAggregate, drafts: readonly Draft[]) {
  const seen = new Set<string>();
  const seenIds = new Set<string>();
  const fresh: Draft[] = [];
  const duplicates: string[] = [];
  for (const draft of drafts) {
    const { issueKey, issueId = null } = draft;
    const isKnown = seen.has(issueKey) || state.items.first('issueKey', issueKey) !== undefined;
    const isKnownId = issueId !== null && (seenIds.has(issueId) || state.items.first('issueId', issueId) !== undefined);
    if (isKnown || isKnownId) duplicates.push(issueKey);
    else fresh.push(draft);
    seen.add(issueKey);
    if (issueId !== null) seenIds.add(issueId);
  }
  return { fresh, duplicates };
}

export interface TopicDraft {
  readonly id: string;
  readonly topic: string;
}

/** Free-text topics at the end of the queue. Refuses with NOT_A_FACILITATOR, SESSION_CLOSED, TOO_MANY_ITEMS, INVALID_INPUT. */
export function addTopics(
  state: SessionAggregate,
  acting: Acting,
  drafts: readonly TopicDraft[],
): { change: Change; added: readonly Item[] } {
  getFacilitator(state, acting.actorId);
  requireOpen(state);
  requireFew(drafts.length, 'topics');
  const rows = drafts.map(({ id, topic }) => ({
    id,
    topic: toTopic(topic),
    decision: null,
    issueKey: null,
    issueId: null,
    seenInJira: {},
    seenAt: null,
  }));
  if (rows.length === 0) refuseInput('EMPTY', { field: 'topics' });
  const added = append(state, rows);
  return { change: itemsChanged(acting, added), added };
}

/** Only an item that was never played may go: rounds are kept. Refuses with NOT_A_FACILITATOR, ITEM_NOT_FOUND, ITEM_IN_USE. */
export function removeItem(state: SessionAggregate, acting: Acting, itemId: string): Change {
  getFacilitator(state, acting.actorId);
  requireOpen(state);
  const item = getItem(state, itemId);
  if (state.rounds.some((round) => round.itemId === item.id)) refuse('ITEM_IN_USE', 'Rounds were played on this item: skip it instead.');
  return { event: happened(acting), removedItemIds: [item.id] };
}

/**
 * `itemIds` names every item exactly once; the item being voted on keeps its place. Refuses with NOT_A_FACILITATOR, TOO_MANY_ITEMS, INCOMPLETE_ORDER,
 * ITEM_IN_USE.
 */
export function reorderItems(state: SessionAggregate, acting: Acting, itemIds: readonly string[]): Change | null {
  getFacilitator(state, acting.actorId);
  requireFew(itemIds.length, 'ids');
  const named = new Set(itemIds);
  const items = state.items.toArray();
  const isComplete = named.size === itemIds.length && itemIds.length === items.length && items.every((item) => named.has(item.id));
  if (!isComplete) refuse('INCOMPLETE_ORDER', 'The new order must name every item of the queue exactly once.');
  const moved = items.find((item, index) => item.state === 'VOTING' && itemIds[index] !== item.id);
  if (moved !== undefined) refuseMove();
  requireOpen(state);
  // The places stay, the items change theirs.
  const changed = itemIds.flatMap((id, index) => {
    const position = items[index]?.position ?? index;
    const item = state.items.get(id);
    return item === undefined || item.position === position ? [] : [{ ...item, position }];
  });
  return changed.length === 0 ? null : { event: happened(acting), items: changed };
}

function refuseMove(): never {
  return refuse('ITEM_IN_USE', 'The item being voted on cannot be moved.');
}

/** Puts one item in a place, 0 being the first; past the end is the end. Refuses as `reorderItems`, and with ITEM_NOT_FOUND. */
export function moveItem(state: SessionAggregate, acting: Acting, itemId: string, to: number): Change | null {
  getFacilitator(state, acting.actorId);
  const item = getItem(state, itemId);
  if (item.state === 'VOTING') refuseMove();
  requireOpen(state);
  const from = state.items.placeOf(item);
  const place = Math.min(Math.max(0, to), state.items.length - 1);
  if (place === from) return null;
  const before = place === 0 ? undefined : state.items.at(place < from ? place - 1 : place);
  const after = state.items.at(place < from ? place : place + 1);
  const position = findRoom(before?.position, after?.position);
  const items =
    position === undefined ? spread(state.items.toArray().toSpliced(from, 1).toSpliced(place, 0, item)) : [{ ...item, position }];
  return { event: happened(acting), items };
}

/** A position between two others, of which one may be missing; undefined when they are neighbours. */
function findRoom(before: number | undefined, after: number | undefined): number | undefined {
  if (after === undefined) return behind(before);
  if (before === undefined) return after - stepAt(after);
  const between = Math.floor((before + after) / 2);
  return between > before ? between : undefined;
}

const behind = (last: number | undefined): number => (last === undefined ? gap : last + stepAt(last));

const stepAt = (position: number): number => (Math.abs(position) < farOut ? gap : 1);

/** The items in this order with room between them; those that had their position already are left out. */
function spread(items: readonly Item[]): readonly Item[] {
  return items.flatMap((item, index) => {
    const position = (index + 1) * gap;
    return item.position === position ? [] : [{ ...item, position }];
  });
}

/** Refuses with NOT_A_FACILITATOR, SESSION_CLOSED, ITEM_NOT_FOUND, ITEM_IN_USE, INVALID_INPUT. */
export function editTopic(state: SessionAggregate, acting: Acting, itemId: string, topic: string): Change {
  getFacilitator(state, acting.actorId);
  requireOpen(state);
  const item = getItem(state, itemId);
  if (item.topic === null) refuse('ITEM_IN_USE', 'An issue is worded in Jira.');
  if (item.state === 'VOTING') refuse('ITEM_IN_USE', 'The item is being voted on.');
  return { event: happened(acting, item.id), items: [{ ...item, topic: toTopic(topic) }] };
}

/** Refuses with NOT_A_FACILITATOR, ITEM_NOT_FOUND. */
export function skipItem(state: SessionAggregate, acting: Acting, itemId: string): Change {
  return putAside(state, acting, { ...getItem(state, itemId), state: 'SKIPPED' });
}

/** To the end of the queue, for another look. Refuses with NOT_A_FACILITATOR, ITEM_NOT_FOUND. */
export function deferItem(state: SessionAggregate, acting: Acting, itemId: string): Change {
  return putAside(state, acting, { ...getItem(state, itemId), state: 'DEFERRED', position: behind(state.items.at(-1)?.position) });
}

/** Refuses with NOT_A_FACILITATOR, ITEM_NOT_FOUND, ITEM_IN_USE. */
export function reopenItem(state: SessionAggregate, acting: Acting, itemId: string): Change | null {
  getFacilitator(state, acting.actorId);
  requireOpen(state);
  const item = getItem(state, itemId);
  if (item.state === 'VOTING') refuse('ITEM_IN_USE', 'The item is being voted on.');
  return item.state === 'PENDING' ? null : { event: happened(acting, item.id), items: [{ ...item, state: 'PENDING' }] };
}

function putAside(state: SessionAggregate, acting: Acting, item: Item): Change {
  getFacilitator(state, acting.actorId);
  requireOpen(state);
  const current = findCurrentRound(state);
  const round = current?.itemId === item.id ? current : undefined;
  return {
    event: { ...happened(acting, item.id), ...(round === undefined ? {} : { roundId: round.id }) },
    items: [item],
    ...(round === undefined
      ? {}
      : {
          rounds: [{ ...round, state: 'ABANDONED', revealsAt: null }],
          session: { ...state.session, openRoundId: null, openRoundVoters: [] },
        }),
  };
}

function append(state: SessionAggregate, rows: readonly Omit<Item, 'position' | 'state'>[]): readonly Item[] {
  requireRoom(state, rows.length);
  let position = state.items.at(-1)?.position;
  return rows.map((row) => {
    position = behind(position);
    return { ...row, position, state: 'PENDING' };
  });
}

function toTopic(text: string): string {
  return toName(text, { field: 'topic', maxLength: 200 });
}

function itemsChanged(acting: Acting, items: readonly Item[]): Change {
  return { event: happened(acting), items };
}

function happened({ actorId, now }: Acting, itemId?: string) {
  return { type: 'ITEMS_CHANGED' as const, at: now, actorId, ...(itemId === undefined ? {} : { itemId }) };
}
