import { beforeAll, expect, test } from 'vitest';
import { create, type Guest, invite, join } from './guest.ts';
import { look } from './screens.ts';
import { sitting } from './sitting.ts';

sitting(
  'what authors wrote in Jira besides text',
  (table) => {
    let ann: Guest;
    let ben: Guest;

    beforeAll(async () => {
      ann = await invite(table.browser, 'Ann');
      ben = await invite(table.browser, 'Ben');
      const link = await create(ann, table.world.url);
      await join(ben, link);
      const issue = table.world.simulator.world.byKey.get('SHOP-50');
      const bytes = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
      const mediaId = '11111111-0000-4000-8000-000000000001';
      const attachment = { id: '70001', name: 'disguised.png', mediaType: 'image/png', bytes, mediaId };
      issue?.attachments.push(attachment);
      if (issue) issue.description = [...issue.description, { kind: 'picture', attachment }];
      await ann.page.getByRole('button', { name: 'Add issues' }).first().click();
      await ann.page.getByLabel('JQL, issue keys or links').fill('SHOP-50');
      await ann.page.getByRole('button', { name: 'Find issues' }).click();
      await ann.page.getByRole('button', { name: 'Add 1 issue' }).click();
      await ann.page.getByRole('dialog').waitFor({ state: 'detached' });
    });

    test('a screenshot in a description is seen by everybody; a file that is no picture is named', async ({ task }) => {
      for (const { page } of [ann, ben]) {
        const picture = page.getByRole('img', { name: /^screenshot-\d+\.png$/u });
        await picture.waitFor();
        await expect.poll(() => picture.evaluate((image) => Reflect.get(image, 'naturalWidth'))).toBe(480);
        expect(await picture.getAttribute('src')).toMatch(/^data:image\/png;base64,/u);
        await page.getByText('Picture disguised.png can’t be shown.').waitFor();
      }
      await look(ann, 'picture', task);
      // The token goes along as a header alone.
      expect(ann.asked.filter((address) => address.includes('/attachments/')).every((address) => !address.includes('?'))).toBe(true);
    });

    test('chosen custom fields stand below the description', async ({ task }) => {
      const { page } = ben;
      const section = page.locator('section', { has: page.getByRole('heading', { name: 'Acceptance criteria' }) }).last();
      expect(await section.getByRole('listitem').allInnerTexts()).toEqual([
        'Nothing that was typed is lost.',
        'It answers within 300 ms on a slow phone.',
      ]);
      await look(ben, 'extra-fields', task);
    });

    test('the browser complains of nothing, and axe finds nothing', () => {
      expect([ann, ben].flatMap((guest) => [...guest.complaints, ...guest.findings])).toEqual([]);
    });
  },
  async () => ({ JIRA_EXTRA_FIELDS: 'customfield_10070' }),
);
