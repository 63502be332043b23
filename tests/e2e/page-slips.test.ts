import { beforeAll, expect, test } from 'vitest';
import { addTopics, create, dismiss, type Guest, invite, isLive, join, openMenu, play, press } from './guest.ts';
import { look } from './screens.ts';
import { sitting } from './sitting.ts';

sitting('slips of the hand, and links that prepare', (table) => {
  let ann: Guest;
  let ben: Guest;

  beforeAll(async () => {
    ann = await invite(table.browser, 'Ann');
    ben = await invite(table.browser, 'Ben');
    await join(ben, await create(ann, table.world.url));
    await addTopics(ann, ['one', 'two', 'three']);
  });

  const queue = () => ann.page.locator('[aria-posinset]').evaluateAll((rows) => rows.map((row) => row.textContent ?? ''));

  /** Waits until the queue has these topics in this order, each beside words that its row must and must not have. */
  async function queueIs(rows: readonly RegExp[]): Promise<void> {
    await expect
      .poll(async () => {
        const shown = await queue();
        return shown.length === rows.length && rows.every((row, index) => row.test(shown[index] ?? ''));
      })
      .toBe(true);
  }

  async function choose(topic: string, action: string): Promise<void> {
    await ann.page.getByRole('button', { name: `What to do with ${topic}` }).click();
    await ann.page.getByRole('menuitem', { name: action }).click();
  }

  test.each([
    ['Skip', 'one is skipped.', [/one.*Skipped|Skipped.*one/u, /two/u, /three/u]],
    ['Defer', 'one is deferred.', [/two/u, /three/u, /one/u]],
    ['Remove from the queue', 'one is out of the queue.', [/two/u, /three/u]],
  ])('%s can be undone: the item waits again at its old place', async (action, said, meanwhile) => {
    await choose('one', action);
    await ann.page.getByText(said).waitFor();
    await queueIs(meanwhile);
    await ann.page.getByRole('button', { name: 'Undo' }).click();
    await queueIs([/^(?!.*(?:Skipped|Deferred)).*one/u, /two/u, /three/u]);
    await ann.page.getByText(said).waitFor({ state: 'detached' });
  });

  test('whoever was removed by mistake is let in again, with the place they had', async ({ task }) => {
    await ann.page.getByRole('button', { name: 'What to do with Ben' }).click();
    await ann.page.getByRole('menuitem', { name: 'Remove from the session' }).click();
    await ben.page.getByRole('heading', { name: 'You were removed from the session' }).waitFor();
    await look(ben, 'removed', task);
    await ann.page.getByRole('button', { name: 'Undo' }).click();
    await ann.page.getByRole('heading', { name: 'People (2)' }).waitFor();
    await ben.page.reload();
    await isLive(ben.page);
  });

  test('single keys do nothing once they are switched off, also after a reload', async () => {
    const { page } = ann;
    await openMenu(ann, 'Keyboard shortcuts');
    await page.getByRole('checkbox', { name: 'Single-key shortcuts' }).click();
    await dismiss(ann);
    for (const isReloaded of [false, true]) {
      if (isReloaded) await page.reload();
      await page.getByRole('button', { name: 'Start the round' }).waitFor();
      for (const key of ['n', 'k', 'd', 'h', '?']) await page.keyboard.press(key);
      // What a key does is shown at once; a dialog that is opened by hand comes after whatever the keys did.
      await openMenu(ann, 'Keyboard shortcuts');
      await expect.poll(() => page.getByRole('dialog').count()).toBe(1);
      await dismiss(ann);
      await queueIs([/^(?!.*(?:Skipped|Deferred|Voting)).*one/u, /two/u, /three/u]);
    }
    await openMenu(ann, 'Keyboard shortcuts');
    await page.getByRole('checkbox', { name: 'Single-key shortcuts' }).click();
    await dismiss(ann);
    await press(ann, 'n');
    await play(ann, '5');
  });

  test('a link prepares the form: its title, and the issues that are then searched for', async ({ task }) => {
    const eve = await invite(table.browser, 'Eve');
    const asked = new URLSearchParams({ title: 'Sprint 43', jql: 'key in (SHOP-10, SHOP-11) ORDER BY key' });
    await eve.page.goto(`${table.world.url}/?${asked}`);
    await eve.page.getByLabel('Your name').fill('Eve');
    expect(await eve.page.getByLabel('What are you estimating?').inputValue()).toBe('Sprint 43');
    expect(await eve.page.getByLabel('JQL, issue keys or links').inputValue()).toBe('key in (SHOP-10, SHOP-11) ORDER BY key');
    await look(eve, 'prepared', task);
    await eve.page.getByRole('button', { name: 'Create session' }).click();
    await eve.page.getByText('2 of 2 picked').waitFor();
    await eve.page.getByRole('button', { name: 'Add 2 issues' }).click();
    await eve.page.getByRole('dialog').waitFor({ state: 'detached' });
    await eve.page.locator('[aria-posinset="2"]').getByText('SHOP-11').waitFor();
    expect(new URL(eve.page.url()).search).toBe('');
    await eve.page.reload();
    await isLive(eve.page);
    expect(await eve.page.getByRole('dialog').count()).toBe(0);
    expect([ann, ben, eve].flatMap((guest) => [...guest.findings, ...guest.complaints])).toEqual([]);
  });
});
