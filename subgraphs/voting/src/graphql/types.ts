import { facilitatorsOf, findCurrentRound, getItem, getRound } from '../domain/access.ts';
import { isNumeric } from '../domain/decks.ts';
import type { Estimate, Newcomer, SessionEvent, Vote, Wording } from '../domain/model.ts';
import { isOnline } from '../domain/presence.ts';
import { findNext } from '../domain/queue.ts';
import { toQueuePart } from '../domain/queue-size.ts';
import { toReport } from '../domain/report.ts';
import { toResult } from '../domain/results.ts';
import { getCard } from '../domain/rounds.ts';
import { findChanges } from '../domain/settlements.ts';
import { countVoters, getTrack } from '../domain/tracks.ts';
import { projectOf } from '../jira/issue-catalog.ts';
import { avatarIn } from './avatars.ts';
import type { VotingContext } from './context.ts';
import type { Resolvers } from './generated/types.ts';
import { findHistory, findWrittenFields } from './history.ts';
import { placeTypes } from './places.ts';
import { reportTypes } from './report.ts';
import {
  findAllVotes,
  type IssueView,
  type ParticipantView,
  type ReportView,
  type ResultView,
  type RoundView,
  type SessionView,
} from './views.ts';
import { describe, findChangedParts } from './wording.ts';

type Typed =
  | 'Report'
  | 'Place'
  | 'Session'
  | 'QueueProgress'
  | 'Participant'
  | 'Newcomer'
  | 'Deck'
  | 'Issue'
  | 'SessionItem'
  | 'Round'
  | 'Vote'
  | 'Result'
  | 'Estimate'
  | 'SharedReport'
  | 'SessionEvent';

/**
 * How the contract's types read off the state.
 * A vote's card is in exactly three places: `Vote.card` (beside it the note), `toResults` and `toReport`, all of which look at revealed rounds only.
 */
