import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { ask } from '../federation/client.ts';
import { castVote, openSession, type PlayedSession, revealRound, settleRound, startRound } from '../federation/session.ts';
import { startWorld, type World } from '../federation/world.ts';
import { launchBrowser } from './guest.ts';

/** GraphiQL from the router's own files, in a browser that reaches nothing but the router. */
describe.skipIf(inject('TEST_CHROMIUM') === undefined)('the explorer at /graphiql in Chromium', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let session: PlayedSession;
  const strangers: string[] = [];
  const complaints: string[] = [];
  /** Streams to the router that are open. */
  const streams = new Set<unknown>();

  beforeAll(async () => {
    world = await startWorld({}, 'embedded');
    session = await openSession(world.url, { keys: ['SHOP-20', 'SHOP-21'] });
    browser = await launchBrowser();
    page = await browser.newPage();
    page.on('request', (request) => {
      if (!/^(data|blob):/u.test(request.url()) && new URL(request.url()).host !== new URL(world.url).host) strangers.push(request.url());
    });
    page.on('websocket', (socket) => {
      streams.add(socket);
      socket.on('close', () => streams.delete(socket));
    });
    page.on('request', (request) => {
      if (request.headers()['accept'] === 'text/event-stream') streams.add(request);
    });
    for (const event of ['requestfinished', 'requestfailed'] as const)
      page.on(event as 'requestfailed', (request) => streams.delete(request));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/content security policy/iu.test(message.text())) complaints.push(message.text());
    });
    await page.route('https://**', (route) => route.abort());
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await page.screenshot({ path: 'screenshots/failed-explorer.png' });
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  /** Runs the tab of an operation with these variables, as a person does. */
  const run = async (operation: string, variables: object) => {
    await page.getByRole('button', { name: operation, exact: true }).click();
    const editor = page.getByRole('region', { name: 'Variables' }).locator('.CodeMirror:visible');
    await editor.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(JSON.stringify(variables));
    await page.getByRole('button', { name: /^Execute query/u }).click();
  };
  /** What the pane of answers shows, as JSON; undefined while it shows none. */
  const shown = async () => {
    const text = await page.evaluate("document.querySelector('.result-window .CodeMirror').CodeMirror.getValue()");
    return text === '' ? undefined : JSON.parse(String(text));
  };

  /** How many subscriptions the router has open to subgraphs: a tab says that it follows before they are told of it. */
  const countFollowed = async () => {
    const metrics = await (await fetch(new URL('/metrics', world.url))).text();
    return Number(/^tally_router_subscription_upstreams (\d+)$/mu.exec(metrics)?.[1]);
  };

  it('stands in for Sandbox where its script cannot be loaded, and says so', async () => {
    await page.goto(world.url);
    await page.getByText('Apollo Sandbox could not be loaded').waitFor();
    expect(new URL(page.url()).pathname).toBe('/graphiql');
    strangers.length = 0;
  });

  it("has the tour's operations in its tabs", async () => {
    await page.goto(new URL('/graphiql', world.url).href);
    const named = [
      ...readFileSync(new URL('../../README.md', import.meta.url), 'utf8').matchAll(/^<!-- tour\/operations\/(.+)\.graphql -->$/gmu),
    ];
    const names = named.map(([, file = '']) => file.replaceAll(/(?:^|-)(\w)/gu, (_, letter: string) => letter.toUpperCase()));
    await expect.poll(() => page.locator('.graphiql-tab-button').allTextContents()).toEqual(names);
    // Those of this visit, not of the last one.
    await page.reload();
    await expect.poll(() => page.locator('.graphiql-tab-button').allTextContents()).toEqual(names);
  });

  it('runs a query, and knows the schema', async () => {
    await page.getByRole('region', { name: 'Variables' }).getByText('Let us look at SHOP-20').waitFor();
    await run('ReadIssue', { key: 'SHOP-20' });
    await expect.poll(shown).toMatchObject({ data: { issue: { key: 'SHOP-20', summary: expect.any(String) } } });
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByRole('link', { name: 'Subscription' }).click();
    await page.getByRole('link', { name: 'voteResults' }).waitFor();
  });

  it('runs mutations as whom their answers brought a token for', async () => {
    const asWhom = page.getByLabel('Ask as');
    await run('CreateSession', { title: 'From GraphiQL', name: 'Robin' });
    await asWhom.getByRole('option', { name: 'createSession' }).waitFor({ state: 'attached' });
    const { id, inviteCode } = (await shown()).data.createSession.session;
    await run('JoinSession', { inviteCode, name: 'Ada' });
    await asWhom.getByRole('option', { name: 'Ada' }).waitFor({ state: 'attached' });
    await asWhom.selectOption('createSession');
    await run('AddIssues', { sessionId: id, jql: 'key = SHOP-20' });
    await expect.poll(shown).toMatchObject({ data: { addIssues: { added: [{ issue: { key: 'SHOP-20' } }] } } });
    await asWhom.selectOption('Ada');
    await run('AddIssues', { sessionId: id, jql: 'key = SHOP-21' });
    await expect.poll(shown).toMatchObject({ errors: [{ extensions: { code: 'NOT_A_FACILITATOR' } }] });
  });

  it.each(['WebSocket', 'SSE'])('follows a subscription over %s', async (transport) => {
    await page.getByLabel('Subscriptions over').selectOption(transport);
    await page.getByLabel('Token', { exact: true }).fill(session.ada);
    const before = await countFollowed();
    await run('VoteResults', { sessionId: session.id });
    await page.getByRole('button', { name: /^Stop query/u }).waitFor();
    await expect.poll(countFollowed).toBeGreaterThan(before);
    const round = await startRound(world.url, session);
    await ask(world.url, castVote, { roundId: round.id, card: '5' }, session.ada);
    await ask(world.url, revealRound, { roundId: round.id }, session.robin);
    const votes = [{ participant: { name: 'Ada' }, card: { label: '5' } }];
    await expect.poll(shown).toMatchObject({ data: { voteResults: { state: 'REVEALED', issue: { key: round.issue.key }, votes } } });
    await ask(world.url, settleRound, { roundId: round.id, estimate: 5 }, session.robin);
    await expect.poll(shown).toMatchObject({ data: { voteResults: { state: 'SETTLED', estimates: [{ value: 5 }] } } });
    expect(streams.size).toBe(1);
    await page.getByRole('button', { name: /^Stop query/u }).click();
    await expect.poll(() => streams.size).toBe(0);
  });

  it.each(['WebSocket', 'SSE'])('says why a subscription over %s is refused', async (transport) => {
    await page.getByLabel('Subscriptions over').selectOption(transport);
    await page.getByLabel('Token', { exact: true }).fill('');
    await run('VoteResults', { sessionId: session.id });
    await expect.poll(async () => JSON.stringify(await shown())).toContain('UNAUTHENTICATED');
  });

  it('loaded nothing from elsewhere and kept its content security policy', () => {
    expect(strangers).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
