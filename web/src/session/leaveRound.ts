import type { ApolloCache } from '@apollo/client';
import type { Item, Round, Session } from './context.ts';

interface Left {
  readonly session: Session;
  readonly round: Round;
  /** What becomes of the round's item. */
  readonly item: Partial<Pick<Item, 'state' | 'estimates'>>;
}

/**
 * Shows at once that a round is over and what became of its item, for actions that end it. Once the graph has said so itself, or the next
 * round has begun, a late answer changes nothing.
 */
export function leaveRound({ session, round, item }: Left): (cache: ApolloCache) => void {
  return (cache) => {
    let isLeft = false;
    cache.modify<Session>({
      id: cache.identify({ __typename: 'Session', id: session.id }) ?? '',
      fields: {
        currentRound: (current, { readField }) => {
          isLeft = current !== null && readField('id', current) === round.id;
          return isLeft ? null : current;
        },
      },
    });
    if (!isLeft) return;
    const fields = Object.fromEntries(Object.entries(item).map(([name, value]) => [name, () => value]));
    cache.modify({ id: cache.identify({ __typename: 'SessionItem', id: round.item.id }) ?? '', fields });
  };
}
