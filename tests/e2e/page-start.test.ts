import { expect, test } from 'vitest';
import { addTopics, dismiss, type Guest, invite, press } from './guest.ts';
import { look } from './screens.ts';
import { sitting } from './sitting.ts';

/** Counts what people press, of which typing is none. */
const count = `addEventListener('click', (event) => {
  if (event.isTrusted && event.detail > 0) sessionStorage.setItem('clicks', String(Number(sessionStorage.getItem('clicks') ?? 0) + 1));
}, true);`;

sitting('how a session begins, and the next one', (table) => {
  let ann: Guest;
  const clicks = () => ann.page.evaluate<number>("Number(sessionStorage.getItem('clicks'))");
  const focusedTag = () => ann.page.evaluate<string>("document.activeElement === document.body ? 'BODY' : document.activeElement.tagName");

  test('the first revealed vote takes six clicks at most, without a title', async () => {
    ann = await invite(table.browser, 'Ann');
    await ann.context.addInitScript(count);
    const { page } = ann;
    await page.goto(`${table.world.url}/`);
    await page.getByLabel('Your name').click();
    await page.keyboard.type('Ann');
    await page.getByRole('button', { name: 'Vote now' }).click();
    await page.getByRole('button', { name: '5', exact: true }).click();
    await page.getByText('You played 5').waitFor();
    await page.getByRole('button', { name: /^Reveal/u }).click();
    await page.getByRole('heading', { name: 'Results' }).waitFor();
    await page.getByRole('heading', { name: 'Untitled topic' }).waitFor();
    expect(await clicks()).toBeLessThanOrEqual(6);
    await press(ann, 's');
  });

  test('a line is added to the queue: a key, an address, or a topic; the wrong one is named beside the field', async ({ task }) => {
    const { page } = ann;
    const field = page.getByLabel('Add to the queue').and(page.locator('input'));
    const queued = (name: string) => page.locator('[aria-posinset]').filter({ hasText: name }).first().waitFor();
    const add = async (line: string) => {
      await field.fill(line);
      await field.press('Enter');
    };
    await add('Loyalty programme');
    await queued('Loyalty programme');
    await add('shop-12');
    await queued('SHOP-12');
    expect(await focusedTag()).not.toBe('BODY');
    await add('SHOP-99999');
    await page.getByRole('alert').filter({ hasText: 'SHOP-99999' }).waitFor();
    expect(await field.inputValue()).toBe('SHOP-99999');
    await look(ann, 'quick-add', task);
    await add('SHOP-12');
    await page.getByText('Already in the queue: SHOP-12').waitFor();
    await field.fill('');
  });

  test('“Add issues” opens on its text box, offers boards first, and keeps what was typed while one looks elsewhere', async () => {
    const { page } = ann;
    await page.getByRole('button', { name: 'Add issues' }).first().click();
    await expect.poll(focusedTag).toBe('TEXTAREA');
    expect(await page.getByRole('group', { name: 'Where from' }).getByRole('button').allTextContents()).toEqual([
      'Board or filter',
      'JQL or keys',
      'File',
      'Topics',
    ]);
    await page.getByRole('button', { name: 'Topics' }).click();
    await page.getByLabel('Topics, one per line').fill(`Gift cards\n${'x'.repeat(201)}`);
    await page.getByText('Line 2 is longer than 200 characters.').waitFor();
    await page.getByRole('button', { name: 'JQL or keys' }).click();
    await page.getByRole('button', { name: 'Topics' }).click();
    expect(await page.getByLabel('Topics, one per line').inputValue()).toContain('Gift cards');
    await dismiss(ann);
    await addTopics(ann, ['Gift cards']);
  });

  test('nothing that was looked at has a fault', () => {
    expect([...ann.findings, ...ann.complaints]).toEqual([]);
  });
});
