import { findReplay, getState, refuseReuse, settleQuorum, settleQuorumOfRetry } from '../commands/commands.ts';
import { getRound } from '../domain/access.ts';
import { refuse } from '../domain/errors.ts';
import type { SessionAggregate, Wording } from '../domain/model.ts';
import { abandonRound, cancelReveal, getVotableRound, revealRound, startRound, toVote } from '../domain/rounds.ts';
import { settleRound } from '../domain/settlements.ts';
import { getTrack } from '../domain/tracks.ts';
import { resolveConflict, retryWriteBacks, syncSession } from '../domain/write-backs.ts';
import type { Retraction, VoteOutcome } from '../store/voting-store.ts';
import { getSeat, type Services, toView, type VotingContext } from './context.ts';
import type { MutationResolvers } from './generated/types.ts';
import { runMutation, toKeyedRequest } from './run-mutation.ts';
import type { RoundView, SessionView } from './views.ts';
import { findWordings } from './wording.ts';

/** The mutations of rounds and votes. */
export const roundMutations = {
  startRound: async (_root, args, context, info) => {
    const id = context.services.newId();
    const { view, answer } = await runMutation(context, info, args, (state, acting) => ({
      ...startRound(state, acting, { ...args, id }),
      answer: { started: [id] },
    }));
    return toRoundView(view, answer?.['started']?.[0] ?? id);
  },

  castVote: (_root, args, context, info) =>
    writeVote(context, info, args, ({ state, participant }, write) =>
      context.services.store.castVote({ ...write, vote: toVote(state, participant.id, args) }),
    ),

  retractVote: (_root, args, context, info) =>
    writeVote(context, info, args, ({ state, participant }, write) => {
      const round = getVotableRound(state, participant.id, args.roundId);
      const track = getTrack(state.session.tracks, args.track).id;
      return context.services.store.retractVote({ ...write, vote: { roundId: round.id, participantId: participant.id, track } });
    }),

  revealRound: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, (state, acting) => revealRound(state, acting, args.roundId));
    return toRoundView(view, args.roundId);
  },

  cancelReveal: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, (state, acting) => cancelReveal(state, acting, args.roundId));
    return toRoundView(view, args.roundId);
  },

  settleRound: async (_root, args, context, info) => {
    const wording = await findWording(context, args.roundId);
    const { view } = await runMutation(context, info, args, (state, acting) => settleRound(state, acting, { ...args, wording }));
    context.services.wakeWriteBack();
    return toRoundView(view, args.roundId);
  },

  resolveConflict: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, (state, acting) => {
      const track = getTrack(state.session.tracks, args.track).id;
      return resolveConflict(state, acting, { roundId: args.roundId, track }, args.decision);
    });
    context.services.wakeWriteBack();
    return toRoundView(view, args.roundId);
  },

  retryWriteBacks: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, (state, acting) => {
      if (args.roundId == null && args.track != null) refuse('INVALID_INPUT', 'A track is of a round: give roundId, too.');
      const target = args.roundId == null ? null : { roundId: args.roundId, track: getTrack(state.session.tracks, args.track).id };
      return retryWriteBacks(state, acting, target);
    });
    context.services.wakeWriteBack();
    return view;
  },

  syncSession: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, (state, acting) => syncSession(state, acting, args.mode ?? 'SKIP_ERRORS'));
    context.services.wakeWriteBack();
    return view;
  },

  abandonRound: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, (state, acting) => abandonRound(state, acting, args.roundId));
    return toRoundView(view, args.roundId);
  },
} satisfies MutationResolvers;

async function findWording(context: VotingContext, roundId: string): Promise<Wording | undefined> {
  const { state } = await getSeat(context);
  const round = state.rounds.find((candidate) => candidate.id === roundId);
  const issueKey = state.items.find((item) => item.id === round?.itemId)?.issueKey ?? null;
  if (issueKey === null || round?.state !== 'REVEALED') return undefined;
  return (await findWordings(context, [issueKey])).get(issueKey);
}

type Seat = Awaited<ReturnType<typeof getSeat>>;

/** What casting and retracting share: the caller's seat, the retry that has no second effect, and the quorum afterwards. */
async function writeVote(
  context: VotingContext,
  field: Parameters<typeof toKeyedRequest>[0],
  args: Parameters<typeof toKeyedRequest>[2] & { readonly roundId: string },
  write: (seat: Seat, common: Omit<Retraction, 'vote'>) => Promise<VoteOutcome>,
): Promise<RoundView> {
  const { store, now } = context.services;
  const seat = await getSeat(context);
  const { state, participant } = seat;
  const { roundId } = args;
  const request = toKeyedRequest(field, participant.id, args, now());
  const replay = await findReplay(store, state.session.id, request);
  if (replay !== undefined) return afterRetry(context.services, replay.state, roundId);
  const outcome = await write(seat, { sessionId: state.session.id, at: now(), request });
  return afterVote(context, { outcome, seen: state, actorId: participant.id, roundId });
}

interface VoteWritten {
  readonly outcome: VoteOutcome;
  /** The state that the vote was judged by. */
  readonly seen: SessionAggregate;
  readonly actorId: string;
  readonly roundId: string;
}

async function afterVote({ services }: VotingContext, { outcome, seen, actorId, roundId }: VoteWritten): Promise<RoundView> {
  const { store, presence, now } = services;
  const { id: sessionId, settings } = seen.session;
  presence.notice(sessionId, actorId);
  if (outcome.kind === 'reused') refuseReuse();
  if (outcome.kind === 'replayed') return afterRetry(services, await getState(store, sessionId), roundId);
  if (outcome.kind === 'closed') {
    // The gate said no after the domain had said yes: what changed meanwhile says why.
    getVotableRound(await getState(store, sessionId), actorId, roundId);
    refuse('ROUND_NOT_OPEN', 'The round changed at this very moment: vote again.');
  }
  // A setting that was switched on meanwhile settles the quorum itself.
  if (settings.autoRevealSeconds !== null) await settleQuorum(store, sessionId, now);
  return toRoundView(toView(store, await getState(store, sessionId)), roundId);
}

async function afterRetry({ store, now }: Services, state: SessionAggregate, roundId: string): Promise<RoundView> {
  await settleQuorumOfRetry(store, state, now);
  return toRoundView(toView(store, await getState(store, state.session.id)), roundId);
}

function toRoundView(session: SessionView, roundId: string): RoundView {
  return { session, round: getRound(session.state, roundId) };
}
