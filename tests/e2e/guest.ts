import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { inject } from 'vitest';
import { launchChromium } from '../setup/chromium.ts';

/** Slow is not broken: the machine may be busy. */
const patienceMs = 60_000;

/** One person at their own browser: a context of its own, everything it was sent recorded. */
export interface Guest {
  readonly name: string;
  readonly page: Page;
  readonly context: BrowserContext;
  /** Every answer and every WebSocket frame that came in, as text. */
  readonly received: string[];
  /** Every address that was asked for. */
  readonly asked: string[];
  /** What was wrong on the screens that were looked at, see `look`. */
  readonly findings: string[];
  /** What the browser complained about: script errors and violations of the content security policy. */
  readonly complaints: string[];
}

/** Only where `TEST_CHROMIUM` is provided, i.e. in a sitting. */
export async function launchBrowser(): Promise<Browser> {
  // A dozen browsers on two cores: more threads for each, and another process to draw in, are only more to do.
  const frugal = ['--in-process-gpu', '--num-raster-threads=1', '--js-flags=--single-threaded-gc --max-semi-space-size=64'];
  return launchChromium(inject('TEST_CHROMIUM') ?? '', frugal);
}

/** Opens a browser context for somebody and starts recording. */
export async function invite(browser: Browser, name: string): Promise<Guest> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  const guest: Guest = { name, page, context, received: [], asked: [], findings: [], complaints: [] };
  page.on('request', (request) => guest.asked.push(request.url()));
  page.on('pageerror', (error) => guest.complaints.push(error.message));
  page.on('console', (message) => {
    if (/content security policy/iu.test(message.text())) guest.complaints.push(message.text());
  });
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => guest.received.push(String(payload)));
  });
  page.on('response', (response) => {
    if (!response.url().includes('/graphql')) return;
    // A page that was left takes its answers along.
    response.text().then(
      (text) => guest.received.push(text),
      () => undefined,
    );
  });
  return guest;
}

/** Joins a session by its invite link. */
export async function join({ page, name }: Guest, link: string, role: 'Estimator' | 'Spectator' = 'Estimator'): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('radio', { name: new RegExp(role, 'u') }).check();
  await page.getByRole('button', { name: 'Join' }).click();
  await isLive(page);
}

/** Creates a session on the start page and returns its invite link. */
export async function create({ page, name }: Guest, url: string, deck?: string): Promise<string> {
  await page.goto(`${url}/`);
  await page.getByLabel('What are you estimating?').fill('Sprint 42, checkout team');
  await page.getByLabel('Your name').fill(name);
  if (deck !== undefined) {
    await page.getByRole('radio', { name: 'Your own' }).check();
    await page.getByLabel('Cards', { exact: true }).fill(deck);
  }
  await page.getByRole('button', { name: 'Create session' }).click();
  await isLive(page);
  return inviteLink({ page });
}

/** The session's invite link, as its dialog says it. */
export async function inviteLink({ page }: Pick<Guest, 'page'>): Promise<string> {
  await page.getByRole('button', { name: 'Invite' }).first().click();
  const link = await page.getByRole('textbox', { name: 'Invite link' }).inputValue();
  await dismiss({ page });
  return link;
}

/** Puts topics into the queue. */
export async function addTopics({ page }: Guest, topics: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Add issues' }).first().click();
  await page.getByRole('button', { name: 'Topics' }).click();
  await page.getByLabel('Topics, one per line').fill(topics.join('\n'));
  await page.getByRole('button', { name: /^Add [\d,]+ topic/u }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Chooses something of the session's menu. */
export async function openMenu({ page }: Guest, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Waits until the page says that it is live. */
export async function isLive(page: Page): Promise<void> {
  await page.locator('[data-connection=live]').waitFor();
}

/** Waits until the table shows that so many have voted, e.g. `1 of 2`; screen readers may be told the same beside it. */
export async function haveVoted({ page }: Pick<Guest, 'page'>, share: string): Promise<void> {
  await page.getByText(`${share} have voted`, { exact: true }).and(page.locator(':not([data-announcer])')).waitFor();
}

/** Plays a card by clicking it, once the round has arrived. */
export async function play({ page }: Guest, label: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).click();
  await page.getByText(`You played ${label}`).waitFor();
}

/** Presses a key of the page's own, once the page offers what it does and no dialog is in its way. */
export async function press({ page }: Pick<Guest, 'page'>, key: string): Promise<void> {
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator(`[aria-keyshortcuts="${key.toUpperCase()}"]:not([aria-disabled])`).waitFor();
  await page.keyboard.press(key);
}

/** Where something ends, in pixels from the top of the window. */
export async function findBottom(place: Locator): Promise<number> {
  const box = await place.boundingBox();
  return box === null ? Number.POSITIVE_INFINITY : box.y + box.height;
}

/** Leaves a dialog by the keyboard. */
export async function dismiss({ page }: Pick<Guest, 'page'>): Promise<void> {
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Moves an item of the queue by its grip with the keyboard alone; each step waits until the page has said the one before. Places count from 1. */
export async function moveByKeyboard({ page }: Guest, grip: Locator, from: number, to: number): Promise<void> {
  await grip.focus();
  await page.keyboard.press('Space');
  await isSaid(page, `over place ${from}.`);
  for (let place = from; place !== to; ) {
    await page.keyboard.press(place < to ? 'ArrowDown' : 'ArrowUp');
    place += Math.sign(to - from);
    await isSaid(page, `over place ${place}.`);
  }
  await page.keyboard.press('Space');
  await isSaid(page, `is now at place ${to}.`);
}

/** Waits until a screen reader is told so of what is dragged. */
export async function isSaid(page: Page, words: string): Promise<void> {
  await page.locator('[id^=DndLiveRegion]', { hasText: words }).waitFor({ state: 'attached' });
}

/** What every part of the page that speaks says to a screen reader at the moment. */
export async function findSaid({ page }: Pick<Guest, 'page'>): Promise<string> {
  return (await page.locator('[data-announcer]').allTextContents()).join(' ');
}
