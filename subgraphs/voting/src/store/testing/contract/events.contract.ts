import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { VotingStore } from '../../voting-store.ts';
import type { Grounded } from '../ground.ts';
import { ballot, facilitatorOf, open, openTable, queue } from '../play.ts';

export function describeEvents(get: () => Grounded, isShared: boolean): void {
  describe('tells of changes:', () => {
    it('events are read page by page, each once, in order', async () => {
      const { store } = get();
      const state = await open(store, await queue(store, await openTable(store, { voters: 3 })));
      const { id, revision } = state.session;
      expect(revision).toBeGreaterThan(5);
      const read: number[] = [];
      for (let page = await store.readEvents(id, 0, 2); page.length > 0; page = await store.readEvents(id, read.at(-1) ?? 0, 2)) {
        expect(page.length).toBeLessThanOrEqual(2);
        read.push(...page.map((event) => event.revision));
      }
      expect(read).toEqual(Array.from({ length: revision }, (_, index) => index + 1));
      expect(await store.readEvents(id, revision, 10)).toEqual([]);
      expect(await store.readEvents(id, revision + 10, 10)).toEqual([]);
      expect((await store.readEvents(id, revision - 1, 10)).map((event) => event.type)).toEqual(['ROUND_STARTED']);
    });

    it(isShared ? 'a change through one replica is told by the other' : 'a change is told', async () => {
      const { store, replica } = get();
      const told: string[] = [];
      const stop = replica.onChange((sessionId) => told.push(sessionId));
      await listening(store, told);
      const state = await open(store, await queue(store, await openTable(store, { voters: 0 })));
      await store.castVote(ballot(state, facilitatorOf(state)));
      const { id } = state.session;
      await vi.waitFor(() => expect(told.filter((each) => each === id).length).toBe(4), { timeout: 5_000 });
      stop();
      const before = told.length;
      await store.castVote(ballot(state, facilitatorOf(state)));
      await sleep(100);
      expect(told.length).toBe(before);
    });
  });
}

/** Waits until a change through `store` is told: a subscription takes a moment to reach its server. */
export async function listening(store: VotingStore, told: readonly string[]): Promise<void> {
  await vi.waitFor(
    async () => {
      const { session } = await openTable(store, { voters: 0 });
      await sleep(50);
      expect(told).toContain(session.id);
    },
    { timeout: 10_000, interval: 50 },
  );
}
