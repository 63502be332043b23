interface WokenStreamOptions<Value> {
  /** Calls `wake` whenever there may be something to read, from now on; returns the way to stop, which may be called again. */
  readonly subscribe: (wake: () => void) => () => void;
  /** What there is, asked at the start and after each waking; an empty find waits for the next one, undefined is the end. `again` says that there is more. */
  readonly read: (again: () => void) => Promise<readonly Value[] | undefined>;
  /** Whether the stream ends, whatever was found: whoever makes it so wakes it. */
  readonly isOver: () => boolean;
}

/** A stream of what `read` finds; returning its iterator frees what it holds. */
export function createWokenStream<Value>({ subscribe, read, isOver }: WokenStreamOptions<Value>): AsyncIterableIterator<Value> {
  let found: Value[] = [];
  let isChanged = true;
  let isDone = false;
  let resume: (() => void) | undefined;
  const wake = () => {
    isChanged = true;
    resume?.();
  };
  const unsubscribe = subscribe(wake);
  const end = () => {
    isDone = true;
    unsubscribe();
    resume?.();
    return Promise.resolve({ done: true as const, value: undefined });
  };
  return {
    async next() {
      for (;;) {
        if (isDone || isOver()) return end();
        const value = found.shift();
        if (value !== undefined) return { done: false, value };
        if (isChanged) {
          isChanged = false;
          // Nobody returns a stream whose `next` has failed: it frees what it holds by itself.
          const values = await read(wake).catch((error: unknown) => end().then(() => Promise.reject(error)));
          if (values === undefined) return end();
          found = [...values];
          continue;
        }
        await new Promise<void>((resolve) => {
          resume = resolve;
        });
      }
    },
    return: end,
    throw: (error) => end().then(() => Promise.reject(error)),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
