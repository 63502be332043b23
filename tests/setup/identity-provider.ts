import { generateKeyPairSync } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, importPKCS8, SignJWT } from 'jose';
import { listen, pathOf, sendJson } from '../../kit/process/http.ts';

export interface Provider {
  readonly url: string;
  /** An access token for Tally; it is good for an hour unless given. */
  sign(subject: string, claims?: object, expiresIn?: string): Promise<string>;
  stop(): Promise<void>;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** An OpenID Connect provider: a discovery document, and a key. `answerMore` may answer other requests first: a flow to sign in by. */
export async function startProvider(answerMore: Answer = async () => false): Promise<Provider> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'EdDSA' };
  const listening = await listen({
    host: '127.0.0.1',
    port: 0,
    portVariable: 'PORT',
    handle: async (request, response) => {
      // Pages ask, too.
      response.setHeader('access-control-allow-origin', '*');
      if (await answerMore(request, response)) return;
      const { url } = listening;
      const discovery = {
        issuer: url,
        jwks_uri: `${url}/keys`,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        userinfo_endpoint: `${url}/userinfo`,
      };
      sendJson(response, 200, pathOf(request) === '/keys' ? { keys: [jwk] } : discovery);
    },
  });
  const key = await importPKCS8(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'EdDSA');
  return {
    url: listening.url,
    sign: (subject, claims = {}, expiresIn = '1h') =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'one' })
        .setIssuer(listening.url)
        .setAudience('tally')
        .setSubject(subject)
        .setExpirationTime(expiresIn)
        .sign(key),
    stop: () => listening.stop(),
  };
}
