import { getState, refuseReuse, runCommand, settleQuorum } from '../commands/commands.ts';
import { findVoters } from '../commands/voters.ts';
import { facilitatorsOf, getPresent, ownerOf } from '../domain/access.ts';
import type { Participant, SessionAggregate } from '../domain/model.ts';
import {
  grantFacilitation,
  leaveSession,
  readmitParticipant,
  reinstateOwner,
  removeParticipant,
  revokeFacilitation,
  updateMe,
} from '../domain/participants.ts';
import { movesQuorum } from '../domain/rounds.ts';
import { closeSession, createSession, reopenSession, rotateInviteCode, updateSession } from '../domain/session.ts';
import { pauseSession, resumeSession } from '../domain/timers.ts';
import { isWaiting, joinFreely } from '../domain/waiting.ts';
import { admit } from './admitting.ts';
import { getSeat, requireCreator, toView, type VotingContext } from './context.ts';
import type { MutationResolvers } from './generated/types.ts';
import { idOf, toPlaceRequest } from './place-requests.ts';
import { findComer, getInvited, toJoining, toVouched } from './returning.ts';
import { runMutation, runRosterMutation } from './run-mutation.ts';

/** The mutations of sessions and of who is in them. */
export const sessionMutations = {
  createSession: async (_root, args, context, info) => {
    const owner = await requireCreator(context);
    const { store, now, newId } = context.services;
    const request = toPlaceRequest(info, owner?.subject ?? 'anonymous', args, now());
    const state = createSession({
      ...args,
      role: args.role ?? 'ESTIMATOR',
      discipline: args.discipline ?? null,
      id: idOf(request?.idempotencyKey, 'session') ?? newId(),
      participantId: idOf(request?.idempotencyKey, 'facilitator') ?? newId(),
      inviteCode: newId(),
      ownerSubject: owner?.subject ?? null,
      now: now(),
    });
    const participantId = state.participants[0]?.id ?? '';
    const outcome = await store.create(state, { type: 'SESSION_CREATED', at: now(), actorId: participantId, participantId }, request);
    if (outcome.kind === 'reused') refuseReuse();
    const admitted = outcome.kind === 'replayed' ? await getState(store, state.session.id) : state;
    return admit(context, admitted, participantId, { vouchedUntil: owner && toVouched(owner)?.until });
  },

  joinSession: async (_root, args, context, info) => {
    const { store, now, newId } = context.services;
    const sessionId = await getInvited(store, args.inviteCode);
    const seated = await getState(store, sessionId);
    const { participant: returning, vouched } = await findComer(context, seated);
    if (returning !== undefined)
      return admit(context, await welcomeBack(context, seated, returning), returning.id, { vouchedUntil: vouched?.until });
    const request = toPlaceRequest(info, 'anonymous', args, now());
    const id = idOf(request?.idempotencyKey, sessionId) ?? newId();
    const { before, state } = await runCommand(store, {
      sessionId,
      request,
      decide: (basis) => {
        // A key is forgotten after 24 hours; the participant whom it made is not, and nobody may write over them.
        if (basis.participants.some((participant) => participant.id === id) || isWaiting(basis, id)) refuseReuse();
        return joinFreely(basis, toJoining(args, { id, vouched, now: now() }), context.services);
      },
    });
    // Who comes in may break the quorum, never complete it.
    if (before !== undefined && movesQuorum(before, state)) await settleQuorum(store, sessionId, now);
    return admit(context, state, id, { vouchedUntil: vouched?.until });
  },

  leaveSession: async (_root, args, context, info) => {
    const { store, places } = context.services;
    const { state: seen } = await getSeat(context);
    const voters = facilitatorsOf(seen).length > 1 ? new Set<string>() : await findVoters(store, seen);
    const { view, actorId } = await runRosterMutation(context, info, args, (state, acting) => leaveSession(state, acting, voters));
    await places.close(seen.session.id, actorId);
    return view;
  },

  updateMe: async (_root, args, context, info) => {
    const { view, actorId } = await runRosterMutation(context, info, args, (state, acting) => updateMe(state, acting, args));
    return { session: view, participant: getPresent(view.state, actorId) };
  },

  imHere: async (_root, _arguments, context) => {
    const { state, participant } = await getSeat(context);
    const { presence, store } = context.services;
    await presence.touch(state.session.id, participant.id);
    return { session: toView(store, state), participant };
  },

  removeParticipant: async (_root, args, context, info) => {
    const { view } = await runRosterMutation(context, info, args, (state, acting) => removeParticipant(state, acting, args.participantId));
    await context.services.places.close(view.state.session.id, args.participantId);
    return view;
  },

  readmitParticipant: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, (state, acting) => readmitParticipant(state, acting, args.participantId));
    return view;
  },

  grantFacilitation: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, (state, acting) => grantFacilitation(state, acting, args.participantId));
    return view;
  },

  revokeFacilitation: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, (state, acting) => revokeFacilitation(state, acting, args.participantId));
    return view;
  },

  updateSession: async (_root, args, context, info) => {
    const { view } = await runRosterMutation(context, info, args, (state, acting) => updateSession(state, acting, args));
    return view;
  },

  rotateInviteCode: async (_root, args, context, info) => {
    const code = context.services.newId();
    const { view } = await runMutation(context, info, args, (state, acting) => rotateInviteCode(state, acting, code));
    return view;
  },

  pauseSession: async (_root, args, context, info) => (await runMutation(context, info, args, pauseSession)).view,

  resumeSession: async (_root, args, context, info) => (await runRosterMutation(context, info, args, resumeSession)).view,

  closeSession: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, closeSession);
    return view;
  },

  reopenSession: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, reopenSession);
    return view;
  },
} satisfies Partial<MutationResolvers>;

/** The owner gets back what a successor may have taken. */
async function welcomeBack(
  { services: { store, now } }: VotingContext,
  state: SessionAggregate,
  returning: Participant,
): Promise<SessionAggregate> {
  if (ownerOf(state)?.id !== returning.id) return state;
  const decide = (basis: SessionAggregate) => {
    const owner = ownerOf(basis);
    return owner === undefined ? null : reinstateOwner(basis, owner, now());
  };
  return (await runCommand(store, { sessionId: state.session.id, decide })).state;
}
