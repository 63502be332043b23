import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloudSource } from './cloud.ts';
import type { IssueSource } from './issue-source.ts';
import { createJiraClient } from './jira-client.ts';
import {
  type ScriptedAnswer,
  type ScriptedRequest,
  type ScriptedWorld,
  scriptedIssue,
  startScriptedJira,
} from './testing/scripted-jira.ts';

// What other clients of Jira have met, by their public reports: answers that no documentation has.
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function open(routes: Parameters<typeof startScriptedJira>[1], world: Partial<ScriptedWorld> = {}): Promise<IssueSource> {
  const jira = await startScriptedJira(world, routes);
  stops.push(jira.stop);
  const client = createJiraClient({ baseUrl: jira.url, authorization: 'Bearer x', timeoutMs: 2_000, now: Date.now, random: () => 0 });
  stops.push(client.stop);
  return createCloudSource({ client, browseUrl: jira.url, estimateFields: {}, now: Date.now });
}

const one = scriptedIssue('ABC-1', {});
const two = scriptedIssue('ABC-2', {});
const search = async (answer: ScriptedAnswer, world: Partial<ScriptedWorld> = {}) => {
  const source = await open([['POST', /\/search\/jql$/, answer]], world);
  const { found, nextCursor, isTruncated } = await source.search('project = ABC', { first: 50, cursor: undefined });
  return { keys: found.map(({ issue }) => issue.key), nextCursor, isTruncated };
};

describe('a page of a search', () => {
  it.each<[name: string, body: object, page: object]>([
    ['is the last one although it has a token', { isLast: true, nextPageToken: 'x' }, { nextCursor: undefined, isTruncated: false }],
    ['is the last one with a token of null', { nextPageToken: null }, { nextCursor: undefined, isTruncated: false }],
    [
      'is the last one, and cut short, when Jira promises more without a token',
      { isLast: false },
      { nextCursor: undefined, isTruncated: true },
    ],
    ['is cut short with an empty token, too', { isLast: false, nextPageToken: '' }, { nextCursor: undefined, isTruncated: true }],
    ['has a next one by a token that is a number', { isLast: false, nextPageToken: 5 }, { nextCursor: '5', isTruncated: false }],
    ['is whole with a token that is none', { isLast: true, nextPageToken: {} }, { nextCursor: undefined, isTruncated: false }],
  ])('%s', async (_name, body, page) => {
    expect(await search({ body: { issues: [one], ...body } })).toEqual({ keys: ['ABC-1'], ...page });
  });

  it.each<[name: string, issues: unknown[]]>([
    ['ids alone', [{ id: two.id }, { id: one.id }]],
    ['ids and keys without fields', [{ id: two.id, key: 'ABC-2' }, one]],
    ['fields of null', [{ ...two, fields: null }, one]],
    ['ids that are numbers', [{ ...two, id: Number(two.id) }, one]],
  ])('with %s has its issues all the same, in its order', async (_name, issues) => {
    expect((await search({ body: { issues, isLast: true } }, { issues: [one, two] })).keys).toEqual(['ABC-2', 'ABC-1']);
  });

  const text = JSON.stringify({ issues: [one], isLast: true });
  it.each<[name: string, answer: () => ScriptedAnswer]>([
    ['with a byte order mark', () => ({ text: `\ufeff${text}` })],
    ['as text/plain', () => ({ text, headers: { 'content-type': 'text/plain' } })],
  ])('is read %s', async (_name, answer) => {
    expect((await search(answer())).keys).toEqual(['ABC-1']);
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('that a gateway compresses is read: %s', async (encoding, compress) => {
    const bytes = compress(text);
    const answer = { bytes, headers: { 'content-encoding': encoding } };
    expect((await search(answer)).keys).toEqual(['ABC-1']);
    const refusal = { bytes: compress('{"errorMessages":["no such field"]}'), status: 400, headers: answer.headers };
    await expect(search(refusal)).rejects.toMatchObject({ code: 'JQL_INVALID', message: 'no such field' });
  });

  it('that is compressed wrongly is JIRA_UNAVAILABLE', async () => {
    await expect(search({ text: 'no gzip', headers: { 'content-encoding': 'gzip' } })).rejects.toMatchObject({ code: 'JIRA_UNAVAILABLE' });
  });
});

describe('a refusal keeps Jira’s own words', () => {
  it.each<[body: unknown, message: string]>([
    [{ errorMessages: ['a', 'b'], errors: {} }, 'a b'],
    [{ errorMessages: [], errors: { jql: 'bad' } }, 'bad'],
    [{ errorMessages: [], warningMessages: ['The value X does not exist.'] }, 'The value X does not exist.'],
    [{ message: 'Invalid request payload.', 'status-code': 400 }, 'Invalid request payload.'],
    [{ errorMessage: 'Boom' }, 'Boom'],
    [{ errors: [{ message: 'In a list' }, 'as a text', { code: 1 }, null] }, 'In a list as a text'],
    [{ errorMessages: 'not a list' }, 'not a list'],
    [{ errorMessages: [], errors: {} }, 'Jira refuses the request with status 400.'],
    [null, 'Jira refuses the request with status 400.'],
  ])('%j', async (body, message) => {
    await expect(search({ status: 400, body })).rejects.toMatchObject({ code: 'JQL_INVALID', message });
  });

  it('also when it is no JSON', async () => {
    const answer = { status: 403, text: 'XSRF check failed', headers: { 'content-type': 'text/plain' } };
    await expect(search(answer)).rejects.toMatchObject({ code: 'JIRA_UNAVAILABLE', message: expect.stringContaining('XSRF check failed') });
  });
});

it('a path that is not there says nothing about the JQL or the issue: JIRA_UNAVAILABLE', async () => {
  const nowhere: ScriptedAnswer = { status: 404, body: { message: 'null for uri: http://jira/rest/api/3/x', 'status-code': 404 } };
  await expect(search(nowhere)).rejects.toMatchObject({ code: 'JIRA_UNAVAILABLE' });
  const source = await open([['GET', /\/issue\/ABC-1$/, nowhere]], { issues: [one] });
  await expect(source.readEstimate('ABC-1', 'estimate')).rejects.toMatchObject({ code: 'JIRA_UNAVAILABLE' });
});

it.each(['Story Points', ' story  points ', 'STORY POINT ESTIMATE', 'Story\u00a0Points'])(
  'a field called %j holds estimates',
  async (name) => {
    const field = {
      id: 'customfield_1234567',
      name,
      schema: { type: 'number', custom: 'com.atlassian.jira.plugin.system.customfieldtypes:float' },
    };
    const source = await open([], { fields: [field], issues: [scriptedIssue('ABC-1', { customfield_1234567: 3 })] });
    expect(await source.readEstimate('ABC-1', 'estimate')).toMatchObject({ fieldId: 'customfield_1234567', value: 3 });
  },
);

it('what changes something says that it comes from no foreign page, as Jira’s XSRF check asks', async () => {
  const seen: unknown[] = [];
  const take = ({ headers }: ScriptedRequest): ScriptedAnswer => {
    seen.push(headers['x-atlassian-token']);
    return { status: 204 };
  };
  const source = await open([['PUT', /\/issue\//, take]], { issues: [scriptedIssue('ABC-1', { customfield_10026: 3 })] });
  await source.writeEstimate(await source.readEstimate('ABC-1', 'estimate'), 5);
  expect(seen).toEqual(['no-check']);
});
