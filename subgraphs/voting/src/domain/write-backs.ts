import type { Change } from './change.ts';
import type { Estimate, SessionState } from './model.ts';

export interface WriteBackTarget {
  readonly roundId: string;
  readonly track: string;
}

/** How one try to put an estimate into Jira ended. */
export type WriteBackOutcome =
  | { readonly kind: 'written' }
  /** Somebody put another value there. */
  | { readonly kind: 'conflict'; readonly valueInJira: number | null }
  /** Trying again cannot help; `reason` says what to do. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'retry'; readonly at: Date; readonly reason: string };

/**
 * Writes the outcome down; null when the estimate is no longer waiting for one.
 * One that was superseded while it was on its way is still WRITTEN when it arrived: the next write has to expect it there.
 */
export function recordWriteBack(state: SessionState, target: WriteBackTarget, outcome: WriteBackOutcome, now: Date): Change | null {
  const before = findEstimate(state, target);
  const isAwaited = before?.state === 'PENDING' || (before?.state === 'SUPERSEDED' && outcome.kind === 'written');
  if (before === undefined || !isAwaited) return null;
  return changed(before, { attempts: before.attempts + 1, ...toFields(outcome, now) }, { actorId: null, now });
}

/** A later settlement of the same field, in another session, took its place; null when it is not waiting any more. */
export function supersede(state: SessionState, target: WriteBackTarget, now: Date): Change | null {
  const before = findEstimate(state, target);
  return before?.state === 'PENDING' ? changed(before, { state: 'SUPERSEDED' }, { actorId: null, now }) : null;
}

/** True for a value that an earlier estimate of the same field, overtaken by this one, may have left in Jira before its outcome was recorded. */
export function isOwnTrace(state: SessionState, target: WriteBackTarget, valueInJira: number | null): boolean {
  const estimate = findEstimate(state, target);
  return state.estimates.some(
    (earlier) =>
      earlier.state === 'SUPERSEDED' &&
      earlier.issueKey === estimate?.issueKey &&
      earlier.track === estimate.track &&
      earlier.value === valueInJira,
  );
}

function findEstimate(state: SessionState, { roundId, track }: WriteBackTarget): Estimate | undefined {
  return state.estimates.find((estimate) => estimate.roundId === roundId && estimate.track === track);
}

function changed(
  before: Estimate,
  fields: Partial<Estimate>,
  { actorId, now }: { readonly actorId: string | null; readonly now: Date },
): Change {
  return {
    event: { type: 'WRITE_BACK_CHANGED', at: now, actorId, roundId: before.roundId, itemId: before.itemId },
    estimates: [{ ...before, ...fields }],
  };
}

function toFields(outcome: WriteBackOutcome, now: Date): Partial<Estimate> {
  switch (outcome.kind) {
    case 'written':
      return { state: 'WRITTEN', writtenAt: now, reason: null };
    case 'conflict':
      return { state: 'CONFLICT', valueInJira: outcome.valueInJira, reason: 'Somebody changed the value in Jira meanwhile.' };
    case 'failed':
      return { state: 'FAILED', reason: outcome.reason };
    case 'retry':
      return { nextAttemptAt: outcome.at, reason: outcome.reason };
  }
}
