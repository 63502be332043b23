import type { Stop } from '../../../../kit/process/http.ts';
import type { IssueEvents } from './issue-events.ts';

/** Tells caches and followers that issues have changed. */
export interface IssueFeed {
  /** Returns when every cache of this process has forgotten them: false when other replicas may not know; never throws. */
  readonly changed: (keys: readonly string[]) => Promise<boolean>;
  /** Yields after each change of the issue, once it can be read anew, and when one may have been missed. Changes that come faster than they are taken are one. */
  readonly follow: (key: string) => AsyncIterableIterator<void>;
  readonly stop: Stop;
}

export interface IssueFeedOptions {
  readonly events: IssueEvents;
  /** Returns all keys that they may be followed by. */
  readonly forget: (keys: readonly string[]) => Promise<readonly string[]>;
  readonly onError: (error: unknown) => void;
}

/** A feed over `events`; rejects only when listening cannot be set up at all. Stop it when the service stops. */
export async function createIssueFeed({ events, forget, onError }: IssueFeedOptions): Promise<IssueFeed> {
  const followers = new Map<string, Set<() => void>>();
  const apply = async (keys: readonly string[]): Promise<void> => {
    for (const key of await forget(keys)) for (const wake of followers.get(key) ?? []) wake();
  };
  // The cache is the Redis that carries the news, and was told by whoever sent them; only followers do not know.
  const wakeAll = () => {
    for (const own of followers.values()) for (const wake of own) wake();
  };
  await events.listen((keys) => void apply(keys).catch(onError), wakeAll);

  return {
    changed: async (keys) => {
      // At once here, and again when the news comes back: this replica must not wait for Redis.
      await forget(keys);
      try {
        await events.publish(keys);
        return true;
      } catch (error) {
        onError(error);
        await apply(keys);
        return false;
      }
    },
    follow: (key) => follow(followers, key),
    stop: events.stop,
  };
}

// By hand: a generator that waits for its next change cannot be returned from until that change comes.
function follow(followers: Map<string, Set<() => void>>, key: string): AsyncIterableIterator<void> {
  let hasChanged = false;
  let isOver = false;
  let answer: ((result: IteratorResult<void>) => void) | undefined;
  const wake = () => {
    hasChanged = answer === undefined;
    answer?.({ done: false, value: undefined });
    answer = undefined;
  };
  const end = () => {
    isOver = true;
    own.delete(wake);
    if (own.size === 0 && followers.get(key) === own) followers.delete(key);
    answer?.({ done: true, value: undefined });
    answer = undefined;
  };
  const own = followers.get(key) ?? new Set();
  followers.set(key, own.add(wake));
  const iterator: AsyncIterableIterator<void> = {
    next: () => {
      if (isOver) return Promise.resolve({ done: true, value: undefined });
      if (!hasChanged)
        return new Promise((resolve) => {
          answer = resolve;
        });
      hasChanged = false;
      return Promise.resolve({ done: false, value: undefined });
    },
    return: () => {
      end();
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
