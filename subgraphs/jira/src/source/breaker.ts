export interface BreakerOptions {
  /** So many failures in a row open it. */
  readonly failures: number;
  /** So long it stays open, then one request may try. */
  readonly openMs: number;
  /** Milliseconds. */
  readonly now: () => number;
}

type State =
  | { readonly name: 'closed'; readonly failures: number }
  | { readonly name: 'open'; readonly until: number }
  | { readonly name: 'trying' };

export interface Breaker {
  /** True when a request may go out. After an opening it lets one through, and the others wait for its outcome. */
  readonly tryPass: () => boolean;
  readonly succeeded: () => void;
  readonly failed: () => void;
  readonly isClosed: () => boolean;
}

/** Spares a service that is down: after several failures in a row nothing is sent to it for a while. */
export function createBreaker({ failures, openMs, now }: BreakerOptions): Breaker {
  let state: State = { name: 'closed', failures: 0 };
  return {
    tryPass: () => {
      if (state.name === 'closed') return true;
      if (state.name === 'trying' || now() < state.until) return false;
      state = { name: 'trying' };
      return true;
    },
    succeeded: () => {
      state = { name: 'closed', failures: 0 };
    },
    failed: () => {
      const inARow = state.name === 'closed' ? state.failures + 1 : failures;
      state = inARow >= failures ? { name: 'open', until: now() + openMs } : { name: 'closed', failures: inARow };
    },
    isClosed: () => state.name === 'closed',
  };
}
