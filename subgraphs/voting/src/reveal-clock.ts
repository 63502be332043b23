import type { Stop } from '../../../kit/http.ts';
import type { Logger } from '../../../kit/logging.ts';
import { runCommand } from './commands.ts';
import { revealDue } from './domain/rounds.ts';
import type { VotingStore } from './store/voting-store.ts';

interface RevealClockOptions {
  readonly store: VotingStore;
  readonly log: Logger;
  readonly now: () => Date;
}

const tickMs = 250;

/** Reveals rounds whose countdown has run out, whichever replica started it. Returns the way to stop. */
export function startRevealClock({ store, log, now }: RevealClockOptions): Stop {
  let running: Promise<void> | undefined;
  const tick = async () => {
    try {
      for (const { sessionId, roundId } of await store.findDueReveals(now(), 100)) {
        await runCommand(store, { sessionId, decide: (state) => revealDue(state, roundId, now()) });
      }
    } catch (error) {
      log.warn({ err: error }, 'due reveals could not be looked up; trying again');
    }
  };
  const timer = setInterval(() => {
    running ??= tick().finally(() => {
      running = undefined;
    });
  }, tickMs).unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
