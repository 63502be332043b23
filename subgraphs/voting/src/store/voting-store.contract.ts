import { afterAll, beforeAll, describe } from 'vitest';
import { describeAcross } from './contract/across.contract.ts';
import { describeCommits } from './contract/commits.contract.ts';
import { describeEvents } from './contract/events.contract.ts';
import { describeFaults } from './contract/faults.contract.ts';
import { describeRequests } from './contract/requests.contract.ts';
import { describeSessions } from './contract/sessions.contract.ts';
import { describeVotes } from './contract/votes.contract.ts';
import { describeWriteBacks } from './contract/write-backs.contract.ts';
import type { VotingStore } from './voting-store.ts';

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

/** Every promise of `VotingStore`. `createGround` is called once; `isShared`: several replicas may use the data at once. */
export function describeVotingStore(name: string, { isShared }: { readonly isShared: boolean }, createGround: () => Promise<Ground>): void {
  describe(`the ${name} store`, () => {
    let grounded: Grounded | undefined;
    beforeAll(async () => {
      const ground = await createGround();
      const store = await ground.open();
      grounded = { ground, store, replica: isShared ? await ground.open() : store };
    });
    afterAll(async () => {
      if (grounded === undefined) return;
      await Promise.all([...new Set([grounded.store, grounded.replica])].map((store) => store.close()));
      await grounded.ground.dispose();
    });

    const get = () => {
      if (grounded === undefined) throw new Error('The ground is not there yet.');
      return grounded;
    };
    describeSessions(get);
    describeCommits(get);
    describeVotes(get);
    describeRequests(get);
    describeEvents(get, isShared);
    describeWriteBacks(get);
    describeAcross(get);
    if (isShared) describeFaults(get);
  });
}
