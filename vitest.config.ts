import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The runner loads its configuration by default export.
export default defineConfig({
  // Vite would give our files graphql's ES build and Apollo's the CommonJS one: two copies, and `instanceof GraphQLError` fails.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    globalSetup: ['tests/setup/services.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Servers and browsers on a shared machine may stall any one test; what fails twice is broken.
    retry: 1,
    projects: [
      { extends: true, test: { name: 'unit', include: ['{kit,subgraphs,router,prisma,scripts,web}/**/*.test.ts'] } },
      { extends: true, test: { name: 'system', include: ['tests/**/*.test.ts', '!tests/e2e/page*.test.ts'] } },
    ],
  },
});
