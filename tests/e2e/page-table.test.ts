import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { type Crowd, createCrowd } from './crowd.ts';
import { addTopics, create, type Guest, haveVoted, invite, isLive, play, press } from './guest.ts';
import { countHeld } from './held.ts';
import { countDrawn, takeDrawn } from './renders.ts';
import { look, picture } from './screens.ts';
import { sitting } from './sitting.ts';

const reasons = [
  'The old API stays',
  'Like the last one, plus the mails',
  'Who tests it on phones?',
  'Needs a migration of all carts first',
];

/** From now on: what is so at the moment the result is drawn. How many of the seats' cards have turned, and whether the page was laid out for it at once. */
const watchReveal = `(() => {
  const { scrollIntoView } = Element.prototype;
  let isLaidOut = false;
  Element.prototype.scrollIntoView = function (...options) {
    isLaidOut = true;
    return scrollIntoView.apply(this, options);
  };
  window.reveal = new Promise((tell) => {
    const observer = new MutationObserver(() => {
      if (![...document.querySelectorAll('h2')].some(({ textContent }) => textContent === 'Results')) return;
      observer.disconnect();
      const turned = document.querySelectorAll('[data-seat] [data-label]:not([data-label=""])').length;
      tell({ turned, isLaidOut });
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });
})()`;

/** What of the page lies outside of the window, in pixels; a picture besides. */
async function overflow(page: Page, name: string): Promise<number> {
  await page.evaluate('scrollTo(0, 0)');
  await picture(page, `table-${name}`);
  return page.evaluate<number>('Math.max(0, document.documentElement.scrollHeight - innerHeight)');
}

