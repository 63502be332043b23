import { beforeAll, expect, test } from 'vitest';
import { addTopics, type Guest, haveVoted, invite, inviteLink, isLive, join, play, press } from './guest.ts';
import { sitting } from './sitting.ts';

/** The shortest that a session may have; noticing takes some seconds more. */
const successionSeconds = 60;
const timeout = (successionSeconds + 90) * 1_000;

sitting('a facilitator who goes away', (table) => {
  let ann: Guest;
  let ben: Guest;
  let cat: Guest;

  beforeAll(async () => {
    ann = await invite(table.browser, 'Ann');
    ben = await invite(table.browser, 'Ben');
    cat = await invite(table.browser, 'Cat');
    const { page } = ann;
    await page.goto(`${table.world.url}/`);
    await page.getByLabel('What are you estimating?').fill('Sprint 42, checkout team');
    await page.getByLabel('Your name').fill('Ann');
    await page.getByText('Settings', { exact: true }).click();
    await page.getByLabel('Somebody else facilitates after an absence of').selectOption(String(successionSeconds));
    await page.getByRole('button', { name: 'Create session' }).click();
    await isLive(page);
    const link = await inviteLink(ann);
    await join(ben, link);
    await join(cat, link);
  });

  test(
    'is followed by one who has voted, and everybody is told who leads now',
    async () => {
      await addTopics(ann, ['one']);
      await press(ann, 'n');
      await play(ben, '5');
      await haveVoted(ann, '1 of 3');
      await ann.page.close();
      await Promise.all([
        cat.page.getByText('Ben leads this session now.').first().waitFor({ state: 'attached', timeout }),
        ben.page.getByText('You lead this session now.').first().waitFor({ state: 'attached', timeout }),
      ]);
    },
    2 * timeout,
  );

  test('and finds the session where it is, with their own rights, when they come back', async () => {
    await press(ben, 'r');
    const page = await ann.context.newPage();
    await page.goto(table.world.url);
    await page.getByRole('link', { name: 'Sprint 42, checkout team' }).click();
    await isLive(page);
    await page.getByRole('button', { name: 'Add issues' }).first().waitFor();
    for (const { complaints } of [ben, cat]) expect(complaints).toEqual([]);
  });
});
