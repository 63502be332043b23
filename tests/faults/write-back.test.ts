import { describe, expect, inject, it } from 'vitest';
import { countCommentsAfterKill, runWriteBackFaults } from './write-back.ts';

const adminUrl = inject('TEST_DATABASE_URL');

describe.skipIf(adminUrl === undefined)('the write-back', () => {
  it('brings every settled estimate to Jira once and in order while Jira fails and the services are killed', {
    timeout: 240_000,
  }, async () => {
    expect(await runWriteBackFaults({ adminUrl: adminUrl ?? '', estimates: 20, kills: 4 })).toEqual({
      estimates: 20,
      kills: 4,
      missing: 0,
      wrong: 0,
      doubled: 0,
    });
  });

  it('makes no second comment when jira is killed while Jira is about to make the first', { timeout: 120_000 }, async () => {
    expect(await countCommentsAfterKill(adminUrl ?? '')).toBe(1);
  });
});
