import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { Signal } from '../../../domain/signals.ts';
import { createSessionFeed } from '../../../events/session-feed.ts';
import type { VotingStore } from '../../voting-store.ts';
import type { Grounded } from '../ground.ts';
import { ballot, facilitatorOf, open, openTable, queue, reveal } from '../play.ts';

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
      const { id } = state.session;
      const tells = async (change: () => Promise<unknown>) => {
        await sleep(50);
        told.length = 0;
        await change();
        await vi.waitFor(() => expect(told).toContain(id), { timeout: 5_000 });
      };
      await tells(() => store.castVote(ballot(state, facilitatorOf(state))));
      await tells(() => store.retractVote(ballot(state, facilitatorOf(state))));
      await tells(() => store.touch(id, facilitatorOf(state), new Date()));
      await tells(() => reveal(store, state));
      const newest = (await store.load(id)) ?? state;
      await tells(() => store.deleteSession(newest));
      // Several in a row may be told at once, and none of them is left out.
      const many = await Promise.all(Array.from({ length: 30 }, () => openTable(store, { voters: 0 })));
      await vi.waitFor(() => expect(many.filter((each) => !told.includes(each.session.id))).toEqual([]), { timeout: 5_000 });
      stop();
      const before = told.length;
      await openTable(store, { voters: 0 });
      await sleep(100);
      expect(told.length).toBe(before);
    });

    it(
      isShared ? 'a signal through one replica is heard by both, and is kept nowhere' : 'a signal is heard, and is kept nowhere',
      async () => {
        const { store, replica } = get();
        const told: string[] = [];
        const stopChanges = replica.onChange((sessionId) => told.push(sessionId));
        await listening(store, told);
        const { session } = await openTable(store, { voters: 0 });
        const before = await store.exportSession(session.id);
        const heard: unknown[] = [];
        const stops = [...new Set([store, replica])].map((each) => each.onSignal((sessionId, signal) => heard.push({ sessionId, signal })));
        await listening(store, told);
        const nudge: Signal = { kind: 'nudge', by: 'ann', participantIds: ['ben', 'quo"te', 'ünï'] };
        const reaction: Signal = { kind: 'reaction', by: 'ben', reaction: 'AGREE' };
        const everyone = (signal: Signal) => stops.map(() => ({ sessionId: session.id, signal }));
        for (const signal of [nudge, reaction]) {
          heard.length = 0;
          told.length = 0;
          await store.sendSignal(session.id, signal);
          await vi.waitFor(() => expect(heard).toEqual(everyone(signal)), { timeout: 5_000 });
          expect(told).not.toContain(session.id);
        }
        expect(await store.exportSession(session.id)).toEqual(before);
        for (const stop of [...stops, stopChanges]) stop();
        heard.length = 0;
        await store.sendSignal(session.id, nudge);
        await sleep(100);
        expect(heard).toEqual([]);
      },
    );

    it('revisions are told for many sessions at once, and nothing of one that is not there', async () => {
      const { store, replica } = get();
      const states = await Promise.all([openTable(store, { voters: 0 }), openTable(store, { voters: 2 })]);
      const ids = states.map(({ session }) => session.id);
      expect(await replica.findRevisions([...ids, 'nobody'])).toEqual(new Map(states.map(({ session }) => [session.id, session.revision])));
      expect(await replica.findRevisions([])).toEqual(new Map());
    });

    it('whoever follows gets every event of a replica that died before it could tell of them', { timeout: 20_000 }, async () => {
      const { store, replica } = get();
      const state = await open(store, await queue(store, await openTable(store, { voters: 1 })));
      const { id, revision } = state.session;
      const feed = createSessionFeed({ ...replica, onChange: () => () => undefined }, () => new Date());
      const [following, changing, watching] = [feed.follow(id, revision), feed.changes(id, revision), feed.watch(id)];
      // Who is there, and the state as it is.
      await changing.next();
      await watching.next();
      const told = [following, changing, watching].map((stream) => stream.next());
      await sleep(100);
      await store.castVote(ballot(state, facilitatorOf(state)));
      const [event, changes, moment] = (await Promise.all(told)).map(({ value }) => value);
      expect(event).toMatchObject({ type: 'VOTE_CAST', revision: revision + 1 });
      expect(changes).toMatchObject({ kind: 'changes', changes: [{ event: { type: 'VOTE_CAST' } }] });
      expect(moment).toMatchObject({ state: { session: { revision: revision + 1 } } });
      feed.stop();
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
