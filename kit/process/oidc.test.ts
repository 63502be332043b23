import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Listening, listen, pathOf, sendJson } from './http.ts';
import { createOidcVerifier } from './oidc.ts';

describe('an access token of the identity provider', () => {
  let provider: Listening;
  let sign: (
    claims: Readonly<Record<string, unknown>>,
    options?: { readonly audience?: string; readonly expiresAt?: number },
  ) => Promise<string>;

  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' };
    provider = await listen({
      host: '127.0.0.1',
      port: 0,
      portVariable: 'PORT',
      handle: async (request, response) =>
        pathOf(request) === '/keys'
          ? sendJson(response, 200, { keys: [jwk] })
          : sendJson(response, 200, { issuer: provider.url, jwks_uri: `${provider.url}/keys` }),
    });
    sign = (claims, { audience = 'tally', expiresAt = Math.floor(Date.now() / 1000) + 60 } = {}) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'one' })
        .setIssuer(provider.url)
        .setAudience(audience)
        .setSubject('ann')
        .setExpirationTime(expiresAt)
        .sign(privateKey);
  });
  afterAll(() => provider.stop());

  const verifier = (claim?: string) => createOidcVerifier({ issuer: provider.url, audience: 'tally', claim });

  it('names its subject', async () => {
    expect(await verifier()(await sign({}))).toEqual({
      kind: 'verified',
      identity: { subject: 'ann', isPermitted: true, confirmedAt: expect.any(Date) },
    });
  });

  it.each([
    [{ roles: ['facilitator', 'x'] }, true],
    [{ roles: 'x facilitator' }, true],
    [{ roles: ['x'] }, false],
    [{}, false],
  ])('with %j is permitted by roles=facilitator: %s', async (claims, isPermitted) => {
    expect(await verifier('roles=facilitator')(await sign(claims))).toMatchObject({ identity: { isPermitted } });
  });

  it('for another audience, past its time or of another key is refused', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const foreign = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer(provider.url)
      .setAudience('tally')
      .setSubject('eve')
      .setExpirationTime('1h')
      .sign(privateKey);
    expect(await verifier()(await sign({}, { audience: 'other' }))).toEqual({ kind: 'invalid' });
    expect(await verifier()(await sign({}, { expiresAt: 1 }))).toEqual({ kind: 'expired' });
    expect(await verifier()(foreign)).toEqual({ kind: 'invalid' });
    expect(await verifier()('nonsense')).toEqual({ kind: 'invalid' });
  });

  it('cannot be judged while the provider is away', async () => {
    const away = createOidcVerifier({ issuer: 'http://127.0.0.1:9', audience: 'tally', claim: undefined });
    expect(await away(await sign({}))).toEqual({ kind: 'unavailable' });
  });
});
