import type { Rows } from './rows.ts';

// The words of DESIGN §3 as data. Times are Dates; every list is in the order that the SDL promises.

export type Role = 'ESTIMATOR' | 'SPECTATOR';
export type SuccessionRule = 'VOTERS' | 'NAMED' | 'EVERYONE';
export type SessionState = 'OPEN' | 'PAUSED' | 'CLOSED';
export type CardKind = 'NUMBER' | 'UNSURE' | 'BREAK' | 'PASS';
export type ItemState = 'PENDING' | 'VOTING' | 'ESTIMATED' | 'SKIPPED' | 'DEFERRED';
export type RoundState = 'OPEN' | 'REVEALED' | 'SETTLED' | 'REVOTED' | 'ABANDONED';
/** How an entry of the ledger came about: by votes, as a correction of a settled estimate, or as an estimate without a vote. */
export type RoundOrigin = 'VOTE' | 'REVISION' | 'DIRECT';
export type EstimatePolicy = 'UNANIMOUS' | 'WITHIN_ONE_CARD' | 'MEDIAN' | 'MAX' | 'MAJORITY';
export type WriteBackState = 'PENDING' | 'WRITTEN' | 'SUPERSEDED' | 'CONFLICT' | 'FAILED' | 'NOT_NEEDED';
export type WriteBackReason =
  | 'VALUE_CHANGED'
  | 'VALUE_KEPT'
  | 'IMPORTED'
  | 'ISSUE_NOT_FOUND'
  | 'FIELD_MISSING'
  | 'FIELD_NOT_ON_SCREEN'
  | 'FIELD_HOLDS_TEXT'
  | 'FIELD_OPTION'
  | 'FIELD_TYPE'
  | 'FORBIDDEN'
  | 'REFUSED'
  | 'NOT_SENT'
  | 'JIRA_UNAVAILABLE'
  | 'JIRA_RATE_LIMITED'
  | 'JIRA_CREDENTIALS';

export interface Card {
  readonly label: string;
  /** Null for a card without a number; 0 is a number. */
  readonly value: number | null;
  readonly kind: CardKind;
}

export interface Deck {
  readonly name: string;
  readonly cards: readonly Card[];
}

export interface Track {
  readonly id: string;
  readonly label: string;
  /** Whose estimators vote in it; null: everyone's. */
  readonly discipline: string | null;
}

export interface Settings {
  readonly revealedBy: 'FACILITATORS' | 'EVERYONE';
  /** Null: never by itself; 0: at once. */
  readonly autoRevealSeconds: number | null;
  readonly lateJoin: 'NEXT_ROUND' | 'NOW';
  readonly policy: EstimatePolicy;
  readonly writeBack: boolean;
  /** Whether decisions go to Jira with the estimates, as a comment. */
  readonly commentDecisions: boolean;
  /** How long the last facilitator may be away before the next in line takes over; null: for ever. */
  readonly successionSeconds: number | null;
  /** Whether the automatic reveal waits for estimators who are away, too. */
  readonly waitForAway: boolean;
  /** Who takes over from facilitators who are away. */
  readonly succession: SuccessionRule;
  /** Participants whom a facilitator named as successors, by id. */
  readonly successors: readonly string[];
  /** What the server does when a round's timer is over. */
  readonly atDeadline: 'NOTHING' | 'REVEAL';
  /** Whether the page shows what an issue was estimated at only after one's own vote. */
  readonly hideEstimates: boolean;
  /** Nobody new comes in. */
  readonly isLocked: boolean;
  /** Whoever is new waits until a facilitator lets them in. */
  readonly joinByApproval: boolean;
}

/** Somebody who asked to be let in, and waits. They are no participant, and the id is theirs once they are. */
export interface Newcomer {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly discipline: string | null;
  /** Whom the identity provider vouches for; null for a guest. Never shown. */
  readonly subject: string | null;
  /** Milliseconds since 1970: the session's row keeps it as JSON. */
  readonly askedMs: number;
}

export interface Session {
  readonly id: string;
  readonly title: string;
  readonly state: SessionState;
  /** Grows by one with every committed change. */
  readonly revision: number;
  /** Grows with every change but votes: the fence of commands, which votes must not starve. */
  readonly structure: number;
  readonly inviteCode: string;
  readonly deck: Deck;
  readonly settings: Settings;
  readonly tracks: readonly Track[];
  readonly openRoundId: string | null;
  /** The open round's roster: the vote gate reads it from the row that it locks. */
  readonly openRoundVoters: readonly string[];
  readonly createdAt: Date;
  readonly closedAt: Date | null;
  /** Whom the identity provider says created it; null without one. Never shown. */
  readonly ownerSubject: string | null;
  /** Who waits to be let in, in the order of asking. */
  readonly waiting: readonly Newcomer[];
}

export interface Participant {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly discipline: string | null;
  /** The avatar that they chose, as avatars.ts keeps it; absent or null for one by their place. */
  readonly avatar?: string | null;
  /** The place in the succession, 1 first; null for who does not facilitate. */
  readonly facilitatorRank: number | null;
  /** Facilitates because all facilitators were away: cannot remove those who did before. */
  readonly isSuccessor: boolean;
  /** Whom the identity provider vouches for; null for a guest. Never shown. */
  readonly subject: string | null;
  readonly joinedAt: Date;
  readonly leftAt: Date | null;
}

