import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { measureWork } from './work.ts';

/** More tests than these that pass only when they are tried again fail the run. */
const mostRetried = 3;
const shownFiles = 10;

/** Ends the run with the slowest files, with the work of all processes (a run waits for the rest of its time), and with what was tried again. */
// biome-ignore lint/style/noDefaultExport: the runner loads a reporter by default export.
export default class Retries implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const root = process.cwd();
    const slowest = modules
      .map((module) => ({
        file: relative(root, module.moduleId),
        ms: module.diagnostic().duration + module.diagnostic().environmentSetupDuration,
      }))
      .sort((one, other) => other.ms - one.ms)
      .slice(0, shownFiles);
    const retried = modules.flatMap((module) => [...module.children.allTests()]).filter((test) => (test.diagnostic()?.retryCount ?? 0) > 0);
    const work = measureWork();
    const lines = [
      ...(modules.length > shownFiles
        ? ['The slowest files:', ...slowest.map(({ file, ms }) => `  ${(ms / 1_000).toFixed(1).padStart(6)} s  ${file}`)]
        : []),
      ...(modules.length > shownFiles && work !== undefined ? [`CPU: ${work.toFixed(0)} s, of servers and browsers, too`] : []),
      ...(retried.length === 0
        ? []
        : [`Tried again (${retried.length}, at most ${mostRetried}):`, ...retried.map((test) => `  ${test.fullName}`)]),
    ];
    if (lines.length > 0) process.stdout.write(`\n${lines.join('\n')}\n`);
    if (retried.length > mostRetried) process.exitCode = 1;
  }
}
