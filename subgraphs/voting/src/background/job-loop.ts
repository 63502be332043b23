import type { Stop } from '../../../../kit/process/http.ts';

export interface Job {
  /** From the end of one run to the beginning of the next. */
  readonly everyMs: number;
  /** Default `everyMs`. */
  readonly firstAfterMs?: number;
  /** One run; true: there is more to do, run again at once. A long run asks `isStopping` now and then. */
  readonly run: (isStopping: () => boolean) => Promise<boolean | undefined>;
  /** Told of what a run threw; the next one comes all the same. */
  readonly onError: (error: unknown) => void;
}

export interface JobLoop {
  /** Runs the job now; once more when it is running. */
  readonly wake: () => void;
  /** Starts no further run, and waits for the running one. */
  readonly stop: Stop;
}

/** Runs a job again and again, never twice at once. */
export function startJobLoop({ everyMs, firstAfterMs = everyMs, run, onError }: Job): JobLoop {
  let isStopping = false;
  let isAsked = false;
  let running: Promise<void> | undefined;
  let timer = setTimeout(wake, firstAfterMs).unref();

  async function runAll(): Promise<void> {
    do {
      isAsked = false;
      const hasMore = await run(() => isStopping).catch(onError);
      if (hasMore === true) isAsked = true;
    } while (isAsked && !isStopping);
  }

  function wake(): void {
    isAsked = true;
    if (isStopping || running !== undefined) return;
    clearTimeout(timer);
    running = runAll().finally(() => {
      running = undefined;
      if (!isStopping) timer = setTimeout(wake, everyMs).unref();
    });
  }

  return {
    wake,
    stop: async () => {
      isStopping = true;
      clearTimeout(timer);
      await running;
    },
  };
}