export interface Item {
  readonly id: string;
  /** The place in the queue; gaps are allowed, ties are not. */
  readonly position: number;
  readonly state: ItemState;
  readonly issueKey: string | null;
  /** Jira's own number for the issue, which survives moves; null for topics, and for issues that were added before it was kept. */
  readonly issueId: string | null;
  readonly topic: string | null;
  /** What was decided, in a facilitator's words; null for none yet, empty when it was taken back: the comment in Jira then loses it. */
  readonly decision: string | null;
  /** What Jira held in the fields of the session's tracks, by track; absent for what nobody has looked at. The write-back compares with it. */
  readonly seenInJira: Readonly<Record<string, number | null>>;
  /** When Jira held it; null when nobody has looked. */
  readonly seenAt: Date | null;
}

/** Found by their state, and by what they are of. */
export type Items = Rows<Item, 'state' | 'issueKey' | 'issueId'>;

export interface Round {
  readonly id: string;
  readonly itemId: string;
  /** 1 for the item's first round. */
  readonly number: number;
  readonly state: RoundState;
  readonly origin: RoundOrigin;
  /** Why an estimate was corrected or made without a vote; null for a vote. */
  readonly reason: string | null;
  /** The facilitator who settled it. */
  readonly settledBy: string | null;
  readonly deck: Deck;
  readonly policy: EstimatePolicy;
  /** Participants who may vote, in the order of joining. */
  readonly roster: readonly string[];
  readonly openedAt: Date;
  readonly revealsAt: Date | null;
  /** When the timer is over; null without one, and while it is paused. */
  readonly deadlineAt: Date | null;
  /** What a paused timer has left; null for one that runs. */
  readonly timerLeftSeconds: number | null;
  readonly revealedAt: Date | null;
  readonly settledAt: Date | null;
}

export interface Vote {
  readonly roundId: string;
  readonly participantId: string;
  readonly track: string;
  /** The card's label in the round's deck. */
  readonly card: string;
  /** A reason or a question, as hidden as the card; null without one. */
  readonly note: string | null;
}

/** A settled value, and its way to Jira: the row is the outbox. */
export interface Estimate {
  readonly roundId: string;
  readonly track: string;
  readonly itemId: string;
  readonly issueKey: string | null;
  readonly value: number;
  /** The label of the card with that value in its round's deck, e.g. `M`; the number itself when no card has it. */
  readonly label: string;
  readonly settledAt: Date;
  readonly state: WriteBackState;
  readonly attempts: number;
  /** When the write-back may be tried again. */
  readonly nextAttemptAt: Date;
  readonly reason: string | null;
  readonly reasonCode: WriteBackReason | null;
  readonly valueInJira: number | null;
  /** A facilitator agreed to replace `valueInJira`. */
  readonly overwrite: boolean;
  /** Sent by a strict sync: when one of these fails, those still waiting are not sent. */
  readonly isStrict: boolean;
  readonly writtenAt: Date | null;
  /** Of the issue's text as it was estimated; null for a topic, or when Jira could not be asked. */
  readonly summaryFingerprint: string | null;
  readonly descriptionFingerprint: string | null;
}

/** What an issue says, short enough to keep: equal for equal texts. */
export interface Wording {
  readonly summaryFingerprint: string;
  readonly descriptionFingerprint: string;
}

/** All of a session but its votes and events. */
export interface SessionAggregate {
  readonly session: Session;
  /** In the order of joining. */
  readonly participants: readonly Participant[];
  /** In the queue's order. */
  readonly items: Items;
  /** In the order of opening. */
  readonly rounds: readonly Round[];
  /** In the order of settling. */
  readonly estimates: readonly Estimate[];
}

export type EventType =
  | 'SESSION_CREATED'
  | 'SESSION_UPDATED'
  | 'SESSION_CLOSED'
  | 'SESSION_REOPENED'
  | 'PARTICIPANT_JOINED'
  | 'PARTICIPANT_UPDATED'
  | 'PARTICIPANT_LEFT'
  | 'FACILITATION_PASSED'
  | 'WAITING_CHANGED'
  | 'ITEMS_CHANGED'
  | 'ROUND_STARTED'
  | 'VOTE_CAST'
  | 'VOTE_RETRACTED'
  | 'SESSION_PAUSED'
  | 'SESSION_RESUMED'
  | 'TIMER_CHANGED'
  | 'COUNTDOWN_STARTED'
  | 'COUNTDOWN_CANCELLED'
  | 'ROUND_REVEALED'
  | 'ROUND_SETTLED'
  | 'ESTIMATE_REVISED'
  | 'ITEM_ESTIMATED'
  | 'ROUND_ABANDONED'
  | 'WRITE_BACK_CHANGED';

/** What happened, before it has a revision. Never a card. */
export interface Happening {
  readonly type: EventType;
  readonly at: Date;
  /** Null: the server itself. */
  readonly actorId: string | null;
  readonly itemId?: string;
  readonly roundId?: string;
  readonly participantId?: string;
  /** Of a vote. */
  readonly track?: string;
}

export interface SessionEvent extends Happening {
  readonly revision: number;
}
