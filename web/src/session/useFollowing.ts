import { useEffect } from 'react';
import { MyVoteDocument, SessionUpdatedDocument } from '../generated/graph.ts';
import type { GraphConnection } from '../graph/connection.ts';

interface Following {
  readonly connection: GraphConnection;
  readonly sessionId: string;
  readonly isActive: boolean;
  readonly refetch: () => Promise<unknown>;
}

const againMs = 1_500;
/** How often the session is asked for while there is no live connection. */
const pollMs = 4_000;

/**
 * Follows the session: each snapshot goes into the cache, where the screen reads it. A stream that ends is opened again;
 * after every interruption the session and one's own card are asked for anew.
 */
export function useFollowing({ connection, sessionId, isActive, refetch }: Following): void {
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

    function refresh(): void {
      void refetch().catch(() => undefined);
      void client.refetchQueries({ include: [MyVoteDocument] });
    }

    const onVisible = () => {
      if (document.visibilityState === 'visible') refresh();
    };
    document.addEventListener('visibilitychange', onVisible);
    const polling = setInterval(() => {
      if (connection.state.get() !== 'live') refresh();
    }, pollMs);
    const stopResume = connection.onResume(refresh);
    return () => {
      clearTimeout(timer);
      clearInterval(polling);
      document.removeEventListener('visibilitychange', onVisible);
      stopResume();
      stop();
    };
  }, [connection, sessionId, isActive, refetch]);
}
