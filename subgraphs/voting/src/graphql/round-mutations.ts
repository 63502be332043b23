import { DomainError } from '../../../../kit/process/errors.ts';
import { findReplay, getState, maxTries, refuseReuse, settleQuorum, settleQuorumOfRetry } from '../commands/commands.ts';
import { getPresent, getRound } from '../domain/access.ts';
import { atRevision, type Change } from '../domain/change.ts';
import { refuse } from '../domain/errors.ts';
import type { SessionAggregate, Wording } from '../domain/model.ts';
import { refuseInput } from '../domain/reasons.ts';
import { abandonRound, cancelReveal, getVotableRound, revealRound, startRound, toVote } from '../domain/rounds.ts';
import type { Acting } from '../domain/session.ts';
import { type DirectSettlement, estimateItem, reviseEstimate, settleRound } from '../domain/settlements.ts';
import { pauseTimer, resumeTimer, setTimer } from '../domain/timers.ts';
import { getTrack } from '../domain/tracks.ts';
import { resolveConflict, retryWriteBacks, syncSession } from '../domain/write-backs.ts';
import type { Retraction, VoteOutcome } from '../store/voting-store.ts';
import { getBearer, getSeat, type Services, toView, type VotingContext } from './context.ts';
import type { MutationResolvers } from './generated/types.ts';
import { type CommonArguments, type Field, runMutation, toKeyedRequest } from './run-mutation.ts';
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

  castVote: (_root, args, context, field) =>
    writeVote(context, {
      field,
      args,
      judge: (state, actorId) => toVote(state, actorId, args),
      write: (vote, common) => context.services.store.castVote({ ...common, vote }),
    }),

  retractVote: (_root, args, context, field) =>
    writeVote(context, {
      field,
      args,
      judge: (state, actorId) => ({
        roundId: getVotableRound(state, actorId, args.roundId).id,
        participantId: actorId,
        track: getTrack(state.session.tracks, args.track).id,
      }),
      write: (vote, common) => context.services.store.retractVote({ ...common, vote }),
    }),

  revealRound: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, (state, acting) => revealRound(state, acting, args.roundId));
    return toRoundView(view, args.roundId);
  },

  cancelReveal: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, (state, acting) => cancelReveal(state, acting, args.roundId));
    return toRoundView(view, args.roundId);
  },

  setTimer: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, (state, acting) => setTimer(state, acting, args.roundId, args.seconds ?? null));
    return toRoundView(view, args.roundId);
  },

  pauseTimer: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, (state, acting) => pauseTimer(state, acting, args.roundId));
    return toRoundView(view, args.roundId);
  },

  resumeTimer: async (_root, args, context, info) => {
    const { view } = await runMutation(context, info, args, (state, acting) => resumeTimer(state, acting, args.roundId));
    return toRoundView(view, args.roundId);
  },

  settleRound: async (_root, args, context, info) => {
    const wording = await findWording(context, args.roundId);
    const { view } = await runMutation(context, info, args, (state, acting) => settleRound(state, acting, { ...args, wording }));
    context.services.wakeWriteBack();
    return toRoundView(view, args.roundId);
  },

  reviseEstimate: (_root, args, context, info) => settleDirectly(context, info, args, reviseEstimate),

  estimateItem: (_root, args, context, info) => settleDirectly(context, info, args, estimateItem),

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
      if (args.roundId == null && args.track != null) refuseInput('TRACK_WITHOUT_ROUND', {});
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
} satisfies Partial<MutationResolvers>;

async function settleDirectly(
  context: VotingContext,
  field: Field,
  args: Omit<DirectSettlement, 'id' | 'wording'> & CommonArguments,
  decide: (state: SessionAggregate, acting: Acting, settlement: DirectSettlement) => Change,
): Promise<RoundView> {
  const { services } = context;
  const { state } = await getSeat(context);
  const issueKey = state.items.get(args.itemId)?.issueKey ?? null;
  const wording = issueKey === null ? undefined : (await findWordings(context, [issueKey])).get(issueKey);
  const id = services.newId();
  const { view, answer } = await runMutation(context, field, args, (newest, acting) => decide(newest, acting, { ...args, id, wording }));
  services.wakeWriteBack();
  return toRoundView(view, answer?.['settled']?.[0] ?? id);
}

