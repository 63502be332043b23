import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Vite would give our files graphql's ES build and Apollo's the CommonJS one: two copies, and `instanceof GraphQLError` fails.
const resolve = { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] };

// Processes that tests start find the code compiled by those before them: most of a start is that.
const compileCache = join(tmpdir(), 'tally-test-compile-cache');

// The runner loads its configuration by default export.
export default defineConfig({
  resolve,
  test: {
    globalSetup: ['tests/setup/services.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: ['default', './tests/setup/retries.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{kit,subgraphs,router,prisma,scripts,web}/**/*.test.ts'],
          // Loading the same modules for each file anew was a third of the work.
          pool: 'threads',
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['tests/**/*.test.ts', '!tests/e2e/**'],
          isolate: false,
          env: { NODE_COMPILE_CACHE: compileCache },
          // Whole products on a shared machine: a test may stall once. The reporter counts those, and more than three fail the run.
          retry: 1,
        },
      },
      {
        resolve,
        test: {
          name: 'page',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/setup/page.ts'],
          // After all others: a dozen browsers need the machine for themselves.
          sequence: { groupOrder: 1 },
          isolate: false,
          env: { NODE_COMPILE_CACHE: compileCache },
          maxWorkers: 2,
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