sitting('the table', (table) => {
  let ann: Guest;
  let crowd: Crowd;

  beforeAll(async () => {
    ann = await invite(table.browser, 'Ann');
    await ann.page.setViewportSize({ width: 1280, height: 720 });
    crowd = createCrowd(await create(ann, table.world.url));
    const more = Array.from({ length: 6 }, (_, index) => `Item ${index + 1}`);
    await addTopics(ann, ['Pay with one click', 'Filter panel', 'Order history', 'Gift cards', ...more]);
    await crowd.seat(7);
    await ann.page.getByRole('heading', { name: 'People (8)' }).waitFor();
  });

  /** Whether something is in the window as it stands, without scrolling, and above the bar of tabs. */
  async function isInSight(name: string, role: 'button' | 'heading'): Promise<boolean> {
    const box = await ann.page.getByRole(role, { name, exact: true }).first().boundingBox();
    const tabs = await ann.page.locator('nav[aria-label="Views"]').boundingBox();
    const bottom = tabs?.y ?? ann.page.viewportSize()?.height ?? 0;
    return box !== null && box.y >= 0 && box.y + box.height <= bottom + 1;
  }

  test('eight people who all wrote a reason: round and reveal need no scrolling at 1280 × 720', async ({ task }) => {
    const { page } = ann;
    await press(ann, 'n');
    await play(ann, '5');
    expect(await overflow(page, '8-open')).toBe(0);
    await crowd.voteAll(['3', '5', '5', '8', '13', '5', '5'], (place) => reasons[place % reasons.length] ?? '');
    await haveVoted(ann, '8 of 8');
    await press(ann, 'r');
    await page.getByRole('heading', { name: 'Results' }).waitFor();
    await page.getByRole('list', { name: 'What people wrote' }).waitFor();
    expect(await overflow(page, '8-notes')).toBe(0);
    await look(ann, 'table-8-notes', task);
  });

  test('cards lie by value when one wants it so, with how many have each; and by seat again', async () => {
    const { page } = ann;
    await page.setViewportSize({ width: 1280, height: 720 });
    const seats = page.getByRole('list', { name: 'Who votes in this round' });
    await page.getByLabel('Sort by card').click();
    await seats.getByText('5: 5 votes').waitFor({ state: 'attached' });
    const said = await seats.getByRole('listitem').allTextContents();
    expect(said.map((text) => /^(\S+): (\d+) votes?/u.exec(text)?.slice(1).join('×')).filter(Boolean)).toEqual([
      '3×1',
      '5×5',
      '8×1',
      '13×1',
    ]);
    expect(await overflow(page, '8-by-value')).toBe(0);
    await press(ann, 's');
  });

  test('the page holds what it shows, and lets go of what it showed before', async () => {
    const { page } = ann;
    for (const people of [9, 10, 11, 12]) {
      await crowd.seat(people - 1);
      await page.getByRole('heading', { name: `People (${people})` }).waitFor();
      await press(ann, 'n');
      await play(ann, '5');
      await crowd.voteAll(['3', '5']);
      await haveVoted(ann, `${people} of ${people}`);
      await press(ann, 'r');
      await page.getByRole('heading', { name: 'Results' }).waitFor();
      await press(ann, 's');
    }
    // React keeps what it drew last and what it drew before that.
    expect(await countHeld(page, ['currentItemId', 'findRewording'])).toBeLessThanOrEqual(3);
  });

  test('thirty at 1440 × 900: the distribution comes before the cards, and nothing scrolls, also by value', async ({ task }) => {
    const { page } = ann;
    await page.setViewportSize({ width: 1440, height: 900 });
    await crowd.seat(29);
    await page.getByRole('heading', { name: 'People (30)' }).waitFor();
    await press(ann, 'n');
    await play(ann, '5');
    await crowd.voteAll(['3', '5', '5', '8', '13', '5', '8', '2'], (place) => (place < 6 ? (reasons[place % reasons.length] ?? '') : ''));
    await haveVoted(ann, '30 of 30');
    await press(ann, 'r');
    await page.getByRole('heading', { name: 'Results' }).waitFor();
    const chart = await page.getByRole('list', { name: 'Distribution of the cards' }).boundingBox();
    const seats = await page.getByRole('list', { name: 'Who votes in this round' }).boundingBox();
    expect(chart?.y).toBeLessThan(seats?.y ?? 0);
    await seatsAreSorted();
    expect(await overflow(page, '30-by-value')).toBe(0);
    await page.getByLabel('Sort by card').click();
    expect(await overflow(page, '30-by-seat')).toBe(0);
    await look(ann, 'table-30', task);
    await page.setViewportSize({ width: 1440, height: 900 });
    await press(ann, 's');
  });

  /** The choice of how cards lie is remembered. */
  async function seatsAreSorted(): Promise<void> {
    await ann.page
      .getByRole('list', { name: 'Who votes in this round' })
      .getByText(/^5: \d+ votes/u)
      .waitFor({ state: 'attached' });
  }

  test('a vote draws the seat of who voted, not thirty', async () => {
    const { page } = ann;
    // The round before is settled: a reload may take back what was asked for just before it.
    await page.locator('[aria-keyshortcuts="N"]:not([aria-disabled])').waitFor();
    await countDrawn(page, 'Who votes in this round');
    await page.reload();
    await isLive(page);
    await press(ann, 'n');
    await page.getByRole('heading', { name: 'Play your card' }).waitFor();
    await takeDrawn(page);
    await crowd.voteAll(['3', '5']);
    await haveVoted(ann, '29 of 30');
    // A seat is four: itself, the face, the card, the reaction. Twice as many, since some may be seen or not seen meanwhile.
    const drawn = await takeDrawn(page);
    expect(drawn).toBeGreaterThanOrEqual(29 * 4);
    expect(drawn).toBeLessThanOrEqual(29 * 8);
    await press(ann, 'r');
    await page.getByRole('heading', { name: 'Results' }).waitFor();
    await press(ann, 's');
  });

  test('at the reveal the result is drawn first, and thirty cards turn with the next frame', async () => {
    const { page } = ann;
    await press(ann, 'n');
    await play(ann, '5');
    await crowd.voteAll(['3', '5']);
    await haveVoted(ann, '30 of 30');
    await page.evaluate(watchReveal);
    await press(ann, 'r');
    expect(await page.evaluate('reveal')).toEqual({ turned: 0, isLaidOut: false });
    await expect.poll(() => page.locator('[data-seat] [data-label]:not([data-label=""])').count()).toBe(30);
    await press(ann, 's');
  });

  test('on a phone the action and the result are in the first screen', async () => {
    const { page } = ann;
    await page.setViewportSize({ width: 390, height: 844 });
    await press(ann, 'n');
    await page.getByRole('heading', { name: 'Play your card' }).waitFor();
    await page.evaluate('scrollTo(0, 0)');
    await picture(page, 'table-phone-open');
    expect(await isInSight('Reveal', 'button')).toBe(true);
    expect(await isInSight('5', 'button')).toBe(true);
    expect(await isInSight('13', 'button')).toBe(true);
    await play(ann, '5');
    await crowd.voteAll(['3', '5', '5', '8', '13', '5']);
    await haveVoted(ann, '30 of 30');
    await page.getByRole('button', { name: 'Reveal', exact: true }).click();
    await page.getByRole('heading', { name: 'Results' }).waitFor();
    await page.getByRole('button', { name: 'Save 5', exact: true }).waitFor();
    await page.evaluate('scrollTo(0, 0)');
    await picture(page, 'table-phone-revealed');
    expect(await isInSight('Results', 'heading')).toBe(true);
    expect(await isInSight('Save 5', 'button')).toBe(true);
  });

  test('in a low window the result scrolls itself into sight', async () => {
    const { page } = ann;
    await page.getByRole('button', { name: 'Save 5', exact: true }).click();
    await page.setViewportSize({ width: 1280, height: 480 });
    await press(ann, 'n');
    await play(ann, '5');
    await crowd.voteAll(['3', '5']);
    await haveVoted(ann, '30 of 30');
    await press(ann, 'r');
    await page.getByRole('heading', { name: 'Results' }).waitFor();
    await expect.poll(() => isInSight('Results', 'heading')).toBe(true);
  });

  test('cards turn one after the other within 300 ms, and at once for whoever wants no motion', async () => {
    const { page } = ann;
    const turns = `[...document.querySelectorAll('[data-seat] [data-turner]')].map((card) => {
      const { transitionDuration, transitionDelay } = getComputedStyle(card);
      return Math.round(1000 * (parseFloat(transitionDuration) + parseFloat(transitionDelay)));
    })`;
    expect(new Set(await page.evaluate<readonly number[]>(turns))).toEqual(new Set([0]));
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    const ends = await page.evaluate<readonly number[]>(turns);
    expect(Math.max(...ends)).toBe(300);
    expect(ends).toEqual(ends.toSorted((one, other) => one - other));
    expect(new Set(ends).size).toBeGreaterThan(1);
  });

  test('axe finds nothing, and no page scrolls sideways', () => {
    expect(ann.findings).toEqual([]);
    expect(ann.complaints).toEqual([]);
  });
});
