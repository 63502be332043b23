import { expect, test } from 'vitest';
import { addTopics, create, type Guest, haveVoted, invite, isLive, join, openMenu, play, press } from './guest.ts';
import { look } from './screens.ts';
import { sitting } from './sitting.ts';

const title = 'Sprint 42, checkout team';

sitting('a session that people are let into, and the list of one’s own', (table) => {
  let ann: Guest;
  let ben: Guest;
  let cleo: Guest;
  let link: string;

  async function ask({ page, name }: Guest): Promise<void> {
    await page.goto(link);
    await page.getByLabel('Your name').fill(name);
    await page.getByRole('button', { name: 'Ask to join' }).click();
    await page.getByText('You asked to join.').waitFor();
  }

  test('a facilitator turns the waiting room on; whoever is new then asks, and waits', async ({ task }) => {
    [ann, ben, cleo] = [await invite(table.browser, 'Ann'), await invite(table.browser, 'Ben'), await invite(table.browser, 'Cleo')];
    link = await create(ann, table.world.url);
    await openMenu(ann, 'Settings');
    await ann.page.getByLabel('Waiting room: facilitators let newcomers in').check();
    await ann.page.getByRole('button', { name: 'Save' }).click();
    await ann.page.getByRole('dialog').waitFor({ state: 'detached' });
    await ask(ben);
    await ann.page.getByRole('heading', { name: '1 waits to be let in' }).waitFor();
    await ann.page.getByRole('log').getByText('Ben asks to join.').waitFor({ state: 'attached' });
    await ask(cleo);
    await ann.page.getByRole('heading', { name: '2 wait to be let in' }).waitFor();
    await look(ann, 'waiting-room', task);
    await look(ben, 'waiting', task);
  });

  test('who waits learns nothing of what happens inside, also after a reload', async () => {
    await addTopics(ann, ['secret topic']);
    await press(ann, 'n');
    await play(ann, '5');
    await haveVoted(ann, '1 of 1');
    await ben.page.reload();
    await ben.page.getByText('You asked to join.').waitFor();
    const received = ben.received.join('\n');
    expect(received).toContain(title);
    expect(received).not.toMatch(/secret topic|Ann|Cleo|"token"/u);
  });

  test('let in by the keyboard, their page goes on by itself; sent away, it says so, and one may ask again', async ({ task }) => {
    await ann.page.getByRole('button', { name: 'Let in Ben' }).press('Enter');
    await isLive(ben.page);
    await ben.page.getByRole('heading', { name: 'People (2)' }).waitFor();
    await ann.page.getByRole('button', { name: 'Decline Cleo' }).press('Enter');
    await cleo.page.getByText('You were not let in.').waitFor();
    await look(cleo, 'declined', task);
    await cleo.page.getByRole('button', { name: 'Ask again' }).press('Enter');
    await ask(cleo);
    await ann.page.getByRole('heading', { name: '1 waits to be let in' }).waitFor();
    await cleo.page.getByRole('button', { name: 'Don’t wait any longer' }).press('Enter');
    await cleo.page.getByRole('button', { name: 'Ask to join' }).waitFor();
    await ann.page.getByRole('heading', { name: '1 waits to be let in' }).waitFor({ state: 'detached' });
  });

  test('nobody is shown who waits but facilitators, and who was there comes back unasked', async () => {
    await ask(cleo);
    await ann.page.getByRole('heading', { name: '1 waits to be let in' }).waitFor();
    expect(await ben.page.getByText('waits to be let in').count()).toBe(0);
    await ben.page.goto(link);
    await isLive(ben.page);
    await ann.page.getByRole('button', { name: 'Decline Cleo' }).click();
  });

  test('the start page lists the sessions of this browser with their state and their newest title', async ({ task }) => {
    const other = await invite(table.browser, 'Dora');
    const second = await create(other, table.world.url);
    await join(ben, second);
    await openMenu(ann, 'Settings');
    await ann.page.getByLabel('What are you estimating?').fill('Sprint 43');
    await ann.page.getByRole('button', { name: 'Save' }).click();
    await ann.page.getByRole('dialog').waitFor({ state: 'detached' });
    await openMenu(ann, 'Close the session');
    await ann.page.getByRole('dialog').getByRole('button', { name: 'Close the session' }).click();
    await ann.page.getByRole('heading', { name: 'This session is closed.' }).waitFor();
    await ben.page.goto(table.world.url);
    const rows = ben.page.getByRole('region', { name: 'Your sessions' }).getByRole('listitem');
    await rows.filter({ hasText: 'Sprint 43' }).getByText('Closed').waitFor();
    await rows.filter({ hasText: title }).getByText('Open').waitFor();
    await look(ben, 'recent-sessions', task);

    await openMenu(other, 'Delete the session…');
    await other.page.getByRole('button', { name: 'Delete for good' }).click();
    await other.page.getByText('is deleted.').waitFor();
    await ben.page.reload();
    await ben.page.getByText(`No longer there: “${title}”.`).waitFor();
    await look(ben, 'recent-gone', task);
    await ben.page.reload();
    await rows.filter({ hasText: 'Sprint 43' }).getByText('Closed').waitFor();
    expect(await rows.count()).toBe(1);
    // The secret was not used up by all that.
    await ben.page.getByRole('link', { name: 'Sprint 43' }).click();
    await ben.page.getByRole('heading', { name: 'This session is closed.' }).waitFor();
    await other.context.close();
  });

  test('where the graph cannot be asked the list stays', async () => {
    await ben.page.goto('about:blank');
    await table.world.stopVoting();
    await ben.page.goto(table.world.url);
    // As it was called when this browser came in.
    await ben.page.getByRole('link', { name: title }).waitFor();
    await ben.page.waitForTimeout(2_000);
    expect(await ben.page.getByText('No longer there').count()).toBe(0);
    await table.world.restartVoting();
  });

  test('axe finds nothing, no secret was in an address, and nothing broke', () => {
    for (const { complaints, findings, asked } of [ann, ben, cleo]) {
      expect(findings).toEqual([]);
      expect(complaints).toEqual([]);
      expect(asked.filter((url) => /eyJ|secret|#/iu.test(url))).toEqual([]);
    }
  });
});
