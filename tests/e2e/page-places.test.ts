import { expect, test } from 'vitest';
import { addTopics, create, dismiss, type Guest, haveVoted, invite, inviteLink, isLive, join, openMenu, play, press } from './guest.ts';
import { look } from './screens.ts';
import { sitting } from './sitting.ts';
import { control } from './world.ts';

const title = 'Sprint 42, checkout team';

sitting('links to the report, and what is to be forgotten', (table) => {
  let ann: Guest;
  let ben: Guest;
  let reader: Guest;
  let link: string;

  async function openReport({ page }: Guest): Promise<void> {
    await openMenu({ page } as Guest, 'Report');
    await page.getByText('Items and their rounds').waitFor();
  }

  async function makeLink({ page }: Guest): Promise<string> {
    await page.getByRole('button', { name: 'Share the report' }).click();
    await page.getByRole('button', { name: 'Make a link' }).click();
    return page.getByRole('textbox', { name: 'Link to the report' }).inputValue();
  }

  test('a facilitator makes a link to the report while cards of a round are hidden', async ({ task }) => {
    ann = await invite(table.browser, 'Ann');
    ben = await invite(table.browser, 'Ben');
    await join(ben, await create(ann, table.world.url));
    await addTopics(ann, ['one', 'two']);
    await press(ann, 'n');
    await play(ben, '5');
    await play(ann, '5');
    await press(ann, 'r');
    await ben.page.getByText('Consensus!').waitFor();
    await ann.page.getByRole('button', { name: 'Save 5' }).click();
    await press(ann, 'n');
    await play(ben, '13');
    await haveVoted(ann, '1 of 2');
    await openReport(ann);
    link = await makeLink(ann);
    expect(link).toMatch(/\/shared-report#[\w.-]{60,}$/u);
    await ann.page.getByText('Copy it now').waitFor();
    await look(ann, 'report-links', task);
    await dismiss(ann);
  });

  test('whoever has it reads the report without joining; the hidden card stays hidden, and the secret stays out of addresses', async ({
    task,
  }) => {
    reader = await invite(table.browser, 'Reader');
    await reader.page.goto(link);
    await reader.page.getByRole('heading', { name: title }).waitFor();
    await reader.page.locator('summary', { hasText: 'two' }).click();
    await reader.page.getByText('Ben: hidden').waitFor();
    await look(reader, 'shared-report', task);
    expect(reader.page.url()).toBe(`${table.world.url}/shared-report`);
    await reader.page.reload();
    await reader.page.getByRole('heading', { name: title }).waitFor();
    const files = reader.page.waitForEvent('download');
    await reader.page.getByRole('button', { name: 'Export CSV' }).click();
    expect((await files).suggestedFilename()).toBe('Sprint-42-checkout-team.csv');
    const secret = link.split('#')[1] ?? '';
    expect(reader.asked.filter((url) => url.includes(secret) || url.includes('eyJ'))).toEqual([]);
    expect(reader.received.join('\n')).not.toContain('"label":"13","value":13,"kind":"NUMBER"},"count"');
    expect(reader.received.join('\n')).not.toMatch(/inviteCode|"card":\{"__typename":"Card","label":"13"/u);
    await reader.page.getByRole('button', { name: 'Sync to Jira' }).waitFor({ state: 'detached' });
  });

  test('it goes on after the session is closed, and ends at once when it is revoked', async () => {
    await ann.page.getByRole('link', { name: 'Back to the session' }).click();
    await openMenu(ann, 'Close the session');
    await ann.page.getByRole('dialog').getByRole('button', { name: 'Close the session' }).click();
    await ann.page.getByRole('heading', { name: 'This session is closed.' }).waitFor();
    await reader.page.reload();
    await reader.page.getByRole('heading', { name: title }).waitFor();
    await openReport(ann);
    await ann.page.getByRole('button', { name: 'Share the report' }).click();
    await ann.page.getByRole('button', { name: 'Revoke the link' }).press('Enter');
    await ann.page.getByText('There is no link to this report.').waitFor();
    await dismiss(ann);
    await reader.page.getByText('This link leads to no report any more').waitFor({ timeout: 30_000 });
    await reader.page.goto('about:blank');
    await reader.page.goto(link);
    await reader.page.getByText('This link leads to no report any more').waitFor();
    expect(reader.page.url()).toBe(`${table.world.url}/shared-report`);
  });

  test('another link that is pasted into the same tab is taken, and leaves the address', async () => {
    const other = await makeLink(ann);
    await dismiss(ann);
    await reader.page.evaluate(`location.hash = ${JSON.stringify(new URL(other).hash)}`);
    await reader.page.getByRole('heading', { name: title }).waitFor();
    expect(reader.page.url()).toBe(`${table.world.url}/shared-report`);
    await ann.page.getByRole('link', { name: 'Back to the session' }).click();
    await ann.page.getByRole('button', { name: 'Reopen the session' }).click();
    await isLive(ann.page);
  });

  test('only this device comes back after signing out everywhere else', async ({ task }) => {
    const secretOf = () =>
      ann.page.evaluate<string>("JSON.parse(Object.values(localStorage).find((value) => value.includes('refreshSecret'))).refreshSecret");
    const before = await secretOf();
    await openMenu(ann, 'Continue on another device');
    await ann.page.getByRole('textbox', { name: 'Link for your other device' }).waitFor();
    await look(ann, 'device-dialog', task);
    await ann.page.getByRole('button', { name: 'Sign out everywhere else' }).press('Enter');
    await ann.page.getByRole('dialog', { name: 'Sign out everywhere else?' }).waitFor();
    await ann.page.getByRole('dialog').last().getByRole('button', { name: 'Sign out everywhere else' }).press('Enter');
    await ann.page.getByText('Only this device can come back now.').waitFor();
    expect(await secretOf()).not.toBe(before);
    await dismiss(ann);
    await ann.page.reload();
    await isLive(ann.page);
  });

  test('somebody takes out their own name and leaves; a facilitator takes out that of somebody who has left', async ({ task }) => {
    const cleo = await invite(table.browser, 'Cleo');
    await join(cleo, await inviteLink(ann));
    await openMenu(cleo, 'Leave the session');
    await openMenu(ben, 'My profile');
    await look(ben, 'profile-dialog', task);
    await ben.page.getByRole('button', { name: 'Leave and remove my name' }).press('Enter');
    await ben.page.getByRole('button', { name: 'Leave without a name' }).press('Enter');
    await ben.page.getByRole('heading', { name: 'You are not in this session' }).waitFor();
    const left = ann.page.getByText('1 has left');
    await left.click();
    await look(ann, 'people-who-left', task);
    await ann.page.getByRole('button', { name: 'What to do with Cleo' }).press('Enter');
    await ann.page.getByRole('menuitem', { name: 'Remove the name' }).press('Enter');
    await ann.page.getByRole('dialog').getByRole('button', { name: 'Remove the name' }).press('Enter');
    await left.waitFor({ state: 'detached' });
    await openReport(ann);
    await ann.page.locator('summary', { hasText: 'one' }).click();
    await ann.page.getByText('Former participant: 5').waitFor();
    expect(await ann.page.getByText(/Ben|Cleo/u).count()).toBe(0);
    await ann.page.getByRole('link', { name: 'Back to the session' }).click();
    await isLive(ann.page);
    await cleo.context.close();
  });

  test('everybody is told who leads when the facilitator has left for good', async () => {
    const dora = await invite(table.browser, 'Dora');
    const emil = await invite(table.browser, 'Emil');
    const code = await create(dora, table.world.url);
    await join(ben, code);
    await join(emil, code);
    await openMenu(dora, 'Leave the session');
    await dora.page.getByRole('dialog').getByRole('button', { name: 'Leave the session' }).click();
    await ben.page.getByText('You lead this session now.').waitFor();
    await emil.page.getByText('Ben leads this session now.').waitFor();
    for (const { context } of [dora, emil]) await context.close();
  });

  test('a session is deleted, after it was said what becomes of estimates on their way to Jira', async ({ task }) => {
    const { page } = ann;
    await control(table.world.simulator, 'faults', { kind: 'status', status: 503, method: 'PUT' });
    await page.getByRole('button', { name: 'Add issues' }).first().click();
    await page.getByLabel('JQL, issue keys or links').fill('SHOP-20');
    await page.getByRole('button', { name: 'Find issues' }).click();
    await page.getByRole('button', { name: 'Add 1 issue' }).click();
    await page.getByText('SHOP-20').first().waitFor();
    await page.getByRole('button', { name: 'What to do with SHOP-20' }).click();
    await page.getByRole('menuitem', { name: 'Estimate without a vote' }).click();
    await page.getByRole('dialog').getByRole('radio', { name: '8', exact: true }).check();
    await page.getByRole('dialog').getByRole('button', { name: 'Save estimate' }).click();
    await page.getByText('On its way to Jira').first().waitFor();
    await join(ben, await inviteLink(ann));
    await openMenu(ann, 'Delete the session…');
    await page.getByText('1 estimate is still on its way to Jira').waitFor();
    await look(ann, 'delete-dialog', task);
    const confirm = page.getByRole('button', { name: 'Delete for good' });
    expect(await confirm.getAttribute('aria-disabled')).toBe('true');
    await page.getByLabel('Delete it without sending this estimate').press('Space');
    await confirm.press('Enter');
    await page.getByText(`“${title}” is deleted.`).waitFor();
    expect(page.url()).toBe(`${table.world.url}/`);
    await ben.page.getByRole('heading', { name: 'You were removed from the session' }).waitFor();
  });

  test('axe finds nothing, and nothing broke', () => {
    for (const { complaints, findings } of [ann, ben, reader]) {
      expect(findings).toEqual([]);
      expect(complaints).toEqual([]);
    }
  });
});
