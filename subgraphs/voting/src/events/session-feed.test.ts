import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataDirectory } from '../../../../tests/setup/data-directory.ts';
import type { SessionAggregate } from '../domain/model.ts';
import { createEmbeddedStore } from '../store/postgres/embedded.ts';
import { openTable, play } from '../store/testing/play.ts';
import type { VotingStore } from '../store/voting-store.ts';
import { createSessionFeed, type SessionFeed } from './session-feed.ts';

describe('a session’s feed', () => {
  let directory: string;
  let store: VotingStore;
  let feed: SessionFeed;
  let loads = 0;
  let reads = 0;
  beforeAll(async () => {
    directory = await createDataDirectory();
    store = await createEmbeddedStore({ directory });
    const load: VotingStore['load'] = (sessionId) => {
      loads += 1;
      return store.load(sessionId);
    };
    const readChanges: VotingStore['readChanges'] = (...asked) => {
      reads += 1;
      return store.readChanges(...asked);
    };
    feed = createSessionFeed({ ...store, load, readChanges }, () => new Date());
  });
  afterAll(async () => {
    feed.stop();
    await store.close();
    await rm(directory, { recursive: true });
  });

  const rename = (state: SessionAggregate, title: string) =>
    play(store, state, { event: { type: 'SESSION_UPDATED', at: new Date(), actorId: null }, session: { ...state.session, title } });

  it('reads the state once for each change, however many watch and follow', async () => {
    let state = await openTable(store, { voters: 0 });
    const { id, revision } = state.session;
    const watchers = Array.from({ length: 10 }, () => feed.watch(id));
    const followers = Array.from({ length: 10 }, () => feed.follow(id, revision));
    const follow = async (follower: (typeof followers)[number]) => {
      const { value } = await follower.next();
      return (await feed.stateAt(id, value.revision))?.session.title;
    };
    await Promise.all(watchers.map((watcher) => watcher.next()));
    for (const title of ['One', 'Two', 'Three']) {
      loads = 0;
      const told = Promise.all([
        ...watchers.map(async (watcher) => (await watcher.next()).value.state.session.title),
        ...followers.map(follow),
      ]);
      state = await rename(state, title);
      expect(new Set(await told)).toEqual(new Set([title]));
      expect(loads).toBe(1);
    }
    for (const stream of [...watchers, ...followers]) await stream.return?.();
  });

  it('reads the log once for each change, for all who follow events or changes', async () => {
    let state = await openTable(store, { voters: 0 });
    const { id, revision } = state.session;
    const streams = Array.from({ length: 5 }, () => [feed.follow(id, revision), feed.changes(id, revision)] as const).flat();
    // Who follows changes is told first who is there.
    await Promise.all(streams.filter((_, index) => index % 2 === 1).map((stream) => stream.next()));
    for (const title of ['One', 'Two', 'Three']) {
      const told = Promise.all(streams.map((stream) => stream.next()));
      // Until all of them wait.
      await sleep(100);
      reads = 0;
      state = await rename(state, title);
      await told;
      expect(reads).toBe(1);
    }
    for (const stream of streams) await stream.return?.();
  });

  it('tells followers of changes who comes, and after a cursor what changed, several in one', async () => {
    const state = await openTable(store, { voters: 1 });
    const { id, revision } = state.session;
    const [ada = '', bob = ''] = state.participants.map((participant) => participant.id);
    const later = createSessionFeed(store, () => new Date(Date.now() + 120_000));
    const following = later.changes(id, revision);
    const next = async () => (await following.next()).value;
    const away = [ada, bob].map((participantId) => ({ participantId, isOnline: false }));
    expect(await next()).toEqual({ kind: 'presence', presences: away });
    const coming = next();
    await store.touch(id, bob, new Date(Date.now() + 120_000));
    expect(await coming).toEqual({ kind: 'presence', presences: [{ participantId: bob, isOnline: true }] });
    await rename(await rename(state, 'One'), 'Two');
    const told = await next();
    const changes = told.kind === 'changes' ? told.changes : [];
    expect(changes.map(({ delta }: { delta: unknown }) => delta).at(-1)).toEqual({ session: { title: 'Two' } });
    await following.return?.();
    later.stop();
  });

  it('frees what it holds when the store fails, and is over', async () => {
    const { session } = await openTable(store, { voters: 0 });
    const failing = createSessionFeed({ ...store, readChanges: () => Promise.reject(new Error('away')) }, () => new Date());
    const following = failing.follow(session.id, 0);
    await expect(following.next()).rejects.toThrow('away');
    expect(await following.next()).toEqual({ done: true, value: undefined });
    failing.stop();
  });

  it('still wakes who came at the moment when the last one went', async () => {
    const state = await openTable(store, { voters: 0 });
    const { id, revision } = state.session;
    const going = feed.follow(id, revision);
    const last = going.next();
    // Until it waits for the next change.
    await sleep(100);
    void going.return?.();
    const coming = feed.follow(id, revision);
    const next = coming.next();
    await last;
    await sleep(100);
    await rename(state, 'Renamed');
    expect((await next).value).toMatchObject({ type: 'SESSION_UPDATED' });
    await coming.return?.();
  }, 5_000);
});
