import { afterEach, describe, expect, it } from 'vitest';
import { createCloudSource } from './cloud.ts';
import { createJiraClient } from './jira-client.ts';
import { toNextOffset } from './paging.ts';
import { startScriptedJira } from './testing/scripted-jira.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

it.each([
  ['honest', { startAt: 0, count: 50, total: 120 }, '50'],
  ['honest, at its end', { startAt: 0, count: 50, total: 50 }, undefined],
  ['missing', { startAt: 0, count: 50, total: undefined }, '50'],
  ['less than what came', { startAt: 0, count: 50, total: 0 }, '50'],
  ['less than what came, before an empty page', { startAt: 50, count: 0, total: 10 }, undefined],
])('a total that is %s says what follows', (_how, { startAt, ...page }, next) => {
  expect(toNextOffset(startAt, { ...page, size: 50 })).toBe(next);
});

// 120 boards in pages of 50, each page with what the Jira says of it besides.
describe.each<[string, (startAt: number) => object]>([
  ['an honest isLast and no total', (startAt) => ({ isLast: startAt === 100 })],
  ['no isLast and an honest total', () => ({ total: 120 })],
  ['neither', () => ({})],
  ['no isLast and a total of nothing', () => ({ total: 0 })],
  ['an honest isLast and a total of a page', (startAt) => ({ isLast: startAt === 100, total: 50 })],
  ['an isLast that is never true, and no total', () => ({ isLast: false })],
])('a list with %s', (_how, tell) => {
  it('is read to its end, each entry once', async () => {
    const boards = Array.from({ length: 120 }, (_, place) => ({ id: place + 1, name: `B${place}`, type: 'scrum' }));
    const jira = await startScriptedJira({}, [
      [
        'GET',
        /\/board$/,
        ({ query }) => {
          const startAt = Number(query.get('startAt'));
          return { body: { startAt, maxResults: 50, values: boards.slice(startAt, startAt + 50), ...tell(startAt) } };
        },
      ],
    ]);
    const client = createJiraClient({ baseUrl: jira.url, authorization: 'Bearer x', timeoutMs: 5_000, now: Date.now, random: () => 0 });
    stops.push(jira.stop, client.stop);
    const source = createCloudSource({ client, browseUrl: jira.url, estimateFields: {}, now: Date.now });
    expect((await source.findBoards(undefined)).map(({ id }) => id)).toEqual(boards.map(({ id }) => String(id)));
  });
});
