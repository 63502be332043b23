import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTokens } from '../../subgraphs/voting/src/identity/tokens.ts';
import { type Provider, startProvider } from '../setup/identity-provider.ts';
import { ask } from './client.ts';
import { startWorld, type World } from './world.ts';

const held = 'SHOP-20';
const create = 'mutation { createSession(title: "S", name: "Ann") { token session { id inviteCode } } }';
const join = 'mutation ($code: String!) { joinSession(inviteCode: $code, name: "Gil") { token participant { id } } }';
const add = 'mutation ($id: ID!, $keys: [ID!]!) { addIssues(sessionId: $id, keys: $keys) { added { id issue { description { html } } } } }';
const remove = 'mutation ($who: ID!) { removeParticipant(participantId: $who) { id } }';

describe('pictures of issues, through the router', () => {
  let provider: Provider;
  let world: World;
  let ann: string;
  let sessionId: string;
  let facilitator: string;
  let guest: { readonly token: string; readonly id: string };
  let foreign: string;
  let path: string;
  let folder: string;

  /** A token of the guest, as voting would have signed it then. */
  const signAt = async (now: Date) => {
    const tokens = await createTokens({ keyFile: joinPath(folder, 'keys.json'), ttlSeconds: 3_600, now: () => now });
    return (await tokens.issue({ participantId: guest?.id ?? 'nobody', sessionId: sessionId ?? 'none' })).token;
  };
  const open = async () => (await ask(world.url, create, {}, ann)).createSession;
  const get = async (address: string, token?: string, headers: Record<string, string> = {}) => {
    const response = await fetch(new URL(address, world.url), {
      headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    });
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    return [
      response.status,
      isJson ? ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code : response,
    ];
  };

  beforeAll(async () => {
    provider = await startProvider();
    folder = await mkdtemp(joinPath(tmpdir(), 'tally-pictures-'));
    await signAt(new Date());
    world = await startWorld({
      AUTH: 'oidc',
      SIGNING_KEY_FILE: joinPath(folder, 'keys.json'),
      OIDC_ISSUER: provider.url,
      OIDC_AUDIENCE: 'tally',
      OIDC_CLAIM: 'role=facilitator',
      ROUTER_TO_JIRA_SECRET: 'router-to-jira-secret',
      ROUTER_TO_VOTING_SECRET: 'router-to-voting-secret',
      VOTING_TO_JIRA_SECRET: 'voting-to-jira-secret',
    });
    ann = await provider.sign('ann', { role: 'facilitator' });
    const created = await open();
    sessionId = created.session.id;
    facilitator = created.token;
    const { joinSession } = await ask(world.url, join, { code: created.session.inviteCode });
    guest = { token: joinSession.token, id: joinSession.participant.id };
    const other = await open();
    foreign = other.token;
    const { addIssues } = await ask(world.url, add, { id: sessionId, keys: [held] }, facilitator);
    path = /<img src="([^"]+)"/.exec(addIssues.added[0].issue.description.html)?.[1] ?? '';
  });
  afterAll(async () => {
    await world?.stop();
    await provider?.stop();
    await rm(folder, { recursive: true });
  });

  it('are shown to participants of a session that holds the issue, guests included, as their descriptions are', async () => {
    for (const token of [facilitator, guest.token]) {
      const [status, response] = await get(path, token);
      expect(status).toBe(200);
      expect(Object.fromEntries((response as Response).headers)).toMatchObject({
        'content-type': 'image/png',
        'x-content-type-options': 'nosniff',
        'content-disposition': expect.stringMatching(/^inline; /),
        'cache-control': 'private, no-cache',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'same-origin',
        vary: expect.stringContaining('authorization'),
      });
      const tag = (response as Response).headers.get('etag') ?? '';
      expect((await get(path, token, { 'if-none-match': tag }))[0]).toBe(304);
    }
  });

  it('are shown to nobody else: UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT', async () => {
    const tampered = `${guest.token.slice(0, -4)}AAAA`;
    expect(await get(path)).toEqual([401, 'UNAUTHENTICATED']);
    expect(await get(path, tampered)).toEqual([401, 'TOKEN_INVALID']);
    expect(await get(path, await signAt(new Date(Date.now() - 7_200_000)))).toEqual([401, 'TOKEN_EXPIRED']);
    expect((await get(path, await signAt(new Date())))[0]).toBe(200);
    expect(await get(path, 'nonsense')).toEqual([401, 'TOKEN_INVALID']);
    // Of the identity provider: it lets people search, and is no place in a session.
    expect(await get(path, ann)).toEqual([401, 'TOKEN_INVALID']);
    expect(await get(path, foreign)).toEqual([403, 'NOT_A_PARTICIPANT']);
  });

  it('of an issue that the session does not hold are not shown, whether there is one or not', async () => {
    expect(await get(path.replace(held, 'SHOP-26'), facilitator)).toEqual([403, 'NOT_A_PARTICIPANT']);
    expect(await get(path.replace(held, 'NOPE-1'), facilitator)).toEqual([403, 'NOT_A_PARTICIPANT']);
    // Held, but the picture is another issue's.
    expect(await get(`/attachments/${held}/30001`, facilitator)).toEqual([404, 'PICTURE_NOT_FOUND']);
  });

  it.each([
    `/attachments/${held}/../../graphql`,
    `/attachments/${held}/%2e%2e/%2e%2e/metrics`,
    `/attachments/${held}//evil.example/x`,
    `/attachments/${held}/\\\\evil.example`,
    `/attachments/${held}/http://169.254.169.254/`,
  ])('lead to no other path: %s', async (address) => {
    const { hostname, port } = new URL(world.url);
    // fetch would tidy the path up.
    const status = await new Promise((resolve) =>
      request({ hostname, port, path: address, headers: { authorization: `Bearer ${facilitator}` } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end(),
    );
    expect(status).toBe(400);
  });

  it('are served by GET alone', async () => {
    const response = await fetch(new URL(path, world.url), { method: 'POST', headers: { authorization: `Bearer ${facilitator}` } });
    expect([response.status, response.headers.get('allow')]).toEqual([400, 'GET']);
  });

  it('are gone for whoever is removed, although the browser has them', async () => {
    const [, response] = await get(path, guest.token);
    const tag = (response as Response).headers.get('etag') ?? '';
    await ask(world.url, remove, { who: guest.id }, facilitator);
    expect(await get(path, guest.token, { 'if-none-match': tag })).toEqual([403, 'NOT_A_PARTICIPANT']);
  });

  it('say that the service is away when it is: SUBGRAPH_UNAVAILABLE', async () => {
    await world.stopJira();
    expect(await get(path, facilitator)).toEqual([503, 'SUBGRAPH_UNAVAILABLE']);
    await world.restartJira();
    expect((await get(path, facilitator))[0]).toBe(200);
  });
});
