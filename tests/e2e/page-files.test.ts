import { beforeAll, expect, test } from 'vitest';
import { create, type Guest, invite, play, press } from './guest.ts';
import { look } from './screens.ts';
import { sitting } from './sitting.ts';

sitting('a file dropped onto the page', (table) => {
  let ann: Guest;

  beforeAll(async () => {
    ann = await invite(table.browser, 'Ann');
    await create(ann, table.world.url);
  });

  test('becomes issues, and topics for rows without a key; the page says which field estimates go to', async ({ task }) => {
    const { page } = ann;
    await page.getByRole('button', { name: 'Add issues' }).first().click();
    await page.getByRole('button', { name: 'File', exact: true }).click();
    const buffer = Buffer.from('Issue key,Summary,Parent\nSHOP-30,a,SHOP-90\n,Talk about the release,\nSHOP-31,b,\n');
    await page.locator('input[type=file]').setInputFiles({ name: 'export.csv', mimeType: 'text/csv', buffer });
    await page.getByText('Issues: 2, topics for rows without a key: 1').waitFor();
    await look(ann, 'import-file', task);
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Estimates go to: Story Points (customfield_10032)').waitFor();
    await page.getByRole('button', { name: 'Add 2 issues' }).click();
    await page.getByText('3 items added.').waitFor();
    await page.getByText('Talk about the release').first().waitFor();
    expect(await page.getByText('SHOP-90').count()).toBe(0);
    expect(ann.findings).toEqual([]);
  });

  test('before the first estimate is written, and only then, the page says where it goes', async () => {
    const { page } = ann;
    const note = page.getByText('Estimates go to: Story Points (customfield_10032)');
    for (const isFirst of [true, false, false]) {
      await page.getByRole('button', { name: 'Start the round' }).click();
      await play(ann, '5');
      await press(ann, 'r');
      const save = page.getByRole('button', { name: 'Save 5' });
      await save.waitFor();
      if (isFirst) await note.waitFor();
      else await expect.poll(() => note.count()).toBe(0);
      await save.click();
      await save.waitFor({ state: 'detached' });
    }
  });

  test('which columns are what is remembered for the next file of the same kind, also in another order', async () => {
    const { page } = ann;
    const choose = async (content: string) => {
      await page.getByRole('button', { name: 'Add issues' }).first().click();
      await page.getByRole('button', { name: 'File', exact: true }).click();
      await page.locator('input[type=file]').setInputFiles({ name: 'own.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
    };
    const title = page.getByLabel('Column of titles');
    await choose('Story,Wording\nOne,The first wording\nTwo,The second wording\n');
    expect(await title.locator('option:checked').textContent()).toBe('Story');
    await title.selectOption({ label: 'Wording' });
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('button', { name: /^Add 2/u }).click();
    await page.getByText('The second wording').first().waitFor();
    await page.reload();
    await choose('Wording,Story\nThe third wording,Three\n');
    expect(await title.locator('option:checked').textContent()).toBe('Wording');
    await page.getByRole('dialog').getByText('The third wording').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test.each([
    ['CSV', 'export.csv', 'text/csv', 'Issue key;Summary\r\nSHOP-40;a\r\nSHOP-41;"b; SHOP-99"\r\n', ['SHOP-40', 'SHOP-41']],
    [
      'XML',
      'export.xml',
      'text/xml',
      '<?xml version="1.0"?><rss><channel><item><title>[SHOP-42] c</title><key id="1">SHOP-42</key><summary>c</summary></item></channel></rss>',
      ['SHOP-42'],
    ],
  ])('in %s, dropped by the mouse, is read as one that was chosen', async (_name, name, type, content, keys) => {
    const { page } = ann;
    await page.getByRole('button', { name: 'Add issues' }).first().click();
    await page.getByRole('button', { name: 'File', exact: true }).click();
    const file = [[content], name, { type }].map((each) => JSON.stringify(each)).join(', ');
    const transfer = await page.evaluateHandle(`(() => { const t = new DataTransfer(); t.items.add(new File(${file})); return t; })()`);
    const place = page.locator('label', { has: page.locator('input[type=file]') });
    for (const event of ['dragenter', 'dragover', 'drop']) await place.dispatchEvent(event, { dataTransfer: transfer });
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('button', { name: new RegExp(`^Add ${keys.length} issue`, 'u') }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    for (const key of keys) await page.getByText(key).first().waitFor();
    expect(await page.getByText('SHOP-99').count()).toBe(0);
  });
});
