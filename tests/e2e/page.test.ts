import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readFirstLoadKb } from '../../scripts/finish-page.ts';
import { create, dismiss, findSaid, type Guest, haveVoted, invite, isLive, join, moveByKeyboard, play, press } from './guest.ts';
import { look } from './screens.ts';
import { sitting } from './sitting.ts';
import { control } from './world.ts';

sitting('a whole session', (table) => {
  let ann: Guest;
  let ben: Guest;
  let estimators: Guest[];
  let spectator: Guest;
  let link: string;

  /** Everyone who votes, in the order of joining. */
  const voters = () => [ann, ben, ...estimators];
  const everyone = () => [...voters(), spectator];

  test('a session begins with a title, a name and a click', async ({ task }) => {
    ann = await invite(table.browser, 'Ann Ström');
    await ann.page.goto(table.world.url);
    await ann.page.getByText('Fibonacci', { exact: true }).waitFor();
    await look(ann, 'start', task);
    link = await create(ann, table.world.url);
    expect(link).toContain('/join/');
    await look(ann, 'empty-queue', task);
  });

  test('people join by the link with a name and a role, facilitators, estimators and a spectator', async ({ task }) => {
    ben = await invite(table.browser, 'Ben');
    await ben.page.goto(link);
    await ben.page.getByRole('heading', { name: 'Join “Sprint 42, checkout team”' }).waitFor();
    await look(ben, 'join', task);
    await join(ben, link);
    await ann.page.getByRole('button', { name: 'What to do with Ben' }).click();
    await ann.page.getByRole('menuitem', { name: 'Make facilitator' }).click();
    await ben.page.getByRole('button', { name: 'Add issues' }).first().waitFor();
    estimators = [];
    for (const name of ['Carla', 'Dmitri', 'Émile', 'Fatima', 'Göran', 'Hana', 'Igor', 'Жанна']) {
      const guest = await invite(table.browser, name);
      await join(guest, link);
      estimators.push(guest);
    }
    spectator = await invite(table.browser, 'Sam');
    await join(spectator, link, 'Spectator');
    await ann.page.getByRole('heading', { name: 'People (11)' }).waitFor();
    await ann.page.getByRole('button', { name: 'Invite' }).first().click();
    await look(ann, 'invite', task);
    await dismiss(ann);
  });

  test('the backlog comes from a JQL, with a preview to pick from, duplicates flagged, and topics beside it', async ({ task }) => {
    const { page } = ann;
    await page.getByRole('button', { name: 'Add issues' }).first().click();
    await page.getByLabel('JQL, issue keys or links').fill('project = SHOP AND type = Bug ORDER BY key');
    await page.getByRole('button', { name: 'Find issues' }).click();
    await page.getByText(/\d+ of \d+ picked/u).waitFor();
    await page.getByRole('button', { name: 'Pick none' }).click();
    for (const index of [0, 1, 2, 3, 4]) await page.getByRole('checkbox').nth(index).check();
    await look(ann, 'import', task);
    await page.getByRole('button', { name: 'Add 5 issues' }).click();
    await page.getByText('5 items added.').waitFor();

    await ben.page.getByRole('button', { name: 'Add issues' }).first().click();
    await ben.page.getByLabel('JQL, issue keys or links').fill('project = SHOP AND type = Bug ORDER BY key');
    await ben.page.getByRole('button', { name: 'Find issues' }).click();
    await ben.page.getByText('5 already in the queue').waitFor();
    await ben.page.getByRole('button', { name: 'Topics' }).click();
    await ben.page.getByLabel('Topics, one per line').fill('=HYPERLINK("x") in a title\nThe on-call rota');
    await ben.page.getByRole('button', { name: 'Add 2 topics' }).click();
    await page.getByRole('heading', { name: 'Queue · 0 of 7' }).waitFor();
  });

  test('a JQL that Jira rejects is said in Jira’s words', async () => {
    const { page } = ann;
    await page.getByRole('button', { name: 'Add issues' }).first().click();
    await page.getByLabel('JQL, issue keys or links').fill('colour = blue');
    await page.getByRole('button', { name: 'Find issues' }).click();
    await page.getByText(/Jira doesn’t accept this JQL:.*colour/u).waitFor();
    await dismiss({ page });
  });

  test('votes show at once as face-down cards, and who has voted is live', async ({ task }) => {
    await press(ann, 'n');
    await ann.page.getByRole('heading', { name: 'Play your card' }).waitFor();
    await estimators[0]?.page.getByRole('heading', { name: 'Play your card' }).waitFor();
    await play(ann, '5');
    for (const guest of estimators.slice(0, 4)) await play(guest, '3');
    await haveVoted(spectator, '5 of 10');
    await spectator.page.getByText('You’re watching.').waitFor();
    await look(ann, 'voting', task);
    await look(spectator, 'watching', task);
  });

  test('a participant who reloads is the same participant with the same card', async () => {
    await ann.page.reload();
    await ann.page.getByText('You played 5').waitFor();
    await ann.page.getByRole('heading', { name: 'People (11)' }).waitFor();
  });

  test('number keys play, the same card again takes it back', async () => {
    const { page } = ben;
    await press({ page }, '8');
    await page.getByText('You played 8').waitFor();
    await page.getByRole('button', { name: '8', exact: true }).click();
    await page.getByRole('heading', { name: 'Play your card' }).waitFor();
    await page.keyboard.type('13');
    await page.getByText('You played 13').waitFor();
  });

  test('the reveal turns all cards, names the outliers first and suggests an estimate', async ({ task }) => {
    for (const guest of estimators.slice(4)) await play(guest, '5');
    await haveVoted(ann, '10 of 10');
    await ben.page.getByRole('button', { name: 'Reveal' }).click();
    for (const guest of [ann, spectator, ...estimators]) await guest.page.getByRole('heading', { name: 'Results' }).waitFor();
    await ann.page.getByText('Start the discussion with').waitFor();
    await ann.page.getByText('Suggested estimate').waitFor();
    await expect.poll(() => findSaid(ann)).toContain('The cards are revealed.');
    await look(ann, 'revealed', task);
    await look(spectator, 'revealed-watching', task);
  });

  test('a revote is a new round; consensus settles with one key and goes to Jira', async ({ task }) => {
    await press(ann, 'v');
    for (const guest of voters()) await play(guest, '5');
    await haveVoted(ann, '10 of 10');
    await press(ann, 'r');
    await ann.page.getByText('Consensus!').waitFor();
    await press(ann, 's');
    await spectator.page.getByText('Written to Jira').first().waitFor();
    await ann.page.getByRole('heading', { name: 'Queue · 1 of 7' }).waitFor();
    await look(ann, 'between-rounds', task);
  });

  test('a value that somebody else put into Jira meanwhile is a conflict with both values', async ({ task }) => {
    await press(ann, 'n');
    await play(ann, '8');
    await press(ann, 'r');
    await ann.page.getByRole('heading', { name: 'Results' }).waitFor();
    const key = await ann.page.locator('[aria-current=step] a').first().textContent();
    await control(table.world.simulator, `issues/${key}`, {
      numbers: { customfield_10016: 40, customfield_10022: 40, customfield_10032: 40 },
    });
    await press(ann, 's');
    await ann.page.getByRole('button', { name: 'Conflict in Jira' }).last().click();
    await ann.page.getByText('In Jira now').waitFor();
    await look(ann, 'conflict', task);
    await ann.page.getByRole('button', { name: 'Write ours' }).click();
    await expect.poll(() => ann.page.getByText('Written to Jira').count()).toBeGreaterThan(2);
  });

  test('facilitators skip and defer; the queue is ordered with the keyboard alone', async () => {
    const { page } = ann;
    await press({ page }, 'n');
    await page.getByRole('heading', { name: 'Play your card' }).waitFor();
    await press({ page }, 'k');
    await page.getByText('Skipped', { exact: true }).waitFor();
    await page.getByText('Up next').waitFor();
    await press({ page }, 'n');
    await page.getByRole('heading', { name: 'Play your card' }).waitFor();
    await press({ page }, 'd');
    await page.getByText('Deferred', { exact: true }).waitFor();
    const grips = (guest: Guest) => guest.page.getByRole('button', { name: /^Move /u });
    const count = await grips(ann).count();
    const lastOf = (guest: Guest) =>
      grips(guest)
        .nth(count - 1)
        .getAttribute('aria-label');
    const name = await lastOf(ann);
    expect(await page.locator(`[aria-posinset="${count}"]`).textContent()).toContain('Deferred');
    await expect.poll(() => lastOf(ben)).toBe(name);
    await moveByKeyboard(ann, grips(ann).nth(count - 1), count, count - 1);
    for (const guest of [ann, ben])
      await expect
        .poll(() =>
          grips(guest)
            .nth(count - 2)
            .getAttribute('aria-label'),
        )
        .toBe(name);
  });

  test('settings, profile and shortcuts open as dialogs', async ({ task }) => {
    for (const name of ['Settings', 'My profile', 'Keyboard shortcuts', 'Check with Jira']) {
      await ann.page.getByRole('button', { name: 'Menu', exact: true }).click();
      await ann.page.getByRole('menuitem', { name }).click();
      await ann.page.getByRole('dialog', { name }).waitFor();
      await ann.page.getByRole('status', { name: 'Loading…' }).waitFor({ state: 'detached' });
      await look(ann, name.toLowerCase().replaceAll(' ', '-'), task);
      await dismiss(ann);
    }
  });

  test('the report sums up, keeps every round, and is exported safe from formulas', async ({ task }) => {
    const { page } = ann;
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Report' }).click();
    await page.getByText('Items and their rounds').waitFor();
    await page.locator('details summary').first().click();
    await look(ann, 'report', task);
    const read = async (button: string) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
      return readFile(await download.path(), 'utf8');
    };
    const csv = await read('Export CSV');
    expect(csv).toMatch(/'=HYPERLINK\(""x""\) in a title/u);
    expect(await read('Export Markdown')).toContain('Sprint 42, checkout team');
    await page.getByRole('link', { name: 'Back to the session' }).click();
    await isLive(page);
  });

  test('the page speaks Russian as well', async ({ task }) => {
    const { page } = spectator;
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Русский' }).click();
    await page.getByText('На связи').waitFor();
    await look(spectator, 'russian', task);
  });

  test('a locked session takes nobody new', async () => {
    await ann.page.getByRole('button', { name: 'Menu', exact: true }).click();
    await ann.page.getByRole('menuitem', { name: 'Settings' }).click();
    await ann.page.getByLabel('Lock the session: nobody new can join').check();
    await ann.page.getByRole('button', { name: 'Save', exact: true }).click();
    await ann.page.getByRole('dialog').waitFor({ state: 'detached' });
    const late = await invite(table.browser, 'Late');
    await late.page.goto(link);
    await late.page.getByLabel('Your name').fill('Late');
    await late.page.getByRole('button', { name: 'Join' }).click();
    await late.page.getByText('The session is locked: nobody new can join.').waitFor();
    await late.context.close();
  });

  test('who is removed sees that, and an unknown address says so', async ({ task }) => {
    await ann.page.getByRole('button', { name: 'What to do with Igor' }).click();
    await ann.page.getByRole('menuitem', { name: 'Remove from the session' }).click();
    const igor = estimators.find((guest) => guest.name === 'Igor');
    await igor?.page.getByRole('heading', { name: 'You were removed from the session' }).waitFor();
    if (igor) await look(igor, 'no-place', task);
    const lost = await invite(table.browser, 'Lost');
    await lost.page.goto(`${table.world.url}/nowhere`);
    await lost.page.getByRole('heading', { name: 'Nothing here' }).waitFor();
    await look(lost, 'not-found', task);
    await lost.page.goto(`${table.world.url}/join/unknown`);
    await lost.page.getByRole('heading', { name: 'This invite does not work' }).waitFor();
    await look(lost, 'bad-invite', task);
  });

  test('no browser had a script error or broke the content security policy, and no token was in an address', () => {
    expect(everyone().flatMap((guest) => guest.complaints)).toEqual([]);
    for (const { asked } of everyone()) expect(asked.filter((url) => /eyJ|token/iu.test(url))).toEqual([]);
  });

  test('the first load is at most 185 kB of gzipped script', () => {
    expect(readFirstLoadKb()).toBeLessThanOrEqual(185);
  });

  // A heading is in the document before it is painted: the entry may be yet to come.
  const firstPaint = `new Promise((resolve) => new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') resolve(startTime);
  }).observe({ type: 'paint', buffered: true }))`;

  test('first paint: how long the start page takes in a browser that has not seen it', async ({ task }) => {
    const paints: number[] = [];
    for (let load = 0; load < 5; load += 1) {
      const fresh = await invite(table.browser, 'Fresh');
      await fresh.page.goto(table.world.url);
      await fresh.page.getByRole('heading', { name: 'Estimate together' }).waitFor();
      paints.push(await fresh.page.evaluate<number>(firstPaint));
      await fresh.context.close();
    }
    task.meta.firstPaintMs = Math.round(paints.sort((one, other) => one - other)[2] ?? 0);
  });

  test('axe finds nothing on any screen, in any size and theme, and none scrolls sideways', () => {
    expect(everyone().flatMap((guest) => guest.findings)).toEqual([]);
  });
});
