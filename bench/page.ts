import { loadavg } from 'node:os';
import type { Browser, Page } from 'playwright-core';
import { maxItems } from '../subgraphs/voting/src/domain/queue-size.ts';
import { startPageWorld } from '../tests/e2e/world.ts';
import { findChromium, launchChromium } from '../tests/setup/chromium.ts';
import { preparePage } from '../tests/setup/prepared-page.ts';
import { createMeter, openRoom } from './page/room.ts';
import { findLongTasks } from './page/tasks.ts';

type Say = (line: string) => void;
type Figures = Readonly<Record<string, string | number>>;
type Part = (browser: Browser, url: string, say: Say) => Promise<Figures>;

const parts: Readonly<Record<string, Part>> = { votes: measureVotes, opening: measureOpening, heap: measureHeap };
const plenty = '100000000';

/** The page in Chromium, beside the whole product in this process: the work of a vote, of opening a session, and what 300 rounds leave on the heap. */
export async function benchPage(say: Say, chosen: readonly string[]): Promise<Figures> {
  const chromium = findChromium();
  if (chromium === undefined) throw new Error('The bench needs a Chromium: install one, or give TEST_CHROMIUM.');
  await preparePage();
  const world = await startPageWorld({
    RATE_LIMIT_IP: plenty,
    RATE_LIMIT_IDENTITY: plenty,
    RATE_LIMIT_ENTRANCE: plenty,
    RATE_LIMIT_JOIN: plenty,
  });
  const figures: Record<string, string | number> = { bench: 'page' };
  try {
    for (const [name, measure] of Object.entries(parts)) {
      if (chosen.length > 0 && !chosen.includes(name)) continue;
      say(`${name}; load average ${loadavg()[0]?.toFixed(1)}`);
      // A browser for each: nothing of the part before is left in it.
      const browser = await launchChromium(chromium);
      try {
        Object.assign(figures, await measure(browser, world.url, say));
      } finally {
        await browser.close();
      }
    }
  } finally {
    await world.stop();
  }
  return figures;
}

const voters = 30;
const votingItems = 1_000;
const votingRounds = 3;

/** 30 people vote in a session of 1000 items, three rounds; the longest task, and CPU of the page for each vote. The worse of two pages. */
async function measureVotes(browser: Browser, url: string, say: Say): Promise<Figures> {
  const room = await openRoom(browser, { url, items: votingItems, people: voters });
  const meters = await Promise.all(room.guests.map(({ page }) => createMeter(page)));
  // A first round warms up: the code is compiled, the parts of the page are loaded.
  await playRound(0);
  const worst = { longestTaskMs: 0, longestTaskCpuMs: 0, tasksOver100: 0, taskMsPerVote: 0, scriptMsPerVote: 0 };
  for (const [at, { name, page }] of room.guests.entries()) {
    const meter = meters[at];
    if (!meter) continue;
    const spent = { taskMs: 0, scriptMs: 0 };
    const tasks = await findLongTasks(browser, page, async () => {
      for (let round = 1; round <= votingRounds; round += 1) {
        const roundId = await startAndSettleDown(round);
        const before = await meter.cpu();
        await room.vote(roundId);
        await drawn(page);
        const after = await meter.cpu();
        spent.taskMs += after.taskMs - before.taskMs;
        spent.scriptMs += after.scriptMs - before.scriptMs;
        await room.beHere();
        await room.endRound(roundId);
        await drawn(page);
      }
    });
    const count = votingRounds * voters;
    const figures = {
      longestTaskMs: toTenths(tasks.longestMs),
      longestTaskCpuMs: toTenths(tasks.longestCpuMs),
      tasksOver100: tasks.over100,
      taskMsPerVote: toTenths(spent.taskMs / count),
      scriptMsPerVote: toTenths(spent.scriptMs / count),
    };
    say(`  ${name}: ${JSON.stringify({ ...figures, tasksOver50: tasks.over50 })}`);
    for (const key of Object.keys(worst) as (keyof typeof worst)[]) worst[key] = Math.max(worst[key], figures[key]);
  }
  return worst;

  async function startAndSettleDown(round: number): Promise<string> {
    const roundId = await room.startRound(round * 7);
    await Promise.all(room.guests.map(({ page }) => drawn(page)));
    return roundId;
  }

  async function playRound(round: number): Promise<void> {
    const roundId = await startAndSettleDown(round);
    await room.vote(roundId);
    await room.endRound(roundId);
    await Promise.all(room.guests.map(({ page }) => drawn(page)));
  }
}

