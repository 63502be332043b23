import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Processes that tests start find the code compiled by those before them: most of a start is that.
const compileCache = join(tmpdir(), 'tally-test-compile-cache');

// A young generation with room for a test's garbage: an eighth of the work was to collect it. V8 may end a process in which it frees code of WebAssembly,
// as the embedded store's file says. And no second compiler for WebAssembly: a third of what a product's start costs was V8 making better code of a
// Postgres and of Prisma's compiler, which a test's few statements never earn back.
const execArgv = ['--max-semi-space-size=64', '--no-wasm-code-gc', '--liftoff-only'];

// More than the two cores that are promised: a worker waits for half of its time, and with three the cores were idle for a
// third of theirs. With one number the projects are one queue, in the order of their names: the page's long files begin, the units fill the end.
const maxWorkers = 4;

// Node loads tests and product, as it loads the product elsewhere: nothing is bundled or rewritten, and what it has compiled is kept.
const experimental = { viteModuleRunner: false, nodeLoader: false };

// The runner loads its configuration by default export.
export default defineConfig({
  test: {
    globalSetup: ['tests/setup/services.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // The second that is the default is less than a busy machine may stall.
    expect: { poll: { timeout: 20_000 } },
    maxWorkers,
    experimental,
    reporters: ['default', './tests/setup/retries.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{kit,subgraphs,router,prisma,scripts,web}/**/*.test.ts'],
          // Loading the same modules for each file anew was a third of the work. Processes, not threads: PGlite and Prisma are WebAssembly, and threads
          // that share its code have ended V8.
          isolate: false,
          execArgv,
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['tests/**/*.test.ts', '!tests/e2e/**'],
          isolate: false,
          env: { NODE_COMPILE_CACHE: compileCache },
          execArgv,
          // Whole products on a shared machine: a test may stall once. The reporter counts those, and more than three fail the run.
          retry: 1,
        },
      },
      {
        test: {
          name: 'page',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/setup/page.ts'],
          isolate: false,
          env: { NODE_COMPILE_CACHE: compileCache },
          execArgv,
          maxWorkers,
          experimental,
          // A sitting cannot step back; its waits are long instead.
          retry: 0,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
    ],
  },
});
