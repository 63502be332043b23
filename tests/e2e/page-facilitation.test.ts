import { beforeAll, expect, test } from 'vitest';
import { addTopics, create, type Guest, invite, isLive, join, openMenu, play } from './guest.ts';
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
    await ann.page.getByRole('button', { name: 'Save' }).click();
    await ann.page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  test('a timer runs before all eyes', async () => {
    await ann.page.getByLabel('Timer').selectOption({ label: '1 minute' });
    await ann.page.getByRole('button', { name: 'Start the round' }).click();
    await ben.page.getByRole('timer').waitFor();
    expect(await ben.page.getByRole('timer').textContent()).toMatch(/^(1:00|0:\d\d)$/u);
    await ann.page.getByRole('button', { name: 'Stop the round' }).click();
  });

  test('cards reveal by themselves after a countdown that a facilitator may stop', async ({ task }) => {
    await set(() => ann.page.getByLabel('Reveal when everyone has voted').selectOption({ label: 'After 10 seconds' }));
    await ann.page.getByRole('button', { name: 'Start the round' }).click();
    await play(ann, '5');
    await play(ben, '8');
    await ben.page.getByText(/Reveals in \d+ second/u).waitFor();
    await ann.page.getByRole('button', { name: 'Wait' }).click();
    await ben.page.getByText(/Reveals in/u).waitFor({ state: 'detached' });
    await look(ann, 'countdown-stopped', task);
    await ben.page.getByRole('button', { name: '5', exact: true }).click();
    await ann.page.getByText(/Reveals in/u).waitFor();
    await ann.page.getByText('Consensus!').waitFor();
    await set(() => ann.page.getByLabel('Reveal when everyone has voted').selectOption({ label: 'Never by itself' }));
  });

  test('who comes late votes from the next round on, when the session says so', async () => {
    await set(() => ann.page.getByLabel('Whoever joins during a round votes').selectOption({ label: 'from the next round on' }));
    await ann.page.keyboard.press('s');
    await ann.page.getByRole('button', { name: 'Start the round' }).click();
    const late = await invite(table.browser, 'Late');
    await join(late, link);
    await late.page.getByText('You join the voting with the next round.').waitFor();
    await ann.page.keyboard.press('v');
    await ann.page.getByRole('button', { name: 'Stop the round' }).click();
    await ann.page.getByRole('button', { name: 'Start the round' }).click();
    await late.page.getByRole('heading', { name: 'Play your card' }).waitFor();
    await late.context.close();
  });

  test('paper flies on consensus alone, and never for those who want no motion', async () => {
    const vivid = await invite(table.browser, 'Vivid');
    await vivid.page.emulateMedia({ reducedMotion: 'no-preference' });
    await join(vivid, link);
    const count = (guest: Guest) =>
      guest.page.evaluate<number>(
        "new Promise((done) => { let most = 0; const look = setInterval(() => { most = Math.max(most, document.querySelectorAll('[data-confetti]').length); }, 20); setTimeout(() => { clearInterval(look); done(most); }, 1500); })",
      );
    await play(ann, '5');
    await play(ben, '8');
    const [quiet] = await Promise.all([count(vivid), ann.page.keyboard.press('r')]);
    expect(quiet).toBe(0);
    await ann.page.keyboard.press('v');
    await play(ann, '5');
    await play(ben, '5');
    await play(vivid, '5');
    const revealed = vivid.page.getByText('Consensus!').waitFor();
    const [flown, still] = await Promise.all([revealed.then(() => count(vivid)), count(ben), ann.page.keyboard.press('r')]);
    expect(flown).toBeGreaterThan(20);
    expect(still).toBe(0);
    await vivid.context.close();
  });

  test('a dialog keeps the focus, and gives it back to where it was opened', async () => {
    const { page } = ann;
    const menu = page.getByRole('button', { name: 'Menu', exact: true });
    await menu.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'My place' }).waitFor();
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate("document.activeElement === document.body || document.activeElement.closest('dialog') !== null")).toBe(
        true,
      );
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe('Menu');
  });

  test('a whole round with keys alone, told to a screen reader', async () => {
    const { page } = ann;
    await page.keyboard.press('s');
    await page.getByRole('button', { name: 'Start the round' }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'Play your card' }).waitFor();
    await page.keyboard.press('4');
    await page.getByText('You played 3').waitFor();
    const said = (guest: Guest, words: RegExp) => expect.poll(() => guest.page.locator('[data-announcer]').textContent()).toMatch(words);
    await said(ben, /Ann voted/u);
    await page.keyboard.press('Backspace');
    await page.getByRole('heading', { name: 'Play your card' }).waitFor();
    await page.keyboard.press('5');
    await ben.page.keyboard.press('5');
    await page.getByText('2 of 4 have voted', { exact: true }).waitFor();
    await page.keyboard.press('r');
    await said(ben, /cards are revealed.*5: 2 votes/u);
    await page.keyboard.press('s');
    await said(ben, /Settled on 5/u);
  });

  test('two tabs are one participant, and both know the card', async () => {
    await ann.page.keyboard.press('n');
    const tab = await ben.context.newPage();
    await tab.goto(ben.page.url());
    await isLive(tab);
    await play(ben, '8');
    await tab.getByText('You played 8').waitFor();
    await tab.getByRole('heading', { name: 'People (4)' }).waitFor();
    await tab.close();
  });

  test('the facilitation is handed over', async () => {
    await ann.page.getByRole('button', { name: 'What to do with Ben' }).click();
    await ann.page.getByRole('menuitem', { name: 'Make facilitator' }).click();
    await ben.page.getByRole('button', { name: 'Add issues' }).first().waitFor();
    await ann.page.getByRole('button', { name: 'What to do with Ann' }).click();
    await ann.page.getByRole('menuitem', { name: 'Take the facilitation' }).click();
    await ann.page.getByRole('button', { name: 'Add issues' }).waitFor({ state: 'detached' });
  });

  test('axe finds nothing', () => {
    expect([ann, ben].flatMap((guest) => [...guest.findings, ...guest.complaints])).toEqual([]);
  });
});
