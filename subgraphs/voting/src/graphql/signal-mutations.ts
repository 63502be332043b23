import { requireOpen } from '../domain/access.ts';
import { findSilent } from '../domain/signals.ts';
import { getSeat, toView } from './context.ts';
import type { MutationResolvers } from './generated/types.ts';

/** What people do to each other beside the estimating. */
export const signalMutations = {
  nudge: async (_root, args, context) => {
    const { store, signals, presence } = context.services;
    const { state, participant } = await getSeat(context);
    const silent = findSilent(state, await store.findVotes([args.roundId]), participant.id, args);
    const sessionId = state.session.id;
    const nudged = new Set(
      await signals.nudge(
        sessionId,
        participant.id,
        silent.map(({ id }) => id),
      ),
    );
    presence.notice(sessionId, participant.id);
    const session = toView(store, state);
    return silent.filter(({ id }) => nudged.has(id)).map((each) => ({ session, participant: each }));
  },

  react: async (_root, { reaction }, context) => {
    const { store, signals, presence } = context.services;
    const { state, participant } = await getSeat(context);
    requireOpen(state);
    await signals.react(state.session.id, participant.id, reaction);
    presence.notice(state.session.id, participant.id);
    return { session: toView(store, state), participant };
  },
} satisfies Partial<MutationResolvers>;
