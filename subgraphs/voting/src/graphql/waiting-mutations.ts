import { getState, refuseReuse, runCommand, settleQuorum } from '../commands/commands.ts';
import type { Newcomer, SessionAggregate } from '../domain/model.ts';
import { movesQuorum } from '../domain/rounds.ts';
import { admitWaiting, askToJoin, declineWaiting, isWaiting, stopWaiting } from '../domain/waiting.ts';
import { toView, type VotingContext } from './context.ts';
import type { MutationResolvers } from './generated/types.ts';
import { idOf, toPlaceRequest } from './place-requests.ts';
import { findComer, getInvited, toJoining } from './returning.ts';
import { runRosterMutation } from './run-mutation.ts';

/** The mutations of those who wait to be let in, and of those who let them in. */
export const waitingMutations = {
  askToJoin: async (_root, args, context, info) => {
    const { store, now, newId, places } = context.services;
    const sessionId = await getInvited(store, args.inviteCode);
    const { participant: returning, vouched } = await findComer(context, await getState(store, sessionId));
    const request = toPlaceRequest(info, 'anonymous', args, now());
    const id = returning?.id ?? idOf(request?.idempotencyKey, sessionId) ?? newId();
    const { before, state } = await runCommand(store, {
      sessionId,
      request,
      decide: (basis) => {
        if (returning !== undefined) return null;
        if (basis.participants.some((participant) => participant.id === id) || isWaiting(basis, id)) refuseReuse();
        return askToJoin(basis, toJoining(args, { id, vouched, now: now() }), context.services);
      },
    });
    if (before !== undefined && movesQuorum(before, state)) await settleQuorum(store, sessionId, now);
    const { secret } = await places.open(sessionId, id);
    return { refreshSecret: secret, place: { session: toView(store, state), participantId: id } };
  },

  stopWaiting: async (_root, { refreshSecret }, { services }) => {
    const { store, now, places } = services;
    const found = await places.look(refreshSecret);
    if (found === undefined || (await store.load(found.sessionId)) === undefined) return false;
    const { sessionId, participantId } = found;
    const { before } = await runCommand(store, { sessionId, decide: (basis) => stopWaiting(basis, participantId, now()) });
    // Who was let in at the same moment keeps their place.
    if (before !== undefined) await places.close(sessionId, participantId);
    return before !== undefined;
  },

  admitWaiting: async (_root, args, context, info) =>
    (await runRosterMutation(context, info, args, (state, acting) => admitWaiting(state, acting, args.participantIds ?? null))).view,

  declineWaiting: async (_root, args, context, info) => {
    let declined: readonly Newcomer[] = [];
    const { view } = await runRosterMutation(context, info, args, (state, acting) => {
      const change = declineWaiting(state, acting, args.participantIds ?? null);
      const left = new Set(change?.session?.waiting ?? state.session.waiting);
      declined = state.session.waiting.filter((newcomer) => !left.has(newcomer));
      return change;
    });
    await closeAll(context, view.state, declined);
    return view;
  },
} satisfies Partial<MutationResolvers>;

/** The secrets of those who were sent away open nothing: `places` says so already, and their rows are not kept. */
async function closeAll({ services: { places } }: VotingContext, state: SessionAggregate, gone: readonly Newcomer[]): Promise<void> {
  for (const { id } of gone) if (!isWaiting(state, id)) await places.close(state.session.id, id);
}