export const types: Pick<Resolvers, Typed> = {
  Session: {
    id: ({ state }) => state.session.id,
    title: ({ state }) => state.session.title,
    state: ({ state }) => state.session.state,
    revision: ({ state }) => state.session.revision,
    inviteCode: ({ state }) => state.session.inviteCode,
    deck: ({ state }) => state.session.deck,
    settings: (session) => ({
      ...session.state.session.settings,
      successors: session.state.session.settings.successors.flatMap((id) => findParticipant(session, id) ?? []),
    }),
    tracks: ({ state }) => state.session.tracks,
    createdAt: ({ state }) => state.session.createdAt,
    closedAt: ({ state }) => state.session.closedAt,
    facilitators: (session) => facilitatorsOf(session.state).map((participant) => ({ session, participant })),
    waiting: ({ state }) => state.session.waiting,
    participants: (session) => session.state.participants.map((participant) => ({ session, participant })),
    items: (session) => session.state.items.map((item) => ({ session, item })),
    queue: (session, { first, after }) => {
      const { nodes, ...rest } = toQueuePart(session.state, first, after ?? undefined);
      return { ...rest, nodes: nodes.map((item) => ({ session, item })) };
    },
    progress: (session) => session,
    item: (session, { id }) => {
      const item = session.state.items.get(id);
      return item === undefined ? null : { session, item };
    },
    currentRound: (session) => {
      const round = findCurrentRound(session.state);
      return round === undefined ? null : { session, round };
    },
    writeBacks: ({ state }) =>
      [...Map.groupBy(state.estimates, (estimate) => estimate.state)].map(([writeBackState, estimates]) => ({
        state: writeBackState,
        count: estimates.length,
      })),
    report: toReportView,
  },
  QueueProgress: {
    itemCount: ({ state }) => state.items.length,
    estimatedCount: ({ state }) => state.items.count('state', 'ESTIMATED'),
    next: (session) => {
      const item = findNext(session.state);
      return item === undefined ? null : { session, item };
    },
  },
  Report: reportTypes,
  Place: placeTypes,
  SharedReport: {
    title: ({ state }) => state.session.title,
    state: ({ state }) => state.session.state,
    createdAt: ({ state }) => state.session.createdAt,
    closedAt: ({ state }) => state.session.closedAt,
    tracks: ({ state }) => state.session.tracks,
    participants: (session) => session.state.participants.map((participant) => ({ session, participant })),
    items: (session) => session.state.items.map((item) => ({ session, item })),
    report: toReportView,
  },
  Participant: {
    id: ({ participant }) => participant.id,
    name: ({ participant }) => participant.name,
    role: ({ participant }) => participant.role,
    discipline: ({ participant }) => participant.discipline,
    joinedAt: ({ participant }) => participant.joinedAt,
    avatar: ({ session, participant }) => avatarIn(session.state, participant.id),
    isFacilitator: ({ participant }) => participant.facilitatorRank !== null,
    isSuccessor: ({ participant }) => participant.isSuccessor,
    isSignedIn: ({ participant }) => participant.subject !== null,
    isPresent: ({ participant }) => participant.leftAt === null,
    isOnline: async ({ session, participant }, _arguments, { services }) =>
      isOnline(participant, await session.sightings(), services.now()),
    lastSeenAt: async ({ session, participant }) => toMinute((await session.sightings()).get(participant.id)?.seenAt),
  },
  Newcomer: {
    isSignedIn: ({ subject }: Newcomer) => subject !== null,
    askedAt: ({ askedMs }: Newcomer) => new Date(askedMs),
  },
  Issue: {
    __resolveReference: (reference) => toIssueView(reference),
    changedSinceEstimate: async ({ key, wording }, _arguments, context) => {
      const [newest] = await findHistory(context, key);
      return newest === undefined || wording === undefined ? [] : findChanges(newest.estimate, wording);
    },
    writtenFields: ({ key, currentKey = key }, _arguments, context) => findWrittenFields(context, projectOf(currentKey)),
    estimates: async ({ key }, _arguments, context) =>
      (await findHistory(context, key)).map(({ estimate: { track, value, label, settledAt }, ...session }) => ({
        ...session,
        track,
        value,
        label: label || String(value),
        settledAt,
      })),
  },
  SessionItem: {
    id: ({ item }) => item.id,
    position: ({ item }) => item.position,
    state: ({ item }) => item.state,
    topic: ({ item }) => item.topic,
    decision: ({ item }) => item.decision || null,
    issue: ({ item }) => toIssue(item.issueKey),
    estimates: ({ session, item }) => {
      const settled = session.played.estimatesOf(item.id);
      return session.state.session.tracks.flatMap(({ id }) => settled.findLast((estimate) => estimate.track === id) ?? []);
    },
    rounds: ({ session, item }) => session.played.roundsOf(item.id).map((round) => ({ session, round })),
  },
  Round: {
    id: ({ round }) => round.id,
    number: ({ round }) => round.number,
    state: ({ round }) => round.state,
    deck: ({ round }) => round.deck,
    origin: ({ round }) => round.origin,
    reason: ({ round }) => round.reason,
    settledBy: ({ session, round }) => findParticipant(session, round.settledBy) ?? null,
    openedAt: ({ round }) => round.openedAt,
    revealsAt: ({ round }) => round.revealsAt,
    deadlineAt: ({ round }) => round.deadlineAt,
    timerLeftSeconds: ({ round }) => round.timerLeftSeconds,
    revealedAt: ({ round }) => round.revealedAt,
    settledAt: ({ round }) => round.settledAt,
    item: ({ session, round }) => ({ session, item: getItem(session.state, round.itemId) }),
    issue: ({ session, round }) => toIssue(getItem(session.state, round.itemId).issueKey),
    roster: ({ session, round }) => round.roster.flatMap((id) => findParticipant(session, id) ?? []),
    votes: async (view) => inRosterOrder(view, await view.session.votesOf(view.round.id)).map((vote) => ({ round: view, vote })),
    votedCount: async (view) => new Set((await view.session.votesOf(view.round.id)).map((vote) => vote.participantId)).size,
    result: async (view, { track }) => {
      const { id } = getTrack(view.session.state.session.tracks, track);
      return (await toResults(view)).find(({ result }) => result.track === id) ?? null;
    },
    results: toResults,
    estimates: ({ session, round }) => session.played.estimatesIn(round.id),
    isReworded,
    stale: isReworded,
    changedParts: (view, _arguments, context) => findChangedParts(context, view),
    revision: ({ session }) => session.state.session.revision,
  },
  Vote: {
    participant: ({ round, vote }) => getParticipant(round.session, vote.participantId),
    track: ({ vote }) => vote.track,
    card: ({ round, vote }) => (isRevealed(round) ? getCard(round.round, vote.card) : null),
    note: ({ round, vote }) => (isRevealed(round) ? vote.note : null),
  },
  Result: {
    track: ({ result }) => result.track,
    distribution: ({ result }) => result.distribution,
    votedCount: ({ result }) => result.votedCount,
    voterCount: ({ result }) => result.voterCount,
    numericCount: ({ result }) => result.numericCount,
    mean: ({ result }) => result.mean,
    median: ({ result }) => result.median,
    mode: ({ result }) => result.mode,
    min: ({ result }) => result.min,
    max: ({ result }) => result.max,
    standardDeviation: ({ result }) => result.standardDeviation,
    agreement: ({ result }) => result.agreement,
    hasConsensus: ({ result }) => result.hasConsensus,
    suggestion: ({ result }) => result.suggestion,
    outliers: ({ session, result }) => result.outlierIds.flatMap((id) => findParticipant(session, id) ?? []),
  },
  Deck: { isNumeric: (deck) => isNumeric(deck) },
  Estimate: {
    label: ({ label, value }: Estimate) => label || String(value),
    writeBack: ({ state, attempts, reason, reasonCode, valueInJira, writtenAt }: Estimate) => ({
      state,
      attempts,
      reason,
      reasonCode,
      valueInJira,
      writtenAt,
    }),
  },
  SessionEvent: {
    revision: ({ event }) => event.revision,
    type: ({ event }) => event.type,
    at: ({ event }) => event.at,
    actor: ({ session, event }) => (isVote(event) ? null : (findParticipant(session, event.actorId) ?? null)),
    participant: ({ session, event }) => (isVote(event) ? null : (findParticipant(session, event.participantId) ?? null)),
    item: ({ session, event }) => {
      const item = event.itemId === undefined ? undefined : session.state.items.get(event.itemId);
      return item === undefined ? null : { session, item };
    },
    round: ({ session, event }) => (event.roundId === undefined ? null : { session, round: getRound(session.state, event.roundId) }),
  },
};

