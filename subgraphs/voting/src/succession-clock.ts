import type { Stop } from '../../../kit/http.ts';
import type { Logger } from '../../../kit/logging.ts';
import { runCommand } from './commands.ts';
import { passFacilitation } from './domain/presence.ts';
import type { VotingStore } from './store/voting-store.ts';
import { startTicking } from './ticking.ts';

export interface SuccessionClockOptions {
  readonly store: VotingStore;
  readonly log: Logger;
  readonly now: () => Date;
  /** Default 5000. */
  readonly tickMs?: number;
}

const most = 100;

/** Passes the facilitation on in sessions whose facilitators are away too long. Several replicas may run it. Returns the way to stop. */
export function startSuccessionClock({ store, log, now, tickMs = 5_000 }: SuccessionClockOptions): Stop {
  return startTicking({
    tickMs,
    tick: async () => {
      for (const sessionId of await store.findUnled(now(), most)) {
        const sightings = await store.findSightings(sessionId);
        await runCommand(store, { sessionId, decide: (state) => passFacilitation(state, sightings, now()) });
      }
    },
    onError: (error) => log.warn({ err: error }, 'sessions without a facilitator could not be looked up; trying again'),
  });
}
