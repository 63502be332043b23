// For tests: a client that follows `sessionChanges`, as any client would.
import type { GraphqlAnswer, VotingWorld } from './world.ts';

const settings =
  '{ revealedBy autoRevealSeconds lateJoin policy writeBack commentDecisions successionSeconds waitForAway succession successors { id } atDeadline hideEstimates isLocked }';
const own = `id title state inviteCode closedAt deck { name } settings ${settings} currentRound { id } facilitators { id } writeBacks { state count }`;
const participant = '{ id name role discipline isFacilitator isPresent }';
const estimate = '{ track value writeBack { state reasonCode } }';
const round = `{ id number state revealsAt deadlineAt timerLeftSeconds revealedAt settledAt roster { id } votes { participant { id } track card { label } note } results { track mean } estimates ${estimate} }`;
const progress = '{ itemCount estimatedCount next { id } }';
const item = `{ id position state topic decision estimates ${estimate} }`;

const sessionQuery = `query ($sessionId: ID!) { session(id: $sessionId) {
  revision ${own} progress ${progress} participants ${participant} items { id position state topic decision estimates ${estimate} rounds ${round} } } }`;

export const changesQuery = `subscription ($sessionId: ID!, $after: Int) { sessionChanges(sessionId: $sessionId, after: $after) { revision changes {
  __typename
  ... on SessionChanged { session { ${own} } }
  ... on ParticipantChanged { participant ${participant} }
  ... on PresenceChanged { participantId isOnline }
  ... on ItemChanged { item ${item} }
  ... on ItemMoved { itemId position }
  ... on ItemRemoved { itemId }
  ... on QueueChanged { progress ${progress} }
  ... on RoundChanged { itemId round ${round} }
  ... on EstimateChanged { itemId roundId estimate ${estimate} }
  ... on VoteChanged { roundId participantId track hasVoted }
} } }`;

// biome-ignore lint/suspicious/noExplicitAny: rows are as the queries above say.
type Row = any;

/** The session as a client has it: what the query answered, and what came since. */
export interface Followed {
  revision: number;
  readonly session: Row;
}

export async function readSession(world: VotingWorld, sessionId: string, token: string): Promise<Followed> {
  const { revision, ...session } = (await world.get(sessionQuery, { sessionId }, token)).session;
  return { revision, session };
}

/** Puts a payload's changes into what the client has. */
export function apply(followed: Followed, payload: GraphqlAnswer): void {
  const { revision, changes } = payload.data.sessionChanges;
  followed.revision = revision ?? followed.revision;
  for (const change of changes) applyOne(followed.session, change);
}

function applyOne(session: Row, change: Row): void {
  const itemOf = (id: string) => session.items.find((candidate: Row) => candidate.id === id);
  const roundOf = (id: string) => session.items.flatMap((candidate: Row) => candidate.rounds).find((candidate: Row) => candidate.id === id);
  const put = (rows: Row[], row: Row, isSame: (other: Row) => boolean) => {
    const at = rows.findIndex(isSame);
    if (at < 0) rows.push(row);
    else rows[at] = { ...rows[at], ...row };
  };
  const sort = () => session.items.sort((one: Row, other: Row) => one.position - other.position);
  switch (change.__typename) {
    case 'SessionChanged':
      Object.assign(session, change.session);
      break;
    case 'ParticipantChanged':
      put(session.participants, change.participant, ({ id }) => id === change.participant.id);
      break;
    case 'ItemChanged':
      put(session.items, { rounds: itemOf(change.item.id)?.rounds ?? [], ...change.item }, ({ id }) => id === change.item.id);
      sort();
      break;
    case 'ItemMoved':
      itemOf(change.itemId).position = change.position;
      sort();
      break;
    case 'ItemRemoved':
      session.items = session.items.filter(({ id }: Row) => id !== change.itemId);
      break;
    case 'QueueChanged':
      session.progress = change.progress;
      break;
    case 'RoundChanged':
      put(itemOf(change.itemId).rounds, change.round, ({ id }) => id === change.round.id);
      break;
    case 'EstimateChanged':
      for (const holder of [itemOf(change.itemId), roundOf(change.roundId)])
        put(holder.estimates, change.estimate, ({ track }) => track === change.estimate.track);
      break;
    case 'VoteChanged': {
      const { votes, roster } = roundOf(change.roundId);
      const isSame = (vote: Row) => vote.participant.id === change.participantId && vote.track === change.track;
      const at = votes.findIndex(isSame);
      if (change.hasVoted && at < 0) votes.push({ participant: { id: change.participantId }, track: change.track, card: null, note: null });
      if (!change.hasVoted && at >= 0) votes.splice(at, 1);
      const place = ({ participant: { id } }: Row) => roster.findIndex((voter: Row) => voter.id === id);
      votes.sort((one: Row, other: Row) => place(one) - place(other));
      break;
    }
    case 'PresenceChanged':
      break;
    default:
      throw new Error(`No such change: ${change.__typename}.`);
  }
}
