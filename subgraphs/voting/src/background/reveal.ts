import type { Stop } from '../../../../kit/process/http.ts';
import type { Logger } from '../../../../kit/process/logging.ts';
import { runCommand, settleQuorum } from '../commands/commands.ts';
import { revealDue } from '../domain/rounds.ts';
import type { DueReveal, VotingStore } from '../store/voting-store.ts';
import { startJobLoop } from './job-loop.ts';

interface RevealClockOptions {
  readonly store: VotingStore;
  readonly log: Logger;
  readonly now: () => Date;
}

/** How far it looks ahead; what runs out until the next look is revealed at its own moment. */
const lookMs = 1_000;
/** Who goes away is away after 45 seconds: a few more do not matter. */
const awayMs = 3_000;
const most = 1_000;

/** Reveals rounds whose countdown has run out, whichever replica started it, and follows who has gone away. Returns the way to stop. */
export function startRevealClock({ store, log, now }: RevealClockOptions): Stop {
  const onFailure = (sessionId: string) => (error: unknown) => log.warn({ err: error, sessionId }, 'a due reveal failed; trying again');
  const onError = (error: unknown) => log.warn({ err: error }, 'due reveals could not be looked up; trying again');
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Set<Promise<unknown>>();
  function revealAt({ sessionId, roundId, revealsAt }: DueReveal): void {
    if (timers.has(roundId)) return;
    const run = () => {
      timers.delete(roundId);
      // One session's trouble holds up no other.
      const revealing = runCommand(store, { sessionId, decide: (state) => revealDue(state, roundId, now()) })
        .catch(onFailure(sessionId))
        .finally(() => running.delete(revealing));
      running.add(revealing);
    };
    timers.set(roundId, setTimeout(run, Math.max(0, revealsAt.getTime() - now().getTime())));
  }
  const due = startJobLoop({
    everyMs: lookMs,
    firstAfterMs: 0,
    run: async (isStopping) => {
      const found = await store.findDueReveals(new Date(now().getTime() + lookMs), most);
      if (!isStopping()) found.forEach(revealAt);
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
    for (const timer of timers.values()) clearTimeout(timer);
    await Promise.all(running);
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
