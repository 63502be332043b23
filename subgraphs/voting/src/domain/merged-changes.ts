import type { Delta } from './delta.ts';
import type { SessionEvent } from './model.ts';

/** Of a run of changes, what they touched: each thing once, however often it changed. What it is like now, the state tells. */
export interface MergedChanges {
  /** Of the last of them. */
  readonly revision: number;
  /** The session's own fields, who facilitates in which order, or which round is the current one. */
  readonly isSessionChanged: boolean;
  readonly participantIds: readonly string[];
  /** Items that are new or differ in more than their place. */
  readonly itemIds: readonly string[];
  /** Items that differ in their place alone. */
  readonly movedItemIds: readonly string[];
  readonly removedItemIds: readonly string[];
  /** Whether any item is new, differs, or is gone. */
  readonly isQueueChanged: boolean;
  readonly roundIds: readonly string[];
  readonly estimates: readonly { readonly roundId: string; readonly track: string; readonly itemId: string }[];
  readonly votes: readonly VotePresence[];
}

/** Whether somebody has voted in a round; `track` null: in whatever track. */
export interface VotePresence {
  readonly roundId: string;
  readonly participantId: string;
  readonly track: string | null;
  readonly hasVoted: boolean;
}

/** Merges changes in their order; undefined when one of them was logged without what it changed. */
export function mergeChanges(
  changes: readonly { readonly event: SessionEvent; readonly delta: Delta | null }[],
): MergedChanges | undefined {
  const deltas: Delta[] = [];
  const votes = new Map<string, VotePresence>();
  for (const { event, delta } of changes) {
    const presences = delta === null ? toPresence(event) : (delta.withdrawnVotes ?? []).map(toWithdrawal);
    if (presences === undefined) return undefined;
    for (const vote of presences) {
      const key = `${vote.roundId}/${vote.participantId}/`;
      if (vote.track === null) for (const known of votes.keys()) if (known.startsWith(key)) votes.delete(known);
      votes.set(key + (vote.track ?? ''), vote);
    }
    if (delta !== null) deltas.push(delta);
  }
  const removed = new Set(deltas.flatMap((delta) => delta.removedItemIds ?? []));
  const items = deltas.flatMap((delta) => delta.items ?? []).filter(({ id }) => !removed.has(id));
  const changed = new Set(
    items.filter((item) => Object.keys(item).some((name) => name !== 'id' && name !== 'position')).map(({ id }) => id),
  );
  const estimates = deltas.flatMap((delta) => delta.estimates ?? []);
  return {
    revision: changes.at(-1)?.event.revision ?? 0,
    isSessionChanged: deltas.some(
      (delta) => delta.session !== undefined || delta.rounds !== undefined || delta.participants?.some(isFacilitationChanged),
    ),
    participantIds: unique(deltas.flatMap((delta) => delta.participants ?? []).map(({ id }) => id)),
    itemIds: [...changed],
    movedItemIds: unique(items.map(({ id }) => id).filter((id) => !changed.has(id))),
    removedItemIds: [...removed],
    isQueueChanged: items.length + removed.size > 0,
    roundIds: unique(deltas.flatMap((delta) => delta.rounds ?? []).map(({ id }) => id)),
    estimates: [
      ...new Map(estimates.map(({ roundId, track, itemId }) => [`${roundId}/${track}`, { roundId, track, itemId }] as const)).values(),
    ],
    // Not in the order of voting: that would tell who hesitated.
    votes: [...votes].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, vote]) => vote),
  };
}

function toPresence({ type, roundId, participantId, track }: SessionEvent): readonly VotePresence[] | undefined {
  if (type !== 'VOTE_CAST' && type !== 'VOTE_RETRACTED') return undefined;
  if (roundId === undefined || participantId === undefined || track === undefined) return undefined;
  return [{ roundId, participantId, track, hasVoted: type === 'VOTE_CAST' }];
}

const toWithdrawal = ({ roundId, participantId, track }: NonNullable<Delta['withdrawnVotes']>[number]): VotePresence => ({
  roundId,
  participantId,
  track: track ?? null,
  hasVoted: false,
});

/** Of somebody new the row is there whole: only a rank that is not null tells something. */
const isFacilitationChanged = ({ facilitatorRank, joinedAt }: NonNullable<Delta['participants']>[number]): boolean =>
  facilitatorRank !== undefined && (facilitatorRank !== null || joinedAt === undefined);

const unique = (ids: readonly string[]) => [...new Set(ids)];
