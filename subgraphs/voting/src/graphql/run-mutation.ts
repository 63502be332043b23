import { createHash } from 'node:crypto';
import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import * as commands from '../commands/commands.ts';
import { getPresent } from '../domain/access.ts';
import type { Answer, Change } from '../domain/change.ts';
import { refuse } from '../domain/errors.ts';
import type { SessionAggregate } from '../domain/model.ts';
import { refuseInput } from '../domain/reasons.ts';
import { movesQuorum } from '../domain/rounds.ts';
import type { Acting } from '../domain/session.ts';
import type { KeyedRequest } from '../store/voting-store.ts';
import { getBearer, toView, type VotingContext } from './context.ts';
import type { SessionView } from './views.ts';

/** The mutation's field: its name is the name under which a request is remembered. */
export type Field = Pick<GraphQLResolveInfo, 'fieldName'>;

/** The arguments that every mutation may have. */
export interface CommonArguments {
  readonly idempotencyKey?: string | null | undefined;
  /** The former name of `idempotencyKey`. */
  readonly requestId?: string | null | undefined;
  readonly expectedRevision?: number | null | undefined;
}

type Arguments = CommonArguments & { readonly sessionId?: string };

type Decide = (state: SessionAggregate, acting: Acting) => Change | null;

export interface MutationResult {
  readonly view: SessionView;
  readonly actorId: string;
  readonly answer: Answer | null;
}

/**
 * Runs a mutation of the bearer's session: authenticates, makes it safe to retry, decides on the newest state, stores.
 * Refuses as `getBearer` and `runCommand`, with NOT_A_PARTICIPANT for another session than the token's, and as `toKeyedRequest`.
 */
export async function runMutation(context: VotingContext, field: Field, args: Arguments, decide: Decide): Promise<MutationResult> {
  const { result, actorId } = await run(context, field, args, decide);
  return toMutationResult(context, actorId, result);
}

/** As `runMutation`, for a change of the roster or the settings, which may complete the quorum or break it. */
export async function runRosterMutation(context: VotingContext, field: Field, args: Arguments, decide: Decide): Promise<MutationResult> {
  const { store, now } = context.services;
  const { result, actorId } = await run(context, field, args, decide);
  if (result.isReplay) await commands.settleQuorumOfRetry(store, result.state, now);
  else if (result.before !== undefined && movesQuorum(result.before, result.state))
    await commands.settleQuorum(store, result.state.session.id, now);
  else return toMutationResult(context, actorId, result);
  const state = (await store.load(result.state.session.id)) ?? result.state;
  return toMutationResult(context, actorId, { ...result, state });
}

/** The result of a mutation that was run before with the same key: for those that ask Jira before they decide. Refuses as `runMutation`. */
export async function findReplay(context: VotingContext, field: Field, args: Arguments): Promise<MutationResult | undefined> {
  const { sessionId, actorId, request } = await authenticate(context, field, args);
  const result = await commands.findReplay(context.services.store, sessionId, request);
  return result === undefined ? undefined : toMutationResult(context, actorId, result);
}

/**
 * The request as retries of it are recognised: undefined without an idempotency key.
 * Refuses with INVALID_INPUT. @throws GraphQLError with BAD_USER_INPUT when `requestId` is given and differs.
 */
export function toKeyedRequest(
  { fieldName: mutation }: Field,
  actorId: string,
  { idempotencyKey: key, requestId, ...input }: CommonArguments,
  at: Date,
): KeyedRequest | undefined {
  if (key != null && requestId != null && key !== requestId) {
    const message = 'requestId is the former name of idempotencyKey: give one of them, or both with the same value.';
    throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
  }
  const idempotencyKey = key ?? requestId;
  if (idempotencyKey == null) return undefined;
  if (!/^[\x21-\x7e]{16,64}$/.test(idempotencyKey)) refuseInput('IDEMPOTENCY_KEY_FORM', {});
  // Resolver arguments come in the schema's order, so equal inputs have equal JSON.
  return { actorId, mutation, idempotencyKey, inputHash: createHash('sha256').update(JSON.stringify(input)).digest('hex'), at };
}

async function run(context: VotingContext, field: Field, args: Arguments, decide: Decide) {
  const { store, now, presence } = context.services;
  const { sessionId, actorId, request } = await authenticate(context, field, args);
  const result = await commands.runCommand(store, {
    sessionId,
    expectedRevision: args.expectedRevision,
    request,
    decide: (basis) => decide(basis, { actorId: getPresent(basis, actorId).id, now: now() }),
  });
  presence.notice(sessionId, actorId);
  return { result, actorId };
}

async function authenticate(context: VotingContext, field: Field, args: Arguments) {
  const { sessionId, participantId: actorId } = await getBearer(context);
  if (args.sessionId !== undefined && args.sessionId !== sessionId) await refuseForeign(context, args.sessionId);
  return { sessionId, actorId, request: toKeyedRequest(field, actorId, args, context.services.now()) };
}

function toMutationResult({ services: { store } }: VotingContext, actorId: string, result: commands.CommandResult): MutationResult {
  // Whoever has left or was removed reads the session by no retry.
  if (result.isReplay) getPresent(result.state, actorId);
  return { view: toView(store, result.state), actorId, answer: result.answer };
}

async function refuseForeign(context: VotingContext, sessionId: string): Promise<never> {
  const exists = (await context.services.store.load(sessionId)) !== undefined;
  return exists ? refuse('NOT_A_PARTICIPANT', 'You are not in this session.') : refuse('SESSION_NOT_FOUND', 'There is no such session.');
}