/** Whose it is the log tells nobody, or it would tell who voted first and who again. */
const isVote = ({ type }: SessionEvent) => type === 'VOTE_CAST' || type === 'VOTE_RETRACTED';

/** A sign of life is given by voting, too: to the second it would say whose vote an event is of. */
function toMinute(at: Date | undefined): Date | null {
  return at === undefined ? null : new Date(Math.floor(at.getTime() / 60_000) * 60_000);
}

async function toReportView(session: SessionView, _arguments: object, context: VotingContext): Promise<ReportView> {
  const votes = await findAllVotes(session);
  let issues: ReturnType<typeof describe> | undefined;
  return {
    session,
    votes,
    report: toReport(session.state, votes),
    issues: () => {
      issues ??= describe(context, session.state);
      return issues;
    },
  };
}

/** True once the cards are on the table; an abandoned round shows them only when it had been revealed. */
function isRevealed({ round }: RoundView): boolean {
  return round.revealedAt !== null;
}

async function toResults(view: RoundView): Promise<readonly ResultView[]> {
  if (!isRevealed(view)) return [];
  const { session, round } = view;
  const votes = await session.votesOf(round.id);
  const { state } = session;
  return state.session.tracks.map(({ id }) => ({
    session,
    result: toResult(round, { track: id, size: countVoters(state, round, id) }, votes),
  }));
}

async function isReworded(view: RoundView, _arguments: object, context: VotingContext): Promise<boolean> {
  return (await findChangedParts(context, view)).length > 0;
}

/** Not in the order of voting: that would tell who hesitated. */
function inRosterOrder({ round, session }: RoundView, votes: readonly Vote[]): readonly Vote[] {
  const trackIds = session.state.session.tracks.map((track) => track.id);
  const places = new Map(round.roster.map((id, index) => [id, index]));
  const place = (vote: Vote) => (places.get(vote.participantId) ?? -1) * trackIds.length + trackIds.indexOf(vote.track);
  return [...votes].sort((one, other) => place(one) - place(other));
}

function toIssue(key: string | null): { readonly __typename: 'Issue'; readonly key: string } | null {
  return key === null ? null : { __typename: 'Issue', key };
}

function findParticipant(session: SessionView, id: string | null | undefined): ParticipantView | undefined {
  const participant = id == null ? undefined : session.played.participantOf(id);
  return participant === undefined ? undefined : { session, participant };
}

function getParticipant(session: SessionView, id: string): ParticipantView {
  const participant = findParticipant(session, id);
  if (participant === undefined) throw new Error(`the vote of ${id} has no participant`);
  return participant;
}

type IssueReference = Pick<IssueView, 'key' | 'currentKey'> & Partial<Wording>;

/** The required fields come along only where the operation asks for what requires them. */
function toIssueView({ key, currentKey, summaryFingerprint, descriptionFingerprint }: IssueReference): IssueView {
  const isWorded = summaryFingerprint !== undefined && descriptionFingerprint !== undefined;
  return {
    key,
    ...(currentKey === undefined ? {} : { currentKey }),
    ...(isWorded ? { wording: { summaryFingerprint, descriptionFingerprint } } : {}),
  };
}
