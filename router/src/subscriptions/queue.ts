/** One subscriber's buffer between the group that pushes and the transport that pulls. */
export interface Queue<Item> {
  /** For the transport. `return()` takes effect at once, also while `next()` waits. */
  readonly stream: AsyncIterableIterator<Item>;
  readonly push: (item: Item) => void;
  /** Ends the stream after what is buffered. */
  readonly end: () => void;
  /** Ends the stream after what is buffered; `next()` then rejects with the error, once. */
  readonly fail: (error: Error) => void;
}

export interface QueueOptions {
  /** `latest` keeps the newest item only; `every` keeps all, up to `limit`. */
  readonly keep: 'latest' | 'every';
  readonly limit: number;
  /** What a reader gets that fell `limit` items behind; its buffer is dropped then. */
  readonly tooSlow: () => Error;
  /** Called when a newer item took the place of one that nobody had read. */
  readonly onConflate?: () => void;
  /** Called once, when the stream has ended for whatever reason. */
  readonly onClose: () => void;
}

type State = { readonly kind: 'open' } | { readonly kind: 'ending'; readonly error?: Error } | { readonly kind: 'closed' };

// Hand-written in place of an async generator: a generator that awaits cannot run `return()`, so a client that leaves would not be noticed.
export function createQueue<Item>({ keep, limit, tooSlow, onConflate, onClose }: QueueOptions): Queue<Item> {
  let buffer: Item[] = [];
  let state: State = { kind: 'open' };
  let waiting: { resolve: (result: IteratorResult<Item>) => void; reject: (error: Error) => void } | undefined;
  const done: IteratorResult<Item> = { done: true, value: undefined };

  const close = (): void => {
    if (state.kind === 'closed') return;
    state = { kind: 'closed' };
    buffer = [];
    const reader = waiting;
    waiting = undefined;
    reader?.resolve(done);
    onClose();
  };
  const finish = (error?: Error): void => {
    if (state.kind !== 'open') return;
    state = error === undefined ? { kind: 'ending' } : { kind: 'ending', error };
    const reader = waiting;
    if (reader === undefined) return;
    waiting = undefined;
    close();
    if (error === undefined) reader.resolve(done);
    else reader.reject(error);
  };

  return {
    push: (item) => {
      if (state.kind !== 'open') return;
      if (waiting !== undefined) {
        const reader = waiting;
        waiting = undefined;
        reader.resolve({ done: false, value: item });
      } else if (keep === 'latest') {
        if (buffer.length > 0) onConflate?.();
        buffer = [item];
      } else if (buffer.length < limit) {
        buffer.push(item);
      } else {
        buffer = [];
        finish(tooSlow());
      }
    },
    end: () => finish(),
    fail: finish,
    stream: {
      next: () => {
        const item = buffer.shift();
        if (item !== undefined) return Promise.resolve({ done: false, value: item });
        if (state.kind === 'open') return new Promise((resolve, reject) => (waiting = { resolve, reject }));
        const error = state.kind === 'ending' ? state.error : undefined;
        close();
        return error === undefined ? Promise.resolve(done) : Promise.reject(error);
      },
      return: () => {
        close();
        return Promise.resolve(done);
      },
      throw: (error) => {
        close();
        return Promise.reject(error);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    },
  };
}
