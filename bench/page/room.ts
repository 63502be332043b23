import type { Browser, CDPSession, Page } from 'playwright-core';
import { createCrowd, createRunner } from '../../tests/e2e/crowd.ts';
import { type Guest, invite, isLive, join } from '../../tests/e2e/guest.ts';

/** A session with a crowd and two pages in browsers of their own: the facilitator's and a participant's. */
interface Room {
  readonly guests: readonly Guest[];
  /** Opens a round and returns its id: on the item in that place of those that were added, from 0 on. */
  readonly startRound: (place: number) => Promise<string>;
  /** Everybody of the crowd votes, one after another. */
  readonly vote: (roundId: string) => Promise<void>;
  /** Everybody of the crowd gives a sign of life. */
  readonly beHere: () => Promise<void>;
  /** Reveals and settles. */
  readonly endRound: (roundId: string) => Promise<void>;
}

interface RoomOptions {
  readonly url: string;
  readonly items: number;
  /** People without a page. */
  readonly people: number;
}

const cards = ['1', '2', '3', '5', '8'];
const addedAtOnce = 1_000;

interface Created {
  readonly createSession: {
    readonly token: string;
    readonly expiresAt: string;
    readonly participant: { readonly id: string; readonly name: string };
    readonly session: { readonly id: string; readonly title: string };
  };
}

interface Read {
  readonly session: { readonly inviteCode: string; readonly tracks: readonly { readonly id: string }[] };
}

interface Added {
  readonly addTopics: { readonly added: readonly { readonly id: string }[] };
}

/** Creates the session by the page's own operations and opens both pages at it. */
export async function openRoom(browser: Browser, { url, items, people }: RoomOptions): Promise<Room> {
  const run = createRunner(url);
  const { createSession } = (await run('CreateSession', { title: 'Sprint 42', name: 'Ann', role: 'SPECTATOR' })) as unknown as Created;
  const { token, expiresAt, participant, session } = createSession;
  const { session: read } = (await run('SessionPage', { wholeId: session.id, first: 1 }, token)) as unknown as Read;
  const link = `${url}/join/${read.inviteCode}`;
  const track = read.tracks[0]?.id;
  const itemIds: string[] = [];
  for (let from = 0; from < items; from += addedAtOnce) {
    const topics = Array.from({ length: Math.min(addedAtOnce, items - from) }, (_, index) => `Item ${from + index + 1}`);
    const { addTopics } = (await run('AddTopics', { sessionId: session.id, topics }, token)) as unknown as Added;
    itemIds.push(...addTopics.added.map(({ id }) => id));
  }
  const crowd = createCrowd(link);
  await crowd.seat(people);

  const ann = await invite(browser, 'Ann');
  await ann.page.goto(`${url}/`);
  // As the page itself keeps the place that createSession gave.
  const place = { sessionId: session.id, title: session.title, token, expiresAt, participantId: participant.id, name: participant.name };
  await ann.page.evaluate(`localStorage.setItem('tally.session.${session.id}', ${JSON.stringify(JSON.stringify(place))})`);
  await ann.page.goto(`${url}/session/${session.id}`);
  await isLive(ann.page);
  const ben = await invite(browser, 'Ben');
  await join(ben, link, 'Spectator');

  return {
    guests: [ann, ben],
    startRound: async (at) => {
      const { startRound } = await run('StartRound', { sessionId: session.id, itemId: itemIds[at % itemIds.length] }, token);
      return String(startRound?.['id']);
    },
    vote: (roundId) => crowd.voteAll(cards, undefined, roundId),
    beHere: () => crowd.beHere(),
    endRound: async (roundId) => {
      await run('RevealRound', { roundId }, token);
      await run('SettleRound', { roundId, estimates: [{ track, value: 3 }] }, token);
    },
  };
}

/** The page's own figures, as Chromium keeps them. */
interface Meter {
  /** Bytes of the heap that are in use after a collection; nodes and listeners that are still held. */
  readonly held: () => Promise<{ readonly bytes: number; readonly nodes: number; readonly listeners: number }>;
  /** CPU time of the page's main thread so far, in ms: all tasks, and the scripts among them. */
  readonly cpu: () => Promise<{ readonly taskMs: number; readonly scriptMs: number }>;
}

/** Attaches to a page. */
export async function createMeter(page: Page): Promise<Meter> {
  const chromium = await page.context().newCDPSession(page);
  // Of this thread: the machine's other work does not count.
  await chromium.send('Performance.enable', { timeDomain: 'threadTicks' });
  await chromium.send('HeapProfiler.enable');
  return {
    held: async () => {
      // What is freed by one collection may let go of more: finalizers, caches of weak references.
      for (let time = 0; time < 3; time += 1) await chromium.send('HeapProfiler.collectGarbage');
      const { usedSize } = await chromium.send('Runtime.getHeapUsage');
      const metrics = await readMetrics(chromium);
      return { bytes: usedSize, nodes: metrics('Nodes'), listeners: metrics('JSEventListeners') };
    },
    cpu: async () => {
      const metrics = await readMetrics(chromium);
      return { taskMs: metrics('TaskDuration') * 1_000, scriptMs: metrics('ScriptDuration') * 1_000 };
    },
  };
}

async function readMetrics(chromium: CDPSession): Promise<(name: string) => number> {
  const { metrics } = await chromium.send('Performance.getMetrics');
  const values = new Map(metrics.map(({ name, value }) => [name, value]));
  return (name) => values.get(name) ?? 0;
}
