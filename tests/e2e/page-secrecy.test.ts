import { beforeAll, expect, test } from 'vitest';
import { addTopics, create, type Guest, haveVoted, invite, isLive, join, play, press } from './guest.ts';
import { sitting } from './sitting.ts';

// Labels and values that stand nowhere else, so that a search of the raw traffic finds them in any shape.
const deck = 'kvark=4711.17, lepton=4712.17, gluon=4713.17, ?';
const hidden = ['lepton', '4712.17'];

sitting('what others may not know, and what may go away', (table) => {
  let voter: Guest;
  let other: Guest;
  let watcher: Guest;
  let link: string;

  beforeAll(async () => {
    voter = await invite(table.browser, 'Vera');
    other = await invite(table.browser, 'Olga');
    watcher = await invite(table.browser, 'Wim');
    link = await create(voter, table.world.url, deck);
    await join(other, link);
    await join(watcher, link, 'Spectator');
    await addTopics(voter, ['one', 'two', 'three', 'four']);
    await voter.page.getByRole('button', { name: 'Start the round' }).click();
  });

  /** The traffic without what everybody may know: the cards that a deck has. */
  function withoutDecks(text: string): string {
    return text.replace(/"cards":\[[^\]]*\]/gu, '');
  }

  function findLeaks({ received }: Guest): string[] {
    return received.map(withoutDecks).filter((text) => hidden.some((secret) => text.includes(secret)));
  }

  test('until the reveal nothing that others are sent or shown contains the card, in any frame', async ({ task }) => {
    await play(voter, 'lepton');
    const note = voter.page.getByLabel('Reason or question with your card');
    await note.fill('A lepton? The old API is slow');
    await voter.page.keyboard.press('Enter');
    await voter.page.locator('input[data-kept=true]').waitFor();
    for (const { page } of [other, watcher]) {
      await haveVoted({ page }, '1 of 2');
      await page.reload();
      await haveVoted({ page }, '1 of 2');
      const table = await page.getByRole('list', { name: 'Who votes in this round' }).evaluate((list) => list.outerHTML);
      expect(table).not.toContain('lepton');
    }
    const leaks = [other, watcher].flatMap(findLeaks);
    task.meta.leaks = leaks.length;
    expect(leaks).toEqual([]);
    expect(other.received.length).toBeGreaterThan(5);
  });

  test('the search would have found it: after the reveal everybody has it', async () => {
    await press(voter, 'r');
    await other.page.getByRole('heading', { name: 'Results' }).waitFor();
    await expect.poll(() => findLeaks(other).length).toBeGreaterThan(0);
    await other.page.getByRole('list', { name: 'What people wrote' }).getByText('A lepton? The old API is slow').waitFor();
  });

  test('the voting service is restarted in the middle of a round: the pages come back, and no vote is lost', async () => {
    await press(voter, 's');
    await voter.page.getByRole('button', { name: 'Start the round' }).click();
    await play(voter, 'gluon');
    await haveVoted(other, '1 of 2');
    await table.world.stopVoting();
    const early = await invite(table.browser, 'Early');
    await early.page.goto(link);
    await early.page.getByRole('heading', { name: 'The session can’t be shown right now' }).waitFor();
    const starter = await invite(table.browser, 'Starter');
    await starter.page.goto(table.world.url);
    await starter.page.getByText('A service does not answer just now. Please try again.').waitFor();
    await table.world.restartVoting();
    await early.page.getByRole('button', { name: 'Join' }).waitFor();
    await starter.page.getByText('Fibonacci', { exact: true }).waitFor();
    await starter.page.getByText('A service does not answer just now. Please try again.').waitFor({ state: 'detached' });
    for (const { context } of [early, starter]) await context.close();
    await isLive(other.page);
    await play(other, 'gluon');
    await haveVoted(voter, '2 of 2');
    await voter.page.getByText('You played gluon').waitFor();
    await press(voter, 'r');
    await other.page.getByText('Consensus!').waitFor();
  });

  test('the network is cut: the page says so, keeps a card and sends it when the network is back', async () => {
    await press(voter, 's');
    await voter.page.getByRole('button', { name: 'Start the round' }).click();
    await other.page.getByRole('heading', { name: 'Play your card' }).waitFor();
    await other.context.setOffline(true);
    await other.page.locator('[data-connection=reconnecting]').waitFor();
    await other.page.getByText('You’re offline.').waitFor();
    await other.page.getByRole('button', { name: 'kvark', exact: true }).click();
    await other.page.getByText(/^kvark is not sent yet/u).waitFor();
    await play(voter, 'lepton');
    await other.context.setOffline(false);
    await isLive(other.page);
    await other.page.getByText('You played kvark').waitFor();
    await haveVoted(voter, '2 of 2');
  });

  test('a vote played while the network is away for a moment arrives by itself', async () => {
    const arrived = other.page.waitForResponse((response) => response.request().postData()?.includes('CastVote') ?? false);
    const lost = other.page.waitForEvent('requestfailed', (request) => request.postData()?.includes('CastVote') ?? false);
    await other.context.setOffline(true);
    await other.page.getByRole('button', { name: 'gluon', exact: true }).click();
    await lost;
    await other.context.setOffline(false);
    await arrived;
    await isLive(other.page);
    await press(voter, 'r');
    await voter.page.getByRole('heading', { name: 'Results' }).waitFor();
    await voter.page.getByRole('list', { name: 'Who votes in this round' }).getByText('played gluon').waitFor();
  });
});
