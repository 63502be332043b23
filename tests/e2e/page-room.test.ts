import { expect, test } from 'vitest';
import { type Crowd, createCrowd } from './crowd.ts';
import { addTopics, create, dismiss, findBottom, type Guest, haveVoted, invite, inviteLink, join, openMenu, play, press } from './guest.ts';
import { look, picture } from './screens.ts';
import { sitting } from './sitting.ts';

sitting('a room that fits', (table) => {
  let ann: Guest;
  let crowd: Crowd;

  const sessionId = () => new URL(ann.page.url()).pathname.split('/').at(-1) ?? '';

  /** What of the table lies outside of the window, in pixels; a picture besides. */
  async function overflow(name: string, width: number, height: number): Promise<number> {
    await ann.page.setViewportSize({ width, height });
    await ann.page.waitForTimeout(300);
    await ann.page.evaluate('scrollTo(0, 0)');
    await picture(ann.page, `fits-${name}`);
    return ann.page.evaluate<number>('Math.max(0, document.documentElement.scrollHeight - innerHeight)');
  }

  test('a round and its reveal need no scrolling: eight people at 1280 × 720', async ({ task }) => {
    ann = await invite(table.browser, 'Ann');
    crowd = createCrowd(await create(ann, table.world.url));
    await ann.page.getByRole('button', { name: 'Add issues' }).first().click();
    await ann.page.getByLabel('JQL, issue keys or links').fill('project = SHOP AND type = Story ORDER BY key');
    await ann.page.getByRole('button', { name: 'Find issues' }).click();
    await ann.page.getByText(/\d+ of \d+ picked/u).waitFor();
    await ann.page.getByRole('button', { name: /^Add \d+ issues/u }).click();
    await ann.page.getByRole('dialog').waitFor({ state: 'detached' });
    await crowd.seat(7);
    await ann.page.getByRole('heading', { name: 'People (8)' }).waitFor();
    expect(await overflow('8-between', 1280, 720)).toBe(0);
    await press(ann, 'n');
    await ann.page.getByRole('heading', { name: 'Play your card' }).waitFor();
    expect(await overflow('8-open', 1280, 720)).toBe(0);
    await play(ann, '5');
    await crowd.voteAll(['3', '5', '5', '8', '13', '5', '5']);
    await haveVoted(ann, '8 of 8');
    await press(ann, 'r');
    await ann.page.getByRole('heading', { name: 'Results' }).waitFor();
    expect(await overflow('8-revealed', 1280, 720)).toBe(0);
    await look(ann, 'room-8', task);
    await ann.page.setViewportSize({ width: 1280, height: 720 });
    await ann.page.getByLabel('Decision, in your words (optional)').fill('Without the old API');
  });

  test('and thirty at 1440 × 900', async ({ task }) => {
    await ann.page.getByRole('button', { name: 'Save 5' }).click();
    await expect.poll(() => ann.page.locator('[aria-posinset="1"]').textContent()).toContain('Without the old API');
    await crowd.seat(29);
    await ann.page.getByRole('heading', { name: 'People (30)' }).waitFor();
    await press(ann, 'n');
    await ann.page.getByRole('heading', { name: 'Play your card' }).waitFor();
    expect(await overflow('30-open', 1440, 900)).toBe(0);
    // At 1280 × 720 thirty seats do not fit, one's own cards do.
    await overflow('30-open-laptop', 1280, 720);
    const reveal = await ann.page.getByRole('button', { name: /^Reveal/u }).boundingBox();
    expect(await findBottom(ann.page.getByRole('button', { name: 'pass' }))).toBeLessThanOrEqual(reveal?.y ?? 0);
    await ann.page.setViewportSize({ width: 1440, height: 900 });
    await play(ann, '5');
    await crowd.voteAll(['3', '5', '5', '8', '13', '5']);
    await haveVoted(ann, '30 of 30');
    await press(ann, 'r');
    await ann.page.getByRole('heading', { name: 'Results' }).waitFor();
    expect(await overflow('30-revealed', 1440, 900)).toBe(0);
    await look(ann, 'room-30', task);
    await overflow('30-phone', 390, 844);
    expect(await ann.page.getByRole('button', { name: 'Save 5' }).isVisible()).toBe(true);
    await ann.page.setViewportSize({ width: 1440, height: 900 });
    await press(ann, 's');
  });

  test('what an issue was estimated at is hidden until one’s own vote is in, and any issue can be read before its turn', async ({
    task,
  }) => {
    const { page } = ann;
    await page.locator('main').getByRole('button', { name: /./u }).first().waitFor();
    await press(ann, 'n');
    await page.getByText('Points are hidden until you vote').waitFor();
    await page.getByText('Earlier estimates are hidden until you vote.').waitFor();
    const references = page.getByRole('region', { name: 'Earlier estimates to compare with' });
    expect(await references.count()).toBe(0);
    await play(ann, '8');
    await references.getByText('Similar issues and what they got').waitFor();
    await references.getByText('What was a 5?').click();
    await look(ann, 'references', task);
    await page.getByText('Points are hidden until you vote').waitFor({ state: 'detached' });
    await page.locator('[aria-posinset="5"]').getByRole('button').filter({ hasText: /\w/u }).first().click();
    await page.getByRole('dialog').getByText('Priority').waitFor();
    await dismiss(ann);
  });

  test('a timer that runs out reveals with those who voted, when the session has it so', async () => {
    const { page } = ann;
    await openMenu(ann, 'Settings');
    await page.getByLabel('When the timer runs out').selectOption({ label: 'Reveal with those who voted' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const roundId = await crowd.findRoundId();
    const token = await page.evaluate<string>(`JSON.parse(localStorage.getItem('tally.session.${sessionId()}')).token`);
    await crowd.run('SetTimer', { roundId, seconds: 5 }, token);
    await page.getByRole('heading', { name: 'Results' }).waitFor();
    await page.getByText('1 of 30 voted').first().waitFor();
    await press(ann, 's');
  });

  test('a paused session takes no votes and keeps what was played', async () => {
    const { page } = ann;
    await press(ann, 'n');
    await play(ann, '3');
    await openMenu(ann, 'Pause the session');
    await page.getByRole('heading', { name: 'The session is paused' }).waitFor();
    await page.getByRole('button', { name: 'Resume the session' }).click();
    await page.getByText('You played 3').waitFor();
    await press(ann, 'r');
    await press(ann, 's');
  });

  test('an open menu stays beside its button while lists scroll and rows grow, and closes when its button is out of sight', async () => {
    const { page } = ann;
    const button = page.locator('[aria-posinset="3"]').getByRole('button', { name: /^What to do with/u });
    const menu = page.getByRole('menu');
    const distance = async () => ((await menu.boundingBox())?.y ?? Number.NaN) - ((await button.boundingBox())?.y ?? Number.NaN);
    await button.click();
    const asOpened = await distance();
    // The list of people, then the queue itself, then a row above that grows.
    await page.evaluate("document.querySelectorAll('main ~ *, aside, main *').forEach((one) => one.dispatchEvent(new Event('scroll')))");
    await page.evaluate("document.querySelector('[aria-posinset=\"1\"]').closest('ul').parentElement.scrollBy(0, 40)");
    await expect.poll(distance).toBeCloseTo(asOpened, 0);
    await page.evaluate("document.querySelector('[aria-posinset=\"1\"]').style.height = '10rem'");
    await expect.poll(distance).toBeCloseTo(asOpened, 0);
    await page.evaluate("document.querySelector('[aria-posinset=\"1\"]').style.height = ''");
    expect(await menu.isVisible()).toBe(true);
    await page.evaluate("document.querySelector('[aria-posinset=\"1\"]').closest('ul').parentElement.scrollBy(0, 4000)");
    await menu.waitFor({ state: 'detached' });
    await page.evaluate("document.querySelector('[aria-posinset]').closest('ul').parentElement.scrollTo(0, 0)");
    await button.waitFor();
  });

  test('a saved estimate is corrected, and an item is estimated without a vote; the report tells both', async () => {
    const { page } = ann;
    await page
      .locator('[aria-posinset="1"]')
      .getByRole('button', { name: /^What to do with/u })
      .click();
    await page.getByRole('menuitem', { name: 'Correct the estimate…' }).click();
    await page.getByRole('dialog').getByText('13', { exact: true }).click();
    await page.getByLabel('Why? (optional)').fill('We forgot the migration');
    await page.getByRole('button', { name: 'Save estimate' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => page.locator('[aria-posinset="1"]').textContent()).toContain('13');
    await page
      .locator('[aria-posinset="6"]')
      .getByRole('button', { name: /^What to do with/u })
      .click();
    await page.getByRole('menuitem', { name: 'Estimate without a vote…' }).click();
    await page.getByRole('dialog').getByText('1', { exact: true }).click();
    await page.getByRole('button', { name: 'Save estimate' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await openMenu(ann, 'Report');
    await page.getByText('Corrected').first().waitFor({ state: 'attached' });
    await page.getByText('We forgot the migration').waitFor({ state: 'attached' });
    await page.getByText('Without a vote').first().waitFor({ state: 'attached' });
    expect([...ann.findings, ...ann.complaints]).toEqual([]);
  });
});

sitting('sizes, and a network that goes away', (table) => {
  test('a size stays a size: on the button, in the queue and in the report', async () => {
    const ann = await invite(table.browser, 'Ann');
    await ann.page.goto(`${table.world.url}/`);
    await ann.page.getByLabel('What are you estimating?').fill('Roadmap');
    await ann.page.getByLabel('Your name').fill('Ann');
    await ann.page.getByRole('radio', { name: 'T-shirt sizes' }).check();
    await ann.page.getByRole('button', { name: 'Create session' }).click();
    const link = await inviteLink(ann);
    const ben = await invite(table.browser, 'Ben');
    await join(ben, link);
    await addTopics(ann, ['Loyalty programme', 'Gift cards']);
    await press(ann, 'n');
    for (const guest of [ann, ben]) await play(guest, 'M');
    await press(ann, 'r');
    await ann.page.getByRole('button', { name: 'Save M' }).click();
    await ann.page.getByText('Loyalty programme: M').waitFor();
    await expect.poll(() => ann.page.locator('[aria-posinset="1"]').textContent()).toContain('Estimated: M');

    await press(ann, 'n');
    await ben.page.getByRole('heading', { name: 'Play your card' }).waitFor();
    await ben.context.setOffline(true);
    await ben.page.getByRole('button', { name: 'L', exact: true }).click();
    await ben.page.getByText(/^L is not sent yet/u).waitFor();
    await ben.context.setOffline(false);
    await ben.page.getByText('You played L').waitFor();
    await haveVoted(ann, '1 of 2');

    await openMenu(ann, 'Report');
    await ann.page.getByText('1 × M').first().waitFor();
  });
});
