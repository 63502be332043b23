import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { measureWork } from './work.ts';

it.skipIf(!existsSync('/proc/self/stat'))('the work of a run is that of its processes, also of those that have ended', () => {
  const before = measureWork() ?? 0;
  const used = 'const { user, system } = process.cpuUsage(); const worked = (user + system) / 1e6;';
  execFileSync('sh', ['-c', `"${process.execPath}" -e 'for (;;) { ${used} if (worked > 0.5) break; }'; true`]);
  expect((measureWork() ?? 0) - before).toBeGreaterThan(0.4);
});

it.skipIf(!existsSync('/proc/self/stat'))('is unknown of a process that is not there', () => {
  expect(measureWork(2 ** 22 + 1)).toBeUndefined();
});
