import { GraphQLError } from 'graphql';
import { createRemoteJWKSet, customFetch, decodeJwt, errors, jwtVerify } from 'jose';
import { Agent, fetch } from 'undici';
import type { Tls } from '../../../kit/process/tls.ts';
import type { RouterContext } from '../context.ts';
import { RouterError } from '../errors.ts';
import type { SubgraphClient } from '../upstream/subgraph-client.ts';

/** Who a participant's token names. */
export interface Identity {
  readonly kind: 'participant';
  readonly participantId: string;
  readonly sessionId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Somebody else's token, an identity provider's for example: it is for the subgraphs to judge. */
export interface Stranger {
  readonly kind: 'stranger';
  /** Milliseconds since 1970, as the token has it. */
  readonly expiresAt: number | undefined;
}

/** Decides who may follow a session. Payloads are the same for all who may. */
export interface Gate {
  /**
   * Whom the token names; undefined without one. Checks the signature, not whether the participant is still in the session.
   *
   * @throws RouterError TOKEN_INVALID, TOKEN_EXPIRED; SUBGRAPH_UNAVAILABLE when the keys cannot be had.
   */
  readonly identify: (authorization: string | undefined) => Promise<Identity | Stranger | undefined>;
  /**
   * Asks voting, with the asker's own token, whether they are a participant now. Resolves to the session's revision, from which on nothing
   * may be missed; undefined when voting does not say.
   *
   * @throws GraphQLError with voting's code, or SUBGRAPH_UNAVAILABLE.
   */
  readonly confirm: (context: RouterContext, sessionId: string) => Promise<number | undefined>;
  /** Asks voting, with the asker's own token, whether the session holds the issue now, and its revision; not held also when voting does not say. */
  readonly findIssue: (
    context: RouterContext,
    sessionId: string,
    key: string,
  ) => Promise<{ readonly isHeld: boolean; readonly revision: number | undefined }>;
}

const issuesQuery = 'query ($id: ID!) { session(id: $id) { revision items { issue { key } } } }';
const confirmQuery = 'query ($id: ID!) { me { id } session(id: $id) { revision } }';

/** Fetches with this service's certificate. */
function fetchWith(tls: Tls): typeof globalThis.fetch {
  const dispatcher = new Agent({ connect: tls.connect });
  // undici's fetch and Node's have the same form, from two copies of the same types.
  return ((url: string, init: object) => fetch(url, { ...init, dispatcher })) as unknown as typeof globalThis.fetch;
}

/** A gate that trusts what voting signed and what voting says. */
export function createGate(jwksUrl: string, voting: SubgraphClient, tls?: Tls): Gate {
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    cooldownDuration: 5_000,
    timeoutDuration: 5_000,
    ...(tls === undefined ? {} : { [customFetch]: fetchWith(tls) }),
  });
  return {
    identify: async (authorization) => {
      if (authorization === undefined) return undefined;
      const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
      if (token === undefined) throw new RouterError('TOKEN_INVALID', 'The Authorization header is not `Bearer` and a token.');
      const stranger = findStranger(token);
      if (stranger !== undefined) return stranger;
      try {
        const { payload } = await jwtVerify(token, keys, { issuer: 'tally', algorithms: ['EdDSA'] });
        const { sub, sid, exp } = payload;
        if (typeof sub !== 'string' || typeof sid !== 'string' || exp === undefined)
          throw new RouterError('TOKEN_INVALID', 'The token names no participant.');
        return { kind: 'participant', participantId: sub, sessionId: sid, expiresAt: exp * 1_000 };
      } catch (error) {
        throw toTokenError(error);
      }
    },
    confirm: async (context, sessionId) => {
      const body = JSON.stringify({ query: confirmQuery, variables: { id: sessionId } });
      const { data, errors: refused } = await voting.request(body, context, true);
      if (data?.['me'] !== undefined && data['me'] !== null) {
        const session = data['session'] as { revision: number } | null | undefined;
        return session?.revision;
      }
      const { message, extensions } = refused?.[0] ?? {
        message: 'The session does not know this participant.',
        extensions: { code: 'NOT_A_PARTICIPANT' },
      };
      throw new GraphQLError(message, { extensions: { ...extensions, serviceName: 'voting' } });
    },
    findIssue: async (context, sessionId, key) => {
      const { data } = await voting.request(JSON.stringify({ query: issuesQuery, variables: { id: sessionId } }), context, true);
      const session = data?.['session'] as
        | { readonly revision: number; readonly items: readonly { issue: { key: string } | null }[] }
        | null
        | undefined;
      return { isHeld: session?.items.some(({ issue }) => issue?.key === key) ?? false, revision: session?.revision };
    },
  };
}

function findStranger(token: string): Stranger | undefined {
  try {
    const { iss, exp } = decodeJwt(token);
    return iss === undefined || iss === 'tally' ? undefined : { kind: 'stranger', expiresAt: exp === undefined ? undefined : exp * 1_000 };
  } catch {
    // Not even the form of a token: refused like one with a wrong signature.
    return undefined;
  }
}

function toTokenError(error: unknown): RouterError {
  if (error instanceof RouterError) return error;
  if (error instanceof errors.JWTExpired)
    return new RouterError('TOKEN_EXPIRED', 'The token has expired: get a new one with `refreshToken` or by joining again.');
  if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError))
    return new RouterError('SUBGRAPH_UNAVAILABLE', 'The keys that prove tokens cannot be had from the voting service.');
  return new RouterError('TOKEN_INVALID', 'The token is not one of ours.');
}
