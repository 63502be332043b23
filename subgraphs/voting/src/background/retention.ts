import { Counter, Gauge } from 'prom-client';
import type { Stop } from '../../../../kit/process/http.ts';
import type { Logger } from '../../../../kit/process/logging.ts';
import type { VotingStore } from '../store/voting-store.ts';
import { startJobLoop } from './job-loop.ts';

export interface RetentionOptions {
  readonly store: VotingStore;
  readonly log: Logger;
  readonly now: () => Date;
  /** Sessions without a change for so long are deleted; 0: never. */
  readonly retentionDays: number;
  /** The first sweep comes after a tenth of it. Default 10 minutes. */
  readonly everyMs?: number;
}

const due = new Gauge({
  name: 'tally_voting_retention_due_sessions',
  help: 'Sessions beyond SESSION_RETENTION_DAYS that are still there, as of the last sweep; counted up to 1000.',
});
const deleted = new Counter({
  name: 'tally_voting_retention_deleted_sessions_total',
  help: 'Sessions deleted because they had not changed for SESSION_RETENTION_DAYS.',
});
const failures = new Counter({
  name: 'tally_voting_retention_failures_total',
  help: 'Sweeps of the retention that ended in an error; each is logged.',
});

const hourMs = 3_600_000;
const requestHours = 24;
const requestBatch = 1_000;
/** A batch is one statement, and holds its sessions for as long as it runs. */
const sessionBatch = 20;
const countLimit = 1_000;
/** A replica that has much to delete goes on at its next sweep. */
const sweepMs = 60_000;

/** Deletes what has been kept long enough: request keys after 24 hours, sessions after the retention. Several replicas may run it. Returns the way to stop. */
export function startRetention({ everyMs = 600_000, ...options }: RetentionOptions): Stop {
  return startJobLoop({
    everyMs,
    firstAfterMs: everyMs / 10,
    run: async (isStopping) => {
      await sweep(options, isStopping);
      return undefined;
    },
    onError: (error) => {
      failures.inc();
      options.log.warn({ err: error }, 'what is old could not be deleted; trying again');
    },
  }).stop;
}

/** One sweep: batch after batch until nothing is due, the sweep's time is over, or the service stops. */
async function sweep({ store, log, now, retentionDays }: Omit<RetentionOptions, 'everyMs'>, isStopping: () => boolean): Promise<void> {
  const ago = (hours: number) => new Date(now().getTime() - hours * hourMs);
  const endsAt = performance.now() + sweepMs;
  const isOver = () => isStopping() || performance.now() > endsAt;
  while ((await store.forgetRequests(ago(requestHours), requestBatch)) === requestBatch && !isOver());
  if (retentionDays === 0) return;
  const before = ago(retentionDays * 24);
  try {
    const sessions = await deleteInBatches(store, before, isOver);
    if (sessions > 0) log.info({ sessions, retentionDays }, 'sessions without a change for so long were deleted');
  } finally {
    due.set(await store.countForgettable(before, countLimit));
  }
}

/** A batch that fails, as one that runs out of time does, is tried again in half the size: one huge session must not hold up all others. */
async function deleteInBatches(store: VotingStore, before: Date, isOver: () => boolean): Promise<number> {
  let sessions = 0;
  for (let batch = sessionBatch; !isOver(); ) {
    try {
      const count = await store.forgetSessions(before, batch);
      deleted.inc(count);
      sessions += count;
      if (count === 0) break;
    } catch (error) {
      if (batch === 1) throw error;
      batch = Math.ceil(batch / 2);
    }
  }
  return sessions;
}
