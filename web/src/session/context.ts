import { type Context, createContext, use } from 'react';
import type {
  IssuePart,
  IssuePartsFragment,
  ParticipantPartsFragment,
  RoundPartsFragment,
  SessionLiveFragment,
} from '../generated/graph.ts';
import type { GraphConnection } from '../graph/connection.ts';
import type { Item, Queue } from './queue.ts';

export type { Item } from './queue.ts';

/** `items`: those that anything is known of; the queue itself may be longer. */
export type Session = SessionLiveFragment & { readonly items: readonly Item[] };
export type Round = RoundPartsFragment;
export type Participant = ParticipantPartsFragment;
export type Issue = IssuePartsFragment;
export type Track = Session['tracks'][number];

/** The round whose estimate it is. */
export interface WriteBackTarget {
  readonly sessionId: string;
  readonly roundId: string;
}

/** What everything on the session's screen may need. */
export interface SessionView {
  readonly session: Session;
  readonly queue: Queue;
  /** Holds twice as much of the queue as now, or all of it. */
  readonly showMore: (what?: 'all') => void;
  readonly me: Participant | undefined;
  readonly isFacilitator: boolean;
  /** Whether one fills and orders the queue and plays rounds: a facilitator, while the session is open. */
  readonly mayDirect: boolean;
  readonly connection: GraphConnection;
  /** The Jira issue of an item; undefined for a topic and while Jira has not answered. */
  readonly findIssue: (itemId: string) => Issue | undefined;
  /** What went wrong while asking Jira; null when all is well. */
  readonly jiraProblem: unknown;
  /** Where a facilitator decides about an item's write-back; undefined for others. */
  readonly findWriteBackTarget: (item: Item) => WriteBackTarget | undefined;
  /** What Jira has reworded of an item since its last settled round; empty when nothing. */
  readonly findRewording: (itemId: string) => readonly IssuePart[];
  readonly findParticipant: (id: string) => Participant | undefined;
  /** Whether earlier estimates and Jira's own are kept from sight, so that nothing anchors: a round is open, and one's own vote is not in. */
  readonly areEstimatesHidden: boolean;
}

/**
 * What the queue shows of its session: it stays the same while people vote and come and go, so that its rows are not drawn again each time.
 * Who acts on a row asks for the rest at that moment, by `useSessionNow`.
 */
export type QueueView = Pick<
  SessionView,
  'queue' | 'showMore' | 'mayDirect' | 'findIssue' | 'jiraProblem' | 'findWriteBackTarget' | 'findRewording' | 'areEstimatesHidden'
> & {
  readonly sessionId: string;
  /** The item of the round that is played. */
  readonly currentItemId: string | undefined;
};

/** The tracks that somebody may vote in: who has named no discipline, in all. */
export function tracksOf({ discipline }: Pick<Participant, 'discipline'>, { tracks }: Pick<Session, 'tracks'>): readonly Track[] {
  return tracks.filter((track) => track.discipline === null || discipline === null || track.discipline === discipline);
}

/** Whether somebody has voted in every track that waits for them; who has named no discipline, in any. */
export function hasVoted(round: Round, participant: Pick<Participant, 'id' | 'discipline'>, session: Pick<Session, 'tracks'>): boolean {
  const mine = new Set(round.votes.filter((vote) => vote.participant.id === participant.id).map((vote) => vote.track));
  const awaited = session.tracks.filter((track) => track.discipline === null || track.discipline === participant.discipline);
  return awaited.length === 0 ? mine.size > 0 : awaited.every((track) => mine.has(track.id));
}

/** How many people have voted in a round, on all their tracks; and how many it has. A roster counts people, not tracks. */
export function countVoters(
  round: Round,
  session: Pick<Session, 'tracks' | 'participants'>,
): { readonly voted: number; readonly total: number } {
  const voters = round.roster.flatMap(({ id }) => session.participants.find((participant) => participant.id === id) ?? []);
  return { voted: voters.filter((voter) => hasVoted(round, voter, session)).length, total: round.roster.length };
}

export const SessionContext = createContext<SessionView | null>(null);
export const QueueContext = createContext<QueueView | null>(null);
export const NowContext = createContext<(() => SessionView) | null>(null);

/** The session that is shown; only below `SessionGate`. Draws again with every vote: a row of a list takes less, see `useQueue`. */
export const useSession = (): SessionView => useBelowGate(SessionContext);

/** The queue that is shown; only below `SessionGate`. */
export const useQueue = (): QueueView => useBelowGate(QueueContext);

/** The session as it is when somebody acts, for handlers: nothing is drawn again for it. Only below `SessionGate`. */
export const useSessionNow = (): (() => SessionView) => useBelowGate(NowContext);

function useBelowGate<Value>(context: Context<Value | null>): Value {
  const value = use(context);
  if (value === null) throw new Error('The session is known only below SessionGate.');
  return value;
}
