import type { ApolloCache } from '@apollo/client';
import type { Session } from './context.ts';

/** Shows at once that the session's round is over, for actions that end it. */
export function leaveRound(session: Session): { update: (cache: ApolloCache) => void } {
  return {
    update: (cache) => {
      const id = cache.identify({ __typename: 'Session', id: session.id });
      if (id !== undefined) cache.modify({ id, fields: { currentRound: () => null } });
    },
  };
}
