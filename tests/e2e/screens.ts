import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { TaskMeta } from 'vitest';
import type { Guest } from './guest.ts';

const axe = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');
const folder = join(import.meta.dirname, '../../screenshots');
const sizes = [
  { name: '360', width: 360, height: 780 },
  { name: '1920', width: 1920, height: 1080 },
];
const themes = ['light', 'dark'] as const;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** A third of a look is its pictures, and nothing is asserted of them: `npm run e2e` takes them, `npm test` does not. */
const takesPictures = process.env['PICTURES'] === '1';

/** Takes a picture into `screenshots/`, where pictures are taken; either way the page has drawn itself when it returns. */
export async function picture(page: Page, name: string): Promise<void> {
  if (takesPictures) await page.screenshot({ path: join(folder, `${name}.png`) });
  else
    await page.evaluate(
      'document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))))',
    );
}

/** Looks at a guest's screen; the findings are theirs, and the task's to count. */
export async function look(guest: Guest, screen: string, { meta }: { readonly meta: TaskMeta }): Promise<void> {
  const found = await inspect(guest.page, screen);
  meta.screens = (meta.screens ?? 0) + 1;
  meta.axeViolations = (meta.axeViolations ?? 0) + found.length;
  guest.findings.push(...found);
}

/** Looks at the screen as it is now, in each size and theme: a picture of each (see `picture`), and what axe finds, one line a finding. */
async function inspect(page: Page, screen: string): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const { name, width, height } of sizes) {
    for (const theme of themes) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: theme });
      await picture(page, `${screen}-${name}-${theme}`);
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      if (overflow > 0) findings.push(`${screen} ${name}: scrolls sideways by ${overflow} px`);
      const violations = await findViolations(page, theme);
      for (const { id, nodes } of violations) {
        for (const node of nodes)
          findings.push(`${screen} ${name} ${theme}: ${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`);
      }
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  return findings;
}

// Evaluated, not added as a script element: the page's content security policy would rightly refuse that.
async function findViolations(page: Page, theme: (typeof themes)[number]): Promise<readonly Violation[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe);
  // The themes differ in their colours alone.
  const rules = theme === 'light' ? '' : "{ runOnly: ['color-contrast'] }";
  return page.evaluate<readonly Violation[]>(`axe.run(${rules}).then(({ violations }) => violations)`);
}
