import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createGraphqlCatalog } from './graphql-catalog.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A catalog of a jira that answers so, and how often it was asked. */
async function open(answer: (asked: number) => object) {
  let asked = 0;
  const jira = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer(asked)));
    asked += 1;
    // In case it never ends.
    if (asked > 50) jira.closeAllConnections();
  }).listen(0, '127.0.0.1');
  await once(jira, 'listening');
  const url = `http://127.0.0.1:${(jira.address() as AddressInfo).port}/graphql`;
  const catalog = createGraphqlCatalog({ url, secret: undefined, timeoutMs: 5_000 });
  stops.push(
    () => catalog.close(),
    () => jira.close(),
  );
  return { catalog, asked: () => asked };
}

const onBehalf = { requestId: 'r1', authorization: undefined };
const issue = (key: string) => ({
  key,
  id: key,
  summaryFingerprint: 's',
  descriptionFingerprint: 'd',
  freshness: { fetchedAt: new Date(0).toISOString() },
  track0: null,
});
const page = (keys: readonly string[], endCursor: string | null, isTruncated = false) => ({
  data: { searchIssues: { nodes: keys.map(issue), pageInfo: { hasNextPage: endCursor !== null, endCursor, isTruncated } } },
});

describe('a search', () => {
  const search = async (pages: (asked: number) => object, limit = 1_000) => {
    const { catalog, asked } = await open(pages);
    const { issues, isComplete } = await catalog.search({ jql: 'project = A', limit, tracks: ['estimate'] }, onBehalf);
    return { keys: issues.map(({ key }) => key), isComplete, asked: asked() };
  };

  it('goes on over an empty page', async () => {
    const pages = [page(['A-1', 'A-2'], 't1'), page([], 't2'), page(['A-3'], null)];
    expect(await search((at) => pages[at] ?? {})).toEqual({ keys: ['A-1', 'A-2', 'A-3'], isComplete: true, asked: 3 });
  });

  it.each<[string, (at: number) => object, number]>([
    ['pages are empty again and again', (at) => page([], `t${at}`), 7],
    ['the same page is named again', () => page(['A-1'], 'same'), 2],
    ['jira says that it could not see all', () => page(['A-1'], null, true), 1],
  ])('ends and is not complete when %s', async (_name, pages, most) => {
    const { isComplete, asked } = await search(pages);
    expect(isComplete).toBe(false);
    expect(asked).toBeLessThanOrEqual(most);
  });

  it('is not complete when it finds more than the limit', async () => {
    expect(await search((at) => page([`A-${at}`], `t${at}`), 3)).toMatchObject({ keys: ['A-0', 'A-1', 'A-2'], isComplete: false });
    expect(await search((at) => page([`A-${at}`], at === 2 ? null : `t${at}`), 3)).toMatchObject({ isComplete: true });
  });
});

describe('issues by key', () => {
  const error = (place: number, code: string, more = {}) => ({ message: code, path: ['issues', place], extensions: { code, ...more } });

  it('are had whatever is wrong with others, with the reason', async () => {
    const { catalog } = await open(() => ({
      data: { issues: [issue('A-1'), null, null, null] },
      errors: [error(1, 'INVALID_INPUT'), error(2, 'ISSUE_NOT_FOUND'), error(3, 'JIRA_UNAVAILABLE')],
    }));
    const { issues, missing } = await catalog.findIssues({ keys: ['A-1', 'A', 'A-3', 'A-4'], tracks: ['estimate'] }, onBehalf);
    expect(issues.map(({ key }) => key)).toEqual(['A-1']);
    expect([...missing]).toEqual([
      ['A', 'NOT_A_KEY'],
      ['A-3', 'NOT_IN_JIRA'],
      ['A-4', 'NOT_NOW'],
    ]);
  });

  it('are asked for a thousand at a time, however many they are', async () => {
    const keysOf = (at: number) => Array.from({ length: 1_000 }, (_, index) => `A-${at * 1_000 + index + 1}`);
    const { catalog, asked } = await open(() => ({
      data: { issues: keysOf(0).map((key, at) => (at === 3 ? null : issue(key))) },
      errors: [error(3, 'ISSUE_NOT_FOUND')],
    }));
    const keys = [0, 1, 2, 3, 4].flatMap(keysOf);
    const { issues, missing } = await catalog.findIssues({ keys, tracks: ['estimate'] }, onBehalf);
    expect(asked()).toBe(5);
    // Each under the key that it was asked for.
    expect(issues.map(({ key }) => key)).toEqual(keys.filter((_, at) => at % 1_000 !== 3));
    expect([...missing]).toEqual([3, 1_003, 2_003, 3_003, 4_003].map((at) => [keys[at], 'NOT_IN_JIRA']));
  });

  it('are not missing when Jira does not know who we are, or cannot be asked', async () => {
    for (const [code, more] of [
      ['JIRA_FORBIDDEN', { reason: 'credentials' }],
      ['JIRA_UNAVAILABLE', {}],
    ] as const) {
      const { catalog } = await open(() => ({ data: { issues: [null] }, errors: [error(0, code, more)] }));
      await expect(catalog.findIssues({ keys: ['A-1'], tracks: [] }, onBehalf)).rejects.toMatchObject({ code });
    }
  });
});

describe('an estimate on its way to Jira', () => {
  const write = async (extensions: object) => {
    const { catalog } = await open(() => ({ data: { writeEstimate: null }, errors: [{ message: 'no', extensions }] }));
    return catalog
      .writeEstimate({ key: 'A-1', track: 'estimate', value: 3, expected: undefined, idempotencyKey: 'r', comment: null })
      .catch((refused: unknown) => refused);
  };

  it('waits for new credentials, and is refused for good by a missing right', async () => {
    expect(await write({ code: 'JIRA_FORBIDDEN', reason: 'credentials' })).toMatchObject({ code: 'JIRA_FORBIDDEN', name: 'DomainError' });
    expect(await write({ code: 'JIRA_FORBIDDEN' })).toMatchObject({ name: 'WriteRefused', code: 'FORBIDDEN' });
  });

  it.each([
    ['FIELD_HOLDS_TEXT', 'FIELD_HOLDS_TEXT'],
    ['FIELD_OPTION', 'FIELD_OPTION'],
    ['FIELD_TYPE', 'FIELD_TYPE'],
    ['JIRA_SAYS', 'REFUSED'],
    [undefined, 'REFUSED'],
  ])('is refused by the reason %s of an invalid input as %s', async (reason, code) => {
    expect(await write({ code: 'INVALID_INPUT', reason })).toMatchObject({ name: 'WriteRefused', code });
  });
});
