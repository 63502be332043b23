import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { listen, pathOf, sendJson } from './http.ts';
import { createOidcVerifier } from './oidc.ts';

it.each([
  ['its discovery document', '/.well-known/openid-configuration'],
  ['its keys', '/keys'],
  ['whether an account is still good', '/userinfo'],
])('an identity provider that hangs when it is asked for %s is called unavailable, and asked again later', async (_name, hanging) => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' };
  let isHanging = true;
  const provider = await listen({
    host: '127.0.0.1',
    port: 0,
    portVariable: 'PORT',
    handle: async (request, response) => {
      const path = pathOf(request);
      if (isHanging && path === hanging) return;
      const { url } = provider;
      const discovery = { issuer: url, jwks_uri: `${url}/keys`, userinfo_endpoint: `${url}/userinfo` };
      sendJson(response, 200, path === '/keys' ? { keys: [jwk] } : discovery);
    },
  });
  try {
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer(provider.url)
      .setAudience('tally')
      .setSubject('ann')
      .setExpirationTime('1h')
      .sign(privateKey);
    const verify = createOidcVerifier({ issuer: provider.url, audience: 'tally', claim: undefined });
    expect(await verify(token)).toEqual({ kind: 'unavailable' });
    isHanging = false;
    expect(await verify(token)).toMatchObject({ kind: 'verified' });
  } finally {
    await provider.stop();
  }
});
