import { DomainError } from '../../../../kit/process/errors.ts';
import { getState, runCommand } from '../commands/commands.ts';
import { getFacilitator } from '../domain/access.ts';
import { requireDeletable } from '../domain/deletion.ts';
import { refuse } from '../domain/errors.ts';
import { removeName, vouchFor } from '../domain/participants.ts';
import { requireUnguessable } from '../domain/unguessable.ts';
import { isWaiting } from '../domain/waiting.ts';
import { type AdmitOptions, admit } from './admitting.ts';
import { getBearer, getSeat, type VotingContext, verifyIdentity } from './context.ts';
import type { MutationResolvers } from './generated/types.ts';
import { type Comer, toVouched } from './returning.ts';
import { runRosterMutation } from './run-mutation.ts';

// A token alone renews itself for a day; after that the refresh secret is asked for.
const bearerRefreshMs = 24 * 3_600_000;

/** The mutations of coming back, of links, and of what is to be forgotten. */
export const placeMutations = {
  refreshToken: async (_root, { refreshSecret, identityToken, rotationKey }, context) => {
    // First, so that a sign-in that is over uses up no secret.
    const vouched = identityToken == null ? undefined : await getVouched(context, identityToken);
    const place = refreshSecret == null ? await renewBearer(context) : await renewBySecret(context, refreshSecret, rotationKey);
    const { sessionId, participantId, ...options } = place;
    const state = await getState(context.services.store, sessionId);
    if (vouched === undefined) return admit(context, state, participantId, options);
    const { store, now } = context.services;
    const decide = (basis: typeof state) => vouchFor(basis, { actorId: participantId, now: now() }, vouched.subject);
    const done = await runCommand(store, { sessionId, decide });
    return admit(context, done.state, participantId, { ...options, vouchedUntil: vouched.until });
  },

  signOutEverywhere: async (_root, _arguments, context) => {
    const { state, participant } = await getSeat(context);
    await context.services.places.close(state.session.id, participant.id);
    return admit(context, state, participant.id, { vouchedUntil: (await getBearer(context)).vouchedUntil });
  },

  createDeviceLink: async (_root, _arguments, context) => {
    const { state, participant } = await getSeat(context);
    return context.services.places.offerDevice(state.session.id, participant.id);
  },

  useDeviceLink: async (_root, { secret }, context) => {
    const { store, places } = context.services;
    const { sessionId, participantId } = await places.useDevice(secret);
    return admit(context, await getState(store, sessionId), participantId);
  },

  createReportLink: async (_root, _arguments, context) => {
    const { state, participant } = await getSeat(context);
    getFacilitator(state, participant.id);
    return context.services.places.offerReport(state.session.id, participant.id);
  },

  revokeReportLink: async (_root, { id }, context) => {
    const { state, participant } = await getSeat(context);
    getFacilitator(state, participant.id);
    await context.services.places.revokeReport(state.session.id, id);
    return id;
  },

  openReport: async (_root, { secret }, { services: { places, tokens } }) => {
    const { sessionId, id } = await places.useReport(secret);
    return tokens.issueReader(id, sessionId);
  },

  removeName: async (_root, args, context, info) => {
    const { view, actorId } = await runRosterMutation(context, info, args, (state, acting) =>
      removeName(state, acting, args.participantId ?? acting.actorId),
    );
    const { store, places } = context.services;
    const sessionId = view.state.session.id;
    await store.forgetDeltas(sessionId);
    await places.close(sessionId, args.participantId ?? actorId);
    return view;
  },

  deleteSession: async (_root, { discardWriteBacks }, context) => {
    const { store } = context.services;
    for (;;) {
      const { state, participant } = await getSeat(context);
      requireDeletable(state, participant.id, discardWriteBacks === true);
      if (await store.deleteSession(state)) return state.session.id;
    }
  },
} satisfies Partial<MutationResolvers>;

type Renewed = AdmitOptions & { readonly sessionId: string; readonly participantId: string };

async function renewBySecret(
  { services: { places, store } }: VotingContext,
  secret: string,
  key: string | null | undefined,
): Promise<Renewed> {
  if (key != null) requireUnguessable(key, 'rotationKey');
  const opened = await places.look(secret);
  const state = opened && (await store.load(opened.sessionId));
  if (state !== undefined && isWaiting(state, opened?.participantId ?? ''))
    refuse('APPROVAL_PENDING', 'A facilitator has not let you in yet: wait, this secret stays good.');
  const { sessionId, participantId, ...by } = await places.refresh(secret, key ?? undefined);
  return { sessionId, participantId, by };
}

/** A token of before there were refresh secrets gets one. */
async function renewBearer(context: VotingContext): Promise<Renewed> {
  const { sessionId, participantId, vouchedUntil, credentialId } = await getBearer(context);
  if (credentialId === undefined) return { sessionId, participantId, vouchedUntil };
  const { places, now } = context.services;
  const usedAt = await places.findUse(sessionId, credentialId);
  if (usedAt === undefined) return refuse('TOKEN_INVALID', 'This device was signed out.');
  if (now().getTime() - usedAt.getTime() > bearerRefreshMs) return refuse('TOKEN_EXPIRED', 'Refresh this token by its refresh secret.');
  return { sessionId, participantId, vouchedUntil, by: { credentialId, secret: null } };
}

/** Refuses with SIGN_IN_REQUIRED for a token that is no good: the place in the session still is. And with NOT_PERMITTED, IDENTITY_UNAVAILABLE. */
async function getVouched({ services }: VotingContext, identityToken: string): Promise<Comer['vouched']> {
  try {
    const identity = await verifyIdentity(services, identityToken);
    if (identity?.isPermitted === false) refuse('NOT_PERMITTED', 'Your account may not search Jira.');
    return identity && toVouched(identity);
  } catch (error) {
    if (error instanceof DomainError && (error.code === 'TOKEN_INVALID' || error.code === 'TOKEN_EXPIRED'))
      refuse('SIGN_IN_REQUIRED', 'Your sign-in is no longer good: sign in again.');
    throw error;
  }
}
