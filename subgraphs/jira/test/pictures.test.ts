import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimAttachment, SimIssue } from '../simulator/world.ts';
import { entities, type JiraWorld, representations, startJiraWorld } from './world.ts';

let world: JiraWorld;
beforeEach(async () => {
  world = await startJiraWorld();
});
afterEach(() => world.stop());

const secrets = { ROUTER_TO_JIRA_SECRET: 'router-secret-router', VOTING_TO_JIRA_SECRET: 'voting-secret-voting' };
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

const get = (url: string, path: string, headers: Record<string, string>) => fetch(new URL(path, url), { headers });
const vouched = (key: string, secret = secrets.ROUTER_TO_JIRA_SECRET) => ({ 'x-tally-service-secret': secret, 'x-tally-issue': key });

function attach(key: string, name: string, mediaType: string, bytes: Uint8Array): SimAttachment {
  const issue = find(key);
  const id = String(90_000 + issue.attachments.length);
  const attachment = { id, name, mediaType, bytes, mediaId: `00000000-0000-4000-8000-0000000${id}` };
  issue.attachments.push(attachment);
  return attachment;
}

function find(key: string): SimIssue {
  const issue = world.simulator.world.byKey.get(key);
  if (issue === undefined) throw new Error(`no ${key}`);
  return issue;
}

const pictured = 'SHOP-20';

describe('a picture', () => {
  it('is in the description’s HTML, and served as what it is to the router alone, which vouches for its issue', async () => {
    const jira = await world.open(secrets);
    const query = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Issue { description { html } } } }';
    const { data } = await jira.ask(query, representations([pictured]), { secret: secrets.ROUTER_TO_JIRA_SECRET });
    const [, path = ''] = /<img src="([^"]+)"/.exec(data._entities[0].description.html) ?? [];
    const response = await get(jira.url, path, vouched(pictured));
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer()).equals(find(pictured).attachments[0]?.bytes ?? png)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringMatching(/^inline; filename\*=UTF-8''screenshot-\d+\.png$/),
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-cache',
    });
    const tag = response.headers.get('etag') ?? '';
    world.simulator.requests.reset();
    expect((await get(jira.url, path, { ...vouched(pictured), 'if-none-match': tag })).status).toBe(304);
    expect((await get(jira.url, path, vouched(pictured))).status).toBe(200);
    expect(world.simulator.requests.total('attachment')).toBe(0);

    for (const headers of [
      {},
      { 'x-tally-issue': pictured },
      vouched('SHOP-21'),
      vouched(pictured, 'wrong-secret-wrong'),
      vouched(pictured, secrets.VOTING_TO_JIRA_SECRET),
      { ...vouched(pictured), origin: 'https://evil.example' },
    ] as Record<string, string>[])
      expect((await get(jira.url, path, headers)).status).toBe(403);
  });

  it('of another issue is not served, nor any number at all: PICTURE_NOT_FOUND', async () => {
    const jira = await world.open(secrets);
    const other = attach('SHOP-21', 'other.png', 'image/png', png);
    for (const id of [other.id, '1', '99999999'])
      expect((await get(jira.url, `/attachments/${pictured}/${id}`, vouched(pictured))).status).toBe(404);
    expect(world.simulator.requests.total('attachment/')).toBe(0);
  });

  it('of an issue outside of JIRA_SCOPE_JQL is not served', async () => {
    const jira = await world.open({ ...secrets, JIRA_SCOPE_JQL: 'project = APP' });
    const { id = '' } = find(pictured).attachments[0] ?? {};
    const response = await get(jira.url, `/attachments/${pictured}/${id}`, vouched(pictured));
    expect([response.status, await response.json()]).toMatchObject([404, { errors: [{ extensions: { code: 'ISSUE_NOT_FOUND' } }] }]);
    expect(world.simulator.requests.total('attachment/')).toBe(0);
  });

  it('that is none is not served, whatever it is called: PICTURE_NOT_FOUND', async () => {
    const jira = await world.open(secrets);
    const svg = attach('SHOP-22', 'a.svg', 'image/svg+xml', Buffer.from('<svg onload="alert(1)"/>'));
    const disguised = [
      attach('SHOP-22', 'svg.png', 'image/png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')),
      attach('SHOP-22', 'html.png', 'image/png', Buffer.from('<!doctype html><script>alert(1)</script>')),
      attach('SHOP-22', 'empty.png', 'image/png', Buffer.alloc(0)),
    ];
    for (const { id } of [svg, ...disguised]) {
      const response = await get(jira.url, `/attachments/SHOP-22/${id}`, vouched('SHOP-22'));
      expect([response.status, response.headers.get('content-type')]).toEqual([404, 'application/json; charset=utf-8']);
    }
    // What was looked at once is not fetched again.
    world.simulator.requests.reset();
    for (const { id } of disguised) await get(jira.url, `/attachments/SHOP-22/${id}`, vouched('SHOP-22'));
    expect(world.simulator.requests.total('attachment/')).toBe(0);
  });

  it('that is too large is served as its thumbnail, and without one refused: PICTURE_TOO_LARGE', async () => {
    const jira = await world.open(secrets);
    const large = attach('SHOP-22', 'large.png', 'image/png', Buffer.concat([png, Buffer.alloc(9 * 1024 * 1024)]));
    const response = await get(jira.url, `/attachments/SHOP-22/${large.id}`, vouched('SHOP-22'));
    expect(response.status).toBe(200);
    expect(Number(response.headers.get('content-length'))).toBeLessThan(10_000);
  });

  it('that an editor knows by another id is found by what Jira redirects to', async () => {
    const jira = await world.open(secrets);
    attach('SHOP-22', 'image.png', 'image/png', Buffer.concat([png, Buffer.from('one')]));
    const second = attach('SHOP-22', 'image.png', 'image/png', Buffer.concat([png, Buffer.from('two')]));
    const path = `/attachments/SHOP-22/media/${second.mediaId}`;
    const response = await get(jira.url, path, vouched('SHOP-22'));
    expect(await response.text()).toMatch(/two$/);
    const unknown = '/attachments/SHOP-22/media/00000000-0000-4000-8000-ffffffffffff';
    expect((await get(jira.url, unknown, vouched('SHOP-22'))).status).toBe(404);
    // What is known is not asked for again.
    world.simulator.requests.reset();
    for (const each of [path, unknown]) await get(jira.url, each, vouched('SHOP-22'));
    expect(world.simulator.requests.total('attachment')).toBe(0);
  });

  it('asked for by many at once is fetched once', async () => {
    const jira = await world.open(secrets);
    const { id } = attach('SHOP-22', 'shot.png', 'image/png', png);
    world.simulator.requests.reset();
    const path = `/attachments/SHOP-22/${id}`;
    const all = await Promise.all(Array.from({ length: 8 }, () => get(jira.url, path, vouched('SHOP-22'))));
    expect(all.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(world.simulator.requests.total('attachment/content')).toBe(1);
  });

  it('of a moved issue is served under the key that the session holds', async () => {
    const jira = await world.open(secrets);
    await jira.ask(entities, representations(['SHOP-22']), { secret: secrets.ROUTER_TO_JIRA_SECRET });
    const { id } = attach('SHOP-11', 'shot.png', 'image/png', png);
    expect((await get(jira.url, `/attachments/OLD-1/${id}`, vouched('OLD-1'))).status).toBe(200);
  });
});
