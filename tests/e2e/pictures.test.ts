import { mkdirSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Crowd, createCrowd } from './crowd.ts';
import { create, type Guest, haveVoted, invite, join, openMenu, play, press } from './guest.ts';
import { sitting } from './sitting.ts';

// README's pictures, of a session as a team plays it: `npm run pictures` takes them anew.

const folder = joinPath(import.meta.dirname, '../../screenshots/pictures');
const mostBytes = 400_000;
const names = ['Jonas', 'Priya', 'Tomás', 'Lena', 'Sam', 'Aiko'];

sitting('README’s pictures', (table) => {
  let mara: Guest;
  let noor: Guest;
  let crowd: Crowd;

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    mara = await invite(table.browser, 'Mara');
    noor = await invite(table.browser, 'Noor');
    await mara.page.setViewportSize({ width: 1280, height: 780 });
    await noor.page.setViewportSize({ width: 390, height: 844 });
    const link = await create(mara, table.world.url);
    crowd = createCrowd(link, (place) => names[place] ?? '');
    await crowd.seat(names.length);
    await join(noor, link);
    const { page } = mara;
    await page.getByRole('button', { name: 'Add issues' }).first().click();
    await page.getByLabel('JQL, issue keys or links').fill('SHOP-20 SHOP-21 SHOP-22 SHOP-23 SHOP-24 SHOP-25');
    await page.getByRole('button', { name: 'Find issues' }).click();
    await page.getByRole('button', { name: /^Add \d issues/u }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  /** Everybody votes in a round that Mara began. */
  async function vote(own: string, cards: readonly string[]): Promise<void> {
    await play(mara, own);
    await play(noor, own);
    await crowd.voteAll(cards);
    await haveVoted(mara, '8 of 8');
  }

  async function take({ page }: Guest, name: string): Promise<void> {
    await crowd.beHere();
    await page.evaluate('scrollTo(0, 0)');
    await page.evaluate('document.fonts.ready.then(() => undefined)');
    const picture = await page.screenshot({ path: joinPath(folder, `${name}.png`), animations: 'disabled' });
    expect(picture.byteLength).toBeLessThanOrEqual(mostBytes);
  }

  test('a revealed round', async () => {
    const { page } = mara;
    await press(mara, 'n');
    await vote('5', ['5', '5', '3', '8', '5', '13']);
    await press(mara, 'r');
    await page.getByRole('button', { name: 'Save 5', exact: true }).waitFor();
    await page.getByLabel('Sort by card').click();
    await page.getByText(/^5: \d votes\./u).waitFor({ state: 'attached' });
    await take(mara, 'revealed');
    await page.getByRole('button', { name: 'Save 5', exact: true }).click();
  });

  test('a vote on a phone, in the dark', async () => {
    await press(mara, 'n');
    await noor.page.emulateMedia({ colorScheme: 'dark' });
    await noor.page.getByRole('heading', { name: 'Play your card' }).waitFor();
    await crowd.voteAll(['3', '3', '5', '2', '3', '3']);
    await play(mara, '3');
    await haveVoted(noor, '7 of 8');
    await take(noor, 'voting-phone');
    await play(noor, '3');
  });

  test('a report', async () => {
    const { page } = mara;
    const save = async (label: string) => {
      await press(mara, 'r');
      const button = page.getByRole('button', { name: `Save ${label}`, exact: true });
      await button.click();
      await button.waitFor({ state: 'detached' });
    };
    await save('3');
    for (const [own, ...others] of [
      ['8', '8', '5', '8', '13', '8', '8'],
      ['2', '2', '2', '2', '2', '2', '2'],
      ['5', '5', '8', '5', '3', '5', '5'],
    ] as const) {
      await press(mara, 'n');
      await vote(own, others);
      await save(own);
    }
    await openMenu(mara, 'Report');
    await page.getByText('5 of 6').first().waitFor();
    await page.getByText('5 of 5').first().waitFor();
    await page.getByRole('region', { name: 'Agreement, item by item' }).getByText('100 %').first().waitFor();
    // A bar is as long as its share, e.g. 63 %.
    const bars = await page.evaluate<[string, number][]>(
      `[...document.querySelectorAll('section li')].flatMap((row) => {
        const bar = row.querySelector('[aria-hidden] > span');
        const share = /(\\d+)\\s%/u.exec(row.textContent)?.[1];
        return bar && share ? [[share, Math.round((100 * bar.clientWidth) / bar.parentElement.clientWidth)]] : [];
      })`,
    );
    expect(bars.map(([share]) => share)).toContain('63');
    expect(bars.filter(([share, length]) => Math.abs(Number(share) - length) > 1)).toEqual([]);
    await take(mara, 'report');
    expect([mara, noor].flatMap((guest) => guest.complaints)).toEqual([]);
  });
});
