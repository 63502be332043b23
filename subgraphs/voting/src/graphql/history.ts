import DataLoader from 'dataloader';
import { DomainError } from '../../../../kit/process/errors.ts';
import { getPresent } from '../domain/access.ts';
import type { SessionAggregate } from '../domain/model.ts';
import type { EstimateScope, FoundEstimate } from '../store/voting-store.ts';
import { requireCreator, type VotingContext } from './context.ts';
import { madeOnce } from './made-once.ts';

type Loader = DataLoader<string, readonly FoundEstimate[]>;

const loaderOf = madeOnce(createLoader);

/** What was settled for an issue where the caller may look, the newest first; one read for all issues of an operation. Refuses as `findScope`. */
export function findHistory(context: VotingContext, issueKey: string): Promise<readonly FoundEstimate[]> {
  return loaderOf(context).load(issueKey);
}

const fieldLoaderOf = madeOnce(createFieldLoader);

/** Ids of the fields that took an estimate in a project; none for who may not look. One read for all projects of an operation. Refuses as `findScope`. */
export function findWrittenFields(context: VotingContext, projectKey: string): Promise<readonly string[]> {
  return fieldLoaderOf(context).load(projectKey);
}

function createFieldLoader(context: VotingContext): DataLoader<string, readonly string[]> {
  return new DataLoader(
    async (projectKeys) => {
      if ((await findScope(context)) === undefined) return projectKeys.map(() => []);
      const written = Map.groupBy(await context.services.store.findWrittenFields(projectKeys), ({ projectKey }) => projectKey);
      return projectKeys.map((projectKey) => (written.get(projectKey) ?? []).map(({ fieldId }) => fieldId).toSorted());
    },
    { cache: false },
  );
}

function createLoader(context: VotingContext): Loader {
  return new DataLoader(
    async (issueKeys) => {
      const scope = await findScope(context);
      if (scope === undefined) return issueKeys.map(() => []);
      const found = await context.services.store.findEstimates([...new Set(issueKeys)], scope);
      const byKey = Map.groupBy(found, ({ estimate }) => estimate.issueKey);
      return issueKeys.map((issueKey) => (byKey.get(issueKey) ?? []).toSorted(newestFirst));
    },
    // A subscription lives long, and asks anew with every payload.
    { cache: false },
  );
}

/** Where the caller may look; undefined without a token. Refuses with TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, NOT_PERMITTED, IDENTITY_UNAVAILABLE. */
async function findScope(context: VotingContext): Promise<EstimateScope | undefined> {
  const { services, watchedSessionId, authorization } = context;
  if (watchedSessionId !== undefined) return toScope(await services.store.load(watchedSessionId));
  if (authorization === undefined || authorization === '') return undefined;
  try {
    const bearer = await context.findBearer();
    const state = bearer === undefined ? undefined : await services.store.load(bearer.sessionId);
    if (bearer !== undefined && state !== undefined) getPresent(state, bearer.participantId);
    return toScope(state);
  } catch (error) {
    // No token of ours: perhaps the identity provider's.
    if (!(error instanceof DomainError && error.code === 'TOKEN_INVALID') || services.verifyCreator === undefined) throw error;
    await requireCreator(context);
    return { kind: 'tenant' };
  }
}

function toScope(state: SessionAggregate | undefined): EstimateScope | undefined {
  return state === undefined ? undefined : { kind: 'session', sessionId: state.session.id, ownerSubject: state.session.ownerSubject };
}

function newestFirst({ estimate: one }: FoundEstimate, { estimate: other }: FoundEstimate): number {
  return other.settledAt.getTime() - one.settledAt.getTime() || (one.track < other.track ? -1 : 1);
}
