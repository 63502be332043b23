import { useQuery } from '@apollo/client/react';
import { useEffect, useMemo, useState } from 'react';
import { type IssuePart, IssueUpdatedDocument, RewordingsDocument } from '../generated/graph.ts';
import type { GraphConnection } from '../graph/connection.ts';
import type { Issue, Session } from './context.ts';
import { createIssueNews, type IssueNews } from './issueNews.ts';

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

const findSettled = (item: Session['items'][number]) => item.rounds.findLast((round) => round.state === 'SETTLED');

/**
 * What Jira has reworded of estimated items since their last settled round, by item id. The issue on the table, the next one and those
 * estimated last are followed live.
 */
export function useRewordings({ connection, session, held, nextId, findIssue }: Rewordings): ReadonlyMap<string, readonly IssuePart[]> {
  const sessionId = session?.id ?? '';
  const [news, setNews] = useState<IssueNews>();
  const items = session?.items;
  const settled = useMemo(() => items?.filter(findSettled) ?? [], [items]);
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
  const rounds = useMemo(() => settled.map((item) => findSettled(item)?.id).join(' '), [settled]);

  // A new settlement is compared with the wording of its own moment.
  useEffect(() => {
    if (rounds !== '') void refetch().catch(() => undefined);
  }, [rounds, refetch]);

  useEffect(() => {
    const ask = () => void refetch().catch(() => undefined);
    const opened = createIssueNews({
      ask,
      open: (key, { next, end }) => {
        const stream = connection.client.subscribe({ query: IssueUpdatedDocument, variables: { key } });
        const subscription = stream.subscribe({ next, error: end, complete: end });
        return () => subscription.unsubscribe();
      },
    });
    const stopResume = connection.onResume(ask);
    setNews(opened);
    return () => {
      stopResume();
      opened.stop();
    };
  }, [connection, refetch]);

  useEffect(() => news?.follow(keys === '' ? [] : keys.split(' ')), [news, keys]);

  return useMemo(() => {
    const nodes = data?.session?.queue.nodes ?? [];
    return new Map(nodes.map((item) => [item.id, item.rounds.findLast((round) => round.state === 'SETTLED')?.changedParts ?? []] as const));
  }, [data]);
}