async function findWording(context: VotingContext, roundId: string): Promise<Wording | undefined> {
  const { state } = await getSeat(context);
  const round = state.rounds.find((candidate) => candidate.id === roundId);
  const issueKey = (round && state.items.get(round.itemId)?.issueKey) ?? null;
  if (issueKey === null || round?.state !== 'REVEALED') return undefined;
  return (await findWordings(context, [issueKey])).get(issueKey);
}

interface Voting<Vote> {
  readonly field: Parameters<typeof toKeyedRequest>[0];
  readonly args: Parameters<typeof toKeyedRequest>[2] & { readonly roundId: string };
  /** Judges by a state; refuses what it does not allow. */
  readonly judge: (state: SessionAggregate, actorId: string) => Vote;
  readonly write: (vote: Vote, common: Omit<Retraction, 'vote'>) => Promise<VoteOutcome>;
}

/**
 * What casting and retracting share: the caller's place, the retry that has no second effect, and the quorum afterwards. The vote is judged
 * by the state that this replica remembers, and the store's gate lets it in only when that is the session's structure now: one call.
 */
async function writeVote<Vote>(context: VotingContext, { field, args, judge, write }: Voting<Vote>): Promise<RoundView> {
  const { store, now } = context.services;
  const { sessionId, participantId: actorId } = await getBearer(context);
  const { roundId } = args;
  const request = toKeyedRequest(field, actorId, args, now());
  for (let tries = 0; tries < maxTries; tries += 1) {
    const recalled = tries === 0 ? store.recall?.(sessionId) : undefined;
    const state = recalled ?? (await getState(store, sessionId));
    let vote: Vote;
    try {
      getPresent(state, actorId);
      vote = judge(state, actorId);
    } catch (refusal) {
      // The newest state may allow what a remembered one does not; and what was done is not refused the second time.
      if (!(refusal instanceof DomainError)) throw refusal;
      if (recalled !== undefined) continue;
      const replay = await findReplay(store, sessionId, request);
      if (replay === undefined) throw refusal;
      return afterRetry(context.services, replay.state, { actorId, roundId });
    }
    const outcome = await write(vote, { sessionId, structure: state.session.structure, at: now(), request });
    if (outcome.kind === 'committed') return afterVote(context, atRevision(state, outcome.revision), { actorId, roundId });
    if (outcome.kind === 'reused') refuseReuse();
    if (outcome.kind === 'replayed') return afterRetry(context.services, await getState(store, sessionId), { actorId, roundId });
    // The gate said no after the domain had said yes: the newest state says why, or says yes again.
  }
  return refuse('SESSION_BUSY', 'Too many changes at once: try again.');
}

interface Voted {
  readonly actorId: string;
  readonly roundId: string;
}

/** `state` is that of the vote's own revision: votes change nothing else in it. */
async function afterVote({ services }: VotingContext, state: SessionAggregate, { actorId, roundId }: Voted): Promise<RoundView> {
  const { store, presence, now } = services;
  const { id: sessionId, settings } = state.session;
  presence.notice(sessionId, actorId);
  if (settings.autoRevealSeconds === null) return toRoundView(toView(store, state), roundId);
  await settleQuorum(store, sessionId, now);
  return toRoundView(toView(store, await getState(store, sessionId)), roundId);
}

async function afterRetry({ store, now }: Services, state: SessionAggregate, { actorId, roundId }: Voted): Promise<RoundView> {
  // Whoever has left or was removed reads the session by no retry.
  getPresent(state, actorId);
  await settleQuorumOfRetry(store, state, now);
  return toRoundView(toView(store, await getState(store, state.session.id)), roundId);
}

function toRoundView(session: SessionView, roundId: string): RoundView {
  return { session, round: getRound(session.state, roundId) };
}
