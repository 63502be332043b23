import type { Stop } from '../../../../kit/process/http.ts';
import type { Logger } from '../../../../kit/process/logging.ts';
import { runCommand } from '../commands/commands.ts';
import { findVoters } from '../commands/voters.ts';
import { findWaiting, passFacilitation } from '../domain/presence.ts';
import type { VotingStore } from '../store/voting-store.ts';
import { startJobLoop } from './job-loop.ts';

export interface SuccessionClockOptions {
  readonly store: VotingStore;
  readonly log: Logger;
  readonly now: () => Date;
  /** How often it looks; default 5000. */
  readonly tickMs?: number;
}

const most = 100;

/** Passes the facilitation on in sessions whose facilitators are away too long. Several replicas may run it. Returns the way to stop. */
export function startSuccessionClock({ store, log, now, tickMs = 5_000 }: SuccessionClockOptions): Stop {
  async function passOn(sessionId: string): Promise<void> {
    const [sightings, seen] = await Promise.all([store.findSightings(sessionId), store.load(sessionId)]);
    if (seen === undefined || findWaiting(seen, sightings, now()).length === 0) return;
    const voters = await findVoters(store, seen);
    await runCommand(store, { sessionId, decide: (state) => passFacilitation(state, sightings, voters, now()) });
  }

  return startJobLoop({
    everyMs: tickMs,
    run: async () => {
      for (const sessionId of await store.findUnled(now(), most)) {
        // One session's trouble holds up no other.
        await passOn(sessionId).catch((error: unknown) =>
          log.warn({ err: error, sessionId }, 'a facilitation could not be passed on; trying again'),
        );
      }
      return undefined;
    },
    onError: (error) => log.warn({ err: error }, 'sessions without a facilitator could not be looked up; trying again'),
  }).stop;
}
