import { createHash } from 'node:crypto';
import { type Done, findDone, runCommand, settleQuorum, settleQuorumOfRetry } from '../commands/commands.ts';
import { getPresent } from '../domain/access.ts';
import type { Answer, Change } from '../domain/change.ts';
import { refuse } from '../domain/errors.ts';
import type { SessionState } from '../domain/model.ts';
import { movesQuorum } from '../domain/rounds.ts';
import type { Acting } from '../domain/session.ts';
import type { RequestKey } from '../store/voting-store.ts';
import { getBearer, toView, type VotingContext } from './context.ts';
import type { SessionView } from './views.ts';

/** The arguments that every mutation may have. */
interface CommonArguments {
  readonly requestId?: string | null | undefined;
  readonly expectedRevision?: number | null | undefined;
}

export interface Commanded {
  readonly view: SessionView;
  readonly actorId: string;
  readonly answer: Answer | null;
}

type Given = CommonArguments & { readonly sessionId?: string };

/**
 * Runs a mutation of the bearer's session: authenticates, makes it safe to retry, decides on the newest state, stores.
 * Refuses as `getBearer` and `runCommand`, with NOT_A_PARTICIPANT for another session than the token's, and with INVALID_INPUT for a bad requestId.
 */
export async function command(...given: Parameters<typeof carryOut>): Promise<Commanded> {
  const { done, actorId } = await carryOut(...given);
  return toCommanded(given[0], actorId, done);
}

async function carryOut(
  context: VotingContext,
  mutation: string,
  given: Given,
  decide: (state: SessionState, acting: Acting) => Change | null,
): Promise<{ readonly done: Done; readonly actorId: string }> {
  const { store, now, presence } = context.services;
  const { sessionId, actorId, request } = await toActing(context, mutation, given);
  const done = await runCommand(store, {
    sessionId,
    expectedRevision: given.expectedRevision,
    request,
    decide: (basis) => decide(basis, { actorId: getPresent(basis, actorId).id, now: now() }),
  });
  presence.notice(sessionId, actorId);
  return { done, actorId };
}

/** What a mutation came to when its request came before: for those that ask Jira before they decide. Refuses as `command`. */
export async function findReplay(context: VotingContext, mutation: string, given: Given): Promise<Commanded | undefined> {
  const { sessionId, actorId, request } = await toActing(context, mutation, given);
  const done = await findDone(context.services.store, sessionId, request);
  return done === undefined ? undefined : toCommanded(context, actorId, done);
}

async function toActing(context: VotingContext, mutation: string, given: Given) {
  const { sessionId, participantId: actorId } = await getBearer(context);
  if (given.sessionId !== undefined && given.sessionId !== sessionId) await refuseForeign(context, given.sessionId);
  return { sessionId, actorId, request: toRequestKey(mutation, actorId, given, context.services.now()) };
}

function toCommanded({ services: { store } }: VotingContext, actorId: string, { state, answer, isRepeated }: Done): Commanded {
  // Whoever has left or was removed reads the session by no retry.
  if (isRepeated) getPresent(state, actorId);
  return { view: toView(store, state), actorId, answer };
}

/** As `command`, for what may complete the quorum or break it. */
export async function commandOnQuorum(...given: Parameters<typeof command>): Promise<Commanded> {
  const [context] = given;
  const { store, now } = context.services;
  const { done, actorId } = await carryOut(...given);
  if (done.isRepeated) await settleQuorumOfRetry(store, done.state, now);
  else if (done.before !== undefined && movesQuorum(done.before, done.state)) await settleQuorum(store, done.state.session.id, now);
  else return toCommanded(context, actorId, done);
  const state = (await store.load(done.state.session.id)) ?? done.state;
  return toCommanded(context, actorId, { ...done, state });
}

/** The key under which a retry is known: undefined without a requestId. Refuses with INVALID_INPUT. */
export function toRequestKey(
  mutation: string,
  actorId: string,
  { requestId, ...input }: CommonArguments,
  at: Date,
): RequestKey | undefined {
  if (requestId == null) return undefined;
  if (!/^[\x21-\x7e]{16,64}$/.test(requestId)) refuse('INVALID_INPUT', 'A requestId is 16 to 64 visible ASCII characters.');
  // Resolver arguments come in the schema's order, so equal inputs have equal JSON.
  return { actorId, mutation, requestId, inputHash: createHash('sha256').update(JSON.stringify(input)).digest('hex'), at };
}

async function refuseForeign(context: VotingContext, sessionId: string): Promise<never> {
  const exists = (await context.services.store.load(sessionId)) !== undefined;
  return exists ? refuse('NOT_A_PARTICIPANT', 'You are not in this session.') : refuse('SESSION_NOT_FOUND', 'There is no such session.');
}
