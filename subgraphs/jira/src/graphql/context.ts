import DataLoader from 'dataloader';
import type { RequestContext } from '../../../../kit/graphql.ts';
import type { RequestInfo } from '../../../../kit/subgraph.ts';
import { jiraError } from '../domain/errors.ts';
import type { Estimability } from '../domain/issue.ts';
import type { IssueFeed } from '../issue-feed.ts';
import type { IssueSource } from '../issues/issue-source.ts';
import type { IssueView } from './views.ts';

/** The services that may call this one. */
export type Caller = 'router' | 'voting';

/** What the resolvers work with; composed once in main. */
export interface Services {
  readonly source: IssueSource;
  readonly feed: IssueFeed;
}

export interface JiraContext extends RequestContext, Services {
  readonly callers: ReadonlySet<Caller>;
  /** Issues by key, all of one operation in one question. Rejects with the error of that key. */
  readonly issues: DataLoader<string, IssueView>;
  /** The same for whether a track's estimate can be written. */
  readonly estimability: (track: string) => DataLoader<string, Estimability>;
}

/** The context of one operation: what it asks for, it asks for together and once. */
export function createContext({ requestId, log }: RequestInfo, { source, feed }: Services, callers: ReadonlySet<Caller>): JiraContext {
  const byTrack = new Map<string, DataLoader<string, Estimability>>();
  return {
    requestId,
    log,
    callers,
    source,
    feed,
    issues: new DataLoader<string, IssueView>(async (keys) => {
      const found = await source.findMany(keys);
      return found.map((entry, at) =>
        entry.status === 'found'
          ? { askedKey: keys[at] ?? entry.issue.key, issue: entry.issue, fetchedAt: entry.fetchedAt, isStale: entry.isStale }
          : entry.error,
      );
    }),
    estimability: (track) => {
      const known = byTrack.get(track);
      if (known !== undefined) return known;
      const loader = new DataLoader<string, Estimability>((keys) => source.findEstimability(keys, track), {
        // A subscription's context lives on, and what it asks for after the next event must not be the old answer.
        cache: false,
      });
      byTrack.set(track, loader);
      return loader;
    },
  };
}

/**
 * @throws CALLER_NOT_ALLOWED unless the request comes from one of `allowed`.
 */
export function requireCaller({ callers }: JiraContext, ...allowed: readonly Caller[]): void {
  if (!allowed.some((caller) => callers.has(caller)))
    throw jiraError('CALLER_NOT_ALLOWED', `Only ${allowed.join(' and ')} may ask for this, with the secret agreed on.`);
}
