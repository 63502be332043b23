import { afterEach, describe, expect, it } from 'vitest';
import { createCloudSource } from './cloud.ts';
import { createJiraClient } from './jira-client.ts';
import { findTrouble, startProbe } from './probe.ts';
import { scriptedIssue, startScriptedJira } from './testing/scripted-jira.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function open(routes: Parameters<typeof startScriptedJira>[1] = [], baseUrl?: string) {
  const jira = await startScriptedJira({ issues: [scriptedIssue('ABC-1', { customfield_10026: 3 }), scriptedIssue('ABC-2', {})] }, routes);
  const client = createJiraClient({
    baseUrl: baseUrl ?? jira.url,
    authorization: 'Bearer x',
    timeoutMs: 3_000,
    now: Date.now,
    random: () => 0,
  });
  stops.push(client.stop, jira.stop);
  return { jira, client, source: createCloudSource({ client, browseUrl: jira.url, estimateFields: {}, now: Date.now }) };
}

const out = { headers: { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' } };

describe('with credentials that Jira does not accept', () => {
  it('no issue is missing, no list is empty, and the trouble is told until they work again', async () => {
    let isExpired = true;
    const { client, source } = await open([
      [
        'POST',
        /bulkfetch$/,
        () => (isExpired ? { ...out, body: { issues: [], issueErrors: [] } } : { body: { issues: [scriptedIssue('ABC-1', {})] } }),
      ],
      ['POST', /search\/jql$/, { ...out, body: { issues: [], isLast: true } }],
      ['GET', /\/board$/, { ...out, body: { values: [], isLast: true } }],
      ['GET', /\/project\/search$/, { ...out, body: { values: [], isLast: true } }],
      ['GET', /\/issue\/[^/]+$/, { ...out, status: 404, body: { errorMessages: ['Issue does not exist'], errors: {} } }],
    ]);
    const refusal = { code: 'JIRA_FORBIDDEN', details: { reason: 'credentials' } };
    expect(await source.findMany(['ABC-1'])).toMatchObject([{ status: 'failed', error: refusal }]);
    await expect(source.search('project = ABC', { first: 10, cursor: undefined })).rejects.toMatchObject(refusal);
    await expect(source.findProjects()).rejects.toMatchObject(refusal);
    await expect(source.findBoards(undefined)).rejects.toMatchObject(refusal);
    await expect(source.readEstimate('ABC-1', 'estimate')).rejects.toMatchObject(refusal);
    expect(client.findTrouble()).toMatchObject({ kind: 'credentials', reason: expect.stringContaining('JIRA_API_TOKEN') });
    isExpired = false;
    await client.send({ method: 'GET', path: '/rest/api/3/field' });
    expect(client.findTrouble()).toBeUndefined();
  });
});

describe('an issue that Jira could not read just now', () => {
  it.each([['ABC-2'], ['10077'], [10077]])('is not missing, whether it is named by key or by id (%s)', async (id) => {
    const { source } = await open([
      ['POST', /bulkfetch$/, { body: { issues: [scriptedIssue('ABC-1', {})], issueErrors: [{ id, errorMessage: 'Timed out' }] } }],
      ['GET', /\/issue\/[^/]+$/, { status: 404, body: { errorMessages: ['Issue does not exist'], errors: {} } }],
    ]);
    expect(await source.findMany(['ABC-1', 'ABC-2'])).toMatchObject([
      { status: 'found' },
      { status: 'failed', error: { code: 'JIRA_UNAVAILABLE' } },
    ]);
  });
});

describe('a search that Jira cannot answer', () => {
  it('keeps nobody from reading issues, nor from other searches', async () => {
    const { client, source } = await open([
      ['POST', /search\/jql$/, ({ body }) => (body.jql === 'bad' ? { status: 500, text: 'x' } : { body: { issues: [], isLast: true } })],
    ]);
    const page = { first: 10, cursor: undefined };
    for (let times = 0; times < 3; times++) await expect(source.search('bad', page)).rejects.toMatchObject({ code: 'JIRA_UNAVAILABLE' });
    expect(client.findTrouble()).toBeUndefined();
    expect(await source.findMany(['ABC-1'])).toMatchObject([{ status: 'found' }]);
    expect(await source.search('good', page)).toMatchObject({ found: [] });
  });

  it('is an outage of the search alone when the whole endpoint fails', async () => {
    const { client, source } = await open([['POST', /search\/jql$/, { status: 503, text: 'x' }]]);
    for (let times = 0; times < 2; times++)
      await expect(source.search('x', { first: 10, cursor: undefined })).rejects.toMatchObject({ code: 'JIRA_UNAVAILABLE' });
    expect(client.findTrouble()).toMatchObject({ kind: 'away', reason: expect.stringContaining('/search/jql') });
    expect(await source.findMany(['ABC-1'])).toMatchObject([{ status: 'found' }]);
  });
});

describe('a look at Jira', () => {
  const lookAt = async (routes: Parameters<typeof startScriptedJira>[1], baseUrl?: string) => {
    const { client } = await open(routes, baseUrl);
    return new Promise((resolve) => {
      const probe = startProbe({ client, onChange: () => resolve(findTrouble(client, probe)) });
      stops.unshift(probe.stop);
    });
  };

  it.each<[string, Parameters<typeof startScriptedJira>[1], unknown]>([
    ['nothing for a Jira that knows us', [], undefined],
    [
      'the token',
      [['GET', /\/myself$/, { status: 401, text: '' }]],
      { kind: 'credentials', reason: expect.stringContaining('JIRA_API_TOKEN') },
    ],
    [
      'the address',
      [['GET', /\/serverInfo$/, { status: 404, text: '<html></html>' }]],
      { kind: 'address', reason: expect.stringContaining('JIRA_URL') },
    ],
    [
      'the address',
      [['GET', /\/serverInfo$/, { text: '<html>It works!</html>' }]],
      { kind: 'address', reason: expect.stringContaining('JIRA_URL') },
    ],
    [
      'the address',
      [['GET', /\/serverInfo$/, { body: { hello: 'world' } }]],
      { kind: 'address', reason: expect.stringContaining('JIRA_URL') },
    ],
    [
      'nothing for a token whose scope is small',
      [['GET', /\/myself$/, { status: 401, text: 'Unauthorized; scope does not match' }]],
      undefined,
    ],
    ['an outage', [['GET', /\/serverInfo$/, { status: 503, text: '' }]], { kind: 'away' }],
  ])('names %s', async (_name, routes, trouble) => {
    const found = await lookAt(routes);
    if (trouble === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(trouble as object);
  });

  it('names the address when nobody answers there', async () => {
    expect(await lookAt([], 'http://127.0.0.1:1')).toMatchObject({
      kind: 'address',
      reason: expect.stringMatching(/ECONNREFUSED.*JIRA_URL/),
    });
  });
});
