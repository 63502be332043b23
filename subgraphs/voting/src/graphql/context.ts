import DataLoader from 'dataloader';
import type { OidcIdentity, OidcResult } from '../../../../kit/process/oidc.ts';
import type { RequestContext } from '../../../../kit/subgraph/graphql.ts';
import type { RequestInfo } from '../../../../kit/subgraph/request-info.ts';
import type { CommandStore } from '../commands/commands.ts';
import { getPresent } from '../domain/access.ts';
import { refuse } from '../domain/errors.ts';
import type { Participant, SessionAggregate, Vote } from '../domain/model.ts';
import { toPlayed } from '../domain/played.ts';
import type { Sightings } from '../domain/presence.ts';
import type { Presence } from '../events/presence.ts';
import type { SessionFeed } from '../events/session-feed.ts';
import type { Signals } from '../events/signals.ts';
import type { Places } from '../identity/places.ts';
import type { Bearer, Tokens } from '../identity/tokens.ts';
import type { IssueCatalog } from '../jira/issue-catalog.ts';
import type { VotingStore } from '../store/voting-store.ts';
import type { SessionView } from './views.ts';

/** What the resolvers work with; composed once in main. */
export interface Services {
  readonly store: CommandStore;
  readonly feed: SessionFeed;
  readonly tokens: Tokens;
  readonly places: Places;
  readonly catalog: IssueCatalog;
  readonly presence: Presence;
  readonly signals: Signals;
  /** Who may create sessions; undefined: anybody. */
  readonly verifyCreator: ((token: string) => Promise<OidcResult>) | undefined;
  /** How many newcomers a session takes in ten minutes before the others wait for a facilitator. */
  readonly joinRate: number;
  readonly now: () => Date;
  /** An identifier that nobody can guess, URL-safe. */
  readonly newId: () => string;
  /** Tells the write-back that there is something to carry. */
  readonly wakeWriteBack: () => void;
}

export interface VotingContext extends RequestContext {
  readonly services: Services;
  readonly authorization: string | undefined;
  /** Whom the token names, if there is one. Refuses with TOKEN_INVALID or TOKEN_EXPIRED. */
  readonly findBearer: () => Promise<Bearer | undefined>;
  /** The session that the router may watch on behalf of subscribers it has authorised one by one. */
  readonly watchedSessionId: string | undefined;
  /** What the router asks of participants holds as of any moment of the last three seconds at which the session had this revision; undefined: as of now. */
  readonly recentFrom: number | undefined;
}

/** The context of one operation. */
export function createContext(services: Services, request: RequestInfo, isRouter: boolean): VotingContext {
  const authorization = request.header('authorization');
  let bearer: Promise<Bearer | undefined> | undefined;
  return {
    requestId: request.requestId,
    log: request.log,
    services,
    authorization,
    findBearer: () => {
      bearer ??= readBearer(services.tokens, authorization);
      return bearer;
    },
    watchedSessionId: isRouter ? request.header('x-tally-session') : undefined,
    recentFrom: isRouter ? toRevision(request.header('x-tally-revision')) : undefined,
  };
}

function toRevision(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

async function readBearer(tokens: Tokens, authorization: string | undefined): Promise<Bearer | undefined> {
  if (authorization === undefined || authorization === '') return undefined;
  return tokens.verify(toToken(authorization));
}

/** The bearer token as it came. Refuses with UNAUTHENTICATED, TOKEN_INVALID. */
export function getToken({ authorization }: VotingContext): string {
  return toToken(authorization === undefined || authorization === '' ? refuse('UNAUTHENTICATED', 'Send a token.') : authorization);
}

function toToken(authorization: string): string {
  const [scheme, token] = authorization.split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || token === undefined) return refuse('TOKEN_INVALID', 'Authorization is "Bearer" and a token.');
  return token;
}

/**
 * Searching Jira and adding to the queue by it is for those whom the identity provider vouched for in the last minutes; for everybody where there is
 * none. Refuses with SIGN_IN_REQUIRED, and as `getBearer`.
 */
export async function requireJiraAccess(context: VotingContext): Promise<void> {
  const { verifyCreator, now } = context.services;
  if (verifyCreator === undefined) return;
  const { vouchedUntil } = await getBearer(context);
  if (vouchedUntil === undefined || vouchedUntil <= now())
    refuse('SIGN_IN_REQUIRED', 'Searching Jira is for people who have signed in: sign in, and refresh your token with it.');
}

