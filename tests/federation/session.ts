import { ask } from './client.ts';

/** A session in play. */
export interface PlayedSession {
  readonly id: string;
  readonly inviteCode: string;
  /** The facilitator's token; a spectator named Robin. */
  readonly robin: string;
  readonly ada: string;
  readonly grace: string;
}

export const shopSprint = 'project = SHOP AND sprint = "Shop sprint 24" ORDER BY key';

/** Opens a session with its facilitator Robin and the estimators Ada and Grace, and puts issues into its queue. */
export async function openSession(
  url: string,
  issues: { readonly keys?: readonly string[]; readonly jql?: string } = {},
): Promise<PlayedSession> {
  const { createSession } = await ask(
    url,
    'mutation { createSession(title: "Sprint 24", name: "Robin", role: SPECTATOR) { token session { id inviteCode } } }',
  );
  const { id, inviteCode } = createSession.session;
  const session = {
    id,
    inviteCode,
    robin: createSession.token,
    ada: await join(url, inviteCode, 'Ada'),
    grace: await join(url, inviteCode, 'Grace'),
  };
  if (issues.keys !== undefined || issues.jql !== undefined) await addIssues(url, session, issues);
  return session;
}

/** Joins, and returns the token. */
export async function join(url: string, inviteCode: string, name: string): Promise<string> {
  const { joinSession } = await ask(
    url,
    'mutation ($inviteCode: String!, $name: String!) { joinSession(inviteCode: $inviteCode, name: $name) { token } }',
    {
      inviteCode,
      name,
    },
  );
  return joinSession.token;
}

export async function addIssues(url: string, session: PlayedSession, issues: { readonly keys?: readonly string[]; readonly jql?: string }) {
  const { addIssues: result } = await ask(
    url,
    `mutation ($sessionId: ID!, $keys: [ID!], $jql: String) {
      addIssues(sessionId: $sessionId, keys: $keys, jql: $jql) { added { id issue { key } } duplicates notFound }
    }`,
    { sessionId: session.id, ...issues },
    session.robin,
  );
  return result;
}

/** Starts a round on the first pending item. */
export async function startRound(
  url: string,
  session: PlayedSession,
): Promise<{ readonly id: string; readonly issue: { readonly key: string } }> {
  const { startRound: round } = await ask(
    url,
    'mutation ($sessionId: ID!) { startRound(sessionId: $sessionId) { id issue { key } } }',
    { sessionId: session.id },
    session.robin,
  );
  return round;
}

export const castVote = 'mutation ($roundId: ID!, $card: String!) { castVote(roundId: $roundId, card: $card) { id votedCount } }';
export const revealRound = 'mutation ($roundId: ID!) { revealRound(roundId: $roundId) { id state } }';
export const settleRound =
  'mutation ($roundId: ID!, $estimate: Float!) { settleRound(roundId: $roundId, estimate: $estimate) { id state } }';

export async function vote(url: string, token: string, roundId: string, card: string): Promise<void> {
  await ask(url, castVote, { roundId, card }, token);
}