const fewItems = 12;
const openings = 9;

/** From the request of a session's page to the first item of its queue that is drawn: 12 items against as many as a queue holds, in turns. */
async function measureOpening(browser: Browser, url: string, say: Say): Promise<Figures> {
  const sides = [];
  for (const items of [fewItems, maxItems]) {
    const room = await openRoom(browser, { url, items, people: 8 });
    for (const { page } of room.guests) await page.addInitScript(tellFirstRow);
    sides.push({ items, pages: room.guests.map(({ page }) => page), ms: [] as number[], cpuMs: [] as number[] });
  }
  for (let time = 0; time < openings; time += 1) {
    for (const { pages, ms, cpuMs } of sides) {
      for (const page of pages) {
        const meter = await createMeter(page);
        const before = await meter.cpu();
        await page.reload();
        ms.push(await page.evaluate<number>('firstRowAt'));
        const after = await meter.cpu();
        // A new document counts from nothing.
        cpuMs.push(after.taskMs < before.taskMs ? after.taskMs : after.taskMs - before.taskMs);
      }
    }
  }
  for (const { items, ms, cpuMs } of sides)
    say(`  ${items} items: ${ms.map(Math.round).join(', ')} ms; CPU ${cpuMs.map(Math.round).join(', ')} ms`);
  const [few, many] = sides.map(({ ms, cpuMs }) => ({ ms: medianOf(ms), cpuMs: medianOf(cpuMs) }));
  if (!few || !many) throw new Error('Both sides must have been measured.');
  return {
    openingItems: maxItems,
    openingFewMs: Math.round(few.ms),
    openingManyMs: Math.round(many.ms),
    openingMoreMs: Math.round(many.ms - few.ms),
    openingMoreCpuMs: Math.round(many.cpuMs - few.cpuMs),
  };
}

/** Evaluated before the page's own scripts: when a row of the queue was first on the screen, in ms since the navigation began. */
const tellFirstRow = `window.firstRowAt = new Promise((tell) => {
  const observer = new MutationObserver(() => {
    if (document.querySelector('[aria-posinset="1"]') === null) return;
    observer.disconnect();
    requestAnimationFrame(() => tell(performance.now()));
  });
  observer.observe(document, { childList: true, subtree: true });
});`;

const heapRounds = 300;
/** Not a divisor of the eight rounds after which the page lets go of what it read: each place between two of those is seen. */
const roundsBetweenLooks = 15;
/** By then the code is compiled, the parts of the page are loaded, and the lists of past rounds that the page shows are full. */
const warmUpRounds = 30;

/**
 * Rounds of eight people on twelve items, over and over; what the pages still hold after every fifteenth.
 * Growth is the highest that was seen after the warm-up, against what was held at its end; the worse of two pages.
 */
async function measureHeap(browser: Browser, url: string, say: Say): Promise<Figures> {
  const room = await openRoom(browser, { url, items: fewItems, people: 8 });
  const meters = await Promise.all(room.guests.map(({ page }) => createMeter(page)));
  const held: { round: number; bytes: number; nodes: number; listeners: number }[][] = room.guests.map(() => []);
  for (let round = 1; round <= heapRounds; round += 1) {
    const roundId = await room.startRound(round);
    await room.vote(roundId);
    await room.endRound(roundId);
    await Promise.all(room.guests.map(({ page }) => drawn(page)));
    if (round % roundsBetweenLooks !== 0) continue;
    for (const [at, { name }] of room.guests.entries()) {
      const now = await meters[at]?.held();
      if (!now) continue;
      held[at]?.push({ round, ...now });
      say(`  ${name} after ${round} rounds: ${toMb(now.bytes)} MB, ${now.nodes} nodes, ${now.listeners} listeners`);
    }
  }
  const growth = (name: 'bytes' | 'nodes' | 'listeners') =>
    Math.max(
      ...held.map((each) => {
        const [warm, ...later] = each.filter(({ round }) => round >= warmUpRounds).map((look) => look[name]);
        return Math.max(...later) - (warm ?? Number.NaN);
      }),
    );
  return {
    heapRounds,
    warmUpRounds,
    heapGrowthMb: toMb(growth('bytes')),
    nodesGrowth: growth('nodes'),
    listenersGrowth: growth('listeners'),
  };
}

/** Waits until a page has drawn what came so far. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 200))');
}

const toTenths = (value: number): number => Math.round(value * 10) / 10;
const toMb = (bytes: number): number => Math.round(bytes / 1e4) / 100;

function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
