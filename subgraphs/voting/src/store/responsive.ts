import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Check } from '../../../../kit/process/health.ts';
import { answerWithin } from '../../../../kit/process/optional-dependency.ts';
import { unanswered } from './unavailable.ts';
import type { VotingStore } from './voting-store.ts';
import { wrapCalls } from './wrapped.ts';

export interface ResponsiveOptions {
  /** A call that takes longer makes us ask whether the store answers at all; default 800. */
  readonly suspectAfterMs?: number;
  /** How long that answer may take; default 600. */
  readonly answerMs?: number;
}

const lookEveryMs = 100;

/**
 * A store whose calls do not wait for a server that hangs. A slow statement and a stopped server look alike to who waits for them, so
 * the server is asked something trivial on another connection: while that is not answered, all calls fail with STORE_UNAVAILABLE, those
 * under way and those that come. A slow statement on a server that answers goes on.
 */
export function responsive(store: VotingStore, { suspectAfterMs = 800, answerMs = 600 }: ResponsiveOptions = {}): VotingStore {
  const underWay = new Set<{ readonly since: number; readonly fail: (error: Error) => void }>();
  let isHung = false;
  let isAsking = false;
  let lastLookAt = performance.now();

  async function ask(): Promise<void> {
    isAsking = true;
    let answered: Check | undefined;
    const checking = store.check().then((check) => {
      answered = check;
    });
    await answerWithin(answerMs, 'the store', () => checking).catch(() => undefined);
    // When this process itself was asleep, the timer comes before the answer that is there already.
    await nextTurn();
    await nextTurn();
    isAsking = false;
    // Read-only or without connections is an answer: calls then fail by themselves, each for its reason.
    isHung = answered === undefined;
    if (!isHung) return;
    for (const call of underWay) call.fail(unanswered());
    underWay.clear();
  }

  function look(): void {
    const now = performance.now();
    const wasAsleep = now - lastLookAt > 4 * lookEveryMs;
    lastLookAt = now;
    if (isAsking || wasAsleep) return;
    const [oldest] = underWay;
    if (isHung || (oldest !== undefined && now - oldest.since > suspectAfterMs)) void ask();
  }
  const looking = setInterval(look, lookEveryMs).unref();

  const watched = wrapCalls(store, (_method, call) => (...given) => {
    if (isHung) return Promise.reject(unanswered());
    return new Promise((resolve, reject) => {
      const entry = { since: performance.now(), fail: reject };
      underWay.add(entry);
      call(...given)
        .then(resolve, reject)
        .finally(() => underWay.delete(entry));
    });
  });
  return {
    ...watched,
    close: async () => {
      clearInterval(looking);
      await store.close();
    },
  };
}
