/** What the watch asks, and what it can see for itself. */
export interface HangWatchOptions {
  readonly isAlive: () => Promise<boolean>;
  /** How many requests were answered so far: one that answers others is busy, and does not hang. */
  readonly answered: () => number;
}

/**
 * Tells whether nothing of a subgraph lives; those who ask at once share a look. It takes two that fail in a row, and nobody answered meanwhile: the first may
 * lead to the one replica of several that hangs, the second goes out on a new connection.
 */
export function createHangWatch({ isAlive, answered }: HangWatchOptions): () => Promise<boolean> {
  let looking: Promise<boolean> | undefined;
  const look = async (): Promise<boolean> => {
    const before = answered();
    return !(await isAlive()) && !(await isAlive()) && answered() === before;
  };
  return () => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  };
}
