import { defineConfig } from 'vitest/config';

// The runner loads its configuration by default export.
export default defineConfig({
  test: {
    globalSetup: ['tests/setup/services.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'unit', include: ['{kit,subgraphs,router,prisma,scripts}/**/*.test.ts'] } },
      { extends: true, test: { name: 'system', include: ['tests/**/*.test.ts'] } },
    ],
  },
});
