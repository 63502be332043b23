import { type Client, CloseCode, createClient } from 'graphql-ws';
import type { Store } from '../store.ts';
import { createIds } from './followed.ts';

/** `idle`: nothing is followed, so no socket is open. `refused`: the token is no longer good. */
export type ConnectionState = 'idle' | 'connecting' | 'live' | 'reconnecting' | 'refused';

interface SocketOptions {
  readonly state: Store<ConnectionState>;
  readonly connectionParams: () => Promise<Record<string, string>>;
  readonly onResume: () => void;
}

const keepAliveMs = 10_000;
const pongWithinMs = 5_000;
const longestPauseMs = 5_000;

/**
 * A graphql-ws client that never gives up while it makes sense: it pings, notices a silent line (a laptop that slept),
 * comes back with every subscription, and says in `state` how it stands.
 */
export function createSocket({ state, connectionParams, onResume }: SocketOptions): { client: Client; dispose: () => void } {
  let hasBeenLive = false;
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  let wake: (() => void) | undefined;

  const client = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    connectionParams,
    generateID: createIds(),
    keepAlive: keepAliveMs,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    // Ends early when the device says that it is online again or the page is looked at.
    retryWait: (retries) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, Math.min(longestPauseMs, 250 * 2 ** Math.min(retries, 5)) * (0.75 + Math.random() / 2));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    on: {
      connecting: () => state.set(hasBeenLive ? 'reconnecting' : 'connecting'),
      connected: () => {
        state.set('live');
        if (hasBeenLive) onResume();
        hasBeenLive = true;
      },
      ping: (wasReceived) => {
        if (wasReceived) return;
        clearTimeout(pongTimer);
        pongTimer = setTimeout(() => client.terminate(), pongWithinMs);
      },
      pong: (wasReceived) => {
        if (wasReceived) clearTimeout(pongTimer);
      },
      closed: (event) => {
        clearTimeout(pongTimer);
        const code = event instanceof CloseEvent ? event.code : undefined;
        if (code === CloseCode.Unauthorized) state.set('refused');
        else state.set(code === 1000 ? 'idle' : 'reconnecting');
      },
    },
  });

  const hurry = () => {
    if (document.visibilityState === 'visible') wake?.();
  };
  const drop = () => client.terminate();
  addEventListener('online', hurry);
  document.addEventListener('visibilitychange', hurry);
  addEventListener('offline', drop);

  return {
    client,
    dispose: () => {
      removeEventListener('online', hurry);
      document.removeEventListener('visibilitychange', hurry);
      removeEventListener('offline', drop);
      clearTimeout(pongTimer);
      // graphql-ws rejects here when the connection that is being opened fails: nobody waits for it any more.
      Promise.resolve(client.dispose()).catch(() => {});
    },
  };
}
