import { getFacilitator } from './access.ts';
import type { Change } from './change.ts';
import { refuse } from './errors.ts';
import type { Estimate, Item, SessionAggregate, WriteBackReason } from './model.ts';
import { type Played, toPlayed } from './played.ts';
import type { Acting } from './session.ts';

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
  | { readonly kind: 'failed'; readonly reason: string; readonly reasonCode: WriteBackReason }
  | { readonly kind: 'retry'; readonly at: Date; readonly reason: string; readonly reasonCode: WriteBackReason };

/**
 * Writes the outcome down; null when the estimate is no longer waiting for one. What arrived in Jira is WRITTEN even if it was
 * superseded or stopped on its way: the next write has to expect it there. A failure of a strict sync stops what of it still waits.
 */
export function recordWriteBack(state: SessionAggregate, target: WriteBackTarget, outcome: WriteBackOutcome, now: Date): Change | null {
  const before = findEstimate(state, target);
  const isAwaited =
    before?.state === 'PENDING' || (outcome.kind === 'written' && (before?.state === 'SUPERSEDED' || before?.state === 'FAILED'));
  if (before === undefined || !isAwaited) return null;
  const recorded = changed(before, { attempts: before.attempts + 1, ...toFields(outcome, now) }, { actorId: null, now });
  const hasFailed = outcome.kind === 'failed' || outcome.kind === 'conflict';
  return before.isStrict && hasFailed ? { ...recorded, estimates: [...(recorded.estimates ?? []), ...stopped(state, before)] } : recorded;
}

function stopped(state: SessionAggregate, failed: Estimate): readonly Estimate[] {
  const waiting = state.estimates.filter((estimate) => estimate.isStrict && estimate.state === 'PENDING' && !isTarget(estimate, failed));
  return waiting.map((estimate) => ({
    ...estimate,
    state: 'FAILED',
    reasonCode: 'NOT_SENT',
    reason: `Not sent: ${failed.issueKey} did not get into Jira, and the sync is strict.`,
  }));
}

export type SyncMode = 'STRICT' | 'SKIP_ERRORS';

/**
 * Sends what was settled and is not in Jira: estimates that failed, and those of a session that did not write back by itself. What a
 * facilitator decided to keep stays. Null when there is nothing to send. Refuses with NOT_A_FACILITATOR.
 */
export function syncSession(state: SessionAggregate, { actorId, now }: Acting, mode: SyncMode): Change | null {
  getFacilitator(state, actorId);
  const played = toPlayed(state);
  const unsent = state.items.flatMap((item) =>
    state.session.tracks.flatMap((track) => {
      const newest = played.estimatesOf(item.id).findLast((estimate) => estimate.track === track.id);
      const isUnsent = newest?.state === 'FAILED' || newest?.state === 'NOT_NEEDED';
      return newest !== undefined && newest.issueKey !== null && isUnsent && !isDecided(newest) ? [newest] : [];
    }),
  );
  if (unsent.length === 0) return null;
  const estimates = unsent.map((estimate) => ({ ...estimate, ...waiting(now), isStrict: mode === 'STRICT' }));
  return { event: { type: 'WRITE_BACK_CHANGED', at: now, actorId }, estimates };
}

/**
 * Whether an estimate's lease goes on when this is committed, and keeps other values of its issue and track from Jira until it ends.
 * Jira may apply a request late whose answer we no longer wait for: the outcome of the first attempt ends the lease, that of a repetition does not;
 * and a superseded one may be on its way at this moment.
 */
export function keepsLease({ state, attempts }: Estimate): boolean {
  return state === 'SUPERSEDED' || state === 'PENDING' || attempts > 1;
}

/** A later settlement of the same field, in another session, took its place; null when it is not waiting any more. */
export function supersede(state: SessionAggregate, target: WriteBackTarget, now: Date): Change | null {
  const before = findEstimate(state, target);
  return before?.state === 'PENDING' ? changed(before, { state: 'SUPERSEDED' }, { actorId: null, now }) : null;
}

/** Whether its value may be in Jira though nobody recorded that: the answer may have been lost, or have come after something else took its place. */
export function isUncertain({ state }: Estimate): boolean {
  return state === 'SUPERSEDED' || state === 'PENDING' || state === 'FAILED';
}

/** True for a value in Jira that is no news: one of ours that may have got there unrecorded, or one that a facilitator decided to keep. */
export function isKnownInJira(state: SessionAggregate, target: WriteBackTarget, valueInJira: number | null): boolean {
  const estimate = findEstimate(state, target);
  return explains(
    state.estimates.filter((earlier) => earlier.issueKey === estimate?.issueKey && earlier.track === estimate.track),
    valueInJira,
  );
}

/** Whether one of the estimates of a field is why Jira holds this value. */
function explains(ofField: readonly Estimate[], valueInJira: number | null): boolean {
  return ofField.some(
    (earlier) =>
      (isUncertain(earlier) && earlier.value === valueInJira) ||
      (earlier.reasonCode === 'VALUE_KEPT' && earlier.valueInJira === valueInJira),
  );
}

