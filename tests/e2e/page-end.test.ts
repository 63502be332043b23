import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { addTopics, create, type Guest, invite, isLive, join, openMenu, play, press } from './guest.ts';
import { look } from './screens.ts';
import { sitting } from './sitting.ts';
import { control } from './world.ts';

/** Plays the next item alone and saves what was played. */
async function estimate(guest: Guest, label: string): Promise<void> {
  await guest.page.getByRole('button', { name: 'Start the round' }).click();
  await play(guest, label);
  await press(guest, 'r');
  const save = guest.page.getByRole('button', { name: `Save ${label}`, exact: true });
  await save.click();
  await save.waitFor({ state: 'detached' });
}

sitting('the end of a session', (table) => {
  let ann: Guest;

  beforeAll(async () => {
    ann = await invite(table.browser, 'Ann');
    await ann.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: table.world.url });
    await create(ann, table.world.url);
    await addTopics(ann, ['The *big* <one>', 'The small one']);
    await estimate(ann, '8');
  });

  /** What the clipboard holds in a format, once a button has put it there. */
  async function copied(button: string, type: string, said: string): Promise<string> {
    // What an earlier button said may still be there: the clipboard itself tells.
    await ann.page.evaluate("navigator.clipboard.writeText('')");
    await ann.page.getByRole('button', { name: button }).click();
    await ann.page.getByText(said).waitFor();
    const read = `navigator.clipboard.read().then(([item]) => (item?.types.includes('${type}') ? item.getType('${type}').then((blob) => blob.text()) : ''))`;
    await expect.poll(() => ann.page.evaluate<string>(read)).not.toBe('');
    return ann.page.evaluate<string>(read);
  }

  test('the report goes to Slack and to Confluence by the clipboard', async () => {
    await openMenu(ann, 'Report');
    const message = await copied('Copy for Slack', 'text/plain', 'Copied: paste it there.');
    expect(message).toContain('*Sprint 42, checkout team*');
    expect(message).toContain('• The *\u200bbig*\u200b &lt;one&gt;: *8* (Voted: 1 of 1)');
    expect(message).toContain('• The small one: Waiting');
    expect(await copied('Copy for Confluence', 'text/html', 'Copied: paste it there.')).toContain('<td>The *big* &lt;one&gt;</td>');
    expect(await copied('Copy for Slack', 'text/html', 'Copied: paste it there.')).not.toContain('<td>');
  });

  test('files and messages are in the language of the page', async () => {
    const { page } = ann;
    await page.getByRole('link', { name: 'Back to the session' }).click();
    await isLive(page);
    await openMenu(ann, 'Русский');
    await page.getByText('На связи').waitFor();
    await page.goto(`${page.url()}/report`);
    expect(await copied('Скопировать для Slack', 'text/plain', 'Скопировано: вставьте, куда нужно.')).toContain('The small one: Ждёт');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Экспорт CSV' }).click()]);
    expect(await readFile(await file.path(), 'utf8')).toMatch(/^\ufeffПункт;Название;Ссылка;Состояние;/u);
    await page.evaluate("localStorage.setItem('tally.language', 'de')");
    await page.reload();
    expect(await copied('Für Slack kopieren', 'text/plain', 'Kopiert: dort einfügen.')).toContain('The small one: Wartet');
  });
});

