import { beforeAll, expect, test } from 'vitest';
import { create, dismiss, type Guest, invite, isLive, join, openMenu, play, press } from './guest.ts';
import { look } from './screens.ts';
import { sitting } from './sitting.ts';
import { control } from './world.ts';

const points = (value: number) => ({ numbers: { customfield_10016: value, customfield_10022: value, customfield_10032: value } });

sitting('what happens in Jira', (table) => {
  let ann: Guest;
  let ben: Guest;

  beforeAll(async () => {
    ann = await invite(table.browser, 'Ann');
    ben = await invite(table.browser, 'Ben');
    const link = await create(ann, table.world.url);
    await join(ben, link);
  });

  async function settle(card: string): Promise<void> {
    await play(ann, card);
    await play(ben, card);
    await press(ann, 'r');
    await ann.page.getByRole('button', { name: `Save ${card}` }).click();
    await ann.page.getByRole('button', { name: `Save ${card}` }).waitFor({ state: 'detached' });
  }

  test('issues are found by a saved filter, and by a board’s sprint', async ({ task }) => {
    const { page } = ann;
    await page.getByRole('button', { name: 'Add issues' }).first().click();
    await page.getByRole('button', { name: 'Board or filter' }).click();
    await page.getByLabel('Saved filter').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Find issues' }).click();
    await page.getByText(/\d+ of \d+ picked/u).waitFor();
    await look(ann, 'import-board', task);
    await page.getByLabel('Board', { exact: true }).selectOption({ index: 1 });
    await page.getByLabel('Sprint').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Find issues' }).click();
    await page.getByText(/\d+ of \d+ picked/u).waitFor();
    await dismiss({ page });
  });

  test('plain words find issues, and the page says by which JQL; a JQL is taken as it is', async () => {
    const { page } = ann;
    await page.getByRole('button', { name: 'Add issues' }).first().click();
    await page.getByLabel('JQL, issue keys or links').fill('filter panel');
    await page.getByRole('button', { name: 'Find issues' }).click();
    await page.getByText('text ~ "filter panel"', { exact: true }).waitFor();
    await page.getByText(/[1-9]\d* of \d+ picked/u).waitFor();
    await page.getByLabel('JQL, issue keys or links').fill('project = SHOP ORDER BY key');
    await page.getByRole('button', { name: 'Find issues' }).click();
    await page.getByText('text ~ "filter panel"', { exact: true }).waitFor({ state: 'detached' });
    await page.getByText(/[1-9]\d* of \d+ picked/u).waitFor();
    await dismiss({ page });
  });

  test('before the meeting the page names the issues that Jira will not take an estimate for, and the remedy', async ({ task }) => {
    await openMenu(ann, 'Settings');
    await ann.page.getByLabel('Write saved estimates to Jira').uncheck();
    await ann.page.getByRole('button', { name: 'Save', exact: true }).click();
    await ann.page.getByRole('dialog').waitFor({ state: 'detached' });
    await control(table.world.simulator, 'issues/SHOP-22', { isReadOnly: true });
    await ann.page.getByRole('button', { name: 'Add issues' }).first().click();
    await ann.page.getByLabel('JQL, issue keys or links').fill('SHOP-20, SHOP-21, SHOP-22');
    await ann.page.getByRole('button', { name: 'Find issues' }).click();
    await ann.page.getByRole('button', { name: 'Add 3 issues' }).click();
    await ann.page.getByText('SHOP-22').first().waitFor();
    await openMenu(ann, 'Check with Jira');
    await ann.page.getByText('Give Tally’s Jira user the permission to edit the issue.').waitFor();
    await look(ann, 'preflight', task);
    await dismiss(ann);
  });

  test('an issue reworded since its estimate is marked live, with what changed and what was estimated before', async ({ task }) => {
    for (const card of ['5', '8']) {
      await ann.page.getByRole('button', { name: 'Start the round' }).click();
      await settle(card);
    }
    await control(table.world.simulator, 'issues/SHOP-20', { summary: 'Pay with one click, also without an account' });
    await ben.page.getByRole('button', { name: 'SHOP-20 was reworded' }).waitFor();
    await ben.page.getByText('Pay with one click, also without an account').first().waitFor();
    await ann.page.getByRole('button', { name: 'SHOP-20 was reworded' }).click();
    await ann.page.getByText('It was estimated at 5.').waitFor();
    await ann.page.getByText('the summary', { exact: true }).waitFor();
    await ann.page.getByText('Estimated before').waitFor();
    await look(ann, 'reworded', task);
  });

  test('a new round from there; once it is settled the mark is gone', async () => {
    await ann.page.getByRole('button', { name: 'Estimate again' }).click();
    await ann.page.getByText('Round 2').first().waitFor();
    await settle('3');
    await ben.page.getByRole('button', { name: 'SHOP-20 was reworded' }).waitFor({ state: 'detached' });
  });

  test('the plan of a sync says what would change: a write, a conflict', async ({ task }) => {
    await control(table.world.simulator, 'issues/SHOP-21', points(40));
    await openMenu(ann, 'Report');
    await ann.page.getByRole('button', { name: 'Sync to Jira' }).click();
    await ann.page.getByText('1 to write, 1 in conflict, 0 already there.').waitFor();
    await look(ann, 'sync-plan', task);
  });

  test('a strict sync shows its progress and what was left', async ({ task }) => {
    await ann.page.getByRole('radio', { name: /All or stop/u }).check();
    await ann.page.getByRole('button', { name: 'Write 1 estimate' }).click();
    await ann.page.getByText(/did not get in/u).waitFor();
    await look(ann, 'sync-done', task);
    await ann.page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  });

  test('the report’s conflict has both values; ours is written when a facilitator says so', async () => {
    await ann.page.locator('details', { hasText: 'SHOP-21' }).locator('summary').click();
    await ann.page.getByRole('button', { name: 'Conflict in Jira' }).click();
    await ann.page.getByText('Somebody changed the value in Jira meanwhile.').waitFor();
    await ann.page.getByText('In Jira now').waitFor();
    await ann.page.getByRole('button', { name: 'Write ours' }).click();
    await ann.page.getByText('2 of 2', { exact: true }).waitFor();
    await ann.page.getByRole('link', { name: 'Back to the session' }).click();
    await isLive(ann.page);
  });

  test('the Russian page has no English of the server in it', async ({ task }) => {
    await control(table.world.simulator, 'issues/SHOP-20', points(13));
    await openMenu(ben, 'Русский');
    await ben.page.getByText('На связи').waitFor();
    await ann.page.getByRole('button', { name: 'What to do with SHOP-21' }).click();
    await ann.page.getByRole('menuitem', { name: 'Vote on this now' }).click();
    await ben.page.getByRole('button', { name: '3', exact: true }).click();
    await play(ann, '5');
    await press(ann, 'r');
    await ben.page.getByText('Медиана 4; ближайшая карта 5.').waitFor();
    await look(ben, 'russian-revealed', task);
  });

  test('axe finds nothing, and no page scrolls sideways', () => {
    expect([ann, ben].flatMap((guest) => guest.findings)).toEqual([]);
    expect([ann, ben].flatMap((guest) => guest.complaints)).toEqual([]);
  });
});