/** A facilitator's answer to a conflict: our value after all, or the one in Jira. Refuses with NOT_A_FACILITATOR, ESTIMATE_NOT_FOUND, NO_CONFLICT. */
export function resolveConflict(
  state: SessionAggregate,
  { actorId, now }: Acting,
  target: WriteBackTarget,
  decision: 'OVERWRITE' | 'KEEP',
): Change {
  getFacilitator(state, actorId);
  const before = getEstimate(state, target);
  if (before.state !== 'CONFLICT') refuse('NO_CONFLICT', `The write-back is ${before.state}.`, { state: before.state });
  const fields: Partial<Estimate> =
    decision === 'OVERWRITE'
      ? { ...waiting(now), overwrite: true }
      : { state: 'NOT_NEEDED', reasonCode: 'VALUE_KEPT', reason: 'The value in Jira was kept.' };
  return changed(before, fields, { actorId, now });
}

/** Puts failed write-backs on their way again, of one estimate or of the whole session; null when there is none. Refuses with NOT_A_FACILITATOR, ESTIMATE_NOT_FOUND. */
export function retryWriteBacks(state: SessionAggregate, { actorId, now }: Acting, target: WriteBackTarget | null): Change | null {
  getFacilitator(state, actorId);
  const played = toPlayed(state);
  const failed = (target === null ? state.estimates : [getEstimate(state, target)]).filter(
    (estimate) => estimate.state === 'FAILED' && isNewest(played, estimate),
  );
  if (failed.length === 0) return null;
  return {
    event: { type: 'WRITE_BACK_CHANGED', at: now, actorId },
    estimates: failed.map((estimate) => ({ ...estimate, ...waiting(now) })),
  };
}

/** Whether it stays out of Jira for good: somebody kept the value there, or it was settled elsewhere. */
function isDecided({ state, reason }: Estimate): boolean {
  return state === 'NOT_NEEDED' && reason !== null;
}

export interface PlannedWriteBack {
  readonly item: Item;
  readonly track: string;
  readonly value: number;
  readonly valueInJira: number | null;
  readonly action: 'WRITE' | 'NONE' | 'CONFLICT';
}

/** What is left to write, compared with what Jira holds now, by issue key and track. The newest estimate of each item and track counts. */
export function planWriteBacks(state: SessionAggregate, inJira: ReadonlyMap<string, Item['seenInJira']>): readonly PlannedWriteBack[] {
  const played = toPlayed(state);
  const ofIssues = Map.groupBy(state.estimates, ({ issueKey }) => issueKey);
  return state.items.flatMap((item) =>
    state.session.tracks.flatMap((track): PlannedWriteBack[] => {
      const ofField = played.estimatesOf(item.id).filter((estimate) => estimate.track === track.id);
      const newest = ofField.at(-1);
      if (newest === undefined || item.issueKey === null || isDecided(newest)) return [];
      const { value } = newest;
      const valueInJira = inJira.get(item.issueKey)?.[track.id] ?? null;
      const expected = newest.overwrite ? undefined : lastKnown(item, track.id, ofField);
      const ofIssue = (ofIssues.get(newest.issueKey) ?? []).filter((estimate) => estimate.track === track.id);
      const isFree = expected === undefined || valueInJira === expected || explains(ofIssue, valueInJira);
      const action = valueInJira === value ? 'NONE' : isFree ? 'WRITE' : 'CONFLICT';
      return [{ item, track: track.id, value, valueInJira, action }];
    }),
  );
}

/**
 * What the field of a track in Jira held when we last knew: the newest of what was seen there and what `estimates` of that field have
 * written. Undefined when nobody knows.
 */
export function lastKnown({ seenInJira, seenAt }: Item, track: string, estimates: readonly Estimate[]): number | null | undefined {
  const written = estimates
    .filter((estimate) => estimate.state === 'WRITTEN')
    .reduce<Estimate | undefined>((newest, estimate) => (timeOf(estimate) >= timeOf(newest) ? estimate : newest), undefined);
  const isSeenLater = written === undefined || (seenAt?.getTime() ?? 0) > timeOf(written);
  return Object.hasOwn(seenInJira, track) && isSeenLater ? seenInJira[track] : written?.value;
}

function timeOf(estimate: Estimate | undefined): number {
  return estimate?.writtenAt?.getTime() ?? 0;
}

/** An older value must not follow a newer one. */
function isNewest({ estimatesOf }: Played, estimate: Estimate): boolean {
  return estimatesOf(estimate.itemId).findLast((other) => other.track === estimate.track) === estimate;
}

function waiting(now: Date): Partial<Estimate> {
  return { state: 'PENDING', nextAttemptAt: now, reason: null, reasonCode: null };
}

function getEstimate(state: SessionAggregate, target: WriteBackTarget): Estimate {
  return findEstimate(state, target) ?? refuse('ESTIMATE_NOT_FOUND', 'Nothing was settled in this round and track.');
}

function findEstimate(state: SessionAggregate, { roundId, track }: WriteBackTarget): Estimate | undefined {
  return state.estimates.find((estimate) => isTarget(estimate, { roundId, track }));
}

function isTarget(estimate: Estimate, { roundId, track }: WriteBackTarget): boolean {
  return estimate.roundId === roundId && estimate.track === track;
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
      return { state: 'WRITTEN', writtenAt: now, reason: null, reasonCode: null };
    case 'conflict':
      return {
        state: 'CONFLICT',
        overwrite: false,
        valueInJira: outcome.valueInJira,
        reasonCode: 'VALUE_CHANGED',
        reason: 'Somebody changed the value in Jira meanwhile.',
      };
    case 'failed':
      return { state: 'FAILED', reason: outcome.reason, reasonCode: outcome.reasonCode };
    case 'retry':
      return { nextAttemptAt: outcome.at, reason: outcome.reason, reasonCode: outcome.reasonCode };
  }
}
