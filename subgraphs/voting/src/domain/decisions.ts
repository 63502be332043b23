import { getFacilitator, getItem } from './access.ts';
import type { Change } from './change.ts';
import type { Estimate, Item, SessionAggregate } from './model.ts';
import type { Acting } from './session.ts';
import { toNote } from './text.ts';

const maxLength = 500;

/** The item with another decision; null and blanks take it back. Refuses with INVALID_INPUT. */
export function withDecision(item: Item, decision: string | null): Item {
  const noted = toNote(decision, 'decision', maxLength);
  return { ...item, decision: noted ?? (item.decision === null ? null : '') };
}

/**
 * Notes what was decided, also when the session is closed; null when it is noted already. What is in Jira goes there again, for its comment.
 * Refuses with NOT_A_FACILITATOR, ITEM_NOT_FOUND, INVALID_INPUT.
 */
export function noteDecision(state: SessionAggregate, { actorId, now }: Acting, itemId: string, decision: string | null): Change | null {
  getFacilitator(state, actorId);
  const before = getItem(state, itemId);
  const item = withDecision(before, decision);
  if (item.decision === before.decision) return null;
  const carrier = findCarrier(state, item.id);
  const isInJira = state.session.settings.commentDecisions && carrier?.state === 'WRITTEN';
  return {
    event: { type: 'ITEMS_CHANGED', at: now, actorId, itemId },
    items: [item],
    ...(isInJira ? { estimates: [{ ...carrier, state: 'PENDING', nextAttemptAt: now, attempts: 0 }] } : {}),
  };
}

/** What the comment beside an estimate in Jira says; null: there is none to make. */
export function toJiraComment(
  state: SessionAggregate,
  { itemId, roundId, track }: Pick<Estimate, 'itemId' | 'roundId' | 'track'>,
): string | null {
  const carrier = findCarrier(state, itemId);
  const isCarried = state.session.settings.commentDecisions && carrier?.roundId === roundId && carrier.track === track;
  return isCarried ? getItem(state, itemId).decision : null;
}

/** The one estimate of an item whose comment has the decision: the newest of the first track that has any. */
function findCarrier(state: SessionAggregate, itemId: string): Estimate | undefined {
  const ofItem = state.estimates.filter((estimate) => estimate.itemId === itemId);
  const track = state.session.tracks.find(({ id }) => ofItem.some((estimate) => estimate.track === id));
  return ofItem.findLast((estimate) => estimate.track === track?.id);
}
