import type { Change } from './change.ts';
import type { Estimate, SessionState } from './model.ts';

/** How one try to put an estimate into Jira ended. */
export type WriteBackOutcome =
  | { readonly kind: 'written' }
  /** Somebody put another value there. */
  | { readonly kind: 'conflict'; readonly valueInJira: number | null }
  /** Trying again cannot help; `reason` says what to do. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'retry'; readonly at: Date; readonly reason: string };

/** Writes the outcome down; null when the estimate is no longer waiting (superseded, or recorded by another worker). */
export function recordWriteBack(
  state: SessionState,
  target: { readonly roundId: string; readonly track: string },
  outcome: WriteBackOutcome,
  now: Date,
): Change | null {
  const before = state.estimates.find((estimate) => estimate.roundId === target.roundId && estimate.track === target.track);
  if (before?.state !== 'PENDING') return null;
  return {
    event: { type: 'WRITE_BACK_CHANGED', at: now, actorId: null, roundId: before.roundId, itemId: before.itemId },
    estimates: [{ ...before, attempts: before.attempts + 1, ...toFields(outcome, now) }],
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
