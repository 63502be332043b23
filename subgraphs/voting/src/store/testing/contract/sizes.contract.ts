import { beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../../commands/commands.ts';
import type { SessionAggregate } from '../../../domain/model.ts';
import { addIssues, addTopics, moveItem } from '../../../domain/queue.ts';
import { maxAtOnce, maxItems } from '../../../domain/queue-size.ts';
import { remembering } from '../../remembered.ts';
import type { Grounded } from '../ground.ts';
import { ballot, facilitatorOf, newId, open, openRoundOf, openTable, play, reveal } from '../play.ts';

export function describeSizes(get: () => Grounded): void {
  describe('holds the largest queue:', () => {
    let state: SessionAggregate;
    const acting = () => ({ actorId: facilitatorOf(state), now: new Date('2026-03-04T05:06:07.008Z') });
    const load = () => get().replica.load(state.session.id);

    beforeAll(async () => {
      state = await openTable(get().store, { voters: 1 });
    });

    it('5000 items, a thousand in each commit, and the domain refuses one more', async () => {
      const { store } = get();
      const seenAt = acting().now;
      for (let from = 0; from < maxItems; from += maxAtOnce) {
        const issues = Array.from({ length: maxAtOnce }, (_, index) => ({
          id: newId('item'),
          issueKey: `SHOP-${from + index}`,
          issueId: String(from + index),
          seenInJira: { estimate: index },
          seenAt,
        }));
        state = await play(store, state, addIssues(state, acting(), issues).change);
      }
      expect(state.items).toHaveLength(5_000);
      expect(await load()).toEqual(state);
      expect(() => addTopics(state, acting(), [{ id: newId('item'), topic: 'One more' }])).toThrow(
        expect.objectContaining({ code: 'TOO_MANY_ITEMS' }),
      );
    });

    it('a vote on the last of them, its reveal, and a move of it to the front', async () => {
      const { store } = get();
      state = await open(store, state);
      const voter = facilitatorOf(state);
      expect(await store.castVote(ballot(state, voter))).toMatchObject({ kind: 'committed' });
      expect(await reveal(store, state)).toMatchObject({ kind: 'committed' });
      expect(await store.findVotes([openRoundOf(state)])).toMatchObject([{ participantId: voter, card: '5' }]);
      state = (await load()) ?? state;
      const moved = state.items.at(-2)?.id ?? '';
      state = await play(store, state, moveItem(state, acting(), moved, 0));
      expect((await load())?.items.at(0)?.id).toBe(moved);
    });

    it('a command answers with the state that is remembered, so that both have the indexes that either has made', async () => {
      const store = remembering(get().store);
      const decide = (basis: SessionAggregate) => moveItem(basis, acting(), basis.items.at(-2)?.id ?? '', 0);
      const { state: first } = await runCommand(store, { sessionId: state.session.id, decide });
      expect(store.recall(state.session.id)).toBe(first);
      const { before, state: second } = await runCommand(store, { sessionId: state.session.id, decide });
      expect(before).toBe(first);
      expect(store.recall(state.session.id)).toBe(second);
      state = second;
    });

    it('a move between two that have no room writes all of them in one commit', async () => {
      const { store } = get();
      const event = { type: 'ITEMS_CHANGED' as const, at: acting().now, actorId: null };
      state = await play(store, state, { event, items: state.items.map((item, index) => ({ ...item, position: index + 1 })) });
      const move = moveItem(state, acting(), state.items.at(1)?.id ?? '', 3_000);
      expect(move?.items?.length).toBeGreaterThanOrEqual(4_999);
      state = await play(store, state, move);
      expect(await load()).toEqual(state);
    });
  });
}
