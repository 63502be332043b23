interface IssueNewsOptions {
  /** Opens the stream of one issue; returns the way to stop it. */
  readonly open: (key: string, on: { readonly next: () => void; readonly end: () => void }) => () => void;
  /** Asks the graph what is so now. */
  readonly ask: () => void;
}

export interface IssueNews {
  /** Follows exactly these from now on; the streams of those that were followed before stay as they are. */
  readonly follow: (keys: readonly string[]) => void;
  readonly stop: () => void;
}

const openAgainMs = 15_000;
const askAgainMs = 5_000;

/** What Jira says of a changing set of issues. */
export function createIssueNews({ open, ask }: IssueNewsOptions): IssueNews {
  const stops = new Map<string, () => void>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const later = (run: () => void, ms: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  };
  const close = (key: string): void => {
    stops.get(key)?.();
    stops.delete(key);
  };
  const start = (key: string): void => {
    const again = () =>
      later(() => {
        if (stops.get(key) !== stop) return;
        start(key);
        later(ask, askAgainMs);
      }, openAgainMs);
    const next = () => {
      ask();
      // While Jira answers slowly the graph does not yet know the new wording.
      later(ask, askAgainMs);
    };
    const stop = open(key, { next, end: again });
    stops.set(key, stop);
  };
  return {
    follow: (keys) => {
      for (const key of [...stops.keys()]) if (!keys.includes(key)) close(key);
      const added = keys.filter((key) => !stops.has(key));
      for (const key of added) start(key);
      // Nothing tells when a stream stands: what changed since it was asked for is asked for once more.
      if (added.length > 0) later(ask, askAgainMs);
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
      for (const key of [...stops.keys()]) close(key);
    },
  };
}