/** Lets only those create sessions whom the identity provider permits, and returns who they are; without a provider anybody, who stays unknown. Refuses with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_PERMITTED, IDENTITY_UNAVAILABLE. */
export async function requireCreator(context: VotingContext): Promise<OidcIdentity | undefined> {
  const identity = await findIdentity(context);
  if (identity?.isPermitted === false) refuse('NOT_PERMITTED', 'Your account may not create sessions.');
  return identity;
}

/** Whom the identity provider says the caller is; undefined without a provider. Refuses with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, IDENTITY_UNAVAILABLE. */
export async function findIdentity({ services, authorization }: VotingContext): Promise<OidcIdentity | undefined> {
  if (services.verifyCreator === undefined) return undefined;
  if (authorization === undefined || authorization === '')
    refuse('UNAUTHENTICATED', 'Sign in first: sessions are created by people the identity provider knows.');
  return verifyIdentity(services, toToken(authorization));
}

/** Whom the identity provider's token names; undefined without a provider. Refuses with TOKEN_INVALID, TOKEN_EXPIRED, IDENTITY_UNAVAILABLE. */
export async function verifyIdentity({ verifyCreator }: Services, token: string): Promise<OidcIdentity | undefined> {
  if (verifyCreator === undefined) return undefined;
  const result = await verifyCreator(token);
  switch (result.kind) {
    case 'verified':
      return result.identity;
    case 'expired':
      return refuse('TOKEN_EXPIRED', 'Your sign-in has expired: sign in again.');
    case 'invalid':
      return refuse('TOKEN_INVALID', 'This is no token of the identity provider for Tally.');
    case 'unavailable':
      return refuse('IDENTITY_UNAVAILABLE', 'The identity provider does not answer: try again in a moment.');
  }
}

/** Refuses with UNAUTHENTICATED, TOKEN_INVALID or TOKEN_EXPIRED. */
export async function getBearer(context: VotingContext): Promise<Bearer> {
  return (await context.findBearer()) ?? refuse('UNAUTHENTICATED', 'Join the session first, and send its token.');
}

/** The state of a session and the caller in it. Refuses as `getBearer`, and with SESSION_NOT_FOUND, NOT_A_PARTICIPANT. */
export async function getSeat(context: VotingContext, sessionId?: string): Promise<Seat> {
  const bearer = await getBearer(context);
  const recent = await findRecentSeat(context, bearer, sessionId);
  if (recent !== undefined) return recent;
  const state =
    (await context.services.store.load(sessionId ?? bearer.sessionId)) ?? refuse('SESSION_NOT_FOUND', 'There is no such session.');
  if (bearer.sessionId !== state.session.id) refuse('NOT_A_PARTICIPANT', 'You are not in this session.');
  return { state, participant: getPresent(state, bearer.participantId) };
}

interface Seat {
  readonly state: SessionAggregate;
  readonly participant: Participant;
}

/** The caller in a recent state, where that is enough; undefined also for one who is not in it, since nobody is refused by what may be outdated. */
async function findRecentSeat(
  { services: { store }, recentFrom }: VotingContext,
  bearer: Bearer,
  asked: string | undefined,
): Promise<Seat | undefined> {
  if (recentFrom === undefined || (asked ?? bearer.sessionId) !== bearer.sessionId) return undefined;
  const state = await store.findRecent?.(bearer.sessionId, recentFrom);
  const participant = state?.participants.find(({ id, leftAt }) => id === bearer.participantId && leftAt === null);
  return state === undefined || participant === undefined ? undefined : { state, participant };
}

/** A state with its votes and signs of life at hand, read at most once and only when asked for, unless they are given. */
export function toView(store: VotingStore, state: SessionAggregate, given?: Sightings): SessionView {
  const votes = new DataLoader<string, readonly Vote[]>(async (roundIds) => {
    const found = Map.groupBy(await store.findVotes(roundIds), (vote) => vote.roundId);
    return roundIds.map((roundId) => found.get(roundId) ?? []);
  });
  let sightings = given === undefined ? undefined : Promise.resolve(given);
  return {
    state,
    played: toPlayed(state),
    votesOf: (roundId) => votes.load(roundId),
    sightings: () => {
      sightings ??= store.findSightings(state.session.id);
      return sightings;
    },
  };
}
