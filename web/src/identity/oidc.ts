import { OidcClient, WebStorageStateStore } from 'oidc-client-ts';
import { goTo, parseRoute, toPath } from '../routes.ts';
import { loadSignIn, type SignIn } from './config.ts';
import { keepIdentity } from './identity.ts';

function createClient({ issuer, clientId, scope, audience }: SignIn): OidcClient {
  return new OidcClient({
    authority: issuer,
    client_id: clientId,
    redirect_uri: new URL(toPath({ name: 'signedIn' }), location.origin).href,
    response_type: 'code',
    scope,
    stateStore: new WebStorageStateStore({ prefix: 'tally.oidc.', store: sessionStorage }),
    // Some providers make tokens for an API only when they are told which.
    ...(audience !== undefined && { extraQueryParams: { audience } }),
  });
}

/**
 * Leaves for the identity provider (authorization code with PKCE); it sends people back to where they were.
 * @throws Error when the provider does not answer.
 */
export async function signIn(config: SignIn): Promise<void> {
  const request = await createClient(config).createSigninRequest({ state: `${location.pathname}${location.search}` });
  location.assign(request.url);
}

/**
 * Takes the provider's answer out of the address, and goes back to where signing in began.
 * @throws Error with the provider's refusal, or when the answer is not to a question of ours.
 */
export async function finishSignIn(): Promise<void> {
  const config = await loadSignIn();
  if (!config) throw new Error('There is no identity provider here.');
  const { href } = location;
  history.replaceState(null, '', location.pathname);
  const answer = await createClient(config).processSigninResponse(href);
  keepIdentity({ token: answer.access_token, name: answer.profile.name, expiresAt: (answer.expires_at ?? 0) * 1_000 });
  const { pathname, search } = new URL(typeof answer.userState === 'string' ? answer.userState : '/', location.origin);
  goTo(parseRoute(pathname), search);
}
