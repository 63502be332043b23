import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathOf, readBody, sendJson } from '../../kit/process/http.ts';
import { type Provider, startProvider } from '../setup/identity-provider.ts';

interface Grant {
  readonly challenge: string;
  readonly redirectUri: string;
}

export const clientId = 'tally-page';

/** An identity provider at which Ann signs in by a click: authorization code with PKCE, for a public client. */
export async function startSignInProvider(): Promise<Provider> {
  const grants = new Map<string, Grant>();

  function authorize(request: IncomingMessage, response: ServerResponse): void {
    const asked = new URL(request.url ?? '/', 'http://provider').searchParams;
    const redirectUri = asked.get('redirect_uri') ?? '';
    const isOurs =
      asked.get('client_id') === clientId && asked.get('code_challenge_method') === 'S256' && redirectUri.endsWith('/signed-in');
    if (!isOurs) {
      sendJson(response, 400, { error: 'invalid_request' });
      return;
    }
    const code = randomBytes(16).toString('hex');
    grants.set(code, { challenge: asked.get('code_challenge') ?? '', redirectUri });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state') ?? '');
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(`<!doctype html><title>Sign in</title><a href="${back.href.replaceAll('&', '&amp;')}">Sign in as Ann</a>`);
  }

  async function redeem(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const given = new URLSearchParams(await readBody(request, 10_000));
    const grant = grants.get(given.get('code') ?? '');
    grants.delete(given.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(given.get('code_verifier') ?? '')
      .digest('base64url');
    if (grant?.challenge !== challenge || grant.redirectUri !== given.get('redirect_uri')) {
      sendJson(response, 400, { error: 'invalid_grant' });
      return;
    }
    sendJson(response, 200, {
      token_type: 'Bearer',
      expires_in: 3_600,
      access_token: await provider.sign('ann', { role: 'facilitator' }),
      id_token: await provider.sign('ann', { name: 'Ann Ström' }),
    });
  }

  const provider = await startProvider(async (request, response) => {
    if (pathOf(request) === '/authorize') authorize(request, response);
    else if (pathOf(request) === '/token') await redeem(request, response);
    else return false;
    return true;
  });
  return provider;
}
