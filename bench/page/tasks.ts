import type { Browser, Page } from 'playwright-core';

interface LongTasks {
  /** By the clock, as a browser counts long tasks. */
  readonly longestMs: number;
  /** Of the thread's own CPU time: what else runs on the machine does not count. */
  readonly longestCpuMs: number;
  readonly over50: number;
  readonly over100: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds; `tdur` is CPU time. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string; readonly data?: { readonly message?: string } };
}

/** The tasks on the page's main thread while `act` runs, by Chromium's own trace. */
export async function findLongTasks(browser: Browser, page: Page, act: () => Promise<void>): Promise<LongTasks> {
  await browser.startTracing(page, {
    categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel', '__metadata'],
  });
  const mark = `tasks-${Date.now()}`;
  await page.evaluate(`console.timeStamp('${mark}')`);
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { readonly traceEvents: readonly TraceEvent[] };
  // A browser has a thread for each page: ours is the one that set the mark.
  const ours = traceEvents.find(({ name, args }) => name === 'TimeStamp' && args.data?.message === mark);
  if (!ours) throw new Error('The trace must hold the mark that the page set.');
  const tasks = traceEvents.filter(({ name, pid, tid }) => name === 'RunTask' && pid === ours.pid && tid === ours.tid);
  const durations = tasks.map(({ dur = 0 }) => dur / 1_000);
  return {
    longestMs: Math.max(0, ...durations),
    longestCpuMs: Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1_000)),
    over50: durations.filter((ms) => ms > 50).length,
    over100: durations.filter((ms) => ms > 100).length,
  };
}
