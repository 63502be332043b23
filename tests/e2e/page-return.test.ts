import { setTimeout as sleep } from 'node:timers/promises';
import type { Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { addTopics, create, type Guest, haveVoted, invite, isLive, join, openMenu, play, press } from './guest.ts';
import { sitting } from './sitting.ts';

/** The shortest that the product takes. */
const tokenLifeSeconds = 60;

sitting(
  'whoever comes back after their token has ended',
  (table) => {
    let ann: Guest;
    let ben: Guest;
    let phone: Guest;
    let title: string;

    const tokens = ({ page }: Guest) => page.evaluate<string[]>("Object.values(localStorage).filter((value) => value.includes('token'))");

    /** Back by the start page's list of sessions, as in a browser that was closed meanwhile. */
    async function comeBack(guest: Guest, session: string): Promise<void> {
      await guest.page.goto(table.world.url);
      await guest.page.getByRole('link', { name: session }).click();
    }

    test('a session is played, another one is closed, by people whose tokens last a minute', async () => {
      ann = await invite(table.browser, 'Ann');
      ben = await invite(table.browser, 'Ben');
      const closed = await create(ann, table.world.url);
      await join(ben, closed);
      await openMenu(ann, 'Close the session');
      await ann.page.getByRole('dialog').getByRole('button', { name: 'Close the session' }).click();
      await ben.page.getByRole('heading', { name: 'This session is closed.' }).waitFor();

      title = 'Sprint 43, next week';
      await ann.page.goto(`${table.world.url}/?title=${encodeURIComponent(title)}`);
      await ann.page.getByLabel('Your name').fill('Ann');
      await ann.page.getByRole('button', { name: 'Create session' }).click();
      await isLive(ann.page);
      await ann.page.getByRole('button', { name: 'Invite' }).first().click();
      const link = await ann.page.getByRole('textbox', { name: 'Invite link' }).inputValue();
      await ann.page.keyboard.press('Escape');
      await join(ben, link);
      await addTopics(ann, ['one', 'two']);
      await press(ann, 'n');
      await play(ben, '5');
      await haveVoted(ann, '1 of 2');
      const before = await tokens(ann);
      expect(before.map((place) => Date.parse((JSON.parse(place) as { expiresAt: string }).expiresAt) - Date.now())).toSatisfy(
        (left: number[]) => left.length === 2 && left.every((ms) => ms < tokenLifeSeconds * 1_000),
      );
    });

    test('on another device one goes on as the same participant, by a link that works once', async () => {
      await openMenu(ann, 'Continue on another device');
      const link = await ann.page.getByRole('textbox', { name: 'Link for your other device' }).inputValue();
      phone = await invite(table.browser, 'Ann');
      await phone.page.goto(link);
      await phone.page.getByRole('button', { name: 'Continue here' }).click();
      await isLive(phone.page);
      await phone.page.getByRole('heading', { name: 'People (2)' }).waitFor();
      await phone.page.getByRole('button', { name: 'Add issues' }).first().waitFor();
      const late = await invite(table.browser, 'Late');
      await late.page.goto(link);
      await late.page.getByRole('button', { name: 'Continue here' }).click();
      await late.page.getByText('This link was used').waitFor();
      expect(late.page.url()).toBe(`${table.world.url}/device`);
      await late.context.close();
    });

    test('two tabs that come back late at the same moment renew the place once, and both have it', async () => {
      for (const { page } of [ann, ben, phone]) await page.goto('about:blank');
      await sleep((tokenLifeSeconds + 1) * 1_000);
      const renewals: Route[] = [];
      let isHeld = true;
      await ann.context.route('**/graphql', async (route) => {
        if (isHeld && route.request().postData()?.includes('RefreshToken') === true) renewals.push(route);
        else await route.continue();
      });
      await ann.page.goto(table.world.url);
      const address = await ann.page.getByRole('link', { name: title }).getAttribute('href');
      const other = await ann.context.newPage();
      await Promise.all([ann.page, other].map((page) => page.goto(`${table.world.url}${address}`)));
      // One asks; the other one waits for it.
      await expect.poll(() => renewals.length, { timeout: 60_000 }).toBe(1);
      const waiting = 'navigator.locks.query().then(({ held, pending }) => [held.length, pending.length])';
      await expect.poll(() => other.evaluate(waiting), { timeout: 60_000 }).toEqual([1, 1]);
      isHeld = false;
      for (const route of renewals) await route.continue();
      for (const page of [ann.page, other]) {
        await isLive(page);
        await page.getByRole('heading', { name: 'People (2)' }).waitFor();
      }
      expect(renewals).toHaveLength(1);
      await other.close();
    });

    test('each is the same person again, the facilitator leads, and the hidden card is still theirs', async () => {
      for (const guest of [ann, ben, phone]) {
        await comeBack(guest, title);
        await isLive(guest.page);
        await guest.page.getByRole('heading', { name: 'People (2)' }).waitFor();
      }
      await ben.page.getByText('You played 5').waitFor();
      await play(ann, '5');
      await press(ann, 'r');
      await ben.page.getByText('Consensus!').waitFor();
    });

    test('the report of the session that was closed meanwhile opens by the same list', async () => {
      for (const guest of [ann, ben]) {
        await comeBack(guest, 'Sprint 42, checkout team');
        await guest.page.getByRole('button', { name: 'Report' }).click();
        await guest.page.getByText('Items and their rounds').waitFor();
      }
      await ann.page.getByRole('link', { name: 'Back to the session' }).click();
      await ann.page.getByRole('button', { name: 'Reopen the session' }).waitFor();
    });

    test('no secret of theirs was in an address, and nothing broke', () => {
      for (const { asked, complaints } of [ann, ben, phone]) {
        expect(asked.filter((url) => /eyJ|token|secret/iu.test(url))).toEqual([]);
        expect(complaints).toEqual([]);
      }
    });
  },
  async () => ({ TOKEN_TTL_SECONDS: String(tokenLifeSeconds) }),
);
