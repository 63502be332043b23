import { forwarding, type RouterContext } from '../context.ts';
import { RouterError } from '../errors.ts';
import type { Stream } from '../planning/declarations.ts';
import type { Gate, Identity, Stranger } from './gate.ts';

/** As whom somebody follows a stream. */
export interface Admission {
  /** The participant as whom they listen; undefined: the subgraph judges their token. */
  readonly identity: Identity | undefined;
  readonly context: RouterContext;
  /** The session's at that moment: what comes later is theirs to get. */
  readonly revision: number | undefined;
  /** Milliseconds since 1970; undefined for a stream without an end. */
  readonly expiresAt: number | undefined;
}

/** Says to jira: whoever listens is in a session that holds this issue. Clients cannot send it: their headers are picked one by one. */
const issueHeader = 'x-tally-issue';

/**
 * A field that declares a scope is for the participants of the session that it names; others follow with whatever the subgraph allows their token.
 * Voting's word may be of a moment ago when nothing is missed by that: `recentFrom` says from which revision of the session on; undefined: never.
 *
 * @throws RouterError UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT; GraphQLError with voting's code.
 */
export async function authorise(
  gate: Gate,
  stream: Stream,
  given: Readonly<Record<string, unknown>>,
  context: RouterContext,
  recentFrom: (sessionId: string) => number | undefined,
): Promise<Admission> {
  const bearer = await gate.identify(context.forwarded['authorization']);
  const sessionId = stream.scope === undefined ? undefined : given[stream.scope];
  if (typeof sessionId !== 'string') {
    const issueKey = stream.heldBy === undefined ? undefined : given[stream.heldBy];
    const held = await findHeld(gate, issueKey, bearer, context);
    return held ?? { identity: undefined, context, revision: undefined, expiresAt: bearer?.expiresAt };
  }
  if (bearer === undefined) throw new RouterError('UNAUTHENTICATED', 'Following a session needs a participant token.');
  if (bearer.kind === 'stranger') throw new RouterError('TOKEN_INVALID', 'The token is not one of ours.');
  if (bearer.sessionId !== sessionId) throw new RouterError('NOT_A_PARTICIPANT', 'The token is for another session.');
  const from = recentFrom(sessionId);
  const recent = await gate.confirm(context, sessionId, from);
  // Somebody may have left since, and whoever watches the session has heard of it.
  const isOutdated = from !== undefined && (recent ?? 0) < (recentFrom(sessionId) ?? 0);
  const revision = isOutdated ? await gate.confirm(context, sessionId) : recent;
  return { identity: bearer, context, revision, expiresAt: bearer.expiresAt };
}

/** A participant may follow what their session holds; the subgraph takes the router's word for it. Undefined when it does not. */
export async function findHeld(
  gate: Pick<Gate, 'findIssue'>,
  key: unknown,
  bearer: Identity | Stranger | undefined,
  context: RouterContext,
): Promise<Admission | undefined> {
  if (bearer?.kind !== 'participant' || typeof key !== 'string') return undefined;
  const issue = key.trim().toUpperCase();
  const { isHeld, revision } = await gate.findIssue(context, bearer.sessionId, issue);
  if (!isHeld) return undefined;
  return { identity: bearer, context: forwarding(context, { [issueHeader]: issue }), revision, expiresAt: bearer.expiresAt };
}
