import type { Dispatcher } from 'undici';

/** A session with a round open, as its clients know it. */
export interface Sitting {
  readonly sessionId: string;
  readonly roundId: string;
  /** The facilitator's first; everybody votes. */
  readonly tokens: readonly string[];
}

/** Asks a GraphQL server. @throws Error for anything but data. */
export async function ask(
  server: Dispatcher,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  token?: string,
  // biome-ignore lint/suspicious/noExplicitAny: answers are as their queries say.
): Promise<any> {
  const { body } = await server.request({
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await body.json()) as { readonly data?: unknown; readonly errors?: readonly { readonly message: string }[] };
  if (answer.errors !== undefined) throw new Error(answer.errors[0]?.message);
  return answer.data;
}

/** Opens a session with as many voters and topics, and a round in it. */
export async function openSitting(
  server: Dispatcher,
  { voters, items }: { readonly voters: number; readonly items: number },
): Promise<Sitting> {
  const { createSession } = await ask(
    server,
    'mutation { createSession(title: "Load", name: "Ada") { token session { id inviteCode } } }',
    {},
  );
  const { id: sessionId, inviteCode } = createSession.session;
  const tokens: string[] = [createSession.token];
  const join = 'mutation ($code: String!, $name: String!) { joinSession(inviteCode: $code, name: $name) { token } }';
  for (let voter = 1; voter < voters; voter += 1)
    tokens.push((await ask(server, join, { code: inviteCode, name: `Voter ${voter}` })).joinSession.token);
  const topics = Array.from({ length: items }, (_, index) => `Topic ${index + 1}`);
  await ask(
    server,
    'mutation ($id: ID!, $topics: [String!]!) { addTopics(sessionId: $id, topics: $topics) { session { id } } }',
    { id: sessionId, topics },
    tokens[0],
  );
  const { startRound } = await ask(server, 'mutation ($id: ID!) { startRound(sessionId: $id) { id } }', { id: sessionId }, tokens[0]);
  return { sessionId, roundId: startRound.id, tokens };
}

/** Reveals, settles and opens the next round. */
export async function playOn(server: Dispatcher, { sessionId, roundId, tokens }: Sitting): Promise<Sitting> {
  const [token] = tokens;
  await ask(server, 'mutation ($id: ID!) { revealRound(roundId: $id) { id } }', { id: roundId }, token);
  await ask(server, 'mutation ($id: ID!) { settleRound(roundId: $id, estimate: 5) { id } }', { id: roundId }, token);
  const { startRound } = await ask(server, 'mutation ($id: ID!) { startRound(sessionId: $id) { id } }', { id: sessionId }, token);
  return { sessionId, roundId: startRound.id, tokens };
}
