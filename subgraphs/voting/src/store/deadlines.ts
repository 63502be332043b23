export interface Deadlines {
  /** What `answer` comes to; rejects with code ETIMEDOUT when that takes longer than the time, by up to a tenth of it. */
  within<Value>(answer: Promise<Value>): Promise<Value>;
  stop(): void;
}

/** What is said of a command that took too long. */
export function tooLate(): Error {
  return Object.assign(new Error('Redis does not answer.'), { code: 'ETIMEDOUT' });
}

/** One look at all that wait, ten times in `timeoutMs`: a timer for each would cost as much as the rest of a command's way. */
export function createDeadlines(timeoutMs: number): Deadlines {
  const waiting = new Set<{ readonly lastLook: number; readonly reject: (error: Error) => void }>();
  let looks = 0;
  const looking = setInterval(() => {
    looks += 1;
    // In the order of their coming.
    for (const held of waiting) {
      if (held.lastLook > looks) return;
      waiting.delete(held);
      held.reject(tooLate());
    }
  }, timeoutMs / 10).unref();

  return {
    within: (answer) =>
      new Promise((resolve, reject) => {
        const held = { lastLook: looks + 11, reject };
        waiting.add(held);
        answer.then(
          (value) => {
            waiting.delete(held);
            resolve(value);
          },
          (error: unknown) => {
            waiting.delete(held);
            reject(error);
          },
        );
      }),
    stop: () => clearInterval(looking),
  };
}
