import DataLoader from 'dataloader';
import type { OidcResult } from '../../../../kit/process/oidc.ts';
import type { RequestContext } from '../../../../kit/subgraph/graphql.ts';
import type { RequestInfo } from '../../../../kit/subgraph/request-info.ts';
import { jiraError } from '../domain/errors.ts';
import type { Estimability } from '../domain/issue.ts';
import type { IssueFeed } from '../events/issue-feed.ts';
import type { IssueSource } from '../source/issue-source.ts';
import { type IssueView, toView } from './views.ts';
import type { EstimateWriter } from './write-estimate.ts';

/** The services that may call this one. */
export type Caller = 'router' | 'voting';

/** What the resolvers work with; composed once in main. */
export interface Services {
  readonly source: IssueSource;
  readonly feed: IssueFeed;
  readonly writeEstimate: EstimateWriter;
  /** Who may look for issues; undefined: everybody. */
  readonly verifyReader: ((token: string) => Promise<OidcResult>) | undefined;
}

export interface JiraContext extends RequestContext, Services {
  readonly callers: ReadonlySet<Caller>;
  readonly authorization: string | undefined;
  /** Of a participant, as the router says: their session holds this issue. */
  readonly vouchedIssue: string | undefined;
  /** Issues by key, all of one operation in one question. Rejects with the error of that key. */
  readonly issues: DataLoader<string, IssueView>;
  /** The same for whether a track's estimate can be written. */
  readonly estimability: (track: string) => DataLoader<string, Estimability>;
}

/** The context of one operation: what it asks for, it asks for together and once. */
export function createContext({ requestId, log, header }: RequestInfo, services: Services, callers: ReadonlySet<Caller>): JiraContext {
  const { source } = services;
  const byTrack = new Map<string, DataLoader<string, Estimability>>();
  return {
    requestId,
    log,
    ...services,
    callers,
    authorization: header('authorization'),
    vouchedIssue: callers.has('router') ? header('x-tally-issue') : undefined,
    issues: new DataLoader<string, IssueView>(async (keys) => {
      const found = await source.findMany(keys);
      return found.map((entry, at) => toView(keys[at] ?? '', entry));
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

const permitted = new WeakMap<JiraContext, Promise<void>>();

/**
 * Lets those look for issues whom the identity provider permits; asked once for all fields of an operation.
 * Voting has looked at its facilitator itself.
 *
 * @throws CALLER_NOT_ALLOWED; UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_PERMITTED, IDENTITY_UNAVAILABLE.
 */
export function requireReader(context: JiraContext): Promise<void> {
  const known = permitted.get(context) ?? checkReader(context);
  permitted.set(context, known);
  return known;
}

async function checkReader(context: JiraContext): Promise<void> {
  requireCaller(context, 'router', 'voting');
  const { verifyReader, callers, authorization = '' } = context;
  if (verifyReader === undefined || callers.has('voting')) return;
  if (authorization === '') throw jiraError('UNAUTHENTICATED', 'Sign in first: issues are shown to people the identity provider knows.');
  const [, token] = /^Bearer (\S+)$/i.exec(authorization) ?? [];
  const result = token === undefined ? ({ kind: 'invalid' } as const) : await verifyReader(token);
  switch (result.kind) {
    case 'verified':
      if (!result.identity.isPermitted) throw jiraError('NOT_PERMITTED', 'Your account may not look for issues.');
      return;
    case 'expired':
      throw jiraError('TOKEN_EXPIRED', 'Your sign-in has expired: sign in again.');
    case 'invalid':
      throw jiraError('TOKEN_INVALID', 'This is no token of the identity provider for Tally.');
    case 'unavailable':
      throw jiraError('IDENTITY_UNAVAILABLE', 'The identity provider does not answer: try again in a moment.');
  }
}
