import { beforeAll, expect, test } from 'vitest';
import { create, type Guest, invite } from './guest.ts';
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
});
