import { expect, inject, it } from 'vitest';
import { runSchemaChange } from './schema-change.ts';

const adminUrl = inject('TEST_DATABASE_URL');

it.skipIf(adminUrl === undefined)(
  'a release with one field more is rolled out and its routers are undone while people vote with the old page open, and nobody notices',
  { timeout: 240_000 },
  async () => {
    const { requests, retried, ...report } = await runSchemaChange({ adminUrl: adminUrl as string, replicas: 1 });
    expect(report).toEqual({
      restarts: 4,
      requestsFailed: 0,
      votesLost: 0,
      eventsLost: 0,
      eventsDoubled: 0,
      oldPageBroken: 0,
      newPageBroken: 0,
      newFieldFailed: 0,
      undoFailed: 0,
    });
    expect(requests).toBeGreaterThan(100);
  },
);
