import { afterEach, beforeEach, describe, inject } from 'vitest';
import { launchedBrowsers } from './guest.ts';

/** Tests that go on where the one before stopped: once one has failed, the rest is skipped. All of them are where there is no Chromium. */
export function sitting(name: string, play: () => void): void {
  describe.skipIf(inject('TEST_CHROMIUM') === undefined)(name, () => {
    let failed: string | undefined;
    beforeEach(({ skip, task }) => skip(failed !== undefined && failed !== task.name, `after “${failed}” failed`));
    afterEach(async ({ task }) => {
      if (task.result?.state !== 'fail') return;
      failed = task.name;
      const pages = launchedBrowsers.flatMap((browser) => browser.contexts()).flatMap((context) => context.pages());
      for (const [index, page] of pages.entries()) {
        await page.screenshot({ path: `screenshots/failed-${index}.png`, timeout: 10_000 }).catch(() => undefined);
      }
    });
    play();
  });
}
