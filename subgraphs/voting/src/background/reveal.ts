import type { Stop } from '../../../../kit/process/http.ts';
import type { Logger } from '../../../../kit/process/logging.ts';
import { runCommand } from '../commands/commands.ts';
import { revealDue } from '../domain/rounds.ts';
import type { VotingStore } from '../store/voting-store.ts';
import { startTicking } from './job-loop.ts';

interface RevealClockOptions {
  readonly store: VotingStore;
  readonly log: Logger;
  readonly now: () => Date;
}

const tickMs = 250;

/** Reveals rounds whose countdown has run out, whichever replica started it. Returns the way to stop. */
export function startRevealClock({ store, log, now }: RevealClockOptions): Stop {
  return startTicking({
    tickMs,
    tick: async () => {
      for (const { sessionId, roundId } of await store.findDueReveals(now(), 100)) {
        // One session's trouble holds up no other.
        await runCommand(store, { sessionId, decide: (state) => revealDue(state, roundId, now()) }).catch((error: unknown) =>
          log.warn({ err: error, sessionId }, 'a due reveal failed; trying again'),
        );
      }
    },
    onError: (error) => log.warn({ err: error }, 'due reveals could not be looked up; trying again'),
  });
}
