/** Turns events into results: several at once, given on in the order of the events. */
export interface Pipeline<Event> {
  readonly push: (event: Event) => void;
  /** Calls back when everything pushed so far has been given on. */
  readonly afterAll: (callback: () => void) => void;
  readonly close: () => void;
}

export interface PipelineOptions<Event, Result> {
  /** `latest`: while one runs, only the newest waits. `every`: all wait, up to `limit`. */
  readonly keep: 'latest' | 'every';
  readonly concurrency: number;
  readonly limit: number;
  /** Must not reject. */
  readonly run: (event: Event) => Promise<Result>;
  readonly emit: (result: Result, event: Event) => void;
  /** More than `limit` events wait; nothing is given on any more. */
  readonly onOverflow: () => void;
}

export function createPipeline<Event, Result>(options: PipelineOptions<Event, Result>): Pipeline<Event> {
  const { keep, limit, run, emit } = options;
  const concurrency = keep === 'latest' ? 1 : options.concurrency;
  let backlog: Event[] = [];
  let running = 0;
  let isClosed = false;
  let emitted: Promise<void> = Promise.resolve();

  const startNext = (): void => {
    while (!isClosed && running < concurrency) {
      const event = backlog.shift();
      if (event === undefined) return;
      running += 1;
      const result = run(event).finally(() => {
        running -= 1;
        startNext();
      });
      emitted = emitted.then(async () => {
        const value = await result;
        if (!isClosed) emit(value, event);
      });
    }
  };
  const close = (): void => {
    isClosed = true;
    backlog = [];
  };

  return {
    push: (event) => {
      if (isClosed) return;
      if (keep === 'latest') backlog = [event];
      else backlog.push(event);
      if (backlog.length > limit) {
        close();
        options.onOverflow();
        return;
      }
      startNext();
    },
    afterAll: (callback) => {
      const check = (): void => {
        void emitted.then(() => {
          if (backlog.length === 0 && running === 0) callback();
          else check();
        });
      };
      check();
    },
    close,
  };
}
