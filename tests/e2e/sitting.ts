import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, inject } from 'vitest';
import { launchBrowser } from './guest.ts';
import { type PageWorld, startPageWorld } from './world.ts';

/** What a sitting plays at; set before its first test. */
export interface Table {
  world: PageWorld;
  browser: Browser;
}

/**
 * Tests that go on where the one before stopped, in a product of their own with `environment`: once one has failed, the rest is skipped. All of
 * them are where there is no Chromium.
 */
export function sitting(
  name: string,
  play: (table: Table) => void,
  environment: () => Promise<Readonly<Record<string, string>>> = async () => ({}),
): void {
  describe.skipIf(inject('TEST_CHROMIUM') === undefined)(name, () => {
    const table = {} as Table;
    let failed: string | undefined;
    beforeAll(async () => {
      table.world = await startPageWorld(await environment());
      table.browser = await launchBrowser();
    });
    afterAll(async () => {
      await table.browser?.close();
      await table.world?.stop();
    });
    beforeEach(({ skip, task }) => skip(failed !== undefined && failed !== task.name, `after “${failed}” failed`));
    afterEach(async ({ task }) => {
      if (task.result?.state !== 'fail') return;
      failed = task.name;
      const pages = table.browser.contexts().flatMap((context) => context.pages());
      for (const [index, page] of pages.entries()) {
        await page.screenshot({ path: `screenshots/failed-${index}.png`, timeout: 10_000 }).catch(() => undefined);
      }
    });
    play(table);
  });
}
