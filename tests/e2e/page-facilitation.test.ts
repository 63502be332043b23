import { beforeAll, expect, test } from 'vitest';
import { addTopics, create, dismiss, findSaid, type Guest, haveVoted, invite, isLive, join, openMenu, play, press } from './guest.ts';
import { look } from './screens.ts';
import { sitting } from './sitting.ts';

sitting('what facilitators decide, and the keyboard', (table) => {
  let ann: Guest;
  let ben: Guest;
  let link: string;

  beforeAll(async () => {
    ann = await invite(table.browser, 'Ann');
    ben = await invite(table.browser, 'Ben');
    link = await create(ann, table.world.url);
    await join(ben, link);
    await addTopics(ann, ['one', 'two', 'three', 'four']);
  });

  async function set(change: () => Promise<unknown>): Promise<void> {
    await openMenu(ann, 'Settings');
    await change();
    await ann.page.getByRole('button', { name: 'Save', exact: true }).click();
    await ann.page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  test('a timer runs before all eyes, also where the device’s clock is wrong', async () => {
    const fast = await invite(table.browser, 'Fast');
    await fast.page.addInitScript('const now = Date.now; Date.now = () => now() + 300_000;');
    await join(fast, link);
    await ann.page.getByLabel('Timer').selectOption({ label: '1 minute' });
    await ann.page.getByRole('button', { name: 'Start the round' }).click();
    for (const { page } of [ben, fast]) {
      await page.getByRole('timer').waitFor();
      expect(await page.getByRole('timer').textContent()).toMatch(/^(1:00|0:\d\d)$/u);
    }
    await openMenu(fast, 'Leave the session');
    await fast.page.getByRole('heading', { name: 'You are not in this session' }).waitFor();
    await fast.context.close();
    await ann.page.getByRole('button', { name: 'Stop the round' }).click();
    expect(await ann.page.getByLabel('Timer').inputValue()).toBe('60');
    await ann.page.getByLabel('Timer').selectOption({ label: 'No timer' });
  });

  test('cards reveal by themselves after a countdown that a facilitator may stop', async ({ task }) => {
    await set(() => ann.page.getByLabel('Reveal when everyone has voted').selectOption({ label: 'After 10 seconds' }));
    await ann.page.getByRole('button', { name: 'Start the round' }).click();
    await play(ann, '5');
    await play(ben, '8');
    await ben.page.getByText(/Reveals in \d+ second/u).waitFor();
    await ann.page.getByRole('button', { name: 'Stop the countdown' }).click();
    await ben.page.getByText(/Reveals in/u).waitFor({ state: 'detached' });
    await look(ann, 'countdown-stopped', task);
    await ben.page.getByRole('button', { name: '5', exact: true }).click();
    await ann.page.getByText(/Reveals in/u).waitFor();
    await ann.page.getByText('Consensus!').waitFor();
    await set(() => ann.page.getByLabel('Reveal when everyone has voted').selectOption({ label: 'Manually' }));
  });

  test('who comes late votes from the next round on, when the session says so', async () => {
    await set(() => ann.page.getByLabel('People who join mid-round can vote').selectOption({ label: 'from the next round' }));
    await press(ann, 's');
    await ann.page.getByRole('button', { name: 'Start the round' }).click();
    const late = await invite(table.browser, 'Late');
    await join(late, link);
    await late.page.getByText('You can vote from the next round on.').waitFor();
    await ann.page.getByRole('button', { name: 'Stop the round' }).click();
    await ann.page.getByRole('button', { name: 'Start the round' }).click();
    await late.page.getByRole('heading', { name: 'Play your card' }).waitFor();
    await late.context.close();
  });

  test('paper flies on consensus alone, and never for those who want no motion', async () => {
    const vivid = await invite(table.browser, 'Vivid');
    await vivid.page.emulateMedia({ reducedMotion: 'no-preference' });
    await join(vivid, link);
    // Every piece that is ever thrown, as long as the page is open.
    for (const { page } of [vivid, ben]) {
      await page.evaluate(
        "window.flown = 0; new MutationObserver((records) => { for (const { addedNodes } of records) window.flown += [...addedNodes].filter((node) => 'confetti' in (node.dataset ?? {})).length; }).observe(document.body, { childList: true });",
      );
    }
    const flown = ({ page }: Guest) => page.evaluate<number>('window.flown');
    await play(ann, '5');
    await play(ben, '8');
    await press(ann, 'r');
    await vivid.page.getByRole('heading', { name: 'Results' }).waitFor();
    await press(ann, 'v');
    await play(ann, '5');
    await play(ben, '5');
    await play(vivid, '5');
    expect(await flown(vivid)).toBe(0);
    await haveVoted(ann, '3 of 4');
    await press(ann, 'r');
    await ben.page.getByText('Consensus!').waitFor();
    await expect.poll(() => flown(vivid)).toBeGreaterThan(20);
    expect(await flown(ben)).toBe(0);
    await vivid.context.close();
  });

  test('a dialog keeps the focus, and gives it back to where it was opened', async () => {
    const { page } = ann;
    const menu = page.getByRole('button', { name: 'Menu', exact: true });
    await menu.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'My profile' }).waitFor();
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate("document.activeElement === document.body || document.activeElement.closest('dialog') !== null")).toBe(
        true,
      );
    }
    await dismiss({ page });
    await expect.poll(() => page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe('Menu');
  });

  test('a whole round with keys alone, told to a screen reader', async () => {
    const { page } = ann;
    await press({ page }, 's');
    await page.getByRole('button', { name: 'Start the round' }).waitFor();
    await press({ page }, 'n');
    await page.getByRole('heading', { name: 'Play your card' }).waitFor();
    await press({ page }, '3');
    await page.getByText('You played 3').waitFor();
    const said = (guest: Guest, words: RegExp) => expect.poll(() => findSaid(guest)).toMatch(words);
    await said(ben, /Ann voted/u);
    await page.keyboard.press('Backspace');
    await page.getByRole('heading', { name: 'Play your card' }).waitFor();
    await press({ page }, '5');
    await press(ben, '5');
    await haveVoted({ page }, '2 of 4');
    await press({ page }, 'r');
    await said(ben, /cards are revealed.*5: 2 votes/u);
    await press({ page }, 's');
    await said(ben, /Estimate saved: 5/u);
  });

  test('two tabs are one participant, and both know the card', async () => {
    await press(ann, 'n');
    const tab = await ben.context.newPage();
    await tab.goto(ben.page.url());
    await isLive(tab);
    await play(ben, '8');
    await tab.getByText('You played 8').waitFor();
    await tab.getByRole('heading', { name: 'People (4)' }).waitFor();
    await tab.close();
  });

  test('a closed session offers its report, and goes on when it is reopened', async ({ task }) => {
    await openMenu(ann, 'Close the session');
    await ann.page.getByRole('dialog').getByRole('button', { name: 'Close the session' }).click();
    for (const { page } of [ann, ben]) await page.getByRole('heading', { name: 'This session is closed.' }).waitFor();
    await ann.page.getByRole('button', { name: 'Add issues' }).waitFor({ state: 'detached' });
    expect(await ben.page.getByRole('button', { name: 'Reopen the session' }).count()).toBe(0);
    await look(ann, 'closed', task);
    const late = await invite(table.browser, 'Late');
    await late.page.goto(link);
    await late.page.getByText('nobody new can join until a facilitator reopens it').waitFor();
    expect(await late.page.getByRole('button', { name: 'Join' }).count()).toBe(0);
    await look(late, 'join-closed', task);
    expect(late.findings).toEqual([]);
    await late.context.close();
    await ben.page.getByRole('button', { name: 'Report' }).click();
    await ben.page.getByText('Items and their rounds').waitFor();
    await ben.page.getByRole('link', { name: 'Back to the session' }).click();
    await ann.page.getByRole('button', { name: 'Reopen the session' }).click();
    for (const { page } of [ann, ben]) await page.getByRole('heading', { name: 'Up next' }).waitFor();
  });

  test('the facilitation is handed over', async () => {
    await ann.page.getByRole('button', { name: 'What to do with Ben' }).click();
    await ann.page.getByRole('menuitem', { name: 'Make facilitator' }).click();
    await ben.page.getByRole('button', { name: 'Add issues' }).first().waitFor();
    await ann.page.getByRole('button', { name: 'What to do with Ann' }).click();
    await ann.page.getByRole('menuitem', { name: 'Remove as facilitator' }).click();
    await ann.page.getByRole('button', { name: 'Add issues' }).waitFor({ state: 'detached' });
  });

  test('axe finds nothing', () => {
    expect([ann, ben].flatMap((guest) => [...guest.findings, ...guest.complaints])).toEqual([]);
  });
});
