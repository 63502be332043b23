import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Provider, startProvider } from '../setup/identity-provider.ts';
import { findFreePort } from '../setup/private-server.ts';
import { ask, codeOf, follow, send } from './client.ts';
import { startWorld, type World } from './world.ts';

const webhookSecret = 'webhook-secret-webhook';
const search = '{ searchIssues(jql: "key = SHOP-20") { nodes { key } } }';
const followIssue = 'subscription ($key: ID!) { issueUpdated(key: $key) { key summary } }';

describe('with AUTH=oidc, through the router', () => {
  let provider: Provider;
  let world: World;
  let ann: string;
  let facilitator: string;
  let guest: string;
  let inviteCode: string;

  beforeAll(async () => {
    provider = await startProvider();
    const webhookPort = await findFreePort();
    world = await startWorld({
      AUTH: 'oidc',
      OIDC_ISSUER: provider.url,
      OIDC_AUDIENCE: 'tally',
      OIDC_CLAIM: 'role=facilitator',
      ROUTER_TO_JIRA_SECRET: 'router-to-jira-secret',
      ROUTER_TO_VOTING_SECRET: 'router-to-voting-secret',
      VOTING_TO_JIRA_SECRET: 'voting-to-jira-secret',
      JIRA_WEBHOOK_SECRET: webhookSecret,
      JIRA_WEBHOOK_PORT: String(webhookPort),
    });
    await control('webhooks', { url: `http://127.0.0.1:${webhookPort}/webhooks/jira`, secret: webhookSecret });
    ann = await provider.sign('ann', { role: 'facilitator' });
    const { createSession } = await ask(
      world.url,
      'mutation { createSession(title: "S", name: "Ann") { token session { id inviteCode } } }',
      {},
      ann,
    );
    facilitator = createSession.token;
    inviteCode = createSession.session.inviteCode;
    const { joinSession } = await ask(world.url, 'mutation ($code: String!) { joinSession(inviteCode: $code, name: "Gil") { token } }', {
      code: inviteCode,
    });
    guest = joinSession.token;
    await ask(
      world.url,
      'mutation ($id: ID!) { addIssues(sessionId: $id, keys: ["SHOP-20"]) { added { id } } }',
      { id: createSession.session.id },
      facilitator,
    );
  });
  afterAll(async () => {
    await world?.stop();
    await provider?.stop();
  });

  const control = (path: string, body: object) =>
    fetch(`${world.simulator.url}/__simulator/${path}`, { method: 'POST', headers: { authorization: 'x' }, body: JSON.stringify(body) });
  const rename = (key: string, summary: string) => control(`issues/${key}`, { summary });

  it('people whom the provider permits search Jira, nobody else: UNAUTHENTICATED, TOKEN_INVALID, NOT_PERMITTED', async () => {
    expect((await ask(world.url, search, {}, ann)).searchIssues.nodes).toEqual([{ key: 'SHOP-20' }]);
    expect(await codeOf(send(world.url, search))).toBe('UNAUTHENTICATED');
    expect(await codeOf(send(world.url, search, {}, guest))).toBe('TOKEN_INVALID');
    expect(await codeOf(send(world.url, search, {}, await provider.sign('eve')))).toBe('NOT_PERMITTED');
  });

  it('a guest reads the issues of the session', async () => {
    const { me } = await ask(world.url, '{ me { name } }', {}, guest);
    expect(me.name).toBe('Gil');
    const { session } = await ask(
      world.url,
      'query ($id: ID!) { session(id: $id) { items { issue { key summary } } } }',
      { id: JSON.parse(Buffer.from(guest.split('.')[1] ?? '', 'base64url').toString()).sid },
      guest,
    );
    expect(session.items).toEqual([{ issue: { key: 'SHOP-20', summary: expect.stringMatching(/\S/) } }]);
  });

  it.each([
    ['someone whom the provider permits', () => ann],
    ['a guest whose session holds the issue', () => guest],
  ])('%s follows an issue', async (who, token) => {
    const stream = await follow(world.url, followIssue, { key: 'SHOP-20' }, token());
    await rename('SHOP-20', `Renamed for ${who}`);
    expect(await stream.next()).toEqual({ data: { issueUpdated: { key: 'SHOP-20', summary: `Renamed for ${who}` } } });
    await stream.close();
  });

  it('a guest who leaves the session follows its issues no longer: NOT_A_PARTICIPANT', async () => {
    const join = 'mutation ($code: String!) { joinSession(inviteCode: $code, name: "Lea") { token } }';
    const { joinSession } = await ask(world.url, join, { code: inviteCode });
    const stream = await follow(world.url, followIssue, { key: 'shop-20' }, joinSession.token);
    await rename('SHOP-20', 'Before she leaves');
    expect((await stream.next()).data.issueUpdated.summary).toBe('Before she leaves');
    await ask(world.url, 'mutation { leaveSession { id } }', {}, joinSession.token);
    await expect(stream.next()).rejects.toThrow('NOT_A_PARTICIPANT');
  });

  it.each([
    ['nobody', 'UNAUTHENTICATED', (): string | undefined => undefined],
    ['a guest, for an issue that the session does not hold', 'TOKEN_INVALID', () => guest],
  ] as const)('%s is refused to follow an issue: %s', async (_who, code, token) => {
    const stream = await follow(world.url, followIssue, { key: 'APP-20' }, token());
    await expect(stream.next()).rejects.toThrow(code);
  });

  it('someone without the permission, or with a foreign token, is refused to follow an issue: NOT_PERMITTED, TOKEN_INVALID', async () => {
    const foreign = await startProvider();
    for (const [token, code] of [
      [await provider.sign('eve'), 'NOT_PERMITTED'],
      [await foreign.sign('ann', { role: 'facilitator' }), 'TOKEN_INVALID'],
    ] as const) {
      const stream = await follow(world.url, followIssue, { key: 'SHOP-20' }, token);
      await expect(stream.next(), code).rejects.toThrow(code);
    }
    await foreign.stop();
  });
});
