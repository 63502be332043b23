import { createPublicKey } from 'node:crypto';
import { createLocalJWKSet, generateKeyPair, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Provider, startProvider } from '../../../tests/setup/identity-provider.ts';
import { setTable, startVotingWorld, type VotingWorld } from './world.ts';

const create = 'mutation { createSession(title: "T", name: "A") { token participant { id } session { id } } }';

describe('a participant token', () => {
  let world: VotingWorld;
  beforeAll(async () => {
    world = await startVotingWorld({ TOKEN_TTL_SECONDS: '60' });
  });
  afterAll(() => world?.stop());

  it('is verified by anyone with the published keys, which have no private part', async () => {
    const { createSession } = await world.get(create);
    const keys = (await (await fetch(new URL('/.well-known/jwks.json', world.url))).json()) as JSONWebKeySet;
    const { payload } = await jwtVerify(createSession.token, createLocalJWKSet(keys), { issuer: 'tally' });
    expect(payload).toMatchObject({ sub: createSession.participant.id, sid: createSession.session.id });
    expect(JSON.stringify(keys)).not.toContain('"d"');
  });

  it('of another key, without a signature, or past its time is refused', async () => {
    const table = await setTable(world);
    const { privateKey } = await generateKeyPair('EdDSA');
    const forged = await new SignJWT({ sid: table.sessionId })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer('tally')
      .setSubject(table.estimatorId)
      .setExpirationTime('1h')
      .sign(privateKey);
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ iss: 'tally', sub: table.estimatorId, sid: table.sessionId, exp: 9e9 })).toString('base64url')}.`;
    for (const token of [forged, unsigned, 'x', 'a.b.c']) {
      expect((await world.ask('{ me { id } }', {}, token)).errors?.[0]?.extensions['code']).toBe('TOKEN_INVALID');
    }
  });

  it('signed with a public key as if it were a shared secret is refused', async () => {
    const table = await setTable(world);
    const keys = (await (await fetch(new URL('/.well-known/jwks.json', world.url))).json()) as JSONWebKeySet;
    const secret = createPublicKey({ key: keys.keys[0] as import('node:crypto').JsonWebKey, format: 'jwk' }).export({
      type: 'spki',
      format: 'der',
    });
    const confused = await new SignJWT({ sid: table.sessionId })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('tally')
      .setSubject(table.estimatorId)
      .setExpirationTime('1h')
      .sign(secret);
    expect((await world.ask('{ me { id } }', {}, confused)).errors?.[0]?.extensions['code']).toBe('TOKEN_INVALID');
  });

  it('is refreshed for its bearer', async () => {
    const table = await setTable(world);
    const { refreshToken } = await world.get('mutation { refreshToken { token participant { id } } }', {}, table.estimator);
    expect(refreshToken.participant.id).toBe(table.estimatorId);
    expect((await world.get('{ me { id } }', {}, refreshToken.token)).me.id).toBe(table.estimatorId);
  });
});

describe('with AUTH=oidc', () => {
  let provider: Provider;
  let world: VotingWorld;
  const sign = (claims: object) => provider.sign('ann', claims);

  beforeAll(async () => {
    provider = await startProvider();
    world = await startVotingWorld({
      AUTH: 'oidc',
      OIDC_ISSUER: provider.url,
      OIDC_AUDIENCE: 'tally',
      OIDC_CLAIM: 'roles=facilitator',
    });
  });
  afterAll(async () => {
    await world?.stop();
    await provider?.stop();
  });

  it('a session is created by who has the claim, and joined by anyone with the invite code', async () => {
    const { createSession } = await world.get(
      'mutation { createSession(title: "T", name: "A") { token session { id inviteCode } } }',
      {},
      await sign({ roles: ['facilitator'] }),
    );
    const { joinSession } = await world.get(
      'mutation ($inviteCode: String!) { joinSession(inviteCode: $inviteCode, name: "B") { session { id } } }',
      createSession.session,
    );
    expect(joinSession.session.id).toBe(createSession.session.id);
  });

  it('a session is not created without sign-in, without the claim, or with a token of ours', async () => {
    const codes = [];
    for (const token of [undefined, await sign({}), 'nonsense'])
      codes.push((await world.ask(create, {}, token)).errors?.[0]?.extensions['code']);
    expect(codes).toEqual(['UNAUTHENTICATED', 'NOT_PERMITTED', 'TOKEN_INVALID']);
  });
});
