/** Stops asking a service that keeps failing, and tries it again now and then. */
export interface Breaker {
  /** Whether a request may go out; while open, one in each pause may, to find out. */
  readonly allows: () => boolean;
  readonly succeeded: () => void;
  readonly failed: () => void;
  /** Whether it refuses requests; no longer when nobody has come to try for a minute, since then nothing is known. */
  readonly isOpen: () => boolean;
}

type State = { readonly kind: 'closed'; failures: number } | { readonly kind: 'open'; nextTryAt: number; readonly pauseMs: number };

interface BreakerOptions {
  /** Milliseconds. */
  readonly now: () => number;
  /** Before the first try; each try that fails doubles it. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

const failuresToOpen = 5;
const unknownAfterMs = 60_000;

/** Opens after five failures in a row. */
export function createBreaker({ now, firstPauseMs, longestPauseMs }: BreakerOptions): Breaker {
  let state: State = { kind: 'closed', failures: 0 };
  return {
    allows: () => {
      if (state.kind === 'closed') return true;
      if (now() < state.nextTryAt) return false;
      state.nextTryAt = now() + state.pauseMs;
      return true;
    },
    succeeded: () => {
      state = { kind: 'closed', failures: 0 };
    },
    failed: () => {
      if (state.kind === 'open') {
        const pauseMs = Math.min(longestPauseMs, state.pauseMs * 2);
        state = { kind: 'open', pauseMs, nextTryAt: now() + pauseMs };
        return;
      }
      state.failures += 1;
      if (state.failures < failuresToOpen) return;
      state = { kind: 'open', pauseMs: firstPauseMs, nextTryAt: now() + firstPauseMs };
    },
    isOpen: () => state.kind === 'open' && now() < state.nextTryAt + unknownAfterMs,
  };
}
