import { createContext, use } from 'react';
import type {
  IssuePart,
  IssuePartsFragment,
  ParticipantPartsFragment,
  RoundPartsFragment,
  SessionLiveFragment,
} from '../generated/graph.ts';
import type { GraphConnection } from '../graph/connection.ts';

export type Session = SessionLiveFragment;
export type Item = Session['items'][number];
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
}

/** How many people have voted in a round, on whichever track. */
export function countVoters(round: Round): number {
  return new Set(round.votes.map((vote) => vote.participant.id)).size;
}

export const SessionContext = createContext<SessionView | null>(null);

/** The session that is shown; only below `SessionGate`. */
export function useSession(): SessionView {
  const view = use(SessionContext);
  if (!view) throw new Error('useSession belongs below SessionGate');
  return view;
}