sitting('the end of the queue', (table) => {
  let ann: Guest;
  let ben: Guest;

  const endOf = ({ page }: Guest) => page.getByRole('region', { name: 'What came out' });

  beforeAll(async () => {
    ann = await invite(table.browser, 'Ann');
    ben = await invite(table.browser, 'Ben');
    const link = await create(ann, table.world.url);
    await join(ben, link);
    await openMenu(ann, 'Settings');
    await ann.page.getByLabel('Add the decision to Jira as a comment').check();
    await ann.page.getByRole('button', { name: 'Save', exact: true }).click();
    await ann.page.getByRole('dialog').waitFor({ state: 'detached' });
    await ann.page.getByRole('button', { name: 'Add issues' }).first().click();
    await ann.page.getByLabel('JQL, issue keys or links').fill('SHOP-20, SHOP-21');
    await ann.page.getByRole('button', { name: 'Find issues' }).click();
    await ann.page.getByRole('button', { name: 'Add 2 issues' }).click();
    await ann.page.getByRole('dialog').waitFor({ state: 'detached' });
    await addTopics(ann, ['Gift cards']);
    await control(table.world.simulator, 'issues/SHOP-21', { isReadOnly: true });
  });

  /** Whoever may vote plays, and it is saved. */
  async function estimateTogether(label: string): Promise<void> {
    await ann.page.getByRole('button', { name: 'Start the round' }).click();
    await play(ben, label);
    await play(ann, label);
    await press(ann, 'r');
    await ann.page.getByRole('button', { name: `Save ${label}`, exact: true }).waitFor();
  }

  /** What Jira's API tells of our comments on an issue. */
  async function readComments(key: string): Promise<readonly { readonly id: string; readonly words: string }[]> {
    const response = await fetch(`${table.world.simulator.url}/rest/api/3/issue/${key}/comment`, {
      headers: { authorization: 'Bearer x' },
    });
    const { comments } = (await response.json()) as { readonly comments: readonly { readonly id: string; readonly body: unknown }[] };
    return comments.map(({ id, body }) => ({ id, words: JSON.stringify(body) })).filter(({ words }) => words.includes('old API'));
  }

  test('references and earlier estimates come after one’s own vote, and no frame brought them before', async () => {
    await ann.page.getByRole('button', { name: 'Start the round' }).click();
    await play(ben, '5');
    await ben.page.getByRole('region', { name: 'Earlier estimates to compare with' }).waitFor();
    expect(await ann.page.getByRole('region', { name: 'Earlier estimates to compare with' }).count()).toBe(0);
    await ann.page.getByText('Earlier estimates are hidden until you vote.').waitFor();
    expect(ann.received.filter((text) => /"sharedWords"/u.test(text))).toEqual([]);
    await play(ann, '5');
    await ann.page.getByRole('region', { name: 'Earlier estimates to compare with' }).waitFor();
    // What came is written down a moment after the page has drawn it.
    await expect.poll(() => ann.received.filter((text) => /"sharedWords"/u.test(text))).not.toEqual([]);
    await press(ann, 'r');
  });

  test('a decision goes to Jira as one comment of ours, and a corrected one changes that comment', async () => {
    await ann.page.getByLabel('Decision, in your words (optional)').fill('Without the old API');
    await ann.page.getByRole('button', { name: 'Save 5', exact: true }).click();
    await expect.poll(() => readComments('SHOP-20'), { timeout: 20_000 }).toHaveLength(1);
    const [first] = await readComments('SHOP-20');
    expect(first?.words).toContain('Without the old API');
    await ann.page.getByRole('button', { name: 'What to do with SHOP-20' }).click();
    await ann.page.getByRole('menuitem', { name: 'Note the decision…' }).click();
    await ann.page.getByRole('dialog').getByLabel('Decision, in your words (optional)').fill('The old API stays until May');
    await ann.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await readComments('SHOP-20'))[0]?.words, { timeout: 20_000 }).toContain('The old API stays until May');
    expect((await readComments('SHOP-20')).map(({ id }) => id)).toEqual([first?.id]);
    // What Jira shows people.
    expect(await (await fetch(`${table.world.simulator.url}/browse/SHOP-20`)).text()).toContain('The old API stays until May');
  });

  test('the end says what came out, what is not in Jira, and what was put aside', async ({ task }) => {
    await estimateTogether('8');
    await ann.page.getByRole('button', { name: 'Save 8', exact: true }).click();
    await ann.page.getByRole('button', { name: 'Start the round' }).click();
    expect(await endOf(ann).count()).toBe(0);
    await press(ann, 'k');
    for (const guest of [ann, ben]) {
      await guest.page.getByRole('heading', { name: 'The queue is done' }).waitFor();
      const end = endOf(guest);
      await end.getByText('2 of 3').waitFor();
      await end.getByText('13', { exact: true }).waitFor();
      await end
        .getByRole('region', { name: 'Not in Jira' })
        .getByText(/^SHOP-21/u)
        .waitFor();
      await end.getByRole('region', { name: 'Put aside' }).getByText('Gift cards').waitFor();
    }
    expect(await endOf(ben).getByRole('button', { name: 'Close the session' }).count()).toBe(0);
    await look(ann, 'queue-end', task);
    await endOf(ann).getByRole('button', { name: 'Not written to Jira' }).click();
    await ann.page.getByRole('dialog').waitFor();
    await ann.page.keyboard.press('Escape');
    await ann.page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('what was put aside goes back into the queue, and the end waits for it', async () => {
    await endOf(ann).getByRole('button', { name: 'Put back in line' }).click();
    await endOf(ann).waitFor({ state: 'detached' });
    await estimateTogether('3');
    await ann.page.getByRole('button', { name: 'Save 3', exact: true }).click();
    await endOf(ben).getByText('3 of 3').waitFor();
    await endOf(ben).getByText('16', { exact: true }).waitFor();
  });

  test('the session is closed from there, and its report says how far people agreed', async ({ task }) => {
    await endOf(ann).getByRole('button', { name: 'Close the session' }).click();
    await ann.page.getByRole('dialog').getByRole('button', { name: 'Close the session' }).click();
    await ann.page.getByRole('heading', { name: 'This session is closed.' }).waitFor();
    await ben.page.getByRole('heading', { name: 'This session is closed.' }).waitFor();
    await ben.page.getByRole('button', { name: 'Report' }).click();
    const agreement = ben.page.getByRole('region', { name: 'Agreement, item by item' });
    await agreement.getByText('SHOP-20').waitFor();
    expect(await agreement.getByText('100 %').count()).toBe(3);
    await ben.page.getByText('You played what was saved in 3 of 3 votes, and the card beside it in 0. Only you see this.').waitFor();
    await look(ben, 'report-agreement', task);
  });

  test('the report on paper is the report alone: black on white, unfolded, each row whole, with the addresses of issues', async () => {
    const { page } = ben;
    await page.evaluate("document.documentElement.dataset['theme'] = 'dark'");
    await page.emulateMedia({ media: 'print' });
    const onPaper = (selector: string, shown: string) =>
      page.evaluate<string[]>(
        `[...document.querySelectorAll('${selector}')].filter((each) => each.checkVisibility()).map((each) => ${shown})`,
      );
    expect(await onPaper('header, nav, button, dialog', 'each.outerHTML')).toEqual([]);
    expect(await page.getByText('Only you see this.').isVisible()).toBe(false);
    const sum = (colour: string) => `(${colour}.match(/[0-9.]+/gu).slice(0, 3).reduce((all, part) => all + Number(part), 0))`;
    expect(await onPaper('body', sum('getComputedStyle(each).backgroundColor'))).toEqual([765]);
    expect(new Set(await onPaper('main :is(h1, h2, p, dt, dd, th, td, li, summary)', sum('getComputedStyle(each).color')))).toEqual(
      new Set([0]),
    );
    expect(await onPaper('thead', 'getComputedStyle(each).display')).toEqual(['table-header-group']);
    expect(new Set(await onPaper('tr, li, details', 'getComputedStyle(each).breakInside'))).toEqual(new Set(['avoid']));
    expect(await page.getByRole('rowheader').getByRole('link').first().textContent()).toMatch(/^http.*\/browse\/SHOP-\d+$/u);
    // Unfolded: who played what stands there although nobody opened it.
    expect(await page.getByRole('group').first().getByText('Round 1').isVisible()).toBe(true);
    const pdf = await page.pdf({ format: 'A4', path: 'screenshots/report.pdf' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.screenshot({ path: 'screenshots/report-print.png', fullPage: true });
    await page.emulateMedia({ media: null });
    expect([ann, ben].flatMap((guest) => guest.findings)).toEqual([]);
    expect([ann, ben].flatMap((guest) => guest.complaints)).toEqual([]);
  });
});
