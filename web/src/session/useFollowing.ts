import { useEffect } from 'react';
import { ImHereDocument, MyVoteDocument, SessionPageDocument, SessionUpdatedDocument } from '../generated/graph.ts';
import type { GraphConnection } from '../graph/connection.ts';
import { isNoAccess } from '../graph/errors.ts';

interface Following {
  readonly connection: GraphConnection;
  readonly sessionId: string;
  readonly isActive: boolean;
  /** The token is no longer good, or the session is gone. */
  readonly onNoAccess: () => void;
}

const againMs = 1_500;
/** How often the session is asked for while there is no live connection. */
const pollMs = 4_000;
/** How often the page says that its participant is here. */
const signMs = 20_000;

/**
 * Follows the session: each snapshot goes into the cache, where the screen reads it. A stream that ends is opened again;
 * after every interruption the session and one's own card are asked for anew.
 */
export function useFollowing({ connection, sessionId, isActive, onNoAccess }: Following): void {
  useEffect(() => {
    if (!isActive) return;
    const { client } = connection;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop = follow();

    function follow(): () => void {
      const again = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          refresh();
          stop = follow();
        }, againMs);
      };
      const stream = client.subscribe({ query: SessionUpdatedDocument, variables: { sessionId } });
      const subscription = stream.subscribe({ next: ({ error }) => error && refresh(), error: again, complete: again });
      return () => subscription.unsubscribe();
    }

    // Beside the queries that the screen watches: those hear nothing of the cache while they themselves wait for the network.
    // The stream may have been quicker: what it brought meanwhile is newer, and stays.
    function refresh(): void {
      const page = { query: SessionPageDocument, variables: { id: sessionId } };
      client
        .query({ ...page, fetchPolicy: 'no-cache' })
        .then(async ({ data }) => {
          const known = client.readQuery(page)?.session?.revision ?? 0;
          if (data?.session && data.session.revision >= known) client.writeQuery({ ...page, data });
          const roundId = data?.session?.currentRound?.id;
          if (roundId) await client.query({ query: MyVoteDocument, variables: { roundId }, fetchPolicy: 'network-only' });
        })
        .catch((error: unknown) => {
          if (isNoAccess(error)) onNoAccess();
        });
    }

    const onVisible = () => {
      if (document.visibilityState === 'visible') refresh();
    };
    document.addEventListener('visibilitychange', onVisible);
    const sayHere = () => void client.mutate({ mutation: ImHereDocument }).catch(() => undefined);
    sayHere();
    const signs = setInterval(sayHere, signMs);
    const polling = setInterval(() => {
      if (connection.state.get() !== 'live') refresh();
    }, pollMs);
    const stopResume = connection.onResume(refresh);
    return () => {
      clearTimeout(timer);
      clearInterval(polling);
      clearInterval(signs);
      document.removeEventListener('visibilitychange', onVisible);
      stopResume();
      stop();
    };
  }, [connection, sessionId, isActive, onNoAccess]);
}
