import { createGuard } from '../unavailable.ts';

/** Runs an operation of the Redis client; a lost connection, or a Redis that cannot write now, becomes STORE_UNAVAILABLE. */
export const guard = createGuard({
  words:
    /connection closed|socket closed|closed unexpectedly|connection timeout|client is (?:closed|offline)|socket timeout|disconnects client|root nodes are unavailable|^(?:LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|MISCONF|OOM|BUSY) /i,
});
