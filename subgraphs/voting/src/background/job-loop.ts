import type { Stop } from '../../../../kit/process/http.ts';

export interface Ticking {
  readonly tickMs: number;
  readonly tick: () => Promise<void>;
  /** Told of what a tick threw; the next one comes all the same. */
  readonly onError: (error: unknown) => void;
}

/** Runs a tick again and again, never two at once. Returns the way to stop, which waits for the running one. */
export function startTicking({ tickMs, tick, onError }: Ticking): Stop {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= tick()
      .catch(onError)
      .finally(() => {
        running = undefined;
      });
  }, tickMs).unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
