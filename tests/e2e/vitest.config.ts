import { defineConfig } from 'vitest/config';
import shared from '../../vitest.config.ts';

// The runner loads its configuration by default export.
export default defineConfig({
  ...(shared.resolve && { resolve: shared.resolve }),
  test: {
    include: ['tests/e2e/page*.test.ts'],
    reporters: ['verbose', './tests/e2e/outcome.ts'],
    fileParallelism: false,
    // A sitting goes on where the test before stopped.
    bail: 1,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
  },
});
