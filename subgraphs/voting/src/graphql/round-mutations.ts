import { findDone, getState, refuseReuse, settleQuorum, settleQuorumOfRetry } from '../commands/commands.ts';
import { getRound } from '../domain/access.ts';
import { refuse } from '../domain/errors.ts';
import type { SessionState, Wording } from '../domain/model.ts';
import { abandonRound, cancelReveal, getVotableRound, revealRound, startRound, toVote } from '../domain/rounds.ts';
import { settleRound } from '../domain/settlements.ts';
import { getTrack } from '../domain/tracks.ts';
import { resolveConflict, retryWriteBacks, syncSession } from '../domain/write-backs.ts';
import type { Retraction, VoteOutcome } from '../store/voting-store.ts';
import { command, toRequestKey } from './commanding.ts';
import { getSeat, type Services, toView, type VotingContext } from './context.ts';
import type { MutationResolvers } from './generated/types.ts';
import type { RoundView, SessionView } from './views.ts';
import { findWordings } from './wording.ts';

/** The mutations of rounds and votes. */
export const roundMutations = {
  startRound: async (_root, given, context) => {
    const id = context.services.newId();
    const { view, answer } = await command(context, 'startRound', given, (state, acting) => ({
      ...startRound(state, acting, { ...given, id }),
      answer: { started: [id] },
    }));
    return toRoundView(view, answer?.['started']?.[0] ?? id);
  },

  castVote: (_root, given, context) =>
    writeVote(context, 'castVote', given, ({ state, participant }, write) =>
      context.services.store.castVote({ ...write, vote: toVote(state, participant.id, given) }),
    ),

  retractVote: (_root, given, context) =>
    writeVote(context, 'retractVote', given, ({ state, participant }, write) => {
      const round = getVotableRound(state, participant.id, given.roundId);
      const track = getTrack(state.session.tracks, given.track).id;
      return context.services.store.retractVote({ ...write, vote: { roundId: round.id, participantId: participant.id, track } });
    }),

  revealRound: async (_root, given, context) => {
    const { view } = await command(context, 'revealRound', given, (state, acting) => revealRound(state, acting, given.roundId));
    return toRoundView(view, given.roundId);
  },

  cancelReveal: async (_root, given, context) => {
    const { view } = await command(context, 'cancelReveal', given, (state, acting) => cancelReveal(state, acting, given.roundId));
    return toRoundView(view, given.roundId);
  },

  settleRound: async (_root, given, context) => {
    const wording = await findWording(context, given.roundId);
    const { view } = await command(context, 'settleRound', given, (state, acting) => settleRound(state, acting, { ...given, wording }));
    context.services.wakeWriteBack();
    return toRoundView(view, given.roundId);
  },

  resolveConflict: async (_root, given, context) => {
    const { view } = await command(context, 'resolveConflict', given, (state, acting) => {
      const track = getTrack(state.session.tracks, given.track).id;
      return resolveConflict(state, acting, { roundId: given.roundId, track }, given.decision);
    });
    context.services.wakeWriteBack();
    return toRoundView(view, given.roundId);
  },

  retryWriteBacks: async (_root, given, context) => {
    const { view } = await command(context, 'retryWriteBacks', given, (state, acting) => {
      if (given.roundId == null && given.track != null) refuse('INVALID_INPUT', 'A track is of a round: give roundId, too.');
      const target = given.roundId == null ? null : { roundId: given.roundId, track: getTrack(state.session.tracks, given.track).id };
      return retryWriteBacks(state, acting, target);
    });
    context.services.wakeWriteBack();
    return view;
  },

  syncSession: async (_root, given, context) => {
    const { view } = await command(context, 'syncSession', given, (state, acting) =>
      syncSession(state, acting, given.mode ?? 'SKIP_ERRORS'),
    );
    context.services.wakeWriteBack();
    return view;
  },

  abandonRound: async (_root, given, context) => {
    const { view } = await command(context, 'abandonRound', given, (state, acting) => abandonRound(state, acting, given.roundId));
    return toRoundView(view, given.roundId);
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
  mutation: string,
  given: { readonly roundId: string; readonly requestId?: string | null | undefined },
  write: (seat: Seat, common: Omit<Retraction, 'vote'>) => Promise<VoteOutcome>,
): Promise<RoundView> {
  const { store, now } = context.services;
  const seat = await getSeat(context);
  const { state, participant } = seat;
  const { roundId } = given;
  const request = toRequestKey(mutation, participant.id, given, now());
  const done = await findDone(store, state.session.id, request);
  if (done !== undefined) return afterRetry(context.services, done.state, roundId);
  const outcome = await write(seat, { sessionId: state.session.id, at: now(), request });
  return afterVote(context, { outcome, seen: state, actorId: participant.id, roundId });
}

interface VoteWritten {
  readonly outcome: VoteOutcome;
  /** The state that the vote was judged by. */
  readonly seen: SessionState;
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

async function afterRetry({ store, now }: Services, state: SessionState, roundId: string): Promise<RoundView> {
  await settleQuorumOfRetry(store, state, now);
  return toRoundView(toView(store, await getState(store, state.session.id)), roundId);
}

function toRoundView(session: SessionView, roundId: string): RoundView {
  return { session, round: getRound(session.state, roundId) };
}
