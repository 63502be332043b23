import type { Reporter, TestModule } from 'vitest/node';
import { readFirstLoadKb } from '../../scripts/finish-page.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** Screens that were looked at. */
    screens?: number;
    axeViolations?: number;
    /** Hidden cards that somebody was sent. */
    leaks?: number;
    /** Median of several loads. */
    firstPaintMs?: number;
  }
}

/** Ends the run with one line of JSON. */
// biome-ignore lint/style/noDefaultExport: the runner loads a reporter by default export.
export default class Outcome implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const sum = (name: 'screens' | 'axeViolations' | 'leaks') => tests.reduce((total, test) => total + (test.meta()[name] ?? 0), 0);
    const hasPlayed = tests.some((test) => test.result().state === 'passed');
    const isOk = modules.length > 0 && tests.every((test) => test.ok()) && modules.every((module) => module.ok());
    const outcome = {
      e2e: !isOk ? 'failed' : hasPlayed ? 'ok' : 'skipped',
      screens: sum('screens'),
      axeViolations: sum('axeViolations'),
      leaks: sum('leaks'),
      firstLoadKb: readFirstLoadKb(),
    };
    const firstPaint = tests.find((test) => test.meta().firstPaintMs !== undefined)?.meta().firstPaintMs;
    if (firstPaint !== undefined)
      process.stdout.write(`The start page's first contentful paint: ${firstPaint} ms (median of 5 fresh browsers).\n`);
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
  }
}
