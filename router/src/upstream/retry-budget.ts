/** Lets a share of requests be repeated, so that repeating never multiplies the load on a service in trouble. */
export interface RetryBudget {
  /** Each request earns a tenth of a repetition. */
  readonly earn: () => void;
  /** Spends one repetition when there is one. */
  readonly spend: () => boolean;
}

const earnedPerRequest = 0.1;
const most = 20;

export function createRetryBudget(): RetryBudget {
  let balance = most;
  return {
    earn: () => {
      balance = Math.min(most, balance + earnedPerRequest);
    },
    spend: () => {
      if (balance < 1) return false;
      balance -= 1;
      return true;
    },
  };
}
