import { useEffect, useRef } from 'react';
import { ImHereDocument, MyVoteDocument, SessionChangesDocument, SessionPageDocument } from '../generated/graph.ts';
import { putChanges } from '../graph/changes.ts';
import type { GraphConnection } from '../graph/connection.ts';
import { isNoAccess } from '../graph/errors.ts';

interface Following {
  readonly connection: GraphConnection;
  readonly sessionId: string;
  /** How much of the queue. */
  readonly held: number;
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
 * Follows the session: what changed goes into the cache, where the screen reads it. A stream goes on from its cursor when the socket is back;
 * after every interruption the session and one's own card are asked for anew.
 */
export function useFollowing({ connection, sessionId, held, isActive, onNoAccess }: Following): void {
  const first = useRef(held);
  const refreshNow = useRef(() => {});
  useEffect(() => {
    if (first.current === held) return;
    first.current = held;
    refreshNow.current();
  }, [held]);
  useEffect(() => {
    if (!isActive) return;
    const { client } = connection;
    const toPage = () => ({ query: SessionPageDocument, variables: { wholeId: sessionId, first: first.current } });
    let isStopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Not the revision in the cache: an answer to a mutation may bring it a revision whose changes are still on their way.
    const cursor = { sessionId, after: client.readQuery(toPage())?.session?.revision ?? null };
    let stop = follow();

    function follow(): () => void {
      return connection.follow({
        query: SessionChangesDocument,
        variables: cursor,
        onData: ({ sessionChanges }) => {
          const isGap = putChanges(client.cache, sessionId, sessionChanges);
          cursor.after = sessionChanges.revision ?? cursor.after;
          if (isGap) void refresh();
        },
        onEnd: () => {
          clearTimeout(timer);
          // At once: who was removed is told before any other answer empties the screen.
          const refreshed = refresh();
          timer = setTimeout(async () => {
            await refreshed;
            if (!isStopped) stop = follow();
          }, againMs);
        },
      });
    }

    // Beside the queries that the screen watches: those hear nothing of the cache while they themselves wait for the network.
    // The stream may have been quicker: what it brought meanwhile is newer, and stays.
    function refresh(): Promise<void> {
      const page = toPage();
      return client
        .query({ ...page, fetchPolicy: 'no-cache' })
        .then(async ({ data }) => {
          if (data?.session && data.session.revision >= (cursor.after ?? 0)) {
            client.writeQuery({ ...page, data });
            cursor.after = data.session.revision;
          } else if (data?.session && client.readQuery(page)?.session?.queue.hasNextPage) {
            // More of the queue is wanted than is held.
            await refresh();
            return;
          }
          const roundId = data?.session?.currentRound?.id;
          if (roundId) await client.query({ query: MyVoteDocument, variables: { roundId }, fetchPolicy: 'network-only' });
        })
        .catch((error: unknown) => {
          if (isNoAccess(error)) onNoAccess();
        });
    }

    refreshNow.current = () => void refresh();
    const onVisible = () => {
      if (document.visibilityState === 'visible') void refresh();
    };
    document.addEventListener('visibilitychange', onVisible);
    const sayHere = () => void client.mutate({ mutation: ImHereDocument }).catch(() => undefined);
    sayHere();
    const signs = setInterval(sayHere, signMs);
    const polling = setInterval(() => {
      if (connection.state.get() !== 'live') void refresh();
    }, pollMs);
    const stopResume = connection.onResume(() => void refresh());
    return () => {
      isStopped = true;
      clearTimeout(timer);
      clearInterval(polling);
      clearInterval(signs);
      document.removeEventListener('visibilitychange', onVisible);
      stopResume();
      stop();
    };
  }, [connection, sessionId, isActive, onNoAccess]);
}
