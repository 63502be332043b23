import { setTimeout as sleep } from 'node:timers/promises';
import { getState, refuseReuse, settleQuorum } from '../commands.ts';
import { getRound } from '../domain/access.ts';
import { refuse } from '../domain/errors.ts';
import type { SessionState, Wording } from '../domain/model.ts';
import { abandonRound, cancelReveal, getVotableRound, revealRound, settleRound, startRound, toVote } from '../domain/rounds.ts';
import { getTrack } from '../domain/tracks.ts';
import { resolveConflict, retryWriteBacks, syncSession } from '../domain/write-backs.ts';
import type { Retraction, VoteOutcome } from '../store/voting-store.ts';
import { command, toRequestKey } from './commanding.ts';
import { getSeat, toView, type VotingContext } from './context.ts';
import type { MutationResolvers } from './generated/types.ts';
import type { RoundView, SessionView } from './views.ts';

/** The mutations of rounds and votes. */
export const roundMutations = {
  startRound: async (_root, given, context) => {
    const id = context.services.newId();
    const { view } = await command(context, 'startRound', given, (state, acting) => startRound(state, acting, { ...given, id }));
    // A replay finds the round that the first try opened.
    const round = view.state.rounds.find((candidate) => candidate.id === id) ?? view.state.rounds.at(-1);
    return { session: view, round: round ?? refuse('ROUND_NOT_FOUND', 'The session has no such round.') };
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

// A Jira that is slow or away must not hold up a settlement: what the estimate was made of is then not known.
const wordingTimeoutMs = 1_500;

async function findWording(context: VotingContext, roundId: string): Promise<Wording | undefined> {
  const { state } = await getSeat(context);
  const round = state.rounds.find((candidate) => candidate.id === roundId);
  const issueKey = state.items.find((item) => item.id === round?.itemId)?.issueKey ?? null;
  if (issueKey === null || round?.state !== 'REVEALED') return undefined;
  const found = context.services.catalog.findIssues([issueKey], context).catch(() => []);
  const [issue] = await Promise.race([found, sleep(wordingTimeoutMs, [], { ref: false })]);
  return issue;
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
  const done = request === undefined ? undefined : await store.findRequest(state.session.id, request);
  if (done === 'reused') refuseReuse();
  if (done === 'replayed') return toRoundView(toView(store, state), roundId);
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

async function afterVote(
  { services: { store, presence, now } }: VotingContext,
  { outcome, seen, actorId, roundId }: VoteWritten,
): Promise<RoundView> {
  const { id: sessionId, settings } = seen.session;
  presence.notice(sessionId, actorId);
  if (outcome.kind === 'reused') refuseReuse();
  if (outcome.kind === 'closed') {
    // The gate said no after the domain had said yes: what changed meanwhile says why.
    getVotableRound(await getState(store, sessionId), actorId, roundId);
    refuse('ROUND_NOT_OPEN', 'The round changed at this very moment: vote again.');
  }
  // A setting that was switched on meanwhile settles the quorum itself.
  if (settings.autoRevealSeconds !== null) await settleQuorum(store, sessionId, now);
  return toRoundView(toView(store, await getState(store, sessionId)), roundId);
}

function toRoundView(session: SessionView, roundId: string): RoundView {
  return { session, round: getRound(session.state, roundId) };
}
