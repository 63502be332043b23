import { createHash } from 'node:crypto';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { type ConfigIssue, httpUrl } from './config.ts';

/** Somebody whom the identity provider vouches for. */
export interface OidcIdentity {
  readonly subject: string;
  /** True when the token has the configured claim, or none is configured. */
  readonly isPermitted: boolean;
  /** When the provider confirmed it last, or when the token was looked at where the provider cannot be asked. */
  readonly confirmedAt: Date;
}

/** Why a token was not accepted; `unavailable`: the provider could not be asked for its keys. */
export type OidcResult =
  | { readonly kind: 'verified'; readonly identity: OidcIdentity }
  | { readonly kind: 'invalid' | 'expired' | 'unavailable' };

export interface OidcOptions {
  readonly issuer: string;
  readonly audience: string;
  /** `name=value`: the claim that permits, equal to the value or a list (or space-separated text) with it. */
  readonly claim: string | undefined;
  /** Whether the provider is asked, by its userinfo endpoint, if an account is still good. */
  readonly asksUserinfo?: boolean;
  readonly now?: () => Date;
}

/** For how long what the provider said counts: a closed account is noticed within this time. */
export const vouchingMs = 15 * 60_000;

/** The variables of OpenID Connect; `OIDC_ISSUER` and `OIDC_AUDIENCE` are required with `AUTH=oidc`. */
export const oidcVariables = {
  AUTH: z
    .enum(['open', 'oidc'], 'must be open or oidc')
    .describe('who may create sessions and search Jira: `open`, everyone within JIRA_SCOPE_JQL; `oidc`, whom OIDC_ISSUER vouches for.'),
  OIDC_ISSUER: httpUrl.optional().describe('the OpenID Connect provider; required with AUTH=oidc.'),
  OIDC_AUDIENCE: z.string().optional().describe('whom the access tokens must be for; required with AUTH=oidc.'),
  OIDC_CLAIM: z
    .string()
    .regex(/^[^=]+=.+$/, 'must be name=value')
    .optional()
    .describe('`name=value`: a claim that permits; every valid token does without it.'),
  OIDC_USERINFO: z
    .enum(['true', 'false'], 'must be true or false')
    .default('true')
    .describe(
      'whether the provider is asked by its userinfo endpoint, at most every 15 minutes for a token, if the account is still good. Turn it off for providers whose tokens for an API are not good there (Entra ID); then a closed account keeps its access until its token ends.',
    ),
} as const;

/** Somebody waits for an answer meanwhile. */
const answerTimeoutMs = 1_500;

type OidcValues = { readonly [Variable in keyof typeof oidcVariables]?: string | undefined };

/** What the variables, once checked, say of the provider; undefined with `AUTH=open`. */
export function toOidcOptions({ AUTH, OIDC_ISSUER, OIDC_AUDIENCE, OIDC_CLAIM, OIDC_USERINFO }: OidcValues): OidcOptions | undefined {
  if (AUTH !== 'oidc') return undefined;
  return { issuer: OIDC_ISSUER ?? '', audience: OIDC_AUDIENCE ?? '', claim: OIDC_CLAIM, asksUserinfo: OIDC_USERINFO === 'true' };
}

/** What `AUTH=oidc` lacks. */
export function findOidcIssues(values: OidcValues): readonly ConfigIssue[] {
  if (values.AUTH !== 'oidc') return [];
  const missing = (['OIDC_ISSUER', 'OIDC_AUDIENCE'] as const).filter((variable) => values[variable] === undefined);
  return missing.map((variable) => ({ variable, message: 'required with AUTH=oidc' }));
}

const discovery = z.object({ jwks_uri: z.url(), userinfo_endpoint: z.url().optional() });

interface Endpoints {
  readonly keys: JWTVerifyGetKey;
  readonly userinfo: string | undefined;
}

/**
 * Verifies access tokens of an OpenID Connect provider by the keys that its discovery document names; both are fetched when first needed.
 * Then the provider's userinfo endpoint, where there is one, is asked whether the token is still good, at most every 15 minutes for one token.
 */
export function createOidcVerifier({
  issuer,
  audience,
  claim,
  asksUserinfo = true,
  now = () => new Date(),
}: OidcOptions): (token: string) => Promise<OidcResult> {
  let endpoints: Promise<Endpoints> | undefined;
  const confirmations = createConfirmations(now);
  const findEndpoints = () => {
    endpoints ??= discover(issuer).catch((error: unknown) => {
      endpoints = undefined;
      throw error;
    });
    return endpoints;
  };
  return async (token) => {
    try {
      const { keys, userinfo } = await findEndpoints();
      const { payload } = await jwtVerify(token, keys, {
        audience,
        issuer: [issuer, `${issuer}/`],
        requiredClaims: ['sub', 'exp'],
        currentDate: now(),
      });
      const confirmedAt = asksUserinfo && userinfo !== undefined ? await confirmations.find(userinfo, token) : now();
      if (confirmedAt === undefined) return { kind: 'invalid' };
      const isPermitted = claim === undefined || hasClaim(payload, claim);
      return { kind: 'verified', identity: { subject: payload.sub ?? '', isPermitted, confirmedAt } };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { kind: 'expired' };
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) return { kind: 'unavailable' };
      return { kind: 'invalid' };
    }
  };
}

// https://openid.net/specs/openid-connect-discovery-1_0.html §4
async function discover(issuer: string): Promise<Endpoints> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(answerTimeoutMs) });
  const { jwks_uri, userinfo_endpoint } = discovery.parse(await response.json());
  return { keys: createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: answerTimeoutMs }), userinfo: userinfo_endpoint };
}

const mostConfirmations = 10_000;

/** Remembers when the provider confirmed a token; tokens are kept as digests. */
function createConfirmations(now: () => Date) {
  const confirmed = new Map<string, Date>();
  return {
    /** When it did so last, not longer ago than it counts; undefined: it refuses the token. @throws Error when it does not answer. */
    async find(userinfo: string, token: string): Promise<Date | undefined> {
      const digest = createHash('sha256').update(token).digest('base64url');
      const before = confirmed.get(digest);
      if (before !== undefined && now().getTime() - before.getTime() < vouchingMs) return before;
      confirmed.delete(digest);
      const askedAt = now();
      // https://openid.net/specs/openid-connect-core-1_0.html §5.3
      const response = await fetch(userinfo, {
        headers: { authorization: `Bearer ${token}` },
        redirect: 'error',
        signal: AbortSignal.timeout(answerTimeoutMs),
      });
      await response.body?.cancel();
      if (response.status === 401 || response.status === 403) return undefined;
      if (!response.ok) throw new Error(`The identity provider's userinfo endpoint answered ${response.status}.`);
      confirmed.set(digest, askedAt);
      const [oldest] = confirmed.keys();
      if (confirmed.size > mostConfirmations && oldest !== undefined) confirmed.delete(oldest);
      return askedAt;
    },
  };
}

function hasClaim(payload: Readonly<Record<string, unknown>>, claim: string): boolean {
  const [name = '', value = ''] = claim.split(/=(.*)/s);
  const held = payload[name];
  if (Array.isArray(held)) return held.includes(value);
  return typeof held === 'string' && held.split(' ').includes(value);
}
