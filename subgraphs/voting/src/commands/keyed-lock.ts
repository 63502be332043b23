/** Lets those who want the same thing come one after the other. */
export interface Turns {
  /** Waits for one's turn at `key`, or until `patienceMs` is over; returns how to end the turn, which must be called. */
  take(key: string): Promise<() => void>;
}

/** Turns in the order of asking. Whoever is before may hang: after `patienceMs` the next comes all the same. */
export function createTurns(patienceMs: number): Turns {
  const last = new Map<string, Promise<void>>();
  return {
    take: async (key) => {
      const before = last.get(key);
      const { promise, resolve } = Promise.withResolvers<void>();
      last.set(key, promise);
      if (before !== undefined) await endOf(before, patienceMs);
      return () => {
        resolve();
        if (last.get(key) === promise) last.delete(key);
      };
    },
  };
}

function endOf(turn: Promise<void>, patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patienceMs);
    void turn.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
