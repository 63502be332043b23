import { useQuery } from '@apollo/client/react';
import { useEffect, useMemo } from 'react';
import { type IssuePart, IssueUpdatedDocument, RewordingsDocument } from '../generated/graph.ts';
import type { GraphConnection } from '../graph/connection.ts';
import type { Issue, Session } from './context.ts';

interface Rewordings {
  readonly connection: GraphConnection;
  readonly session: Session | undefined;
  /** How much of the queue. */
  readonly held: number;
  readonly nextId: string | undefined;
  readonly findIssue: (itemId: string) => Issue | undefined;
}

/** A socket carries a limited number of subscriptions, and Jira's news of what was estimated long ago can wait for a reload. */
const mostFollowed = 24;
const againMs = 15_000;
const askAgainMs = 5_000;

const hasSettled = (item: Session['items'][number]) => item.rounds.some((round) => round.state === 'SETTLED');

/**
 * What Jira has reworded of estimated items since their last settled round, by item id. The issue on the table, the next one and those
 * estimated last are followed live.
 */
export function useRewordings({ connection, session, held, nextId, findIssue }: Rewordings): ReadonlyMap<string, readonly IssuePart[]> {
  const sessionId = session?.id ?? '';
  const settled = session?.items.filter(hasSettled) ?? [];
  const { data, refetch } = useQuery(RewordingsDocument, {
    variables: { id: sessionId, first: held },
    skip: settled.length === 0,
    fetchPolicy: 'cache-and-network',
    errorPolicy: 'all',
  });
  const followed = [session?.currentRound?.item.id, nextId, ...settled.map((item) => item.id).reverse()]
    .flatMap((id) => (id === undefined ? [] : (findIssue(id)?.key ?? [])))
    .slice(0, mostFollowed);
  const keys = [...new Set(followed)].sort().join(' ');
  const rounds = settled.flatMap((item) => item.rounds.filter((round) => round.state === 'SETTLED')).length;

  // A new settlement is compared with the wording of its own moment.
  useEffect(() => {
    if (rounds > 0) void refetch().catch(() => undefined);
  }, [rounds, refetch]);

  useEffect(() => {
    if (keys === '') return;
    const { client } = connection;
    let isOver = false;
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const stops = new Map<string, () => void>();
    const ask = () => void refetch().catch(() => undefined);
    // While Jira answers slowly the graph does not yet know the new wording.
    const hear = () => {
      ask();
      timers.add(setTimeout(ask, askAgainMs));
    };
    const follow = (key: string) => {
      const again = () => {
        if (!isOver) timers.add(setTimeout(() => follow(key), againMs));
      };
      const stream = client.subscribe({ query: IssueUpdatedDocument, variables: { key } });
      const subscription = stream.subscribe({ next: hear, error: again, complete: again });
      stops.set(key, () => subscription.unsubscribe());
    };
    for (const key of keys.split(' ')) follow(key);
    const stopResume = connection.onResume(ask);
    return () => {
      isOver = true;
      stopResume();
      for (const timer of timers) clearTimeout(timer);
      for (const stop of stops.values()) stop();
    };
  }, [connection, keys, refetch]);

  return useMemo(() => {
    const items = data?.session?.queue.nodes ?? [];
    return new Map(items.map((item) => [item.id, item.rounds.findLast((round) => round.state === 'SETTLED')?.changedParts ?? []] as const));
  }, [data]);
}
