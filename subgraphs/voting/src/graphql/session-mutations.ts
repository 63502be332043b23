import { createHash } from 'node:crypto';
import { getState, refuseReuse, runCommand, settleQuorum } from '../commands/commands.ts';
import { getPresent } from '../domain/access.ts';
import { refuse } from '../domain/errors.ts';
import type { SessionState } from '../domain/model.ts';
import { grantFacilitation, joinSession, leaveSession, removeParticipant, revokeFacilitation, updateMe } from '../domain/participants.ts';
import { movesQuorum } from '../domain/rounds.ts';
import { closeSession, createSession, reopenSession, rotateInviteCode, updateSession } from '../domain/session.ts';
import { requireUnguessable } from '../domain/unguessable.ts';
import type { RequestKey } from '../store/voting-store.ts';
import { command, commandOnQuorum, toRequestKey } from './commanding.ts';
import { getSeat, requireCreator, toView, type VotingContext } from './context.ts';
import type { MutationResolvers } from './generated/types.ts';
import { findReturning } from './returning.ts';

/** The mutations of sessions and of who is in them. */
export const sessionMutations = {
  createSession: async (_root, given, context) => {
    const owner = await requireCreator(context);
    const { store, now, newId } = context.services;
    const request = toPlaceKey('createSession', owner ?? 'anonymous', given, now());
    const state = createSession({
      ...given,
      role: given.role ?? 'ESTIMATOR',
      discipline: given.discipline ?? null,
      id: idOf(request?.requestId, 'session') ?? newId(),
      participantId: idOf(request?.requestId, 'facilitator') ?? newId(),
      inviteCode: newId(),
      ownerSubject: owner ?? null,
      now: now(),
    });
    const participantId = state.participants[0]?.id ?? '';
    const outcome = await store.create(state, { type: 'SESSION_CREATED', at: now(), actorId: participantId, participantId }, request);
    if (outcome.kind === 'reused') refuseReuse();
    return admit(context, outcome.kind === 'replayed' ? await getState(store, state.session.id) : state, participantId);
  },

  joinSession: async (_root, given, context) => {
    const { store, now, newId } = context.services;
    const sessionId =
      (await store.findSessionId(given.inviteCode)) ?? refuse('INVITE_NOT_FOUND', 'This invitation leads nowhere: ask for a new one.');
    const seated = await getState(store, sessionId);
    const returning = await findReturning(context, seated);
    if (returning !== undefined) return admit(context, seated, returning.id);
    const request = toPlaceKey('joinSession', 'anonymous', given, now());
    const id = idOf(request?.requestId, sessionId) ?? newId();
    const { before, state } = await runCommand(store, {
      sessionId,
      request,
      decide: (basis) => {
        // A key is forgotten after 24 hours; the participant whom it made is not, and nobody may write over them.
        if (basis.participants.some((participant) => participant.id === id)) refuseReuse();
        return joinSession(basis, {
          id,
          name: given.name,
          role: given.role ?? 'ESTIMATOR',
          discipline: given.discipline ?? null,
          now: now(),
        });
      },
    });
    // Who comes in may break the quorum, never complete it.
    if (before !== undefined && movesQuorum(before, state)) await settleQuorum(store, sessionId, now);
    return admit(context, state, id);
  },

  refreshToken: async (_root, _arguments, context) => {
    const { state, participant } = await getSeat(context);
    return admit(context, state, participant.id);
  },

  leaveSession: async (_root, given, context) => {
    const { view } = await commandOnQuorum(context, 'leaveSession', given, leaveSession);
    return view;
  },

  updateMe: async (_root, given, context) => {
    const { view, actorId } = await commandOnQuorum(context, 'updateMe', given, (state, acting) => updateMe(state, acting, given));
    return { session: view, participant: getPresent(view.state, actorId) };
  },

  imHere: async (_root, _arguments, context) => {
    const { state, participant } = await getSeat(context);
    const { presence, store } = context.services;
    await presence.touch(state.session.id, participant.id);
    return { session: toView(store, state), participant };
  },

  removeParticipant: async (_root, given, context) => {
    const { view } = await commandOnQuorum(context, 'removeParticipant', given, (state, acting) =>
      removeParticipant(state, acting, given.participantId),
    );
    return view;
  },

  grantFacilitation: async (_root, given, context) => {
    const { view } = await command(context, 'grantFacilitation', given, (state, acting) =>
      grantFacilitation(state, acting, given.participantId),
    );
    return view;
  },

  revokeFacilitation: async (_root, given, context) => {
    const { view } = await command(context, 'revokeFacilitation', given, (state, acting) =>
      revokeFacilitation(state, acting, given.participantId),
    );
    return view;
  },

  updateSession: async (_root, given, context) => {
    const { view } = await commandOnQuorum(context, 'updateSession', given, (state, acting) => updateSession(state, acting, given));
    return view;
  },

  rotateInviteCode: async (_root, given, context) => {
    const code = context.services.newId();
    const { view } = await command(context, 'rotateInviteCode', given, (state, acting) => rotateInviteCode(state, acting, code));
    return view;
  },

  closeSession: async (_root, given, context) => {
    const { view } = await command(context, 'closeSession', given, closeSession);
    return view;
  },

  reopenSession: async (_root, given, context) => {
    const { view } = await command(context, 'reopenSession', given, reopenSession);
    return view;
  },
} satisfies MutationResolvers;

async function admit({ services: { store, tokens, presence } }: VotingContext, state: SessionState, participantId: string) {
  const participant = getPresent(state, participantId);
  presence.notice(state.session.id, participant.id);
  const session = toView(store, state);
  return { session, participant: { session, participant }, ...(await tokens.issue(participant.id, state.session.id)) };
}

/** As `toRequestKey`, for those who have no token yet: the key alone tells them from others. Refuses with INVALID_INPUT for a key that may be guessed. */
function toPlaceKey(...given: Parameters<typeof toRequestKey>): RequestKey | undefined {
  const key = toRequestKey(...given);
  if (key !== undefined) requireUnguessable(key.requestId, 'requestId');
  return key;
}

/** The same request makes the same id, so that a retry meets what the first one made; without a request there is none. */
function idOf(requestId: string | undefined, what: string): string | undefined {
  return requestId === undefined ? undefined : createHash('sha256').update(`${what}/${requestId}`).digest('base64url').slice(0, 22);
}
