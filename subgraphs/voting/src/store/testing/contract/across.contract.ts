import { describe, expect, it } from 'vitest';
import { awayAfterMs } from '../../../domain/presence.ts';
import { closeSession } from '../../../domain/session.ts';
import type { Grounded } from '../ground.ts';
import { facilitatorOf, newId, open, openTable, play, queue, settle } from '../play.ts';

const minute = 60_000;

export function describeAcross(get: () => Grounded): void {
  const later = (ms: number, from = new Date('2026-05-06T07:08:09.010Z')) => new Date(from.getTime() + ms);

  describe('notes who is there:', () => {
    it('the last sign of life, and since when without a break; an older sign changes nothing', async () => {
      const { store, replica } = get();
      const state = await openTable(store, { voters: 1 });
      const [ada, eve] = state.participants.map(({ id }) => id);
      if (ada === undefined || eve === undefined) throw new Error('empty table');
      const { id } = state.session;
      expect(await store.findSightings(id)).toEqual(new Map());
      await store.touch(id, ada, later(0));
      await replica.touch(id, ada, later(awayAfterMs - 1));
      await store.touch(id, ada, later(5));
      await store.touch(id, eve, later(0));
      await store.touch(id, eve, later(awayAfterMs));
      const expected = [
        { participantId: ada, since: later(0), seenAt: later(awayAfterMs - 1) },
        { participantId: eve, since: later(awayAfterMs), seenAt: later(awayAfterMs) },
      ];
      expect(await replica.findSightings(id)).toEqual(new Map(expected.map((sighting) => [sighting.participantId, sighting])));
    });

    it('with no revision and no event, and nobody who is not in the session', async () => {
      const { store } = get();
      const state = await openTable(store);
      await store.touch(state.session.id, facilitatorOf(state), new Date());
      await store.touch(state.session.id, newId('stranger'), new Date());
      await store.touch(newId('session'), facilitatorOf(state), new Date());
      expect(await store.load(state.session.id)).toEqual(state);
      expect(await store.readEvents(state.session.id, state.session.revision, 10)).toEqual([]);
      expect([...(await store.findSightings(state.session.id)).keys()]).toEqual([facilitatorOf(state)]);
    });

    it('tells listeners when somebody comes, and of no further heartbeat', async () => {
      const { store, replica } = get();
      const state = await openTable(store, { voters: 0 });
      let told = 0;
      const stop = replica.onChange((sessionId) => {
        if (sessionId === state.session.id) told += 1;
      });
      // The listener may be connected a little after.
      let comings = 0;
      await expect
        .poll(async () => {
          comings += 1;
          await store.touch(state.session.id, facilitatorOf(state), later(comings * awayAfterMs));
          return told;
        })
        .toBeGreaterThan(0);
      const before = await store.findSightings(state.session.id);
      const seenAt = before.get(facilitatorOf(state))?.seenAt ?? new Date();
      await new Promise((resolve) => setTimeout(resolve, 100));
      told = 0;
      for (let beat = 1; beat <= 5; beat += 1) await store.touch(state.session.id, facilitatorOf(state), later(beat * 1000, seenAt));
      await store.touch(state.session.id, facilitatorOf(state), later(awayAfterMs + 5000, seenAt));
      await expect.poll(() => told).toBe(1);
      stop();
    });

    it('finds the open sessions where somebody is and no facilitator, unless they stay with theirs for ever', async () => {
      const { store, replica } = get();
      const tables = await Promise.all(['led', 'unled', 'empty', 'closed'].map(() => openTable(store, { voters: 1 })));
      const [led, unled, empty, closed] = tables;
      if (led === undefined || unled === undefined || empty === undefined || closed === undefined) throw new Error('no tables');
      // A time of its own, so that other tests' people are not there.
      const now = later(365 * 24 * 60 * minute, new Date());
      const touch = (table: typeof led, place: number, at: Date) => store.touch(table.session.id, table.participants[place]?.id ?? '', at);
      await touch(led, 0, later(-1000, now));
      for (const table of [led, unled, closed]) await touch(table, 1, later(-1000, now));
      await touch(unled, 0, later(-awayAfterMs, now));
      const loyal = await openTable(store, { voters: 1, settings: { successionSeconds: null } });
      await touch(loyal, 1, later(-1000, now));
      await touch(empty, 1, later(-awayAfterMs, now));
      await play(store, closed, closeSession(closed, { actorId: facilitatorOf(closed), now }));
      expect(await replica.findUnled(now, 10)).toEqual([unled.session.id]);
    });

    it('finds the sessions where somebody is and an open round reveals by itself without those who are away', async () => {
      const { store, replica } = get();
      const now = later(2 * 365 * 24 * 60 * minute, new Date());
      const wait = async (settings: object, seenAt = later(-1000, now)) => {
        const table = await openTable(store, { voters: 1, settings });
        await store.touch(table.session.id, facilitatorOf(table), seenAt);
        return open(store, await queue(store, table));
      };
      const waiting = await Promise.all([wait({ autoRevealSeconds: 0 }), wait({ autoRevealSeconds: 5 })]);
      await wait({});
      await wait({ autoRevealSeconds: 0, waitForAway: true });
      await wait({ autoRevealSeconds: 0 }, later(-awayAfterMs, now));
      const idle = await openTable(store, { settings: { autoRevealSeconds: 0 } });
      await store.touch(idle.session.id, facilitatorOf(idle), later(-1000, now));
      expect([...(await replica.findWaiting(now, 10))].sort()).toEqual(waiting.map((table) => table.session.id).sort());
      expect(await replica.findWaiting(now, 1)).toHaveLength(1);
    });
  });

  describe('looks over sessions:', () => {
    it('those that somebody owns, the newest first, page by page', async () => {
      const { store, replica } = get();
      const owner = newId('subject');
      const made = [];
      for (const age of [3, 1, 2, 2]) made.push(await openTable(store, { voters: 0, ownerSubject: owner, now: later(-age * minute) }));
      await openTable(store, { voters: 0, ownerSubject: newId('subject'), now: later(0) });
      const expected = made
        .map(({ session }) => session)
        .sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime() || (one.id < other.id ? 1 : -1));
      const first = await replica.findOwned(owner, undefined, 3);
      expect(first).toEqual(expected.slice(0, 3).map(({ id }) => id));
      expect(await replica.findOwned(owner, expected[2], 3)).toEqual(expected.slice(3).map(({ id }) => id));
      expect(await replica.findOwned(newId('subject'), undefined, 3)).toEqual([]);
    });

    it('the estimates of issues, in one session and in all of its owner, or in all that somebody owns; nowhere else', async () => {
      const { store, replica } = get();
      const [owner, issueKey, otherKey] = [newId('subject'), newId('SHOP'), newId('SHOP')];
      const own = await settle(store, await openTable(store, { ownerSubject: owner }), { issueKey, value: 3 });
      const sister = await settle(store, await openTable(store, { ownerSubject: owner }), { issueKey: otherKey, value: 5 });
      const foreign = await settle(store, await openTable(store, { ownerSubject: newId('subject') }), { issueKey, value: 8 });
      const nobodys = await settle(store, await openTable(store), { issueKey, value: 13 });
      const find = async (sessionId: string, ownerSubject: string | null) =>
        (await replica.findEstimates([issueKey, otherKey], { kind: 'session', sessionId, ownerSubject }))
          .map(({ estimate }) => estimate.value)
          .sort();
      expect(await find(own.session.id, owner)).toEqual([3, 5]);
      expect(await find('none', owner)).toEqual([3, 5]);
      expect(await find(nobodys.session.id, null)).toEqual([13]);
      expect(await find(foreign.session.id, foreign.session.ownerSubject)).toEqual([8]);
      expect(await find('none', null)).toEqual([]);
      const ofTenant = await replica.findEstimates([issueKey, otherKey], { kind: 'tenant' });
      expect(ofTenant.map(({ estimate }) => estimate.value).sort()).toEqual([3, 5, 8]);
      expect(await replica.findEstimates([otherKey], { kind: 'session', sessionId: sister.session.id, ownerSubject: null })).toEqual([
        { sessionId: sister.session.id, sessionTitle: sister.session.title, estimate: sister.estimates[0] },
      ]);
    });

    it('deletes those without a change for long, with all that led to them, and no other', async () => {
      const { store, replica } = get();
      const longAgo = new Date('2020-01-02T03:04:05.006Z');
      const issueKey = newId('SHOP');
      const owner = newId('subject');
      let old = await openTable(store, { now: longAgo, ownerSubject: owner });
      old = await settle(store, old, { issueKey, value: 3, at: longAgo });
      // Begun as long ago, and played since.
      const alive = await queue(store, await openTable(store, { now: longAgo }));
      await store.touch(old.session.id, facilitatorOf(old), longAgo);
      expect(await replica.forgetSessions(longAgo, 10)).toBe(0);
      expect(await replica.countForgettable(longAgo, 10)).toBe(0);
      expect(await replica.countForgettable(new Date('2020-02-01T00:00:00Z'), 10)).toBe(1);
      expect(await replica.forgetSessions(new Date('2020-02-01T00:00:00Z'), 10)).toBe(1);
      expect(await replica.countForgettable(new Date('2020-02-01T00:00:00Z'), 10)).toBe(0);
      expect(await store.load(old.session.id)).toBeUndefined();
      expect(await store.findSessionId(old.session.inviteCode)).toBeUndefined();
      expect(await store.findOwned(owner, undefined, 10)).toEqual([]);
      expect(await store.findEstimates([issueKey], { kind: 'session', sessionId: old.session.id, ownerSubject: owner })).toEqual([]);
      expect(await store.findVotes(old.rounds.map(({ id }) => id))).toEqual([]);
      expect(await store.readEvents(old.session.id, 0, 10)).toEqual([]);
      expect((await store.findSightings(old.session.id)).size).toBe(0);
      expect(await store.load(alive.session.id)).toEqual(alive);
    });
  });
}
