import type { Stop } from '../../../../kit/process/http.ts';
import type { Logger } from '../../../../kit/process/logging.ts';
import { runCommand, settleQuorum } from '../commands/commands.ts';
import { revealDue } from '../domain/rounds.ts';
import type { VotingStore } from '../store/voting-store.ts';
import { startJobLoop } from './job-loop.ts';

interface RevealClockOptions {
  readonly store: VotingStore;
  readonly log: Logger;
  readonly now: () => Date;
}

const dueMs = 250;
/** Who goes away is away after 45 seconds: a few more do not matter. */
const awayMs = 3_000;
const most = 100;

/** Reveals rounds whose countdown has run out, whichever replica started it, and follows who has gone away. Returns the way to stop. */
export function startRevealClock({ store, log, now }: RevealClockOptions): Stop {
  const onFailure = (sessionId: string) => (error: unknown) => log.warn({ err: error, sessionId }, 'a due reveal failed; trying again');
  const onError = (error: unknown) => log.warn({ err: error }, 'due reveals could not be looked up; trying again');
  const due = startJobLoop({
    everyMs: dueMs,
    run: async () => {
      for (const { sessionId, roundId } of await store.findDueReveals(now(), most)) {
        // One session's trouble holds up no other.
        await runCommand(store, { sessionId, decide: (state) => revealDue(state, roundId, now()) }).catch(onFailure(sessionId));
      }
      return undefined;
    },
    onError,
  });
  const waiting = startJobLoop({
    everyMs: awayMs,
    run: async () => {
      for (const sessionId of await store.findWaiting(now(), most)) await followAway(store, sessionId, now).catch(onFailure(sessionId));
      return undefined;
    },
    onError,
  });
  return async () => {
    await due.stop();
    await waiting.stop();
  };
}

/** A countdown that a facilitator stopped stays stopped: only a quorum that was completed by who went away is news. */
async function followAway(store: VotingStore, sessionId: string, now: () => Date): Promise<void> {
  const state = await store.load(sessionId);
  if (state === undefined) return;
  const [newest] = await store.readEvents(sessionId, state.session.revision - 1, 1);
  if (newest?.type !== 'COUNTDOWN_CANCELLED') await settleQuorum(store, sessionId, now);
}
