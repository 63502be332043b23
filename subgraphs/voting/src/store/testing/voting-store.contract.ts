import { afterAll, beforeAll, describe } from 'vitest';
import { describeAcross } from './contract/across.contract.ts';
import { describeCommits } from './contract/commits.contract.ts';
import { describeEvents } from './contract/events.contract.ts';
import { describeFaults } from './contract/faults.contract.ts';
import { describeRequests } from './contract/requests.contract.ts';
import { describeSessions } from './contract/sessions.contract.ts';
import { describeSizes } from './contract/sizes.contract.ts';
import { describeVotes } from './contract/votes.contract.ts';
import { describeWriteBacks } from './contract/write-backs.contract.ts';
import { describeWrittenFields } from './contract/written-fields.contract.ts';
import type { Ground, Grounded } from './ground.ts';

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
    describeSizes(get);
    describeVotes(get);
    describeRequests(get);
    describeEvents(get, isShared);
    describeWriteBacks(get);
    describeAcross(get);
    describeWrittenFields(get);
    if (isShared) describeFaults(get);
  });
}
