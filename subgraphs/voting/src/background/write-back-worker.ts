import { DomainError, toMessage } from '../../../../kit/process/errors.ts';
import type { Logger } from '../../../../kit/process/logging.ts';
import { apart, traced } from '../../../../kit/process/tracing.ts';
import { getState, runCommand } from '../commands/commands.ts';
import { toJiraComment } from '../domain/decisions.ts';
import { isKnownInJira, recordWriteBack, supersede, type WriteBackOutcome } from '../domain/write-backs.ts';
import { AnswerLost, type EstimateWrite, type IssueCatalog, projectOf, WriteRefused } from '../jira/issue-catalog.ts';
import type { ClaimedWriteBack, VotingStore, WrittenField } from '../store/voting-store.ts';
import { type JobLoop, startJobLoop } from './job-loop.ts';

export interface WriteBackOptions {
  readonly store: VotingStore;
  readonly catalog: IssueCatalog;
  readonly log: Logger;
  readonly now: () => Date;
  /** How long a claim is this worker's alone: longer than a call to jira may take. */
  readonly leaseMs: number;
}

const pollMs = 1_000;
const batch = 10;
const longestDelaySeconds = 300;
/** New credentials are noticed within a minute. */
const longestRefusedSeconds = 60;

/**
 * Takes settled estimates to Jira, on any replica: a claim is leased, so a worker that dies loses nothing, and repeating a write is harmless.
 * Looks every second, and at once on `wake`. `stop` finishes what is under way first.
 */
export function startWriteBack({ store, catalog, log, now, leaseMs }: WriteBackOptions): JobLoop {
  // Fields of a site times its projects: some thousands at most.
  const noted = new Set<string>();
  const warn = (error: unknown) => log.warn({ err: error }, 'write-back could not be claimed or recorded; trying again');

  async function run(): Promise<boolean> {
    // Claiming takes a transaction and a lock; most of the time there is nothing to claim.
    if ((await store.readOutbox()).pending === 0) return false;
    for (const overtaken of await store.findOvertaken(batch)) {
      await runCommand(store, { sessionId: overtaken.sessionId, decide: (state) => supersede(state, overtaken, now()) }).catch(warn);
    }
    const claimedAt = now();
    const leasedUntil = new Date(claimedAt.getTime() + leaseMs);
    const claimed = await store.claimWriteBacks({ now: claimedAt, leasedUntil, limit: batch });
    // One that fails holds up no other, and is waited for like the others, also by `stop`.
    await Promise.all(claimed.map((each) => traced('write-back', {}, () => carry(each, leasedUntil), { kind: 'consumer' }).catch(warn)));
    return claimed.length === batch;
  }

  async function carry({ sessionId, estimate, expected, uncertain }: ClaimedWriteBack, leasedUntil: Date): Promise<void> {
    const comment = toJiraComment(await getState(store, sessionId), estimate);
    // What was in Jira and goes there for its comment alone is expected there, whatever was seen before it.
    const awaited = estimate.overwrite ? estimate.valueInJira : estimate.writtenAt === null ? expected : estimate.value;
    let outcome = await write(estimate, { expected: awaited, comment, leasedUntil });
    if (outcome.kind === 'conflict') {
      const { valueInJira } = outcome;
      const isKnown =
        uncertain.some((value) => value === valueInJira) || isKnownInJira(await getState(store, sessionId), estimate, valueInJira);
      if (isKnown) outcome = await write(estimate, { expected: valueInJira, comment, leasedUntil });
    }
    const endedAt = now();
    if (outcome.kind !== 'written')
      log.warn({ sessionId, issueKey: estimate.issueKey, outcome: outcome.kind }, 'an estimate did not get into Jira');
    await runCommand(store, { sessionId, decide: (state) => recordWriteBack(state, estimate, outcome, endedAt) });
  }

  async function write(
    { roundId, track, issueKey, value, attempts }: ClaimedWriteBack['estimate'],
    { leasedUntil, ...attempt }: Pick<EstimateWrite, 'expected' | 'comment'> & { readonly leasedUntil: Date },
  ): Promise<WriteBackOutcome> {
    if (issueKey === null) return { kind: 'failed', reason: 'There is no issue to write to.', reasonCode: 'ISSUE_NOT_FOUND' };
    try {
      const result = await catalog.writeEstimate({ ...attempt, key: issueKey, track, value, idempotencyKey: `${roundId}/${track}` });
      if (result.state === 'CONFLICT') return { kind: 'conflict', valueInJira: result.valueInJira };
      await note({ projectKey: projectOf(result.currentKey), fieldId: result.fieldId });
      return { kind: 'written' };
    } catch (error) {
      if (error instanceof WriteRefused) return { kind: 'failed', reason: error.message, reasonCode: error.code };
      // It may still be under way there: a repetition beside it could make a second comment.
      if (error instanceof AnswerLost) return { kind: 'retry', at: leasedUntil, reason: error.message, reasonCode: 'JIRA_UNAVAILABLE' };
      const told = error instanceof DomainError ? Number(error.details['retryAfterSeconds']) : Number.NaN;
      const isRefused = error instanceof DomainError && error.code === 'JIRA_FORBIDDEN';
      const delaySeconds = Number.isFinite(told) ? told : Math.min(2 ** attempts, isRefused ? longestRefusedSeconds : longestDelaySeconds);
      const isLimited = error instanceof DomainError && error.code === 'JIRA_RATE_LIMITED';
      return {
        kind: 'retry',
        at: new Date(now().getTime() + delaySeconds * 1000),
        reason: toMessage(error),
        reasonCode: isRefused ? 'JIRA_CREDENTIALS' : isLimited ? 'JIRA_RATE_LIMITED' : 'JIRA_UNAVAILABLE',
      };
    }
  }

  /** That the field took an estimate: only a hint for people, so a store that is away costs the estimate nothing. */
  async function note(field: WrittenField): Promise<void> {
    const name = `${field.projectKey}/${field.fieldId}`;
    if (noted.has(name)) return;
    await store.noteWrittenField(field).then(() => noted.add(name), warn);
  }

  // Whoever wakes it has a request's trace, which is not the work's.
  return startJobLoop({ everyMs: pollMs, firstAfterMs: 0, run: () => apart(run), onError: warn });
}
