import { createHash } from 'node:crypto';
import { runCommand, settleQuorum } from '../commands.ts';
import { getPresent } from '../domain/access.ts';
import type { Change } from '../domain/change.ts';
import { refuse } from '../domain/errors.ts';
import type { SessionState } from '../domain/model.ts';
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
}

/**
 * Runs a mutation of the bearer's session: authenticates, makes it safe to retry, decides on the newest state, stores.
 * Refuses as `getBearer` and `runCommand`, with NOT_A_PARTICIPANT for another session than the token's, and with INVALID_INPUT for a bad requestId.
 */
export async function command(
  context: VotingContext,
  mutation: string,
  given: CommonArguments & { readonly sessionId?: string },
  decide: (state: SessionState, acting: Acting) => Change | null,
): Promise<Commanded> {
  const { store, now } = context.services;
  const bearer = await getBearer(context);
  if (given.sessionId !== undefined && given.sessionId !== bearer.sessionId) await refuseForeign(context, given.sessionId);
  const actorId = bearer.participantId;
  const state = await runCommand(store, {
    sessionId: bearer.sessionId,
    expectedRevision: given.expectedRevision,
    request: toRequestKey(mutation, actorId, given, now()),
    decide: (basis) => decide(basis, { actorId: getPresent(basis, actorId).id, now: now() }),
  });
  context.services.presence.notice(bearer.sessionId, actorId);
  return { view: toView(store, state), actorId };
}

/** As `command`, for what may complete the quorum or break it. */
export async function commandOnQuorum(...given: Parameters<typeof command>): Promise<Commanded> {
  const [{ services }] = given;
  const { view, actorId } = await command(...given);
  const { session } = view.state;
  if (session.openRoundId === null || session.settings.autoRevealSeconds === null) return { view, actorId };
  await settleQuorum(services.store, session.id, services.now);
  const state = await services.store.load(session.id);
  return { view: toView(services.store, state ?? view.state), actorId };
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
