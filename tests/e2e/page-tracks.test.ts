import { expect, test } from 'vitest';
import { addTopics, type Guest, haveVoted, invite, inviteLink, isLive, press } from './guest.ts';
import { look } from './screens.ts';
import { sitting } from './sitting.ts';

sitting('tracks side by side', (table) => {
  let ann: Guest;
  let ben: Guest;
  let kim: Guest;
  let quinn: Guest;
  let link: string;

  /** Opens the settings of a new session, with a title and a name. */
  async function begin({ page, name }: Guest): Promise<void> {
    await page.goto(table.world.url);
    await page.getByLabel('What are you estimating?').fill('Sprint 42, checkout team');
    await page.getByLabel('Your name').fill(name);
    await page.getByText('Settings', { exact: true }).click();
  }

  async function joinAs({ page, name }: Guest, choose: () => Promise<unknown>): Promise<void> {
    await page.goto(link);
    await page.getByLabel('Your name').fill(name);
    await choose();
    await page.getByRole('button', { name: 'Join' }).click();
    await isLive(page);
  }

  const hand = ({ page }: Guest, track: string) => page.getByRole('region', { name: new RegExp(`^${track}: `, 'u') });

  async function playOn(guest: Guest, track: string, label: string): Promise<void> {
    await hand(guest, track).getByRole('button', { name: label, exact: true }).click();
    await guest.page.getByText(`${track}: You played ${label}`).waitFor();
  }

  test('a session has a ready-made set of tracks, and its creator says what they work on', async ({ task }) => {
    ann = await invite(table.browser, 'Ann');
    await begin(ann);
    await ann.page.getByLabel('Tracks').selectOption({ label: 'Frontend, backend and QA' });
    await ann.page.getByLabel('What I work on').selectOption({ label: 'Backend' });
    await look(ann, 'start-tracks', task);
    await ann.page.getByRole('button', { name: 'Create session' }).click();
    await isLive(ann.page);
    link = await inviteLink(ann);
    await addTopics(ann, ['Checkout with one click', 'A dark theme']);
  });

  test('people who join choose a discipline, write another, or none', async ({ task }) => {
    ben = await invite(table.browser, 'Ben');
    await joinAs(ben, () => ben.page.getByLabel('What I work on').selectOption({ label: 'Frontend' }));
    kim = await invite(table.browser, 'Kim');
    await joinAs(kim, async () => {
      await kim.page.getByLabel('What I work on').selectOption({ label: 'Something else…' });
      await kim.page.getByLabel('In your own words').fill('Design');
      await look(kim, 'join-discipline', task);
    });
    quinn = await invite(table.browser, 'Quinn');
    await joinAs(quinn, async () => undefined);
    await ann.page.getByText('Design').waitFor();
  });

  test('each votes on their tracks: one, none or all', async ({ task }) => {
    await ann.page.getByRole('button', { name: 'Start the round' }).click();
    await playOn(ann, 'Backend', '5');
    expect(await hand(ann, 'Frontend').count()).toBe(0);
    await playOn(ben, 'Frontend', '3');
    await kim.page.getByText('None of the tracks is yours').waitFor();
    await hand(quinn, 'QA').waitFor();
    for (const [track, label] of [
      ['Frontend', '8'],
      ['Backend', '5'],
      ['QA', '2'],
    ] as const)
      await playOn(quinn, track, label);
    await look(quinn, 'tracks-voting', task);
    await haveVoted(ann, '3 of 4');
  });

  test('each track has its result, and all are settled together', async ({ task }) => {
    await press(ann, 'r');
    await ben.page.getByRole('heading', { name: 'Frontend', exact: true }).waitFor();
    await ben.page.getByRole('heading', { name: 'QA', exact: true }).waitFor();
    await look(ann, 'tracks-revealed', task);
    // By card, also with several tracks: the frontend from low to high, then who plays the backend alone; who played the same sit together.
    await ann.page.getByLabel('Sort by card').click();
    const seats = ann.page.getByRole('list', { name: 'Who votes in this round' }).getByRole('listitem');
    await seats.first().getByText('Frontend 3: 1 person.').waitFor({ state: 'attached' });
    expect(await seats.allTextContents()).toEqual(['Ben', 'Quinn', 'Ann', 'Kim'].map((name) => expect.stringContaining(name)));
    expect(await seats.nth(1).textContent()).toContain('Frontend 8, Backend 5, QA 2: 1 person.');
    expect(await seats.nth(3).textContent()).not.toContain('×');
    await ann.page.screenshot({ path: 'screenshots/tracks-by-card.png' });
    await ann.page.getByRole('group', { name: 'Estimate, Frontend' }).getByText('8', { exact: true }).click();
    await ann.page.getByRole('button', { name: 'Save 8 / 5 / 2' }).click();
    await ben.page.getByText('8 / 5 / 2').first().waitFor();
  });

  test('“My profile” changes what one votes on', async () => {
    await kim.page.getByRole('button', { name: 'Menu', exact: true }).click();
    await kim.page.getByRole('menuitem', { name: 'My profile' }).click();
    await kim.page.getByLabel('What I work on').selectOption({ label: 'QA' });
    await kim.page.getByRole('button', { name: 'Save', exact: true }).click();
    await kim.page.getByRole('dialog').waitFor({ state: 'detached' });
    await press(ann, 'n');
    await playOn(kim, 'QA', '1');
  });

  test('tracks of one’s own, with a discipline where one is named', async () => {
    const other = await invite(table.browser, 'Olga');
    await begin(other);
    await other.page.getByLabel('Tracks', { exact: true }).selectOption({ label: 'Your own' });
    await other.page.getByLabel('Your tracks').fill('API=backend, Docs');
    await other.page.getByLabel('What I work on').selectOption({ label: 'Backend' });
    await other.page.getByRole('button', { name: 'Create session' }).click();
    await isLive(other.page);
    await addTopics(other, ['One']);
    await other.page.getByRole('button', { name: 'Start the round' }).click();
    await playOn(other, 'API', '5');
    await playOn(other, 'Docs', '1');
  });

  test('axe finds nothing, and no page scrolls sideways', () => {
    expect([ann, ben, kim, quinn].flatMap((guest) => guest.findings)).toEqual([]);
  });
});
