/**
 * Tells whether nothing of a subgraph lives; those who ask at once share a look. It takes two that fail in a row: the first may lead to the one replica of
 * several that hangs, the second goes out on a new connection.
 */
export function createHangWatch(isAlive: () => Promise<boolean>): () => Promise<boolean> {
  let looking: Promise<boolean> | undefined;
  const look = async (): Promise<boolean> => !(await isAlive()) && !(await isAlive());
  return () => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  };
}
