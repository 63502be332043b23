import { GraphQLError } from 'graphql';
import { createRemoteJWKSet, customFetch, decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import { Agent, fetch } from 'undici';
import { createProvenTokens } from '../../../kit/process/proven-tokens.ts';
import type { Tls } from '../../../kit/process/tls.ts';
import { forwarding, type RouterContext } from '../context.ts';
import { RouterError } from '../errors.ts';
import { type ScopeDeclaration, toSelection, valuesAt } from '../planning/declarations.ts';
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
   * Asks voting, with the asker's own token, whether they are a participant. Resolves to the session's revision of that moment, from which on
   * nothing may be missed; undefined when voting does not say. That moment is now, or with `recentFrom` one of the last seconds at which the
   * session had that revision: voting then need not ask its store for each of those who come at once.
   *
   * @throws GraphQLError with voting's code, or SUBGRAPH_UNAVAILABLE.
   */
  readonly confirm: (context: RouterContext, sessionId: string, recentFrom?: number) => Promise<number | undefined>;
  /** Asks voting, with the asker's own token, whether the session holds the issue now, and its revision; not held also when voting does not say. */
  readonly findIssue: (
    context: RouterContext,
    sessionId: string,
    key: string,
  ) => Promise<{ readonly isHeld: boolean; readonly revision: number | undefined }>;
}

export interface GateOptions {
  /** What the supergraph of the moment declares; undefined: it has no scopes, and every token is for the subgraphs to judge. */
  readonly scope: () => ScopeDeclaration | undefined;
  readonly clientOf: (subgraph: string) => SubgraphClient;
  /** Where the keys are that prove tokens; the scope's subgraph publishes them unless given. */
  readonly jwksUrl: string | undefined;
  readonly tls?: Tls | undefined;
}

/** Clients cannot send it: their headers are picked one by one. */
const revisionHeader = 'x-tally-revision';
const jwksPath = '/.well-known/jwks.json';

const confirmQuery = ({ viewer, field, argument, revision }: ScopeDeclaration): string =>
  `query ($id: ID!) { ${viewer} { __typename } ${field}(${argument}: $id) { ${revision} } }`;
const entitiesQuery = ({ field, argument, revision, entities }: ScopeDeclaration): string =>
  `query ($id: ID!) { ${field}(${argument}: $id) { ${revision} ${toSelection(entities)} } }`;

/** Fetches with this service's certificate. */
function fetchWith(tls: Tls): typeof globalThis.fetch {
  const dispatcher = new Agent({ connect: tls.connect });
  // undici's fetch and Node's have the same form, from two copies of the same types.
  return ((url: string, init: object) => fetch(url, { ...init, dispatcher })) as unknown as typeof globalThis.fetch;
}

/** A gate that trusts what the scope's subgraph (voting) signed and what it says. */
export function createGate({ scope, clientOf, jwksUrl, tls }: GateOptions): Gate {
  const proofs = new Map<string, (token: string) => Promise<JWTPayload>>();
  const proofBy = ({ subgraph }: ScopeDeclaration) => {
    const url = jwksUrl ?? new URL(jwksPath, clientOf(subgraph).url).href;
    const known = proofs.get(url);
    if (known !== undefined) return known;
    const keys = createRemoteJWKSet(new URL(url), {
      cooldownDuration: 5_000,
      timeoutDuration: 1_500,
      ...(tls === undefined ? {} : { [customFetch]: fetchWith(tls) }),
    });
    const proven = createProvenTokens<JWTPayload>();
    const prove = (token: string) =>
      proven.find(token, async () => (await jwtVerify(token, keys, { issuer: 'tally', algorithms: ['EdDSA'] })).payload);
    proofs.set(url, prove);
    return prove;
  };
  /** @throws RouterError when the graph has lost its scopes since. */
  const getScope = (): ScopeDeclaration => {
    const found = scope();
    if (found === undefined) throw new RouterError('SUBSCRIPTION_INVALIDATED', 'The graph has changed and has no sessions any more.');
    return found;
  };
  return {
    identify: async (authorization) => {
      if (authorization === undefined) return undefined;
      const declared = scope();
      const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
      // Without scopes nothing is proven here: a token of any form is for the subgraphs.
      if (declared === undefined) return { kind: 'stranger', expiresAt: token === undefined ? undefined : findExpiry(token) };
      if (token === undefined) throw new RouterError('TOKEN_INVALID', 'The Authorization header is not `Bearer` and a token.');
      const stranger = findStranger(token);
      if (stranger !== undefined) return stranger;
      try {
        const { sub, sid, exp } = await proofBy(declared)(token);
        if (typeof sub !== 'string' || typeof sid !== 'string' || exp === undefined)
          throw new RouterError('TOKEN_INVALID', 'The token names no participant.');
        return { kind: 'participant', participantId: sub, sessionId: sid, expiresAt: exp * 1_000 };
      } catch (error) {
        throw toTokenError(error);
      }
    },
    confirm: async (context, sessionId, recentFrom) => {
      const declared = getScope();
      const body = JSON.stringify({ query: confirmQuery(declared), variables: { id: sessionId } });
      const asking = recentFrom === undefined ? context : forwarding(context, { [revisionHeader]: String(recentFrom) });
      const { data, errors: refused } = await clientOf(declared.subgraph).request(body, asking, true);
      if (data?.[declared.viewer] !== undefined && data[declared.viewer] !== null) return toRevision(data[declared.field], declared);
      const { message, extensions } = refused?.[0] ?? {
        message: 'The session does not know this participant.',
        extensions: { code: 'NOT_A_PARTICIPANT' },
      };
      throw new GraphQLError(message, { extensions: { ...extensions, serviceName: declared.subgraph } });
    },
    findIssue: async (context, sessionId, key) => {
      const declared = getScope();
      const body = JSON.stringify({ query: entitiesQuery(declared), variables: { id: sessionId } });
      const { data } = await clientOf(declared.subgraph).request(body, context, true);
      const session = data?.[declared.field];
      return { isHeld: valuesAt(session, declared.entities).includes(key), revision: toRevision(session, declared) };
    },
  };
}

function toRevision(session: unknown, { revision }: ScopeDeclaration): number | undefined {
  const value = typeof session === 'object' && session !== null ? (session as Readonly<Record<string, unknown>>)[revision] : undefined;
  return typeof value === 'number' ? value : undefined;
}

/** When a token says that it ends, in milliseconds since 1970; undefined when it does not say, or is of another form. */
function findExpiry(token: string): number | undefined {
  try {
    const { exp } = decodeJwt(token);
    return exp === undefined ? undefined : exp * 1_000;
  } catch {
    return undefined;
  }
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
