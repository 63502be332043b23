import type { Stop } from '../../../../kit/process/http.ts';
import type { Logger } from '../../../../kit/process/logging.ts';
import type { VotingStore } from '../store/voting-store.ts';

export interface RetentionOptions {
  readonly store: VotingStore;
  readonly log: Logger;
  readonly now: () => Date;
  /** Sessions without a change for so long are deleted; 0: never. */
  readonly retentionDays: number;
  /** The first sweep comes after a tenth of it. Default 10 minutes. */
  readonly everyMs?: number;
}

const hourMs = 3_600_000;
const requestHours = 24;
const batch = 100;

/** Deletes what has been kept long enough: request keys after 24 hours, sessions after the retention. Several replicas may run it. Returns the way to stop. */
export function startRetention({ everyMs = 600_000, ...options }: RetentionOptions): Stop {
  let running: Promise<void> | undefined;
  let timer = setTimeout(run, everyMs / 10).unref();
  function run() {
    running = sweep(options)
      .catch((error: unknown) => options.log.warn({ err: error }, 'what is old could not be deleted; trying again'))
      .finally(() => {
        running = undefined;
        timer = setTimeout(run, everyMs).unref();
      });
  }
  return async () => {
    clearTimeout(timer);
    await running;
    clearTimeout(timer);
  };
}

/** One sweep. */
async function sweep({ store, log, now, retentionDays }: Omit<RetentionOptions, 'everyMs'>): Promise<void> {
  const ago = (hours: number) => new Date(now().getTime() - hours * hourMs);
  await store.forgetRequests(ago(requestHours));
  if (retentionDays === 0) return;
  const deleted = await store.forgetSessions(ago(retentionDays * 24), batch);
  if (deleted > 0) log.info({ sessions: deleted, retentionDays }, 'sessions without a change for so long were deleted');
}
