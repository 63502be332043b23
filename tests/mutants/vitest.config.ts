import { defineConfig } from 'vitest/config';

// What the mutants of the domain folders meet: its own tests, in one project. With the repository's projects Stryker finds no test for any mutant.
// Bounds of work are left out: code that counts its own coverage takes five times as long. The runner loads its configuration by default export.
export default defineConfig({
  test: {
    include: ['subgraphs/*/src/domain/**/*.test.ts'],
    setupFiles: ['tests/mutants/properties.ts'],
    testNamePattern: /^(?!.* of CPU )/,
    pool: 'threads',
    testTimeout: 30_000,
  },
});
