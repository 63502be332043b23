import { expect, test } from 'vitest';
import { addTopics, dismiss, findBottom, type Guest, invite, isLive, openMenu, press } from './guest.ts';
import { look, picture } from './screens.ts';
import { sitting } from './sitting.ts';

/** Counts what people press, of which typing is none. */
const count = `addEventListener('click', (event) => {
  if (event.isTrusted && event.detail > 0) sessionStorage.setItem('clicks', String(Number(sessionStorage.getItem('clicks') ?? 0) + 1));
}, true);`;

sitting('how a session begins, and the next one', (table) => {
  let ann: Guest;
  const shift = () => ann.page.evaluate<number>('window.layoutShift');
  const clicks = () => ann.page.evaluate<number>("Number(sessionStorage.getItem('clicks'))");
  const focusedTag = () => ann.page.evaluate<string>("document.activeElement === document.body ? 'BODY' : document.activeElement.tagName");

  test('a laptop shows the whole form, its button too, in every language', async () => {
    const guest = await invite(table.browser, 'Lea');
    const { page } = guest;
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.goto(`${table.world.url}/`);
    for (const { language, create } of [
      { language: undefined, create: 'Create session' },
      { language: 'Русский', create: 'Создать сессию' },
      { language: 'Deutsch', create: 'Sitzung anlegen' },
    ]) {
      if (language !== undefined) await page.getByRole('button', { name: language }).click();
      await page.getByRole('img', { name: /8 13 21/u }).waitFor();
      expect(await findBottom(page.getByRole('button', { name: create }))).toBeLessThanOrEqual(720);
    }
    await guest.context.close();
  });

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

  test('the focus is never lost to the body while a round is played, and the skip link leads to the table', async () => {
    const { page } = ann;
    await page.getByRole('link', { name: /^Skip/u }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate("document.activeElement.id === 'table'")).toBe(true);
    for (const button of ['Start the round', '3', 'Reveal', 'Save 3']) {
      await page
        .getByRole('button', { name: new RegExp(`^${button}`, 'u') })
        .first()
        .click();
      await expect.poll(focusedTag, { message: `after “${button}”` }).not.toBe('BODY');
    }
  });

  test('with forced colours choices, bars and seats are told apart', async ({ task }) => {
    const { page } = ann;
    await press(ann, 'n');
    await page.getByRole('button', { name: '8', exact: true }).click();
    await page.getByText('You played 8').waitFor();
    await page.emulateMedia({ forcedColors: 'active' });
    const border = (name: string) =>
      page.evaluate<string>(`(() => {
        const button = [...document.querySelectorAll('[aria-pressed]')].find((each) => each.textContent.startsWith('${name}'));
        const { outlineStyle, outlineColor, borderColor } = getComputedStyle(button);
        return [outlineStyle, outlineColor, borderColor].join();
      })()`);
    expect(await border('8')).not.toBe(await border('5'));
    await picture(page, 'forced-open');
    await press(ann, 'r');
    await page.getByRole('heading', { name: 'Results' }).waitFor();
    await picture(page, 'forced-revealed');
    await page.emulateMedia({ forcedColors: 'none' });
    await press(ann, 's');
    task.meta.screens = (task.meta.screens ?? 0) + 2;
  });

  test('deck and settings are remembered; “Same again” prepares the next sprint', async ({ task }) => {
    const { page } = ann;
    await page.goto(`${table.world.url}/`);
    await page.getByLabel('What are you estimating?').fill('Sprint 42, checkout team');
    await page.getByRole('radio', { name: 'T-shirt sizes' }).check();
    await page.getByText('Settings', { exact: true }).click();
    await page.getByLabel('When the timer runs out').selectOption({ label: 'Reveal with those who voted' });
    await page.getByRole('button', { name: 'Create session' }).click();
    await isLive(page);
    await openMenu(ann, 'Close');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Close/u })
      .last()
      .click();
    await look(ann, 'closed', task);
    await page.getByRole('button', { name: 'Same again' }).click();
    expect(await page.getByLabel('What are you estimating?').inputValue()).toBe('Sprint 43, checkout team');
    expect(await page.getByRole('radio', { name: 'T-shirt sizes' }).isChecked()).toBe(true);
    expect(await page.getByLabel('Your name').inputValue()).toBe('Ann');
    await page.getByText('Settings', { exact: true }).click();
    await expect.poll(() => page.getByLabel('When the timer runs out').inputValue()).toBe('REVEAL');
  });

  test('nothing jumps while the room loads on a slow phone', async () => {
    const { page } = ann;
    await page.getByRole('button', { name: 'Create session' }).click();
    await isLive(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.addInitScript(`window.layoutShift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.layoutShift += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });`);
    const devtools = await ann.context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.reload();
    await isLive(page);
    await page.waitForLoadState('networkidle');
    expect(await shift()).toBeLessThan(0.05);
    // The start form is there at once: decks that come later would push its button away from under a click.
    await page.route('**/graphql', async (route) => {
      await new Promise((resume) => setTimeout(resume, 1_000));
      await route.continue();
    });
    await page.goto(`${table.world.url}/`);
    await page.getByRole('button', { name: 'Create session' }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await shift()).toBeLessThan(0.05);
    await page.unrouteAll({ behavior: 'wait' });
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    expect([...ann.findings, ...ann.complaints]).toEqual([]);
  });
});
