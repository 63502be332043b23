import type { Page, Request } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { addTopics, create, dismiss, type Guest, haveVoted, invite, isLive, join, openMenu, play, press } from './guest.ts';
import { sitting } from './sitting.ts';

/** The operation that a request carries. */
function operationOf(request: Request): string | undefined {
  return (request.postDataJSON() as { readonly operationName?: string } | null)?.operationName;
}

/** Holds up each request of an operation until `release` is called; others go on. */
async function holdUp(page: Page, operation: string): Promise<{ readonly release: () => Promise<void> }> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/graphql', async (route) => {
    if (operationOf(route.request()) === operation) await released;
    await route.continue();
  });
  return {
    release: async () => {
      release();
      await page.unrouteAll({ behavior: 'wait' });
    },
  };
}

sitting('people who are faster than the network', (table) => {
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

  const seats = ({ page }: Guest) => page.getByRole('list', { name: 'Who votes in this round' });

  test('a vote that has to be sent twice does not overtake the card that was played after it', async () => {
    await ann.page.getByRole('button', { name: 'Start the round' }).click();
    await ben.page.getByRole('heading', { name: 'Play your card' }).waitFor();
    let hasFailed = false;
    await ben.page.route('**/graphql', async (route) => {
      const isFirst = !hasFailed && operationOf(route.request()) === 'CastVote';
      hasFailed ||= isFirst;
      await (isFirst ? route.abort() : route.continue());
    });
    const arrived = new Set<string>();
    ben.page.on('response', (response) => {
      if (operationOf(response.request()) === 'CastVote') arrived.add(String(response.request().postDataJSON().variables.card));
    });
    await play(ben, '3');
    await play(ben, '8');
    await expect.poll(() => arrived.size).toBe(2);
    await ben.page.unrouteAll({ behavior: 'wait' });
    await haveVoted(ann, '1 of 2');
    await press(ann, 'r');
    await seats(ann).getByText('played 8').waitFor();
  });

  test('the next round may be started while the settlement is on its way: it shows at once, and both arrive in order', async () => {
    await ann.page.getByRole('button', { name: 'Save 8' }).waitFor();
    const settlement = await holdUp(ann.page, 'SettleRound');
    await press(ann, 's');
    await ann.page.getByText('one: 8').waitFor();
    await ann.page.getByRole('heading', { name: 'Queue · 1 of 4' }).waitFor();
    await ann.page.getByRole('button', { name: 'Start the round' }).waitFor();
    await press(ann, 'n');
    await settlement.release();
    await ben.page.getByRole('heading', { name: 'Play your card' }).waitFor();
    await ben.page.getByRole('heading', { name: 'two', exact: true }).waitFor();
    await ben.page.getByRole('heading', { name: 'Queue · 1 of 4' }).waitFor();
  });

  test('a deferred item is at the end of the queue at once', async () => {
    await ann.page.getByRole('heading', { name: 'Play your card' }).waitFor();
    const deferral = await holdUp(ann.page, 'DeferItem');
    await press(ann, 'd');
    const last = ann.page.locator('[aria-posinset="4"]');
    await expect.poll(() => last.textContent()).toContain('two');
    await ann.page.getByRole('heading', { name: 'three', exact: true }).waitFor();
    await deferral.release();
    await expect.poll(() => ben.page.locator('[aria-posinset="4"]').textContent()).toContain('two');
  });

  test('a round is not begun on the strength of a settlement that failed', async () => {
    await ann.page.getByRole('button', { name: 'Start the round' }).click();
    await play(ann, '5');
    await play(ben, '5');
    await haveVoted(ann, '2 of 2');
    await press(ann, 'r');
    await ann.page.getByRole('button', { name: 'Save 5' }).waitFor();
    const started: string[] = [];
    ann.page.on('request', (request) => operationOf(request) === 'StartRound' && started.push(request.url()));
    const pressed = Promise.withResolvers<void>();
    await ann.page.route('**/graphql', async (route) => {
      if (operationOf(route.request()) !== 'SettleRound') return route.continue();
      await pressed.promise;
      const refusal = { message: 'no', extensions: { code: 'STORE_UNAVAILABLE' } };
      await route.fulfill({ json: { data: null, errors: [refusal] } });
    });
    await press(ann, 's');
    await ann.page.getByRole('button', { name: 'Start the round' }).waitFor();
    await press(ann, 'n');
    pressed.resolve();
    await ann.page.getByText('We couldn’t save anything just now. Please try again.').waitFor();
    await ann.page.getByRole('button', { name: 'Save 5' }).waitFor();
    expect(started).toEqual([]);
    await ann.page.unrouteAll({ behavior: 'wait' });
    await press(ann, 's');
    await ben.page.getByRole('heading', { name: 'Queue · 2 of 4' }).waitFor();
  });

  test('a part of the page that was never opened opens without a network', async () => {
    const loaded = ben.page.waitForResponse(/ProfileDialog-.*\.js/u);
    await ben.page.reload();
    await isLive(ben.page);
    await (await loaded).finished();
    await ben.context.setOffline(true);
    await openMenu(ben, 'My profile');
    await ben.page.getByRole('dialog', { name: 'My profile' }).waitFor();
    await dismiss(ben);
    await ben.context.setOffline(false);
    await isLive(ben.page);
  });

  test('a part of the page that cannot be loaded costs that part alone, and may be tried again', async () => {
    const early = await invite(table.browser, 'Early');
    await early.page.route('**/InviteDialog-*.js', (route) => route.abort());
    await join(early, link);
    await early.page.getByRole('button', { name: 'Invite' }).first().click();
    await early.page.getByText('This part of the page could not be loaded.').waitFor();
    await early.page.getByRole('heading', { name: 'People (3)' }).waitFor();
    await early.page.unroute('**/InviteDialog-*.js');
    await early.page.getByRole('button', { name: 'Reload the page' }).click();
    await isLive(early.page);
    await early.page.getByRole('button', { name: 'Invite' }).first().click();
    await early.page.getByRole('textbox', { name: 'Invite link' }).waitFor();
    await early.context.close();
  });

  test('an address that cannot be read leads nowhere, and says so', async () => {
    await ben.page.goto(`${table.world.url}/join/%E0%A4%A`);
    await ben.page.getByRole('heading', { name: 'Nothing here' }).waitFor();
  });

  test('two facilitators who change different settings at once both have their way', async () => {
    await ann.page.getByRole('button', { name: 'What to do with Ben' }).click();
    await ann.page.getByRole('menuitem', { name: 'Make facilitator' }).click();
    await ben.page.goto(ann.page.url());
    await ben.page.getByRole('button', { name: 'Add issues' }).first().waitFor();
    for (const guest of [ann, ben]) await openMenu(guest, 'Settings');
    await ann.page.getByLabel('Who may reveal').selectOption({ label: 'Everyone' });
    await ben.page.getByLabel('Suggested estimate').selectOption({ label: 'Majority' });
    for (const { page } of [ann, ben]) {
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await openMenu(ann, 'Settings');
    await expect.poll(() => ann.page.getByLabel('Suggested estimate').inputValue()).toBe('MAJORITY');
    expect(await ann.page.getByLabel('Who may reveal').inputValue()).toBe('EVERYONE');
  });
});

sitting('an issue whose first answer fails', (table) => {
  let ann: Guest;

  beforeAll(async () => {
    ann = await invite(table.browser, 'Ann');
    await create(ann, table.world.url);
    await ann.page.getByPlaceholder('Key, link or topic').fill('SHOP-20');
    await ann.page.keyboard.press('Enter');
    await ann.page.getByText('SHOP-20').first().waitFor();
  });

  /** The answers to an operation come without their issue, with the code of the reason; others go on. Counts them. */
  async function failIssues(code: string, times: number): Promise<{ readonly count: () => number }> {
    let count = 0;
    await ann.page.route('**/graphql', async (route) => {
      if (operationOf(route.request()) !== 'SessionIssues') return route.continue();
      count += 1;
      if (count > times) return route.continue();
      const response = await route.fetch();
      const answer = JSON.parse(await response.text(), (key, value: unknown) => (key === 'issue' ? null : value));
      const errors = [{ message: 'Not now.', path: ['session', 'queue', 'nodes', 0, 'issue'], extensions: { code } }];
      return route.fulfill({ response, json: { ...answer, errors } });
    });
    return { count: () => count };
  }

  test.each(['SUBGRAPH_TIMEOUT', 'JIRA_UNAVAILABLE'])('is asked for again until it comes, also twice in a row: %s', async (code) => {
    const { page } = ann;
    const failing = await failIssues(code, 2);
    await page.reload();
    await page.getByRole('heading', { name: 'Waiting for Jira…' }).waitFor();
    await page.getByRole('heading', { name: 'Waiting for Jira…' }).waitFor({ state: 'detached' });
    await page.getByText('SHOP-20').first().waitFor();
    expect(failing.count()).toBe(3);
    await page.unrouteAll({ behavior: 'wait' });
  });
});
