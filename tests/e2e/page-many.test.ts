import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { createRunner } from './crowd.ts';
import {
  addTopics,
  create,
  type Guest,
  haveVoted,
  invite,
  inviteLink,
  isSaid,
  join,
  moveByKeyboard,
  openMenu,
  play,
  press,
} from './guest.ts';
import { look } from './screens.ts';
import { sitting } from './sitting.ts';

const names = [
  'نور الهدى',
  '👩‍🚀 Zoë',
  'Жанна д’Арк-Преображенская',
  'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren',
  '山田太郎',
  'O’Brien',
];
const cards = Array.from({ length: 30 }, (_, index) => String(index + 1)).join(', ');

sitting('a session with five thousand items, thirty people and thirty cards', (table) => {
  let ann: Guest;
  let ben: Guest;

  beforeAll(async () => {
    ann = await invite(table.browser, 'Ann');
    ben = await invite(table.browser, 'Ben');
  });

  /** Somebody without a browser joins; the operation is the page's own. */
  async function joinByHand(inviteCode: string, name: string): Promise<void> {
    const manifest = JSON.parse(readFileSync(new URL('../../web/dist/operations.json', import.meta.url), 'utf8')) as {
      readonly operations: readonly { readonly name: string; readonly body: string }[];
    };
    const query = manifest.operations.find((operation) => operation.name === 'JoinSession')?.body;
    const answer = await fetch(`${table.world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { inviteCode, name, role: 'ESTIMATOR' } }),
    });
    expect(await answer.json()).toHaveProperty('data.joinSession.token');
  }

  const rows = ({ page }: Guest) => page.getByRole('listitem').filter({ hasText: /Item \d+/u });
  const topicAt = (guest: Guest, place: number) => guest.page.locator(`[aria-posinset="${place}"]`);
  const grip = (guest: Guest, place: number) => topicAt(guest, place).getByRole('button', { name: /^Move /u });

  test('thirty people of all scripts join a session with a long title', async () => {
    const link = await create(ann, table.world.url, cards);
    await openMenu(ann, 'Settings');
    await ann.page.getByLabel('What are you estimating?').fill(`${'A title without end: '.repeat(5)}كل شيء 👩‍👩‍👧‍👦`);
    await ann.page.getByRole('button', { name: 'Save', exact: true }).click();
    await ann.page.getByRole('dialog').waitFor({ state: 'detached' });
    await join(ben, link);
    const inviteCode = (await inviteLink(ann)).split('/').at(-1) ?? '';
    for (let count = 0; count < 28; count += 1) await joinByHand(inviteCode, `${names[count % names.length]} ${count}`);
    await ann.page.getByRole('heading', { name: 'People (30)' }).waitFor();
  });

  /**
   * Bytes of every answer of the graph to somebody who opens the session, until nothing more comes; what the stream tells comes besides. The least of
   * three: on a busy machine a page that was cut off or kept waiting asks for something again. And on one the network may be idle before a page has
   * asked for the rest: an opening has the session, the queue's part and the word that somebody is here.
   */
  async function bytesOfOpening({ page, received }: Guest): Promise<number> {
    const sizes: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      const before = received.length;
      await page.reload();
      await rows(ben).first().waitFor();
      const answers = () => received.slice(before).filter((text) => text.startsWith('{"data"'));
      for (const part of [
        /^\{"data":\{"session":\{"id":"[^"]+","title"/u,
        /^\{"data":\{"session":\{"id":"[^"]+","queue"/u,
        /^\{"data":\{"imHere"/u,
      ])
        await expect.poll(() => answers().some((text) => part.test(text))).toBe(true);
      await page.waitForLoadState('networkidle');
      sizes.push(answers().reduce((sum, text) => sum + text.length, 0));
    }
    return Math.min(...sizes);
  }

  const scroll = (guest: Guest, place: number, step: number) =>
    expect
      .poll(async () => {
        await guest.page.mouse.wheel(0, step);
        return topicAt(guest, place).count();
      })
      .toBe(1);

  test('a queue of five thousand items sends whoever opens it as many bytes as one of sixty, draws those in sight, and the search finds the others', async () => {
    const add = (from: number, to: number) =>
      addTopics(
        ann,
        Array.from({ length: to - from }, (_, index) => `Item ${from + index + 1}`),
      );
    await add(0, 60);
    await ben.page.getByRole('heading', { name: 'Queue · 0 of 60' }).waitFor();
    const small = await bytesOfOpening(ben);
    // More than one request takes.
    await add(60, 1_200);
    // As one's own page sends it: Chromium takes minutes to fill in so many lines.
    const run = createRunner(table.world.url);
    const { sessionId, token } = JSON.parse(
      await ann.page.evaluate<string>("Object.entries(localStorage).find(([name]) => name.startsWith('tally.session.'))[1]"),
    ) as { readonly sessionId: string; readonly token: string };
    for (let from = 1_200; from < 5_000; from += 950)
      await run('AddTopics', { sessionId, topics: Array.from({ length: 950 }, (_, index) => `Item ${from + index + 1}`) }, token);
    await ben.page.getByRole('heading', { name: 'Queue · 0 of 5,000' }).waitFor();
    expect(await bytesOfOpening(ben)).toBeLessThan(small + 200);
    await ben.page.getByRole('heading', { name: 'Queue · 0 of 5,000' }).waitFor();
    await ann.page.getByRole('heading', { name: 'Queue · 0 of 5,000' }).waitFor();
    await rows(ann).first().waitFor();
    expect(await rows(ann).count()).toBeLessThan(60);
    await ben.page.getByLabel('Search the queue').fill('Item 3777');
    await ben.page.getByText('Item 3777', { exact: true }).waitFor();
    expect(await rows(ben).count()).toBe(1);
    await ben.page.getByLabel('Search the queue').fill('');
  });

  test('the last of them is brought to the top from its menu', async () => {
    await topicAt(ann, 1).hover();
    await scroll(ann, 5_000, 100_000);
    await ann.page.getByRole('button', { name: 'What to do with Item 5000' }).click();
    await ann.page.getByRole('menuitem', { name: 'Move to the top' }).click();
    await expect.poll(() => topicAt(ben, 1).textContent()).toContain('Item 5000');
  });

  test('items are moved with the keyboard and with the mouse', async () => {
    await scroll(ann, 1, -100_000);
    await moveByKeyboard(ann, grip(ann, 1), 1, 4);
    await expect.poll(() => topicAt(ben, 4).textContent()).toContain('Item 5000');

    const from = await grip(ann, 4).boundingBox();
    const to = await grip(ann, 2).boundingBox();
    if (!from || !to) throw new Error('The grips are not in sight.');
    await ann.page.mouse.move(from.x + 8, from.y + 20);
    await ann.page.mouse.down();
    for (const share of [0.3, 0.6, 1]) await ann.page.mouse.move(from.x + 8, from.y + 20 + (to.y - from.y) * share);
    await isSaid(ann.page, 'over place 2.');
    await ann.page.mouse.up();
    await expect.poll(() => topicAt(ben, 2).textContent()).toContain('Item 5000');
  });

  test('a round of thirty people with thirty cards is played beside it', async ({ task }) => {
    await ann.page.getByRole('button', { name: 'Start the round' }).click();
    await play(ann, '30');
    await play(ben, '1');
    await haveVoted(ann, '2 of 30');
    const votes = ben.received.filter((frame) => frame.startsWith('{"id"') && frame.includes('"VoteChanged"'));
    expect(votes.length).toBeGreaterThan(0);
    for (const frame of votes) expect(frame.length).toBeLessThanOrEqual(600);
    await look(ann, 'many-voting', task);
    for (const tab of ['Queue', 'People']) {
      await ann.page.setViewportSize({ width: 360, height: 780 });
      await ann.page.getByRole('navigation').getByRole('button', { name: tab }).click();
      await look(ann, `many-${tab.toLowerCase()}`, task);
    }
    await press(ann, 'r');
    await ann.page.setViewportSize({ width: 360, height: 780 });
    await ann.page.getByRole('navigation').getByRole('button', { name: 'Table' }).click();
    await ann.page.getByRole('heading', { name: 'Results' }).waitFor();
    await look(ann, 'many-revealed', task);
  });

  test('axe finds nothing, and no page scrolls sideways', () => {
    expect(ann.findings).toEqual([]);
    expect([ann, ben].flatMap((guest) => guest.complaints)).toEqual([]);
  });
});
