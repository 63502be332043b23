import { expect, test } from 'vitest';
import { addTopics, create, dismiss, type Guest, haveVoted, invite, join, openMenu, play, press } from './guest.ts';
import { look } from './screens.ts';
import { sitting } from './sitting.ts';

/** Counts what the page lets sound and vibrate, before it is loaded. */
const listen = `
  window.heard = { tones: 0, vibrations: [] };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...given) { window.heard.tones += 1; return start.apply(this, given); };
  navigator.vibrate = (pattern) => { window.heard.vibrations.push(pattern); return true; };
`;

sitting('people at a table', (table) => {
  let ann: Guest;
  let ben: Guest;
  let cleo: Guest;
  const heard = (guest: Guest) => guest.page.evaluate<{ tones: number; vibrations: number[][] }>('window.heard');

  test('who has not voted is nudged: told in sight, aloud and in the title, until the card is there; nobody is twice in half a minute', async ({
    task,
  }) => {
    [ann, ben, cleo] = (await Promise.all(['Ann', 'Ben', 'Cleo'].map((name) => invite(table.browser, name)))) as [Guest, Guest, Guest];
    for (const guest of [ann, ben, cleo]) await guest.context.addInitScript(listen);
    const link = await create(ann, table.world.url);
    await join(ben, link);
    await join(cleo, link);
    await addTopics(ann, ['Loyalty programme', 'Gift cards']);
    await press(ann, 'n');
    await expect.poll(() => ben.page.title()).toMatch(/^● /u);
    // Whoever has not voted asks nobody.
    await ben.page.getByRole('heading', { name: 'Play your card' }).waitFor();
    expect(await ben.page.getByRole('button', { name: /^Nudge/u }).count()).toBe(0);
    await play(cleo, '5');
    await haveVoted(ben, '1 of 3');
    await cleo.page.getByRole('button', { name: 'Nudge 2' }).click();
    await cleo.page.getByText('Nudged: Ann, Ben').waitFor();
    const notice = ben.page.getByRole('alert').filter({ hasText: 'Cleo is waiting for your card.' });
    await notice.waitFor();
    await expect.poll(() => ben.page.title()).toMatch(/^🔔 /u);
    await look(ben, 'nudged', task);
    await cleo.page.getByRole('button', { name: 'Nudge 2' }).click();
    await cleo.page.getByText('They were nudged less than half a minute ago.').waitFor();
    await play(ben, '8');
    await notice.waitFor({ state: 'detached' });
    await expect.poll(() => ben.page.title()).not.toMatch(/^🔔 /u);
    // Nothing that was said to anybody tells a card.
    for (const guest of [ann, ben, cleo])
      for (const frame of guest.received.filter((each) => each.includes('sessionSignals'))) expect(frame).not.toMatch(/card|value/u);
  });

  test('a reaction stands at its sender’s seat for some seconds, is said, and is in no ledger', async ({ task }) => {
    await cleo.page.getByRole('button', { name: 'React' }).click();
    await cleo.page.getByRole('menuitem').filter({ hasText: 'Applause' }).click();
    const seat = ben.page.getByRole('list', { name: 'Who votes' }).getByRole('listitem').filter({ hasText: 'Cleo' });
    await seat.getByRole('img', { name: 'Applause' }).waitFor();
    await look(ben, 'reaction', task);
    await ben.page.getByText('Cleo: 👏 Applause').waitFor({ state: 'attached' });
    await seat.getByRole('img').waitFor({ state: 'detached' });
    expect(ben.received.filter((frame) => frame.includes('sessionChanges') && frame.includes('APPLAUD'))).toEqual([]);
  });

  test('an avatar is chosen, shown to everyone, remembered on the device, and never somebody else’s', async ({ task }) => {
    const face = (guest: Guest, name: string) =>
      guest.page
        .getByRole('list', { name: 'Who votes' })
        .getByRole('listitem')
        .filter({ hasText: name })
        .locator('[aria-hidden=true]')
        .first();
    const before = await Promise.all(['Ann', 'Ben', 'Cleo'].map((name) => face(ann, name).textContent()));
    expect(new Set(before).size).toBe(3);
    await openMenu(cleo, 'My profile');
    const group = cleo.page.getByRole('group', { name: 'Your avatar' });
    await group.getByRole('radio', { name: '🧀' }).check({ force: true });
    await look(cleo, 'avatars', task);
    await cleo.page.getByRole('button', { name: 'Save', exact: true }).click();
    await cleo.page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => face(ben, 'Cleo').textContent()).toBe('🧀');
    // On the same device in another session, too.
    const again = await cleo.context.newPage();
    await again.goto(`${table.world.url}/`);
    await again.getByLabel('Your name').fill('Cleo');
    await again.getByRole('button', { name: 'Create session' }).click();
    await again.getByRole('heading', { name: 'People (1)' }).waitFor();
    await again.getByText('🧀').first().waitFor();
    await again.close();
  });

  test('sound and vibration are off until one asks for them, on this device; the title can be silenced', async () => {
    expect(await heard(ann)).toEqual({ tones: 0, vibrations: [] });
    await openMenu(ben, 'My profile');
    await ben.page.getByLabel('With a sound').check();
    await ben.page.getByLabel('With a vibration').check();
    await dismiss(ben);
    const before = await heard(ben);
    expect(before.tones).toBeGreaterThan(0);
    await play(ann, '5');
    await haveVoted(ben, '3 of 3');
    await expect.poll(async () => (await heard(ben)).tones).toBeGreaterThan(before.tones);
    await expect.poll(() => ben.page.title()).toMatch(/^✓ /u);
    await press(ann, 'r');
    await press(ann, 's');
    const settled = await heard(ben);
    await press(ann, 'n');
    await expect.poll(async () => (await heard(ben)).vibrations.length).toBeGreaterThan(settled.vibrations.length);
    expect(await heard(ann)).toEqual({ tones: 0, vibrations: [] });
    await openMenu(ben, 'My profile');
    await ben.page.getByLabel('In the browser tab’s title').uncheck();
    await dismiss(ben);
    await expect.poll(() => ben.page.title()).not.toMatch(/^●/u);
    await ben.page.reload();
    await ben.page.getByRole('heading', { name: 'Play your card' }).waitFor();
    await openMenu(ben, 'My profile');
    expect(await ben.page.getByLabel('With a sound').isChecked()).toBe(true);
    expect(await ben.page.getByLabel('In the browser tab’s title').isChecked()).toBe(false);
    await dismiss(ben);
    expect([...ann.findings, ...ben.findings, ...ann.complaints, ...ben.complaints, ...cleo.complaints]).toEqual([]);
  });
});
