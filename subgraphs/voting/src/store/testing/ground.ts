import type { VotingStore } from '../voting-store.ts';

/** Where an adapter is tested: one database of its own. */
export interface Ground {
  /** A store on the ground's data; every call is another replica. The first is `store`. */
  readonly open: (options?: { readonly timeoutMs?: number; readonly poolSize?: number }) => Promise<VotingStore>;
  /** Cuts every connection that stores have at this moment; absent where there are none. */
  readonly cut?: () => Promise<void>;
  /** Makes writes to a session wait, until released; absent where nobody else can hold it. */
  readonly stall?: (sessionId: string) => Promise<() => Promise<void>>;
  /** Frees everything but the stores. */
  readonly dispose: () => Promise<void>;
}

/** The ground while its tests run. */
export interface Grounded {
  readonly ground: Ground;
  readonly store: VotingStore;
  /** A second replica where there can be one, else `store` itself. */
  readonly replica: VotingStore;
}
