import type { ApolloClient } from '@apollo/client';
import { AddTopicsDocument, StartRoundDocument } from '../generated/graph.ts';
import { createRandomKey } from '../graph/randomKey.ts';

interface Beginning {
  readonly sessionId: string;
  readonly token: string;
  /** What is voted on until it has a name. */
  readonly topic: string;
}

/** Puts a topic on the table of a session that has just been made, and opens its round. */
export async function beginVote(client: ApolloClient, { sessionId, token, topic }: Beginning): Promise<void> {
  const context = { token };
  await client.mutate({
    mutation: AddTopicsDocument,
    variables: { sessionId, topics: [topic], idempotencyKey: createRandomKey() },
    context,
  });
  await client.mutate({ mutation: StartRoundDocument, variables: { sessionId, idempotencyKey: createRandomKey() }, context });
}
