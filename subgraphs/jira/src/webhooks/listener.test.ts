import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Listening } from '../../../../kit/process/http.ts';
import { createLogger } from '../../../../kit/process/logging.ts';
import { listenForWebhooks } from './listener.ts';

const secret = 'a-secret-that-jira-knows';
let listening: Listening;
let taken: (readonly string[])[];
let time: number;
let reachesAll: boolean;

const bodyOf = (key: string, more: object = {}) =>
  JSON.stringify({ timestamp: time, webhookEvent: 'jira:issue_updated', issue: { id: '1', key }, ...more });
const sign = (body: string, by = secret) => `sha256=${createHmac('sha256', by).update(body).digest('hex')}`;

async function send(body: string, headers: Record<string, string> = {}, path = '/webhooks/jira', method = 'POST') {
  const response = await fetch(`${listening.url}${path}`, {
    method,
    headers: { 'x-hub-signature': sign(body), ...headers },
    ...(method === 'POST' ? { body } : {}),
  });
  return [response.status, ((await response.json()) as { status: string }).status];
}

beforeEach(async () => {
  taken = [];
  time = 1_800_000_000_000;
  reachesAll = true;
  listening = await listenForWebhooks({
    host: '127.0.0.1',
    port: 0,
    secret,
    changed: async (keys) => {
      taken.push(keys);
      return reachesAll;
    },
    findKeys: async ({ keys, ids, sprintIds }) => {
      if (ids.includes('503')) throw new Error('Jira is away');
      return [...keys, ...ids.map((id) => `ID-${id}`), ...sprintIds.map((id) => `SPRINT-${id}`)];
    },
    now: () => time,
    log: createLogger('test', 'silent'),
  });
});
afterEach(() => listening.stop());

describe("Jira's webhooks", () => {
  it('are taken when they are signed: updates, deletions, creations and moves', async () => {
    expect(await send(bodyOf('SHOP-1'))).toEqual([200, 'taken']);
    expect(await send(bodyOf('SHOP-2', { webhookEvent: 'jira:issue_deleted' }))).toEqual([200, 'taken']);
    expect(await send(bodyOf('SHOP-3', { webhookEvent: 'jira:issue_created' }))).toEqual([200, 'taken']);
    expect(await send(bodyOf('APP-9', { changelog: { items: [{ field: 'Key', fromString: 'SHOP-4', toString: 'APP-9' }] } }))).toEqual([
      200,
      'taken',
    ]);
    expect(taken).toEqual([['SHOP-1'], ['SHOP-2'], ['SHOP-3'], ['APP-9', 'SHOP-4']]);
  });

  it('are to come again when not every replica could be told: 503, and not known the next time', async () => {
    reachesAll = false;
    const identifier = { 'x-atlassian-webhook-identifier': 'one' };
    expect(await send(bodyOf('SHOP-1'), identifier)).toEqual([503, 'not everybody could be told']);
    reachesAll = true;
    expect(await send(bodyOf('SHOP-1'), identifier)).toEqual([200, 'taken']);
    expect(await send(bodyOf('SHOP-1'), identifier)).toEqual([200, 'ignored']);
  });

  it.each([
    ['no signature', ''],
    ['the signature of another secret', sign(JSON.stringify({ x: 1 }), 'another-secret')],
    ['a shortened signature', 'sha256=abcdef'],
    ['another algorithm', `sha1=${'0'.repeat(40)}`],
  ])('are refused with %s', async (_what, signature) => {
    expect((await send(JSON.stringify({ x: 1 }), { 'x-hub-signature': signature }))[0]).toBe(401);
    expect(taken).toEqual([]);
  });

  it('have no effect a second time, under the same identifier or with the same body under another one', async () => {
    const body = bodyOf('SHOP-1');
    await send(body, { 'x-atlassian-webhook-identifier': 'one' });
    expect(await send(body, { 'x-atlassian-webhook-identifier': 'one', 'x-atlassian-webhook-retry': '1' })).toEqual([200, 'ignored']);
    expect(await send(body, { 'x-atlassian-webhook-identifier': 'two' })).toEqual([200, 'ignored']);
    expect(await send(body)).toEqual([200, 'ignored']);
    expect(taken).toHaveLength(1);
  });

  it('have no effect when they are more than a day old', async () => {
    const body = bodyOf('SHOP-1');
    time += 24 * 3_600_000 + 1;
    expect(await send(body)).toEqual([200, 'ignored']);
    expect(taken).toEqual([]);
  });

  it('are ignored when they are about something else', async () => {
    expect(await send(bodyOf('SHOP-1', { webhookEvent: 'comment_created' }))).toEqual([200, 'ignored']);
    expect(await send('{}')).toEqual([200, 'ignored']);
    expect(taken).toEqual([]);
  });

  it('name issues in their address when they exclude their body, each time anew', async () => {
    for (const path of ['/webhooks/jira?issueKey=SHOP-1', '/webhooks/jira?issueKey=SHOP-1', '/webhooks/jira?issueId=7'])
      expect(await send('', {}, path)).toEqual([200, 'taken']);
    expect(taken).toEqual([['SHOP-1'], ['SHOP-1'], ['ID-7']]);
  });

  it('tell of links, sprints, and what Jira Automation sends', async () => {
    const bodies = [
      { timestamp: time, webhookEvent: 'issuelink_created', issueLink: { id: 3, sourceIssueId: 10, destinationIssueId: 11 } },
      { timestamp: time, webhookEvent: 'sprint_closed', sprint: { id: 5, state: 'closed' } },
      { id: '12', key: 'SHOP-2', fields: { summary: 'a' } },
      { issue: { key: 'SHOP-3', fields: {} } },
    ];
    for (const body of bodies) expect(await send(JSON.stringify(body))).toEqual([200, 'taken']);
    expect(taken).toEqual([['ID-10', 'ID-11'], ['SPRINT-5'], ['SHOP-2'], ['SHOP-3']]);
  });

  it('are to come again when Jira cannot be asked which issues they are about: 503', async () => {
    const body = { timestamp: time, webhookEvent: 'issuelink_deleted', issueLink: { sourceIssueId: 503, destinationIssueId: 1 } };
    expect((await send(JSON.stringify(body)))[0]).toBe(503);
    expect(taken).toEqual([]);
  });

  it('may come with the secret itself, since Jira Automation cannot sign', async () => {
    const body = JSON.stringify({ key: 'SHOP-1', fields: {} });
    expect(await send(body, { 'x-hub-signature': '', authorization: `Bearer ${secret}` })).toEqual([200, 'taken']);
    expect((await send(body, { 'x-hub-signature': '', authorization: 'Bearer another-secret' }))[0]).toBe(401);
  });

  it('are all that the listener does', async () => {
    expect((await send('not json'))[0]).toBe(400);
    expect((await send('['.repeat(1_000_000)))[0]).toBe(400);
    for (const body of ['null', '[]', '3', '"SHOP-1"x'.slice(0, 8)]) expect(await send(body)).toEqual([200, 'ignored']);
    // Whatever the type says: the signature tells whose it is.
    expect(await send(bodyOf('SHOP-9'), { 'content-type': 'text/plain' })).toEqual([200, 'taken']);
    expect((await send('{}', {}, '/graphql'))[0]).toBe(404);
    expect((await send('', {}, '/webhooks/jira', 'GET'))[0]).toBe(405);
    expect((await send('x'.repeat(3 * 1024 * 1024)))[0]).toBe(413);
  });
});
