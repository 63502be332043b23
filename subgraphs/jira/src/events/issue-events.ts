import type { Stop } from '../../../../kit/process/http.ts';

/** Carries the news that issues have changed to every replica, this one included. */
export interface IssueEvents {
  /** Rejects when the news could not be sent. */
  readonly publish: (keys: readonly string[]) => Promise<void>;
  /** To be called once, before the first `publish`. `missed` is called when news may have been lost on their way here. */
  readonly listen: (listener: (keys: readonly string[]) => void, missed: () => void) => Promise<void>;
  readonly stop: Stop;
}

/** For one process on its own. */
export function createLocalEvents(): IssueEvents {
  let tell: (keys: readonly string[]) => void = () => {};
  return {
    publish: async (keys) => tell(keys),
    listen: async (listener) => {
      tell = listener;
    },
    stop: async () => {},
  };
}
