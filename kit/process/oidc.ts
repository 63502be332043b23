import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { httpUrl } from './config.ts';

/** Somebody whom the identity provider vouches for. */
export interface OidcIdentity {
  readonly subject: string;
  /** True when the token has the configured claim, or none is configured. */
  readonly isPermitted: boolean;
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
}

/** The variables of OpenID Connect; `OIDC_ISSUER` and `OIDC_AUDIENCE` are required with `AUTH=oidc`. */
export const oidcVariables = {
  AUTH: z.enum(['open', 'oidc'], 'must be open or oidc'),
  OIDC_ISSUER: httpUrl.optional(),
  OIDC_AUDIENCE: z.string().optional(),
  OIDC_CLAIM: z
    .string()
    .regex(/^[^=]+=.+$/, 'must be name=value')
    .optional(),
} as const;

/** Somebody waits for an answer meanwhile. */
const keysTimeoutMs = 1_500;

const discovery = z.object({ jwks_uri: z.url() });

/** Verifies access tokens of an OpenID Connect provider by the keys that its discovery document names; both are fetched when first needed. */
export function createOidcVerifier({ issuer, audience, claim }: OidcOptions): (token: string) => Promise<OidcResult> {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const findKeys = () => {
    keys ??= discover(issuer).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, await findKeys(), {
        audience,
        issuer: [issuer, `${issuer}/`],
        requiredClaims: ['sub', 'exp'],
      });
      return { kind: 'verified', identity: { subject: payload.sub ?? '', isPermitted: claim === undefined || hasClaim(payload, claim) } };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { kind: 'expired' };
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) return { kind: 'unavailable' };
      return { kind: 'invalid' };
    }
  };
}

// https://openid.net/specs/openid-connect-discovery-1_0.html §4
async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(keysTimeoutMs) });
  return createRemoteJWKSet(new URL(discovery.parse(await response.json()).jwks_uri), { timeoutDuration: keysTimeoutMs });
}

function hasClaim(payload: Readonly<Record<string, unknown>>, claim: string): boolean {
  const [name = '', value = ''] = claim.split(/=(.*)/s);
  const held = payload[name];
  if (Array.isArray(held)) return held.includes(value);
  return typeof held === 'string' && held.split(' ').includes(value);
}
