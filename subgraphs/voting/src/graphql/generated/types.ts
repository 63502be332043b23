// Generated from schema.graphql by `npm run generate`; do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { SessionView, ItemView, RoundView, VoteView, ResultView, ReportView, PlaceView, EventView, ParticipantView, IssueView } from '../views.ts';
import type { ChangesView, ChangeView } from '../changes.ts';
import type { Newcomer as NewcomerModel, Estimate as EstimateModel, Card as CardModel, Deck as DeckModel, Track as TrackModel } from '../../domain/model.ts';
import type { VotingContext } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant, ISO 8601 in UTC, e.g. `2026-11-22T09:30:00.000Z`. */
  DateTime: { input: string; output: Date | string; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type AddedItems = {
  readonly __typename?: 'AddedItems';
  readonly added: ReadonlyArray<SessionItem>;
  /** Keys that were in the queue already, or twice in the request. */
  readonly duplicates: ReadonlyArray<Scalars['ID']['output']>;
  /** False when a JQL finds more than was looked at: more than 1000, or pages that Jira promised and did not give. */
  readonly isComplete: Scalars['Boolean']['output'];
  /** Keys that Jira does not know or does not show, and what can be no key. */
  readonly notFound: ReadonlyArray<Scalars['ID']['output']>;
  /** Why, in the order of `notFound`. */
  readonly notFoundReasons: ReadonlyArray<NotFoundReason>;
  readonly session: Session;
};

/** One's place in a session, and the token that proves it: send it as `Authorization: Bearer …`. */
export type Admission = {
  readonly __typename?: 'Admission';
  readonly expiresAt: Scalars['DateTime']['output'];
  readonly participant: Participant;
  /**
   * Exchanges itself for a new token and a new secret, by `refreshToken`, as long as the session is kept: this is how one comes back next week. Each use
   * replaces it. Null when a token was renewed without it. Keep it as secret as a password, and apart from addresses and logs.
   */
  readonly refreshSecret: Maybe<Scalars['String']['output']>;
  readonly session: Session;
  /** Bound to this participant of this session. Role and facilitation are read from the session at every use: a change counts at once. */
  readonly token: Scalars['String']['output'];
  /** Until when the identity provider's word counts for this token: see `refreshToken`. Null for guests, and with `AUTH=open`. */
  readonly vouchedUntil: Maybe<Scalars['DateTime']['output']>;
};

export type AtDeadline =
  /** The clock goes on below zero. */
  | 'NOTHING'
  /** The round is revealed with those who have voted. */
  | 'REVEAL';

export type Avatar = {
  readonly __typename?: 'Avatar';
  /** One of `avatarEmojis`. */
  readonly emoji: Scalars['String']['output'];
  /** 0 to 5, for six colours in a client's own shades. */
  readonly tint: Scalars['Int']['output'];
};

export type AvatarInput = {
  readonly emoji: Scalars['String']['input'];
  readonly tint: Scalars['Int']['input'];
};

export type Card = {
  readonly __typename?: 'Card';
  readonly kind: CardKind;
  readonly label: Scalars['String']['output'];
  /** What it stands for in estimates and in Jira; null when it has no number. ½ is 0.5, 0 is zero. */
  readonly value: Maybe<Scalars['Float']['output']>;
};

export type CardCount = {
  readonly __typename?: 'CardCount';
  readonly card: Card;
  readonly count: Scalars['Int']['output'];
};

export type CardInput = {
  readonly kind: CardKind;
  /** 1 to 12 characters; no two in a deck look the same. */
  readonly label: Scalars['String']['input'];
  /** Null or absent: a card without a number. */
  readonly value?: InputMaybe<Scalars['Float']['input']>;
};

export type CardKind =
  /** `☕`: I need a break. */
  | 'BREAK'
  | 'NUMBER'
  /** `pass`: I leave it to the others. Whoever passes has voted. */
  | 'PASS'
  /** `?`: I cannot tell. */
  | 'UNSURE';

export type ConflictDecision =
  | 'KEEP'
  | 'OVERWRITE';

export type DaySummary = {
  readonly __typename?: 'DaySummary';
  /** ISO date. */
  readonly date: Scalars['String']['output'];
  readonly itemCount: Scalars['Int']['output'];
  readonly totals: ReadonlyArray<TrackTotal>;
};

/** The cards of a round. */
export type Deck = {
  readonly __typename?: 'Deck';
  /** In the deck's order. */
  readonly cards: ReadonlyArray<Card>;
  /** Whether sums and means of its numbers say anything: not those of `t-shirt`, whose numbers are Tally's; a deck of one's own declares its own. */
  readonly isNumeric: Scalars['Boolean']['output'];
  /** A ready-made deck's name (e.g. `fibonacci`), or `custom`. */
  readonly name: Scalars['String']['output'];
};

/** Opens one's own place on another device, once, within five minutes. Put the secret behind the `#` of an address: it then stays out of logs. */
export type DeviceLink = {
  readonly __typename?: 'DeviceLink';
  readonly expiresAt: Scalars['DateTime']['output'];
  readonly secret: Scalars['String']['output'];
};

/** What was agreed, for one track. */
export type Estimate = {
  readonly __typename?: 'Estimate';
  /** What the card with that value is called, e.g. `M`; the number when no card has it. */
  readonly label: Scalars['String']['output'];
  readonly track: Scalars['ID']['output'];
  readonly value: Scalars['Float']['output'];
  /** How its way to Jira stands. */
  readonly writeBack: WriteBack;
};

/** Something was settled, or its way to Jira went on. */
export type EstimateChanged = {
  readonly __typename?: 'EstimateChanged';
  readonly estimate: Estimate;
  readonly itemId: Scalars['ID']['output'];
  readonly roundId: Scalars['ID']['output'];
};

export type EstimateInput = {
  readonly track: Scalars['ID']['input'];
  /** 0 to 10 000, at most three decimals. */
  readonly value: Scalars['Float']['input'];
};

export type EstimatePolicy =
  /** The card with more than half of the numeric votes, when at least half of those who vote in the track played a number. */
  | 'MAJORITY'
  /** The highest vote. */
  | 'MAX'
  /** The median, snapped to the deck (upwards when it lies half-way). */
  | 'MEDIAN'
  /** Only when all numeric votes are the same. */
  | 'UNANIMOUS'
  /** The higher of two neighbouring cards when all votes lie on them. */
  | 'WITHIN_ONE_CARD';

export type Invitation = {
  readonly __typename?: 'Invitation';
  readonly deck: Deck;
  /** Whether a facilitator lets people in, by a setting or because very many come at this moment: `askToJoin` then, `joinSession` is refused. */
  readonly needsApproval: Scalars['Boolean']['output'];
  readonly sessionId: Scalars['ID']['output'];
  readonly state: SessionState;
  readonly title: Scalars['String']['output'];
  /** With their disciplines, for whoever joins to choose from. */
  readonly tracks: ReadonlyArray<Track>;
};

/** A Jira issue; its data comes from the jira subgraph. */
export type Issue = {
  readonly __typename?: 'Issue';
  /**
   * What was reworded in Jira since the newest of `estimates` was settled: reason for a new round. Empty when nothing was, or nothing is known.
   * Errors as `estimates`.
   */
  readonly changedSinceEstimate: ReadonlyArray<IssuePart>;
  /** @external: of the jira subgraph. */
  readonly currentKey: Scalars['ID']['output'];
  /** @external: of the jira subgraph. */
  readonly descriptionFingerprint: Scalars['String']['output'];
  /**
   * What was settled for it, the newest first; empty without a token. A participant's token is of one session: it shows that session's, and with
   * `AUTH=oidc` those of the same owner's other sessions. The identity provider's token shows those of all sessions that its people created.
   * With `AUTH=open` nobody is known beyond one session.
   * Errors: TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, NOT_PERMITTED, IDENTITY_UNAVAILABLE.
   */
  readonly estimates: ReadonlyArray<PastEstimate>;
  readonly key: Scalars['ID']['output'];
  /** @external: of the jira subgraph. */
  readonly summaryFingerprint: Scalars['String']['output'];
  /**
   * The ids of the fields that took an estimate of ours in this issue's project, in whatever session, since Tally keeps them; empty without a token.
   * An estimate for another field (`estimability`) is the first there: people should see the field's name before. Errors as `estimates`.
   */
  readonly writtenFields: ReadonlyArray<Scalars['ID']['output']>;
};

export type IssueCandidate = {
  readonly __typename?: 'IssueCandidate';
  /** In the queue already: it would not be added. */
  readonly isDuplicate: Scalars['Boolean']['output'];
  readonly issue: Issue;
};

export type IssuePart =
  | 'DESCRIPTION'
  | 'SUMMARY';

export type IssuesPreview = {
  readonly __typename?: 'IssuesPreview';
  readonly candidates: ReadonlyArray<IssueCandidate>;
  /** Keys that Jira does not know or does not show. */
  readonly notFound: ReadonlyArray<Scalars['ID']['output']>;
};

/** How far an item's votes agreed. */
export type ItemAgreement = {
  readonly __typename?: 'ItemAgreement';
  /** Of the last reveal. */
  readonly at: Scalars['DateTime']['output'];
  /** Of the first reveal, 0 to 1: see `Result.agreement`; the mean over tracks; null when too few voted to tell. */
  readonly first: Maybe<Scalars['Float']['output']>;
  readonly item: SessionItem;
  /** Of the last reveal; the same when there was one. */
  readonly last: Maybe<Scalars['Float']['output']>;
  /** Reveals of it. */
  readonly roundCount: Scalars['Int']['output'];
};

/** An item is new, or changed in more than its position. */
export type ItemChanged = {
  readonly __typename?: 'ItemChanged';
  readonly item: SessionItem;
};

export type ItemMoved = {
  readonly __typename?: 'ItemMoved';
  readonly itemId: Scalars['ID']['output'];
  readonly position: Scalars['Int']['output'];
};

export type ItemRemoved = {
  readonly __typename?: 'ItemRemoved';
  readonly itemId: Scalars['ID']['output'];
};

export type ItemState =
  /** Needs another look: at the end of the queue, its rounds kept. */
  | 'DEFERRED'
  | 'ESTIMATED'
  | 'PENDING'
  | 'SKIPPED'
  | 'VOTING';

export type LabelCount = {
  readonly __typename?: 'LabelCount';
  readonly count: Scalars['Int']['output'];
  /** A card's label, e.g. `M` or `8`. */
  readonly label: Scalars['String']['output'];
};

export type LateJoin =
  /** From the next round on: nobody who joins can hold up this one. */
  | 'NEXT_ROUND'
  /** In the open round, too. */
  | 'NOW';

/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Ends a round without an estimate; the item is pending again. Errors: NOT_A_FACILITATOR, ROUND_NOT_FOUND, ROUND_NOT_OPEN. */
  readonly abandonRound: Round;
  /**
   * Puts Jira issues at the end of the queue, by `keys` (1000 at most) or by `jql` (its first 1000: `isComplete`). Issues already in the queue are
   * reported, not added twice. A queue holds 5000 items.
   * With `AUTH=oidc` it is for facilitators whom the identity provider vouched for in the last 15 minutes: see `refreshToken`.
   * Errors: NOT_A_FACILITATOR, SIGN_IN_REQUIRED, INVALID_INPUT, TOO_MANY_ITEMS, JQL_INVALID (with Jira's own message), JIRA_UNAVAILABLE, JIRA_RATE_LIMITED, JIRA_FORBIDDEN.
   */
  readonly addIssues: AddedItems;
  /** Puts free-text topics at the end of the queue, 1000 at most in one request; a queue holds 5000 items. Errors: NOT_A_FACILITATOR, INVALID_INPUT, TOO_MANY_ITEMS. */
  readonly addTopics: AddedItems;
  /**
   * Lets in who waits: those named, all at once unless some are. Also into a locked session.
   * Errors: NOT_A_FACILITATOR, PARTICIPANT_NOT_FOUND (none of them waits), SESSION_FULL.
   */
  readonly admitWaiting: Session;
  /**
   * Asks the facilitators to be let in, as `joinSession` would join; where nobody needs to be asked one is in at once. Until then one reads the session's
   * title and whether one still waits, by `places`, and nothing else.
   * Errors: INVITE_NOT_FOUND, SESSION_LOCKED, SESSION_FULL, WAITING_ROOM_FULL (50 wait already), IDENTITY_UNAVAILABLE.
   */
  readonly askToJoin: Waiting;
  /** Stops the countdown to an automatic reveal; it starts again with the next vote, or when the roster changes. Errors: NOT_A_FACILITATOR, ROUND_NOT_FOUND, ROUND_NOT_OPEN. */
  readonly cancelReveal: Round;
  /**
   * Plays a card, by label or by the number that the label says (`0.5` and `1/2` are `½`); playing again before the reveal changes it, note and all.
   * Errors: ROUND_NOT_FOUND, ROUND_NOT_OPEN, NOT_IN_ROSTER (also for a track of another discipline), CARD_NOT_IN_DECK, UNKNOWN_TRACK.
   */
  readonly castVote: Round;
  /** Closes the session: an open round is abandoned, unplayed items stay unplayed. Errors: NOT_A_FACILITATOR. */
  readonly closeSession: Session;
  /** A link by which one goes on as the same participant on another device. It replaces the one before. */
  readonly createDeviceLink: DeviceLink;
  /** A link to the session's report; at most 20 at a time, the oldest goes. Errors: NOT_A_FACILITATOR. */
  readonly createReportLink: NewReportLink;
  /**
   * Opens a session; the caller becomes its facilitator. With `AUTH=oidc` the bearer is the identity provider's token.
   * Errors: UNKNOWN_DECK, INVALID_DECK, NOT_PERMITTED, IDENTITY_UNAVAILABLE.
   */
  readonly createSession: Admission;
  /** Sends away who waits: those named, all unless some are. They are told, and may ask again. Errors: NOT_A_FACILITATOR, PARTICIPANT_NOT_FOUND. */
  readonly declineWaiting: Session;
  /** Moves an item to the end of the queue for another look; its open round is abandoned and kept. Errors: NOT_A_FACILITATOR, ITEM_NOT_FOUND. */
  readonly deferItem: SessionItem;
  /**
   * Deletes the session with all its votes, estimates and names, for good; returns its id. For facilitators who do not stand in for others, and where the
   * identity provider knows the owner, for the owner. What Jira has stays there; estimates still on their way are not sent.
   * Errors: NOT_A_FACILITATOR, NOT_PERMITTED, WRITE_BACKS_PENDING (unless `discardWriteBacks`).
   */
  readonly deleteSession: Scalars['ID']['output'];
  /** Words a topic anew. Errors: NOT_A_FACILITATOR, ITEM_NOT_FOUND, ITEM_IN_USE (an issue, or being voted on). */
  readonly editTopic: SessionItem;
  /**
   * Estimates an item without a vote; arguments as of `reviseEstimate`.
   * Errors: NOT_A_FACILITATOR, ITEM_NOT_FOUND, ALREADY_ESTIMATED, ITEM_IN_USE (being voted on), UNKNOWN_TRACK.
   */
  readonly estimateItem: Round;
  /** Makes a participant a facilitator too; a successor then facilitates in their own right. Errors: NOT_A_FACILITATOR, PARTICIPANT_NOT_FOUND. */
  readonly grantFacilitation: Session;
  /**
   * A sign of life: the page sends one every 20 seconds. It changes no revision and makes no event.
   * Watchers of `sessionUpdated` hear when somebody comes or goes.
   */
  readonly imHere: Participant;
  /**
   * Joins by invite code. A name that somebody there has already gets a number: "Anna (2)". With a token of the same session one is the same participant
   * again, and so is, with the identity provider's token, whoever signed in before. The owner (see `mySessions`) comes back as facilitator, also
   * into a closed session.
   * Errors: INVITE_NOT_FOUND, SESSION_LOCKED, SESSION_FULL, APPROVAL_REQUIRED (a facilitator lets people in: `askToJoin`), IDENTITY_UNAVAILABLE.
   */
  readonly joinSession: Admission;
  /** Leaves; an open vote is withdrawn. Whoever sends it again, with its `idempotencyKey` too, is told NOT_A_PARTICIPANT: they have left. */
  readonly leaveSession: Session;
  /** Moves an item to a place in the queue, 0 being the first. Errors: NOT_A_FACILITATOR, ITEM_NOT_FOUND, ITEM_IN_USE. */
  readonly moveItem: Session;
  /**
   * Notes what was decided on an item, in 500 characters at most, or with null takes the note back; also in a closed session. With `commentDecisions` the
   * comment in Jira follows when the estimate is there already. Errors: NOT_A_FACILITATOR, ITEM_NOT_FOUND.
   */
  readonly noteDecision: SessionItem;
  /**
   * Asks who has not voted in an open round to do so, everybody or one; their pages tell them. For facilitators, and for whoever has voted there
   * themselves. It tells no card, changes no revision and makes no event: it is heard by `sessionSignals`, and kept nowhere. Nobody is nudged twice in
   * 30 seconds; who was is left out. Returns who was nudged: nobody when everyone has voted.
   * Errors: NOT_A_FACILITATOR, ROUND_NOT_FOUND, ROUND_NOT_OPEN, PARTICIPANT_NOT_FOUND (not of the roster), RATE_LIMITED (all of them were nudged in the
   * last 30 seconds; `retryAfterSeconds`).
   */
  readonly nudge: ReadonlyArray<Participant>;
  /** Exchanges a report link's secret for a token that reads `sharedReport`. Errors: LINK_NOT_FOUND. */
  readonly openReport: ReportAdmission;
  /** Pauses the session: an open round keeps its votes and takes no others, and its timer stands. Errors: NOT_A_FACILITATOR. */
  readonly pauseSession: Session;
  /** Stops a timer where it stands. Errors: NOT_A_FACILITATOR, ROUND_NOT_FOUND, ROUND_NOT_OPEN. */
  readonly pauseTimer: Round;
  /**
   * Shows the others how one feels, for some seconds; heard by `sessionSignals`, and kept nowhere.
   * Errors: RATE_LIMITED (more than 6 in 6 seconds; `retryAfterSeconds`).
   */
  readonly react: Participant;
  /** Lets somebody in again who was removed or has left; their token works again. Errors: NOT_A_FACILITATOR, PARTICIPANT_NOT_FOUND, SESSION_FULL. */
  readonly readmitParticipant: Session;
  /**
   * A fresh token, for the bearer of a valid one or for a `refreshSecret`; the secret also works when the token is over, in a closed session, and next week.
   * A secret that comes a second time is somebody else's, and revokes the place on that device: TOKEN_INVALID; with the same `rotationKey` (a random
   * UUID, or 32 to 64 random hexadecimal digits, kept with the secret) it is a retry. Without a secret a token is renewed for 24 hours.
   * With the identity provider's token, too, the provider vouches for the bearer for 15 minutes, and a guest becomes somebody who has signed in.
   * Errors: SIGN_IN_REQUIRED (the provider's token is no longer good), NOT_PERMITTED, IDENTITY_UNAVAILABLE, APPROVAL_PENDING (one still waits to be let
   * in; the secret stays good).
   */
  readonly refreshToken: Admission;
  /** Takes an item without rounds out of the queue. Errors: NOT_A_FACILITATOR, ITEM_NOT_FOUND, ITEM_IN_USE. */
  readonly removeItem: Session;
  /**
   * Takes a name, its discipline and its account out of the session: one's own, and then one leaves; or, for facilitators, that of somebody who has left.
   * Votes stay, as of "Former participant". Errors: NOT_A_FACILITATOR, PARTICIPANT_NOT_FOUND, NOT_PERMITTED (somebody who is still there).
   */
  readonly removeName: Session;
  /**
   * Removes a participant; their token stops working. Errors: NOT_A_FACILITATOR, PARTICIPANT_NOT_FOUND, LAST_FACILITATOR,
   * NOT_PERMITTED (the owner, or whom one stands in for).
   */
  readonly removeParticipant: Session;
  /** Makes a skipped, deferred or estimated item pending again. Errors: NOT_A_FACILITATOR, ITEM_NOT_FOUND, ITEM_IN_USE. */
  readonly reopenItem: SessionItem;
  /** Opens a closed session again. Errors: NOT_A_FACILITATOR. */
  readonly reopenSession: Session;
  /**
   * Puts the queue into this order: every item's id exactly once, 1000 at most. In a larger queue items are moved one by one: see `moveItem`.
   * Errors: NOT_A_FACILITATOR, TOO_MANY_ITEMS, INCOMPLETE_ORDER, ITEM_IN_USE.
   */
  readonly reorderItems: Session;
  /** Answers a write-back's CONFLICT: our value replaces the one in Jira, or that one stays. Errors: NOT_A_FACILITATOR, ESTIMATE_NOT_FOUND, NO_CONFLICT. */
  readonly resolveConflict: Round;
  /** Goes on where `pauseSession` stopped. Errors: NOT_A_FACILITATOR. */
  readonly resumeSession: Session;
  /** Lets a paused timer go on. Errors: NOT_A_FACILITATOR, ROUND_NOT_FOUND, ROUND_NOT_OPEN. */
  readonly resumeTimer: Round;
  /** Takes one's card back before the reveal. Errors: ROUND_NOT_FOUND, ROUND_NOT_OPEN, NOT_IN_ROSTER. */
  readonly retractVote: Round;
  /** Tries FAILED write-backs again: one round's, or all of the session. Errors: NOT_A_FACILITATOR, ESTIMATE_NOT_FOUND. */
  readonly retryWriteBacks: Session;
  /** Turns all cards at once; a revealed round stays as it is. Errors: ROUND_NOT_FOUND, ROUND_NOT_OPEN, NOT_A_FACILITATOR. */
  readonly revealRound: Round;
  /**
   * Corrects an item's settled estimate: a further entry of its ledger, on its way to Jira as any other; rounds of before stay as they were.
   * `estimate` is for a session with one track; else `estimates`: tracks that are not named keep theirs. `reason` has 280 characters at most.
   * Errors: NOT_A_FACILITATOR, ITEM_NOT_FOUND, NOT_ESTIMATED, ITEM_IN_USE (being voted on), UNKNOWN_TRACK.
   */
  readonly reviseEstimate: Round;
  /**
   * Takes the facilitation from someone, oneself included. Errors: NOT_A_FACILITATOR, PARTICIPANT_NOT_FOUND, LAST_FACILITATOR,
   * NOT_PERMITTED (the owner, or whom one stands in for).
   */
  readonly revokeFacilitation: Session;
  /** Revokes a link to the report, also one that is gone already; readers are refused at once. Errors: NOT_A_FACILITATOR. */
  readonly revokeReportLink: Scalars['ID']['output'];
  /** Makes a new invite code; the old one stops working. Errors: NOT_A_FACILITATOR. */
  readonly rotateInviteCode: Session;
  /** Starts an open round's timer, or gives it another time from now on; null stops it. Errors: NOT_A_FACILITATOR, ROUND_NOT_FOUND, ROUND_NOT_OPEN. */
  readonly setTimer: Round;
  /**
   * Settles a revealed round: the item is estimated, and the value is on its way to Jira.
   * `estimate` is for a session with one track; else `estimates`, one for each track to be settled.
   * Errors: NOT_A_FACILITATOR, ROUND_NOT_FOUND, ROUND_NOT_REVEALED, UNKNOWN_TRACK.
   */
  readonly settleRound: Round;
  /** Revokes the refresh secrets of all devices, and gives this one a new one. Tokens on the others end within TOKEN_TTL_SECONDS. */
  readonly signOutEverywhere: Admission;
  /** Marks an item as not to be estimated; its open round is abandoned. Errors: NOT_A_FACILITATOR, ITEM_NOT_FOUND. */
  readonly skipItem: SessionItem;
  /**
   * Opens a round on an item: the first pending one unless named. A revealed round of the same item is thereby REVOTED, one of another item ABANDONED.
   * Errors: NOT_A_FACILITATOR, ITEM_NOT_FOUND, NOTHING_TO_ESTIMATE, ROUND_ALREADY_OPEN.
   */
  readonly startRound: Round;
  /** Does not wait any longer, also when one was let in or sent away meanwhile: then nothing changes. True when one had been waiting. */
  readonly stopWaiting: Scalars['Boolean']['output'];
  /**
   * Sends every settled estimate that is not in Jira: failed ones, and all of a session that does not write back by itself. Its progress is in
   * `Session.writeBacks`. Errors: NOT_A_FACILITATOR.
   */
  readonly syncSession: Session;
  /**
   * Renames oneself (a name that somebody there has gets a number), switches one's role or discipline.
   * A spectator's open vote is withdrawn, as is one in a track of another discipline than the new one.
   * An avatar that somebody there has already is refused with INVALID_INPUT.
   */
  readonly updateMe: Participant;
  /**
   * Changes title, deck (from the next round on) or settings; what is not given stays.
   * Errors: NOT_A_FACILITATOR, UNKNOWN_DECK, INVALID_DECK, PARTICIPANT_NOT_FOUND (a successor).
   */
  readonly updateSession: Session;
  /** Goes on as the participant who made the link. Errors: LINK_NOT_FOUND (used, or older than five minutes). */
  readonly useDeviceLink: Admission;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationAbandonRoundArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
  roundId: Scalars['ID']['input'];
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationAddIssuesArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  jql: InputMaybe<Scalars['String']['input']>;
  keys: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  requestId: InputMaybe<Scalars['ID']['input']>;
  sessionId: Scalars['ID']['input'];
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationAddTopicsArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
  sessionId: Scalars['ID']['input'];
  topics: ReadonlyArray<Scalars['String']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationAdmitWaitingArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  participantIds: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationAskToJoinArgs = {
  discipline: InputMaybe<Scalars['String']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  inviteCode: Scalars['String']['input'];
  name: Scalars['String']['input'];
  requestId: InputMaybe<Scalars['ID']['input']>;
  role?: Role;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationCancelRevealArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
  roundId: Scalars['ID']['input'];
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationCastVoteArgs = {
  card: Scalars['String']['input'];
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  note: InputMaybe<Scalars['String']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
  roundId: Scalars['ID']['input'];
  track: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationCloseSessionArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationCreateSessionArgs = {
  customDeck: InputMaybe<ReadonlyArray<CardInput>>;
  deck: InputMaybe<Scalars['String']['input']>;
  discipline: InputMaybe<Scalars['String']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  name: Scalars['String']['input'];
  requestId: InputMaybe<Scalars['ID']['input']>;
  role?: Role;
  settings: InputMaybe<SettingsInput>;
  title: Scalars['String']['input'];
  tracks: InputMaybe<ReadonlyArray<TrackInput>>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationDeclineWaitingArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  participantIds: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationDeferItemArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  itemId: Scalars['ID']['input'];
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationDeleteSessionArgs = {
  discardWriteBacks?: Scalars['Boolean']['input'];
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationEditTopicArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  itemId: Scalars['ID']['input'];
  requestId: InputMaybe<Scalars['ID']['input']>;
  topic: Scalars['String']['input'];
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationEstimateItemArgs = {
  estimate: InputMaybe<Scalars['Float']['input']>;
  estimates: InputMaybe<ReadonlyArray<EstimateInput>>;
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  itemId: Scalars['ID']['input'];
  reason: InputMaybe<Scalars['String']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationGrantFacilitationArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  participantId: Scalars['ID']['input'];
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationJoinSessionArgs = {
  discipline: InputMaybe<Scalars['String']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  inviteCode: Scalars['String']['input'];
  name: Scalars['String']['input'];
  requestId: InputMaybe<Scalars['ID']['input']>;
  role?: Role;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationLeaveSessionArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationMoveItemArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  itemId: Scalars['ID']['input'];
  requestId: InputMaybe<Scalars['ID']['input']>;
  to: Scalars['Int']['input'];
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationNoteDecisionArgs = {
  decision: InputMaybe<Scalars['String']['input']>;
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  itemId: Scalars['ID']['input'];
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationNudgeArgs = {
  participantId: InputMaybe<Scalars['ID']['input']>;
  roundId: Scalars['ID']['input'];
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationOpenReportArgs = {
  secret: Scalars['String']['input'];
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationPauseSessionArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationPauseTimerArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
  roundId: Scalars['ID']['input'];
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationReactArgs = {
  reaction: Reaction;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationReadmitParticipantArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  participantId: Scalars['ID']['input'];
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationRefreshTokenArgs = {
  identityToken: InputMaybe<Scalars['String']['input']>;
  refreshSecret: InputMaybe<Scalars['String']['input']>;
  rotationKey: InputMaybe<Scalars['String']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationRemoveItemArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  itemId: Scalars['ID']['input'];
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationRemoveNameArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  participantId: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationRemoveParticipantArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  participantId: Scalars['ID']['input'];
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationReopenItemArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  itemId: Scalars['ID']['input'];
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationReopenSessionArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationReorderItemsArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  itemIds: ReadonlyArray<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
  sessionId: Scalars['ID']['input'];
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationResolveConflictArgs = {
  decision: ConflictDecision;
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
  roundId: Scalars['ID']['input'];
  track: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationResumeSessionArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationResumeTimerArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
  roundId: Scalars['ID']['input'];
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationRetractVoteArgs = {
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
  roundId: Scalars['ID']['input'];
  track: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationRetryWriteBacksArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
  roundId: InputMaybe<Scalars['ID']['input']>;
  sessionId: Scalars['ID']['input'];
  track: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationRevealRoundArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
  roundId: Scalars['ID']['input'];
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationReviseEstimateArgs = {
  estimate: InputMaybe<Scalars['Float']['input']>;
  estimates: InputMaybe<ReadonlyArray<EstimateInput>>;
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  itemId: Scalars['ID']['input'];
  reason: InputMaybe<Scalars['String']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationRevokeFacilitationArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  participantId: Scalars['ID']['input'];
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationRevokeReportLinkArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationRotateInviteCodeArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationSetTimerArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
  roundId: Scalars['ID']['input'];
  seconds: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationSettleRoundArgs = {
  decision: InputMaybe<Scalars['String']['input']>;
  estimate: InputMaybe<Scalars['Float']['input']>;
  estimates: InputMaybe<ReadonlyArray<EstimateInput>>;
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
  roundId: Scalars['ID']['input'];
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationSkipItemArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  itemId: Scalars['ID']['input'];
  requestId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationStartRoundArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  itemId: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
  sessionId: Scalars['ID']['input'];
  timerSeconds: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationStopWaitingArgs = {
  refreshSecret: Scalars['String']['input'];
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationSyncSessionArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  mode?: SyncMode;
  requestId: InputMaybe<Scalars['ID']['input']>;
  sessionId: Scalars['ID']['input'];
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationUpdateMeArgs = {
  avatar: InputMaybe<AvatarInput>;
  discipline: InputMaybe<Scalars['String']['input']>;
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  name: InputMaybe<Scalars['String']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
  role: InputMaybe<Role>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationUpdateSessionArgs = {
  customDeck: InputMaybe<ReadonlyArray<CardInput>>;
  deck: InputMaybe<Scalars['String']['input']>;
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  requestId: InputMaybe<Scalars['ID']['input']>;
  settings: InputMaybe<SettingsInput>;
  title: InputMaybe<Scalars['String']['input']>;
};


/**
 * Every mutation may also fail with UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND,
 * SESSION_CLOSED, SESSION_PAUSED (what plays a round), INVALID_INPUT, SESSION_BUSY, STORE_UNAVAILABLE.
 * `idempotencyKey` (16–64 characters of the client's choice) makes a retry harmless for 24 hours: it has no second effect and is answered as the first
 * time was, with things as they are now; REQUEST_ID_REUSED when it comes with other input. `requestId` is its former name and means the same;
 * BAD_USER_INPUT when both are given and differ.
 * For `createSession` and `joinSession` it must be unguessable (a random UUID, or 32 to 64 random hexadecimal digits; else INVALID_INPUT):
 * whoever sends the same key and input again within 24 hours gets the same place. Keep it as secret as a token.
 * `refreshToken`, `imHere`, `nudge` and `react` need none: they may be repeated as they are.
 * `expectedRevision` refuses to act on an outdated picture: SESSION_CHANGED. A vote's fence is its round; who creates or joins a session has no picture yet.
 */
export type MutationUseDeviceLinkArgs = {
  secret: Scalars['String']['input'];
};

/** Lets whoever has its secret read the session's report, without joining. The secret is shown when it is made, and never again. */
export type NewReportLink = {
  readonly __typename?: 'NewReportLink';
  readonly createdAt: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  /** Put it behind the `#` of an address: it then stays out of logs. */
  readonly secret: Scalars['String']['output'];
};

/** Somebody who waits to be let in; once they are, their id is the participant's. */
export type Newcomer = {
  readonly __typename?: 'Newcomer';
  readonly askedAt: Scalars['DateTime']['output'];
  readonly discipline: Maybe<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
  /** Whether the identity provider vouched for them. */
  readonly isSignedIn: Scalars['Boolean']['output'];
  /** As it would be in the session: told apart from the names of those who are there. */
  readonly name: Scalars['String']['output'];
  readonly role: Role;
};

/** Why an issue could not be had by its key. */
export type NotFoundReason =
  /** It cannot be an issue's key: one looks like PROJ-123. */
  | 'NOT_A_KEY'
  /** Jira does not know it, or does not show it to us. */
  | 'NOT_IN_JIRA'
  /** Jira could not read it just now, though it could read others: add it again in a moment. */
  | 'NOT_NOW';

/** How one's own votes compare with what was settled. No other field tells it, and none tells it of anybody else. */
export type OwnAgreement = {
  readonly __typename?: 'OwnAgreement';
  /** Of those, where it was the card beside it in the deck. */
  readonly nearCount: Scalars['Int']['output'];
  /** Of those, where one's card was what was then settled. */
  readonly sameCount: Scalars['Int']['output'];
  /** Estimates that followed a vote, on whose track one had voted with a number in the item's last reveal. */
  readonly votedCount: Scalars['Int']['output'];
};

export type OwnVote = {
  readonly __typename?: 'OwnVote';
  readonly card: Card;
  readonly note: Maybe<Scalars['String']['output']>;
  readonly track: Scalars['ID']['output'];
};

/** Someone in a session. A facilitator is a participant who holds the facilitation. */
export type Participant = {
  readonly __typename?: 'Participant';
  /** What they are shown as: their own choice, else by their place in the order of joining. No two are alike, up to 216 people. */
  readonly avatar: Avatar;
  /** What they work on, e.g. `backend`; decides their tracks. */
  readonly discipline: Maybe<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly isFacilitator: Scalars['Boolean']['output'];
  /** Whether their page, or they themselves, gave a sign of life in the last 45 seconds. */
  readonly isOnline: Scalars['Boolean']['output'];
  /** False after leaving or being removed; their votes stay in the ledger. */
  readonly isPresent: Scalars['Boolean']['output'];
  /** Whether the identity provider vouched for them; everybody else is a guest. False for all with `AUTH=open`. */
  readonly isSignedIn: Scalars['Boolean']['output'];
  /** Facilitates because all facilitators were away: cannot remove those who did before, nor take the facilitation from them. */
  readonly isSuccessor: Scalars['Boolean']['output'];
  readonly joinedAt: Scalars['DateTime']['output'];
  /** The last sign of life, to the minute: more would tell when somebody voted; null when there was none yet. */
  readonly lastSeenAt: Maybe<Scalars['DateTime']['output']>;
  readonly name: Scalars['String']['output'];
  readonly role: Role;
};

/** Somebody joined, left, or changed. */
export type ParticipantChanged = {
  readonly __typename?: 'ParticipantChanged';
  readonly participant: Participant;
};

/** A value that was settled for an issue, in whatever session. */
export type PastEstimate = {
  readonly __typename?: 'PastEstimate';
  /** What the card with that value is called, e.g. `M`. */
  readonly label: Scalars['String']['output'];
  readonly sessionId: Scalars['ID']['output'];
  readonly sessionTitle: Scalars['String']['output'];
  readonly settledAt: Scalars['DateTime']['output'];
  readonly track: Scalars['ID']['output'];
  readonly value: Scalars['Float']['output'];
};

/** Where a refresh secret leads. */
export type Place = {
  readonly __typename?: 'Place';
  /** How the session agreed, and how one's own votes went: the secret is of one participant, and nobody is told of another. Null while waiting. */
  readonly agreement: Maybe<PlaceAgreement>;
  /** A facilitator has not let them in yet: `refreshToken` works as soon as this is false. */
  readonly isWaiting: Scalars['Boolean']['output'];
  readonly sessionId: Scalars['ID']['output'];
  readonly state: SessionState;
  readonly title: Scalars['String']['output'];
};

export type PlaceAgreement = {
  readonly __typename?: 'PlaceAgreement';
  /** See `Report.consensusShare`. */
  readonly consensusShare: Maybe<Scalars['Float']['output']>;
  readonly createdAt: Scalars['DateTime']['output'];
  /** Of items. */
  readonly estimatedCount: Scalars['Int']['output'];
  readonly own: OwnAgreement;
};

export type PlannedAction =
  /** Jira has a value that we neither saw nor wrote. */
  | 'CONFLICT'
  /** Jira has the value. */
  | 'NONE'
  /** Jira gets the value. */
  | 'WRITE';

export type PlannedWriteBack = {
  readonly __typename?: 'PlannedWriteBack';
  readonly action: PlannedAction;
  readonly item: SessionItem;
  readonly track: Scalars['ID']['output'];
  readonly value: Scalars['Float']['output'];
  /** Null when Jira holds none. */
  readonly valueInJira: Maybe<Scalars['Float']['output']>;
};

/** Somebody came or went. A stream begins with everyone who is in the session. */
export type PresenceChanged = {
  readonly __typename?: 'PresenceChanged';
  readonly isOnline: Scalars['Boolean']['output'];
  readonly participantId: Scalars['ID']['output'];
};

export type Query = {
  readonly __typename?: 'Query';
  /** What avatars to choose from. */
  readonly avatarEmojis: ReadonlyArray<Scalars['String']['output']>;
  /** The ready-made decks. */
  readonly decks: ReadonlyArray<Deck>;
  /**
   * What an invite code leads to, before joining: no names, no issues.
   * Errors: INVITE_NOT_FOUND.
   */
  readonly invitation: Maybe<Invitation>;
  /** The participant whom the token names. Errors: UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND. */
  readonly me: Participant;
  /**
   * The sessions that the bearer of an identity provider's token created, the newest first; with `AUTH=open` nobody owns a session.
   * Errors: NOT_PERMITTED, IDENTITY_UNAVAILABLE, INVALID_INPUT, CURSOR_INVALID.
   */
  readonly mySessions: SessionPage;
  /**
   * One's own card in a round, by track; empty when one has not voted. The only place that shows it before the reveal.
   * Errors: UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, ROUND_NOT_FOUND.
   */
  readonly myVote: ReadonlyArray<OwnVote>;
  /**
   * Where refresh secrets lead, in their order: null for one that is no longer good, because its session was deleted or kept long enough, or its
   * participant left, was removed, or was not let in. It uses up no secret and needs no token: whoever waits to be let in asks it every few seconds, and
   * it is the list of one's own sessions where nobody signs in.
   * Errors: INVALID_INPUT (more than 50).
   */
  readonly places: ReadonlyArray<Maybe<Place>>;
  /**
   * What `addIssues` would find, before adding it: 1000 issues at most; for facilitators. Nothing is changed.
   * Errors: NOT_A_FACILITATOR, SIGN_IN_REQUIRED, INVALID_INPUT, TOO_MANY_ITEMS, JQL_INVALID, JIRA_UNAVAILABLE, JIRA_RATE_LIMITED, JIRA_FORBIDDEN.
   */
  readonly previewIssues: IssuesPreview;
  /**
   * Earlier estimates to compare an item with, each with the reason: things settled in this session, and done issues of the same project with what
   * Tally, or else Jira, has for them. With `hideEstimates` null until they anchor the caller no more: until one's own vote is in, or the cards are turned.
   * `track` defaults to the session's first. Errors: NOT_A_PARTICIPANT, ITEM_NOT_FOUND, UNKNOWN_TRACK.
   */
  readonly references: Maybe<References>;
  /** The links by which the session's report can be read; for facilitators. Errors: NOT_A_FACILITATOR. */
  readonly reportLinks: ReadonlyArray<ReportLink>;
  /**
   * A session, for its participants.
   * Errors: UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND.
   */
  readonly session: Maybe<Session>;
  /**
   * The report that a report link leads to, also of a closed session; the bearer's token is `openReport`'s.
   * Errors: UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, LINK_NOT_FOUND (revoked), SESSION_NOT_FOUND.
   */
  readonly sharedReport: SharedReport;
  /** Ready-made sets of tracks, to be given to `createSession`; their disciplines are those that people may choose, or write another. */
  readonly trackPresets: ReadonlyArray<TrackPreset>;
  /**
   * What the write-back would do now, compared with what Jira holds at this moment; for facilitators. Nothing is changed.
   * Errors: NOT_A_FACILITATOR, JIRA_UNAVAILABLE, JIRA_RATE_LIMITED, JIRA_FORBIDDEN.
   */
  readonly writeBackPlan: ReadonlyArray<PlannedWriteBack>;
};


export type QueryInvitationArgs = {
  inviteCode: Scalars['String']['input'];
};


export type QueryMySessionsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


export type QueryMyVoteArgs = {
  roundId: Scalars['ID']['input'];
};


export type QueryPlacesArgs = {
  refreshSecrets: ReadonlyArray<Scalars['String']['input']>;
};


export type QueryPreviewIssuesArgs = {
  jql: InputMaybe<Scalars['String']['input']>;
  keys: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  sessionId: Scalars['ID']['input'];
};


export type QueryReferencesArgs = {
  itemId: Scalars['ID']['input'];
  track: InputMaybe<Scalars['ID']['input']>;
};


export type QuerySessionArgs = {
  id: Scalars['ID']['input'];
};


export type QueryWriteBackPlanArgs = {
  sessionId: Scalars['ID']['input'];
};

/** Comes with every other change of the queue, for those who hold a part of it. */
export type QueueChanged = {
  readonly __typename?: 'QueueChanged';
  readonly progress: QueueProgress;
};

export type QueuePart = {
  readonly __typename?: 'QueuePart';
  /** The position of the last node; null when there is none. */
  readonly endCursor: Maybe<Scalars['Int']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly nodes: ReadonlyArray<SessionItem>;
};

export type QueueProgress = {
  readonly __typename?: 'QueueProgress';
  /** How many of them are estimated. */
  readonly estimatedCount: Scalars['Int']['output'];
  readonly itemCount: Scalars['Int']['output'];
  /** What comes next: the first pending item, or else the first that was deferred; null when there is none. */
  readonly next: Maybe<SessionItem>;
};

/** As 👍 👏 🎉 😂 ❤️ 🤔. */
export type Reaction =
  | 'AGREE'
  | 'APPLAUD'
  | 'CELEBRATE'
  | 'LAUGH'
  | 'LOVE'
  | 'THINK';

/** Something that was estimated before, and why it is like the item. */
export type Reference = {
  readonly __typename?: 'Reference';
  /** Whether both belong to the same epic or parent. */
  readonly isSameEpic: Scalars['Boolean']['output'];
  /** Null for a topic. */
  readonly key: Maybe<Scalars['ID']['output']>;
  /** What the card with that value is called. */
  readonly label: Scalars['String']['output'];
  /** 3 for the same epic, 2 for each shared component, 1 for each shared label, and up to 6 for the share of words that the titles have in common. */
  readonly score: Scalars['Float']['output'];
  readonly sharedComponents: ReadonlyArray<Scalars['String']['output']>;
  readonly sharedLabels: ReadonlyArray<Scalars['String']['output']>;
  /** Words of both titles; words that most titles of the project have do not count. */
  readonly sharedWords: ReadonlyArray<Scalars['String']['output']>;
  readonly source: ReferenceSource;
  /** The issue's summary, or the topic. */
  readonly title: Scalars['String']['output'];
  /** Where Jira shows it; null for a topic. */
  readonly url: Maybe<Scalars['String']['output']>;
  readonly value: Scalars['Float']['output'];
};

export type ReferenceSize = {
  readonly __typename?: 'ReferenceSize';
  /** The card's label. */
  readonly label: Scalars['String']['output'];
  /** Three at most, the most similar first. */
  readonly references: ReadonlyArray<Reference>;
  readonly value: Scalars['Float']['output'];
};

export type ReferenceSource =
  /** As Jira has it: nobody settled it here. */
  | 'JIRA'
  /** Settled in Tally. */
  | 'TALLY';

/** What an item may be compared with. */
export type References = {
  readonly __typename?: 'References';
  /** Whether Jira could be searched for the caller; else only this session's own estimates are here. */
  readonly isWithJira: Scalars['Boolean']['output'];
  /** Five at most that have something in common with the item, whatever they got; the most similar first. */
  readonly similar: ReadonlyArray<Reference>;
  /** What was a 3, a 5, an 8: for each card that something got, in the deck's order. */
  readonly sizes: ReadonlyArray<ReferenceSize>;
};

/** Only settled values and revealed votes go in: it may be read while a round is open. */
export type Report = {
  readonly __typename?: 'Report';
  /** How agreement went: each item that was revealed, in the order of the last reveals. It names nobody. */
  readonly agreement: ReadonlyArray<ItemAgreement>;
  /** The share of revealed items that agreed (see `Result.hasConsensus`) on what was then settled, 0 to 1; null when none was revealed. */
  readonly consensusShare: Maybe<Scalars['Float']['output']>;
  /**
   * RFC 4180 with a byte order mark, one line an item: what Jira calls it, its estimate, the votes by name, its write-back; safe to open in a
   * spreadsheet. Titles and links are missing while Jira does not answer. In Russian and German semicolons separate the columns, as
   * spreadsheets there expect.
   */
  readonly csv: Scalars['String']['output'];
  /** By the day of settlement (UTC), the first day first. */
  readonly days: ReadonlyArray<DaySummary>;
  readonly deferredCount: Scalars['Int']['output'];
  /** From the first round's start to the last reveal or settlement. */
  readonly durationSeconds: Scalars['Float']['output'];
  readonly estimatedCount: Scalars['Int']['output'];
  /** HTML for a clipboard: Confluence and word processors take the table, chats the list without one. */
  readonly html: Scalars['String']['output'];
  /** With a table of the items. */
  readonly markdown: Scalars['String']['output'];
  /** Pending, or being voted on. */
  readonly openCount: Scalars['Int']['output'];
  /** Everybody who has been in the session, in the order of joining. */
  readonly participants: ReadonlyArray<ReportedParticipant>;
  readonly roundCount: Scalars['Int']['output'];
  readonly skippedCount: Scalars['Int']['output'];
  /** A message in Slack's mrkdwn, one line an item. */
  readonly slack: Scalars['String']['output'];
  readonly totals: ReadonlyArray<TrackTotal>;
  /** Votes of revealed rounds. */
  readonly voteCount: Scalars['Int']['output'];
};


/** Only settled values and revealed votes go in: it may be read while a round is open. */
export type ReportCsvArgs = {
  language?: ReportLanguage;
};


/** Only settled values and revealed votes go in: it may be read while a round is open. */
export type ReportHtmlArgs = {
  hasTable?: Scalars['Boolean']['input'];
  language?: ReportLanguage;
};


/** Only settled values and revealed votes go in: it may be read while a round is open. */
export type ReportMarkdownArgs = {
  language?: ReportLanguage;
};


/** Only settled values and revealed votes go in: it may be read while a round is open. */
export type ReportSlackArgs = {
  language?: ReportLanguage;
};

/** A token that reads `sharedReport`, and nothing else. */
export type ReportAdmission = {
  readonly __typename?: 'ReportAdmission';
  readonly expiresAt: Scalars['DateTime']['output'];
  readonly token: Scalars['String']['output'];
};

/** What a report's files and messages are written in; people's own words stay as they are. */
export type ReportLanguage =
  | 'DE'
  | 'EN'
  | 'RU';

export type ReportLink = {
  readonly __typename?: 'ReportLink';
  readonly createdAt: Scalars['DateTime']['output'];
  readonly createdBy: Maybe<Participant>;
  readonly id: Scalars['ID']['output'];
};

export type ReportedParticipant = {
  readonly __typename?: 'ReportedParticipant';
  readonly participant: Participant;
  /** In how many revealed rounds they voted. */
  readonly roundCount: Scalars['Int']['output'];
};

/** What the votes of one track say. Cards without a number stay out of the maths. */
export type Result = {
  readonly __typename?: 'Result';
  /** The share of numeric votes on the most frequent card, 0 to 1; null with fewer than two, or from fewer than half of those who vote here. */
  readonly agreement: Maybe<Scalars['Float']['output']>;
  /** Every card that was played, in the deck's order. */
  readonly distribution: ReadonlyArray<CardCount>;
  /** True when at least two, and half of those who vote here, played a number, all the same, and nobody is unsure. */
  readonly hasConsensus: Scalars['Boolean']['output'];
  readonly max: Maybe<Scalars['Float']['output']>;
  /** Null also for a deck whose numbers do not add up (see `Deck.isNumeric`). */
  readonly mean: Maybe<Scalars['Float']['output']>;
  readonly median: Maybe<Scalars['Float']['output']>;
  readonly min: Maybe<Scalars['Float']['output']>;
  /** The most frequent numbers, ascending; several when they tie. */
  readonly mode: ReadonlyArray<Scalars['Float']['output']>;
  /** How many votes have a number. */
  readonly numericCount: Scalars['Int']['output'];
  /** Those with the lowest and highest cards when they differ by more than one card: ask them first. */
  readonly outliers: ReadonlyArray<Participant>;
  /** As `mean`. */
  readonly standardDeviation: Maybe<Scalars['Float']['output']>;
  readonly suggestion: Suggestion;
  readonly track: Scalars['ID']['output'];
  /** How many played a card. */
  readonly votedCount: Scalars['Int']['output'];
  /** How many of the roster vote here. */
  readonly voterCount: Scalars['Int']['output'];
};

export type RevealedBy =
  | 'EVERYONE'
  | 'FACILITATORS';

export type Role =
  | 'ESTIMATOR'
  /** Watches: does not vote and does not count for the quorum. */
  | 'SPECTATOR';

/** One vote of the team on one item. Rounds are a ledger: their deck, roster and votes are kept as they were. */
export type Round = {
  readonly __typename?: 'Round';
  /** What was reworded since the settlement; empty unless `isReworded`. */
  readonly changedParts: ReadonlyArray<IssuePart>;
  /** When the timer of `startRound` or `setTimer` is over; what happens then is a setting, see `atDeadline`. Null while it is paused. */
  readonly deadlineAt: Maybe<Scalars['DateTime']['output']>;
  readonly deck: Deck;
  /** What was settled; empty until then. */
  readonly estimates: ReadonlyArray<Estimate>;
  readonly id: Scalars['ID']['output'];
  /**
   * Whether the issue was reworded in Jira since the round was settled: reason for a new round. False as long as nothing is known of it: a topic,
   * a round that is not settled, a Jira that does not answer. Ask again when `issueUpdated` tells of the issue.
   */
  readonly isReworded: Scalars['Boolean']['output'];
  /** The item's Jira issue; null for a topic. */
  readonly issue: Maybe<Issue>;
  readonly item: SessionItem;
  /** 1 for the item's first round. */
  readonly number: Scalars['Int']['output'];
  readonly openedAt: Scalars['DateTime']['output'];
  /** How this entry of the ledger came about; what was not voted on has no roster and no votes. */
  readonly origin: RoundOrigin;
  /** Why an estimate was corrected, or made without a vote. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** What the votes say; null until the reveal. `track` defaults to the session's first. */
  readonly result: Maybe<Result>;
  /** One for each track; empty until the reveal. */
  readonly results: ReadonlyArray<Result>;
  readonly revealedAt: Maybe<Scalars['DateTime']['output']>;
  /** When the server will reveal by itself; null when no countdown runs. */
  readonly revealsAt: Maybe<Scalars['DateTime']['output']>;
  /** The session's revision that this shows. In `voteResults` that of the reveal or of the settlement: the cursor to go on from. */
  readonly revision: Scalars['Int']['output'];
  /** Who may vote in it, in the order of joining. */
  readonly roster: ReadonlyArray<Participant>;
  readonly settledAt: Maybe<Scalars['DateTime']['output']>;
  /** The facilitator who settled it; null until then. */
  readonly settledBy: Maybe<Participant>;
  /**
   * The former name of `isReworded`.
   * @deprecated Use `isReworded`.
   */
  readonly stale: Scalars['Boolean']['output'];
  readonly state: RoundState;
  /** What a paused timer has left. */
  readonly timerLeftSeconds: Maybe<Scalars['Int']['output']>;
  readonly votedCount: Scalars['Int']['output'];
  /** Who has voted, in the roster's order. Cards are null until the reveal, one's own too (see `myVote`). */
  readonly votes: ReadonlyArray<Vote>;
};


/** One vote of the team on one item. Rounds are a ledger: their deck, roster and votes are kept as they were. */
export type RoundResultArgs = {
  track: InputMaybe<Scalars['ID']['input']>;
};

/** A round was opened, revealed, settled or abandoned, or its countdown began or stopped. */
export type RoundChanged = {
  readonly __typename?: 'RoundChanged';
  readonly itemId: Scalars['ID']['output'];
  readonly round: Round;
};

export type RoundOrigin =
  /** By `estimateItem`, without a vote. */
  | 'DIRECT'
  /** By `reviseEstimate`: it corrects the estimate of before. */
  | 'REVISION'
  /** By votes. */
  | 'VOTE';

export type RoundState =
  /** Ended without a reveal or without an estimate. */
  | 'ABANDONED'
  | 'OPEN'
  | 'REVEALED'
  /** Revealed, and voted on again instead of being settled. */
  | 'REVOTED'
  | 'SETTLED';

/** A sitting in which a team estimates a queue of issues. */
export type Session = {
  readonly __typename?: 'Session';
  readonly closedAt: Maybe<Scalars['DateTime']['output']>;
  readonly createdAt: Scalars['DateTime']['output'];
  /** The round that is open, or revealed and not yet settled. */
  readonly currentRound: Maybe<Round>;
  /** The deck of the next round; a round keeps the deck it was opened with. */
  readonly deck: Deck;
  /** In the order of succession. */
  readonly facilitators: ReadonlyArray<Participant>;
  readonly id: Scalars['ID']['output'];
  /** Whoever has it may join. Facilitators can rotate it. */
  readonly inviteCode: Scalars['String']['output'];
  /** One item of the queue; null when it has none with this id. */
  readonly item: Maybe<SessionItem>;
  /** The queue, in its order: all of it, up to 5000. What shows a part at a time reads `queue`. */
  readonly items: ReadonlyArray<SessionItem>;
  /** Everyone in the session, in the order of joining. */
  readonly participants: ReadonlyArray<Participant>;
  /** The queue in figures, for those who hold a part of it. */
  readonly progress: QueueProgress;
  /**
   * A part of the queue, in its order, so that a large one costs no more than what is shown of it. Items that were moved since may be missing between
   * two parts, or come in both: whoever follows `sessionChanges` hears of that. Errors: INVALID_INPUT (`first` is not 1 to 5000).
   */
  readonly queue: QueuePart;
  /** The session in figures, and as files. */
  readonly report: Report;
  /** Grows by one with every committed change, without gaps; send it back as `expectedRevision`. */
  readonly revision: Scalars['Int']['output'];
  readonly settings: SessionSettings;
  readonly state: SessionState;
  readonly title: Scalars['String']['output'];
  /** What is estimated side by side; one track named `estimate` unless chosen otherwise. */
  readonly tracks: ReadonlyArray<Track>;
  /** Who asked to be let in, in the order of asking, 50 at most: see `askToJoin` and `admitWaiting`. They read nothing of the session but its title. */
  readonly waiting: ReadonlyArray<Newcomer>;
  /** How many settled estimates stand where on their way to Jira; states without any are left out. */
  readonly writeBacks: ReadonlyArray<WriteBackCount>;
};


/** A sitting in which a team estimates a queue of issues. */
export type SessionItemArgs = {
  id: Scalars['ID']['input'];
};


/** A sitting in which a team estimates a queue of issues. */
export type SessionQueueArgs = {
  after: InputMaybe<Scalars['Int']['input']>;
  first?: Scalars['Int']['input'];
};

/** Something that changed, as it is now. */
export type SessionChange = EstimateChanged | ItemChanged | ItemMoved | ItemRemoved | ParticipantChanged | PresenceChanged | QueueChanged | RoundChanged | SessionChanged | VoteChanged;

/** The session's own fields, who facilitates, or which round is the current one. Its other lists change by the other members of `SessionChange`. */
export type SessionChanged = {
  readonly __typename?: 'SessionChanged';
  readonly session: Session;
};

export type SessionChanges = {
  readonly __typename?: 'SessionChanges';
  readonly changes: ReadonlyArray<SessionChange>;
  /** The cursor: the session's revision after these changes; null when it stays, because somebody only came or went. */
  readonly revision: Maybe<Scalars['Int']['output']>;
};

/** One committed change. */
export type SessionEvent = {
  readonly __typename?: 'SessionEvent';
  /** Who did it; null for the server itself, and for votes. */
  readonly actor: Maybe<Participant>;
  readonly at: Scalars['DateTime']['output'];
  readonly item: Maybe<SessionItem>;
  readonly participant: Maybe<Participant>;
  /** The cursor: the session's revision after the change. */
  readonly revision: Scalars['Int']['output'];
  readonly round: Maybe<Round>;
  readonly type: SessionEventType;
};

export type SessionEventType =
  | 'COUNTDOWN_CANCELLED'
  | 'COUNTDOWN_STARTED'
  /** `reviseEstimate`. */
  | 'ESTIMATE_REVISED'
  /** All facilitators had been away too long: the participant facilitates, too. */
  | 'FACILITATION_PASSED'
  | 'ITEMS_CHANGED'
  /** `estimateItem`. */
  | 'ITEM_ESTIMATED'
  /** `participant` is null when a facilitator let in several at once. */
  | 'PARTICIPANT_JOINED'
  | 'PARTICIPANT_LEFT'
  | 'PARTICIPANT_UPDATED'
  | 'ROUND_ABANDONED'
  | 'ROUND_REVEALED'
  | 'ROUND_SETTLED'
  | 'ROUND_STARTED'
  | 'SESSION_CLOSED'
  | 'SESSION_CREATED'
  | 'SESSION_PAUSED'
  | 'SESSION_REOPENED'
  | 'SESSION_RESUMED'
  | 'SESSION_UPDATED'
  /** A timer was started, changed, paused, resumed or stopped. */
  | 'TIMER_CHANGED'
  /** Somebody voted, or changed their vote: whose it is nobody is told, so `actor` and `participant` are null. `Round.votes` says who has voted. */
  | 'VOTE_CAST'
  /** As VOTE_CAST. */
  | 'VOTE_RETRACTED'
  /** Somebody asked to be let in, or does not wait any more. */
  | 'WAITING_CHANGED'
  | 'WRITE_BACK_CHANGED';

/** An issue's, or a free-text topic's, place in a session's queue. */
export type SessionItem = {
  readonly __typename?: 'SessionItem';
  /** What was decided, in a facilitator's words; null without any. */
  readonly decision: Maybe<Scalars['String']['output']>;
  /** The estimate that was settled last, one for each track. */
  readonly estimates: ReadonlyArray<Estimate>;
  readonly id: Scalars['ID']['output'];
  /** The Jira issue; null for a topic. */
  readonly issue: Maybe<Issue>;
  /** Items are in the order of their positions, which have gaps and no ties. */
  readonly position: Scalars['Int']['output'];
  /** Every round played on it, the first one first. A revote is a new round. */
  readonly rounds: ReadonlyArray<Round>;
  readonly state: ItemState;
  /** Free text in place of an issue; null for an issue. */
  readonly topic: Maybe<Scalars['String']['output']>;
};

export type SessionPage = {
  readonly __typename?: 'SessionPage';
  /** Null on an empty page. */
  readonly endCursor: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly nodes: ReadonlyArray<Session>;
};

export type SessionSettings = {
  readonly __typename?: 'SessionSettings';
  /** What the server does when a round's timer is over. */
  readonly atDeadline: AtDeadline;
  /** Seconds between the last missing vote of those who are online (see `waitForAway`) and the reveal; null: never by itself, 0: at once. */
  readonly autoRevealSeconds: Maybe<Scalars['Int']['output']>;
  /** Whether the decision of an item that is written to Jira goes along, as one comment of Tally's on the issue. */
  readonly commentDecisions: Scalars['Boolean']['output'];
  /** Whether pages show what an issue was estimated at, here and in Jira, only after one's own vote. */
  readonly hideEstimates: Scalars['Boolean']['output'];
  /** Whether joining is closed to newcomers; who is in stays in. */
  readonly isLocked: Scalars['Boolean']['output'];
  /** Whether newcomers wait until a facilitator lets them in: see `askToJoin`. Who was there before comes back as ever. */
  readonly joinByApproval: Scalars['Boolean']['output'];
  /** When someone who joins during a round starts voting. */
  readonly lateJoin: LateJoin;
  /** How the suggested estimate is found, from the next round on: a round keeps the policy it was opened with. */
  readonly policy: EstimatePolicy;
  /** Who may reveal. */
  readonly revealedBy: RevealedBy;
  /** Who takes over from facilitators who are away. */
  readonly succession: SuccessionRule;
  /** How long all facilitators may be away before the next in line, who has been there meanwhile, facilitates too; null: for ever. */
  readonly successionSeconds: Maybe<Scalars['Int']['output']>;
  /** Whom a facilitator named as successors. */
  readonly successors: ReadonlyArray<Participant>;
  /** Whether an automatic reveal waits for estimators who are not online, too. */
  readonly waitForAway: Scalars['Boolean']['output'];
  /** Whether settled estimates go to Jira. */
  readonly writeBack: Scalars['Boolean']['output'];
};

/** What somebody did to others beside the estimating: a nudge, or a reaction. */
export type SessionSignal = {
  readonly __typename?: 'SessionSignal';
  /** The participant who sent it. */
  readonly by: Scalars['ID']['output'];
  /** The participants who are asked to vote; empty for a reaction. More than 100 come as several signals. */
  readonly nudged: ReadonlyArray<Scalars['ID']['output']>;
  /** Null for a nudge. */
  readonly reaction: Maybe<Reaction>;
};

export type SessionState =
  | 'CLOSED'
  | 'OPEN'
  /** Nobody votes and nothing is revealed until a facilitator lets it go on; the queue may be changed. */
  | 'PAUSED';

export type SettingsInput = {
  readonly atDeadline?: InputMaybe<AtDeadline>;
  /** Null: never by itself. */
  readonly autoRevealSeconds?: InputMaybe<Scalars['Int']['input']>;
  readonly commentDecisions?: InputMaybe<Scalars['Boolean']['input']>;
  readonly hideEstimates?: InputMaybe<Scalars['Boolean']['input']>;
  readonly isLocked?: InputMaybe<Scalars['Boolean']['input']>;
  readonly joinByApproval?: InputMaybe<Scalars['Boolean']['input']>;
  readonly lateJoin?: InputMaybe<LateJoin>;
  readonly policy?: InputMaybe<EstimatePolicy>;
  readonly revealedBy?: InputMaybe<RevealedBy>;
  readonly succession?: InputMaybe<SuccessionRule>;
  /** 60 to 86 400; null: never. */
  readonly successionSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** Ids of participants; replaces those named before. */
  readonly successors?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  readonly waitForAway?: InputMaybe<Scalars['Boolean']['input']>;
  readonly writeBack?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A session as the reader of its report sees it: as participants do, with neither an invite code nor a way to act. Hidden cards stay hidden. */
export type SharedReport = {
  readonly __typename?: 'SharedReport';
  readonly closedAt: Maybe<Scalars['DateTime']['output']>;
  readonly createdAt: Scalars['DateTime']['output'];
  readonly items: ReadonlyArray<SessionItem>;
  readonly participants: ReadonlyArray<Participant>;
  readonly report: Report;
  readonly state: SessionState;
  readonly title: Scalars['String']['output'];
  readonly tracks: ReadonlyArray<Track>;
};

/** Payloads are the same for every participant: a hidden card is in none of them. Errors: UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND. */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * What changed after revision `after`, and only that: read `session` first, and follow from its `revision`; from now on unless given. The cost
   * of a change is that of what changed, whatever the session's size. Several changes may come as one payload, each thing as it is after
   * all of them: put what comes in the place of what has the same id. Whoever lost the stream goes on from the last `revision`.
   * Errors: CURSOR_EXPIRED (with the current revision) when the log does not say what changed since: read the session anew.
   */
  readonly sessionChanges: SessionChanges;
  /**
   * Every change after revision `after`, in order, each once; from now on unless given. Of a vote that was changed or retracted while its round
   * was open, who reads later gets the newest event only: the revisions of those before are missing, and nothing else ever is.
   * Errors: CURSOR_EXPIRED (with the current revision) when the log does not reach back that far.
   */
  readonly sessionEvents: SessionEvent;
  /** Nudges and reactions as they are sent, from now on. Nothing of them is kept: what one misses is gone. */
  readonly sessionSignals: SessionSignal;
  /**
   * The session as it is now, then after each change all of what was selected anew, however little changed; a slow reader gets the newest, not every
   * one. With `items` it is some 100 bytes an item, more with their rounds: 1.5 kB at 12 items, 0.5 MB for each vote at 5000. For simple clients of
   * small sessions; whoever shows a large queue follows `sessionChanges`.
   */
  readonly sessionUpdated: Session;
  /**
   * A round at its reveal, and again when it is settled: those after revision `after` in order and once each, then what comes; from now on
   * unless given. Whoever lost the stream goes on from the `revision` of the last round it had.
   * Errors: CURSOR_EXPIRED (with the current revision) when the log does not reach that far.
   */
  readonly voteResults: Round;
};


/** Payloads are the same for every participant: a hidden card is in none of them. Errors: UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND. */
export type SubscriptionSessionChangesArgs = {
  after: InputMaybe<Scalars['Int']['input']>;
  sessionId: Scalars['ID']['input'];
};


/** Payloads are the same for every participant: a hidden card is in none of them. Errors: UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND. */
export type SubscriptionSessionEventsArgs = {
  after: InputMaybe<Scalars['Int']['input']>;
  sessionId: Scalars['ID']['input'];
};


/** Payloads are the same for every participant: a hidden card is in none of them. Errors: UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND. */
export type SubscriptionSessionSignalsArgs = {
  sessionId: Scalars['ID']['input'];
};


/** Payloads are the same for every participant: a hidden card is in none of them. Errors: UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND. */
export type SubscriptionSessionUpdatedArgs = {
  sessionId: Scalars['ID']['input'];
};


/** Payloads are the same for every participant: a hidden card is in none of them. Errors: UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SESSION_NOT_FOUND. */
export type SubscriptionVoteResultsArgs = {
  after: InputMaybe<Scalars['Int']['input']>;
  sessionId: Scalars['ID']['input'];
};

/**
 * In a session whose owner signed in, people who signed in come first, and need not have voted; guests follow only where there are none of them,
 * and lead without access to Jira.
 */
export type SuccessionRule =
  /** Anybody who is there. */
  | 'EVERYONE'
  /** Only whom a facilitator named. */
  | 'NAMED'
  /** Whoever has voted in the session, or was named. */
  | 'VOTERS';

/** What the session's policy makes of the votes. */
export type Suggestion = {
  readonly __typename?: 'Suggestion';
  /** What the card with that value is called, e.g. `M`. */
  readonly label: Maybe<Scalars['String']['output']>;
  /** In words, for people. */
  readonly reason: Scalars['String']['output'];
  /** The same for programs; the figures in `reason` are those of the result. */
  readonly reasonCode: SuggestionReason;
  readonly rule: EstimatePolicy;
  /** Null when the policy does not decide. */
  readonly value: Maybe<Scalars['Float']['output']>;
};

export type SuggestionReason =
  /** UNANIMOUS does not decide: the cards differ. */
  | 'CARDS_DIFFER'
  /** MAX: the highest vote. */
  | 'HIGHEST'
  /** MAJORITY: more than half of the numeric votes, as `agreement` says. */
  | 'MAJORITY'
  /** MEDIAN: the median is a card. */
  | 'MEDIAN'
  /** MEDIAN: the card nearest to the median. */
  | 'NEAREST_TO_MEDIAN'
  /** WITHIN_ONE_CARD: the same card or neighbours; the higher one. */
  | 'NEIGHBOURS'
  /** MAJORITY does not decide: no card has more than half. */
  | 'NO_MAJORITY'
  /** Nobody played a card with a number: no policy decides. */
  | 'NO_NUMBERS'
  /** MAJORITY does not decide: fewer than half of those who vote in the track played a number. */
  | 'NO_QUORUM'
  /** UNANIMOUS: everybody played the same card. */
  | 'SAME_CARD'
  /** UNANIMOUS does not decide: somebody is unsure. */
  | 'SOMEBODY_UNSURE'
  /** WITHIN_ONE_CARD does not decide: `min` and `max` lie more than one card apart. */
  | 'TOO_FAR_APART';

export type SyncMode =
  /** Every estimate for itself. */
  | 'SKIP_ERRORS'
  /** The first failure or conflict stops what was not sent yet. */
  | 'STRICT';

/** One of the things estimated side by side, e.g. `dev` and `test`. */
export type Track = {
  readonly __typename?: 'Track';
  /** Whose estimators vote here; null: everyone's. Who has named no discipline may vote in every track. */
  readonly discipline: Maybe<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly label: Scalars['String']['output'];
};

export type TrackInput = {
  readonly discipline?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 32 of a–z, 0–9, `-` and `_`. */
  readonly id: Scalars['ID']['input'];
  /** Equal to `id` unless given. */
  readonly label?: InputMaybe<Scalars['String']['input']>;
};

export type TrackPreset = {
  readonly __typename?: 'TrackPreset';
  readonly name: Scalars['String']['output'];
  readonly tracks: ReadonlyArray<Track>;
};

export type TrackTotal = {
  readonly __typename?: 'TrackTotal';
  /** How often each label was settled, the smallest first. */
  readonly labels: ReadonlyArray<LabelCount>;
  /** Null when only sizes were settled (see `Deck.isNumeric`): they do not add up. */
  readonly total: Maybe<Scalars['Float']['output']>;
  readonly track: Scalars['ID']['output'];
};

export type Vote = {
  readonly __typename?: 'Vote';
  /** Null until the round is revealed. */
  readonly card: Maybe<Card>;
  /** The reason or the question that came with the card; as hidden as that one until the round is revealed. */
  readonly note: Maybe<Scalars['String']['output']>;
  readonly participant: Participant;
  readonly track: Scalars['ID']['output'];
};

/**
 * Somebody has voted in a round that is still open, or has not any more: never which card, and nothing of a vote that takes the place of another. A stream
 * that begins in the middle of a round tells all who have voted when it first tells of any, so replays tell no order.
 */
export type VoteChanged = {
  readonly __typename?: 'VoteChanged';
  readonly hasVoted: Scalars['Boolean']['output'];
  readonly participantId: Scalars['ID']['output'];
  readonly roundId: Scalars['ID']['output'];
  readonly track: Scalars['ID']['output'];
};

/** The way in for somebody who asked to be let in. */
export type Waiting = {
  readonly __typename?: 'Waiting';
  readonly place: Place;
  /** `places` tells with it how things stand, `refreshToken` exchanges it for a token once one is in. Keep it as secret as a password. */
  readonly refreshSecret: Scalars['String']['output'];
};

export type WriteBack = {
  readonly __typename?: 'WriteBack';
  /** How often it was tried. */
  readonly attempts: Scalars['Int']['output'];
  /** Why it failed, conflicts or is tried again, and what to do; null otherwise. In words, for people. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** The same for programs; null when there is no reason. */
  readonly reasonCode: Maybe<WriteBackReason>;
  readonly state: WriteBackState;
  /** On CONFLICT: the value that somebody else put into Jira; null when they cleared it. */
  readonly valueInJira: Maybe<Scalars['Float']['output']>;
  readonly writtenAt: Maybe<Scalars['DateTime']['output']>;
};

export type WriteBackCount = {
  readonly __typename?: 'WriteBackCount';
  readonly count: Scalars['Int']['output'];
  readonly state: WriteBackState;
};

export type WriteBackReason =
  /** FAILED: the field holds a text that is no number, and would be overwritten. */
  | 'FIELD_HOLDS_TEXT'
  /** FAILED: Jira has no field for estimates of this track. */
  | 'FIELD_MISSING'
  /** FAILED: the field is not on the issue's edit screen. */
  | 'FIELD_NOT_ON_SCREEN'
  /** FAILED: the field is a select list without an option for this value. */
  | 'FIELD_OPTION'
  /** FAILED: the field is of a type that takes no number. */
  | 'FIELD_TYPE'
  /** FAILED: Tally's account may not edit the issue. */
  | 'FORBIDDEN'
  /** NOT_NEEDED: settled before it was imported from another system. */
  | 'IMPORTED'
  /** FAILED: there is no such issue in Jira any more. */
  | 'ISSUE_NOT_FOUND'
  /** PENDING: Jira does not accept Tally's credentials; it is tried again until they work. `reason` says what to do. */
  | 'JIRA_CREDENTIALS'
  /** PENDING: Jira asks for patience; it is tried again. */
  | 'JIRA_RATE_LIMITED'
  /** PENDING: Jira does not answer; it is tried again. */
  | 'JIRA_UNAVAILABLE'
  /** FAILED: not sent, because another estimate of a strict sync did not get into Jira. */
  | 'NOT_SENT'
  /** FAILED: Jira refuses; `reason` has its words. */
  | 'REFUSED'
  /** CONFLICT: somebody changed the value in Jira meanwhile. */
  | 'VALUE_CHANGED'
  /** NOT_NEEDED: a facilitator kept the value in Jira. */
  | 'VALUE_KEPT';

export type WriteBackState =
  /** Someone changed the value in Jira meanwhile. */
  | 'CONFLICT'
  | 'FAILED'
  /** A topic, or the session does not write to Jira. */
  | 'NOT_NEEDED'
  | 'PENDING'
  /** A newer estimate for the same issue and field took its place. */
  | 'SUPERSEDED'
  | 'WRITTEN';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Issue: Issue;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Issue:
    ( { __typename: 'Issue' }
    & GraphQLRecursivePick<FederationTypes['Issue'], {"key":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Issue'], {"summaryFingerprint":true,"descriptionFingerprint":true}>
        | GraphQLRecursivePick<FederationTypes['Issue'], {"summaryFingerprint":true,"descriptionFingerprint":true,"currentKey":true}>
        | GraphQLRecursivePick<FederationTypes['Issue'], {"currentKey":true}> ) );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AddedItems: ResolverTypeWrapper<Omit<AddedItems, 'added' | 'session'> & { added: ReadonlyArray<ResolversTypes['SessionItem']>, session: ResolversTypes['Session'] }>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Admission: ResolverTypeWrapper<Omit<Admission, 'participant' | 'session'> & { participant: ResolversTypes['Participant'], session: ResolversTypes['Session'] }>;
  AtDeadline: AtDeadline;
  Avatar: ResolverTypeWrapper<Avatar>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  AvatarInput: AvatarInput;
  Card: ResolverTypeWrapper<CardModel>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  CardCount: ResolverTypeWrapper<Omit<CardCount, 'card'> & { card: ResolversTypes['Card'] }>;
  CardInput: CardInput;
  CardKind: CardKind;
  ConflictDecision: ConflictDecision;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DaySummary: ResolverTypeWrapper<DaySummary>;
  Deck: ResolverTypeWrapper<DeckModel>;
  DeviceLink: ResolverTypeWrapper<DeviceLink>;
  Estimate: ResolverTypeWrapper<EstimateModel>;
  EstimateChanged: ResolverTypeWrapper<Omit<EstimateChanged, 'estimate'> & { estimate: ResolversTypes['Estimate'] }>;
  EstimateInput: EstimateInput;
  EstimatePolicy: EstimatePolicy;
  Invitation: ResolverTypeWrapper<Omit<Invitation, 'deck' | 'tracks'> & { deck: ResolversTypes['Deck'], tracks: ReadonlyArray<ResolversTypes['Track']> }>;
  Issue: ResolverTypeWrapper<IssueView>;
  IssueCandidate: ResolverTypeWrapper<Omit<IssueCandidate, 'issue'> & { issue: ResolversTypes['Issue'] }>;
  IssuePart: IssuePart;
  IssuesPreview: ResolverTypeWrapper<Omit<IssuesPreview, 'candidates'> & { candidates: ReadonlyArray<ResolversTypes['IssueCandidate']> }>;
  ItemAgreement: ResolverTypeWrapper<Omit<ItemAgreement, 'item'> & { item: ResolversTypes['SessionItem'] }>;
  ItemChanged: ResolverTypeWrapper<Omit<ItemChanged, 'item'> & { item: ResolversTypes['SessionItem'] }>;
  ItemMoved: ResolverTypeWrapper<ItemMoved>;
  ItemRemoved: ResolverTypeWrapper<ItemRemoved>;
  ItemState: ItemState;
  LabelCount: ResolverTypeWrapper<LabelCount>;
  LateJoin: LateJoin;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NewReportLink: ResolverTypeWrapper<NewReportLink>;
  Newcomer: ResolverTypeWrapper<NewcomerModel>;
  NotFoundReason: NotFoundReason;
  OwnAgreement: ResolverTypeWrapper<OwnAgreement>;
  OwnVote: ResolverTypeWrapper<Omit<OwnVote, 'card'> & { card: ResolversTypes['Card'] }>;
  Participant: ResolverTypeWrapper<ParticipantView>;
  ParticipantChanged: ResolverTypeWrapper<Omit<ParticipantChanged, 'participant'> & { participant: ResolversTypes['Participant'] }>;
  PastEstimate: ResolverTypeWrapper<PastEstimate>;
  Place: ResolverTypeWrapper<PlaceView>;
  PlaceAgreement: ResolverTypeWrapper<PlaceAgreement>;
  PlannedAction: PlannedAction;
  PlannedWriteBack: ResolverTypeWrapper<Omit<PlannedWriteBack, 'item'> & { item: ResolversTypes['SessionItem'] }>;
  PresenceChanged: ResolverTypeWrapper<PresenceChanged>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  QueueChanged: ResolverTypeWrapper<Omit<QueueChanged, 'progress'> & { progress: ResolversTypes['QueueProgress'] }>;
  QueuePart: ResolverTypeWrapper<Omit<QueuePart, 'nodes'> & { nodes: ReadonlyArray<ResolversTypes['SessionItem']> }>;
  QueueProgress: ResolverTypeWrapper<SessionView>;
  Reaction: Reaction;
  Reference: ResolverTypeWrapper<Reference>;
  ReferenceSize: ResolverTypeWrapper<ReferenceSize>;
  ReferenceSource: ReferenceSource;
  References: ResolverTypeWrapper<References>;
  Report: ResolverTypeWrapper<ReportView>;
  ReportAdmission: ResolverTypeWrapper<ReportAdmission>;
  ReportLanguage: ReportLanguage;
  ReportLink: ResolverTypeWrapper<Omit<ReportLink, 'createdBy'> & { createdBy?: Maybe<ResolversTypes['Participant']> }>;
  ReportedParticipant: ResolverTypeWrapper<Omit<ReportedParticipant, 'participant'> & { participant: ResolversTypes['Participant'] }>;
  Result: ResolverTypeWrapper<ResultView>;
  RevealedBy: RevealedBy;
  Role: Role;
  Round: ResolverTypeWrapper<RoundView>;
  RoundChanged: ResolverTypeWrapper<Omit<RoundChanged, 'round'> & { round: ResolversTypes['Round'] }>;
  RoundOrigin: RoundOrigin;
  RoundState: RoundState;
  Session: ResolverTypeWrapper<SessionView>;
  SessionChange: ResolverTypeWrapper<ChangeView>;
  SessionChanged: ResolverTypeWrapper<Omit<SessionChanged, 'session'> & { session: ResolversTypes['Session'] }>;
  SessionChanges: ResolverTypeWrapper<ChangesView>;
  SessionEvent: ResolverTypeWrapper<EventView>;
  SessionEventType: SessionEventType;
  SessionItem: ResolverTypeWrapper<ItemView>;
  SessionPage: ResolverTypeWrapper<Omit<SessionPage, 'nodes'> & { nodes: ReadonlyArray<ResolversTypes['Session']> }>;
  SessionSettings: ResolverTypeWrapper<Omit<SessionSettings, 'successors'> & { successors: ReadonlyArray<ResolversTypes['Participant']> }>;
  SessionSignal: ResolverTypeWrapper<SessionSignal>;
  SessionState: SessionState;
  SettingsInput: SettingsInput;
  SharedReport: ResolverTypeWrapper<SessionView>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SuccessionRule: SuccessionRule;
  Suggestion: ResolverTypeWrapper<Suggestion>;
  SuggestionReason: SuggestionReason;
  SyncMode: SyncMode;
  Track: ResolverTypeWrapper<TrackModel>;
  TrackInput: TrackInput;
  TrackPreset: ResolverTypeWrapper<Omit<TrackPreset, 'tracks'> & { tracks: ReadonlyArray<ResolversTypes['Track']> }>;
  TrackTotal: ResolverTypeWrapper<TrackTotal>;
  Vote: ResolverTypeWrapper<VoteView>;
  VoteChanged: ResolverTypeWrapper<VoteChanged>;
  Waiting: ResolverTypeWrapper<Omit<Waiting, 'place'> & { place: ResolversTypes['Place'] }>;
  WriteBack: ResolverTypeWrapper<WriteBack>;
  WriteBackCount: ResolverTypeWrapper<WriteBackCount>;
  WriteBackReason: WriteBackReason;
  WriteBackState: WriteBackState;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AddedItems: Omit<AddedItems, 'added' | 'session'> & { added: ReadonlyArray<ResolversParentTypes['SessionItem']>, session: ResolversParentTypes['Session'] };
  ID: Scalars['ID']['output'];
  Admission: Omit<Admission, 'participant' | 'session'> & { participant: ResolversParentTypes['Participant'], session: ResolversParentTypes['Session'] };
  Avatar: Avatar;
  Int: Scalars['Int']['output'];
  AvatarInput: AvatarInput;
  Card: CardModel;
  Float: Scalars['Float']['output'];
  CardCount: Omit<CardCount, 'card'> & { card: ResolversParentTypes['Card'] };
  CardInput: CardInput;
  DateTime: Scalars['DateTime']['output'];
  DaySummary: DaySummary;
  Deck: DeckModel;
  DeviceLink: DeviceLink;
  Estimate: EstimateModel;
  EstimateChanged: Omit<EstimateChanged, 'estimate'> & { estimate: ResolversParentTypes['Estimate'] };
  EstimateInput: EstimateInput;
  Invitation: Omit<Invitation, 'deck' | 'tracks'> & { deck: ResolversParentTypes['Deck'], tracks: ReadonlyArray<ResolversParentTypes['Track']> };
  Issue: IssueView;
  IssueCandidate: Omit<IssueCandidate, 'issue'> & { issue: ResolversParentTypes['Issue'] };
  IssuesPreview: Omit<IssuesPreview, 'candidates'> & { candidates: ReadonlyArray<ResolversParentTypes['IssueCandidate']> };
  ItemAgreement: Omit<ItemAgreement, 'item'> & { item: ResolversParentTypes['SessionItem'] };
  ItemChanged: Omit<ItemChanged, 'item'> & { item: ResolversParentTypes['SessionItem'] };
  ItemMoved: ItemMoved;
  ItemRemoved: ItemRemoved;
  LabelCount: LabelCount;
  Mutation: Record<PropertyKey, never>;
  NewReportLink: NewReportLink;
  Newcomer: NewcomerModel;
  OwnAgreement: OwnAgreement;
  OwnVote: Omit<OwnVote, 'card'> & { card: ResolversParentTypes['Card'] };
  Participant: ParticipantView;
  ParticipantChanged: Omit<ParticipantChanged, 'participant'> & { participant: ResolversParentTypes['Participant'] };
  PastEstimate: PastEstimate;
  Place: PlaceView;
  PlaceAgreement: PlaceAgreement;
  PlannedWriteBack: Omit<PlannedWriteBack, 'item'> & { item: ResolversParentTypes['SessionItem'] };
  PresenceChanged: PresenceChanged;
  Query: Record<PropertyKey, never>;
  QueueChanged: Omit<QueueChanged, 'progress'> & { progress: ResolversParentTypes['QueueProgress'] };
  QueuePart: Omit<QueuePart, 'nodes'> & { nodes: ReadonlyArray<ResolversParentTypes['SessionItem']> };
  QueueProgress: SessionView;
  Reference: Reference;
  ReferenceSize: ReferenceSize;
  References: References;
  Report: ReportView;
  ReportAdmission: ReportAdmission;
  ReportLink: Omit<ReportLink, 'createdBy'> & { createdBy?: Maybe<ResolversParentTypes['Participant']> };
  ReportedParticipant: Omit<ReportedParticipant, 'participant'> & { participant: ResolversParentTypes['Participant'] };
  Result: ResultView;
  Round: RoundView;
  RoundChanged: Omit<RoundChanged, 'round'> & { round: ResolversParentTypes['Round'] };
  Session: SessionView;
  SessionChange: ChangeView;
  SessionChanged: Omit<SessionChanged, 'session'> & { session: ResolversParentTypes['Session'] };
  SessionChanges: ChangesView;
  SessionEvent: EventView;
  SessionItem: ItemView;
  SessionPage: Omit<SessionPage, 'nodes'> & { nodes: ReadonlyArray<ResolversParentTypes['Session']> };
  SessionSettings: Omit<SessionSettings, 'successors'> & { successors: ReadonlyArray<ResolversParentTypes['Participant']> };
  SessionSignal: SessionSignal;
  SettingsInput: SettingsInput;
  SharedReport: SessionView;
  Subscription: Record<PropertyKey, never>;
  Suggestion: Suggestion;
  Track: TrackModel;
  TrackInput: TrackInput;
  TrackPreset: Omit<TrackPreset, 'tracks'> & { tracks: ReadonlyArray<ResolversParentTypes['Track']> };
  TrackTotal: TrackTotal;
  Vote: VoteView;
  VoteChanged: VoteChanged;
  Waiting: Omit<Waiting, 'place'> & { place: ResolversParentTypes['Place'] };
  WriteBack: WriteBack;
  WriteBackCount: WriteBackCount;
  String: Scalars['String']['output'];
  Boolean: Scalars['Boolean']['output'];
};

export type DeparturesDirectiveArgs = {
  field: Scalars['String']['input'];
  value: Scalars['String']['input'];
  who: Scalars['String']['input'];
};

export type DeparturesDirectiveResolver<Result, Parent, ContextType = VotingContext, Args = DeparturesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type EntranceDirectiveArgs = {
  to: Maybe<Scalars['String']['input']>;
};

export type EntranceDirectiveResolver<Result, Parent, ContextType = VotingContext, Args = EntranceDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type FeedDirectiveArgs = {
  cursor: Maybe<Scalars['String']['input']>;
  field: Maybe<Scalars['String']['input']>;
  heldBy: Maybe<Scalars['String']['input']>;
  scope: Maybe<Scalars['String']['input']>;
  snapshot: Maybe<Scalars['Boolean']['input']>;
};

export type FeedDirectiveResolver<Result, Parent, ContextType = VotingContext, Args = FeedDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ScopeDirectiveArgs = {
  argument: Scalars['String']['input'];
  entities: Maybe<Scalars['String']['input']>;
  revision: Scalars['String']['input'];
  viewer: Scalars['String']['input'];
};

export type ScopeDirectiveResolver<Result, Parent, ContextType = VotingContext, Args = ScopeDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AddedItemsResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['AddedItems'] = ResolversParentTypes['AddedItems']> = {
  added?: Resolver<ReadonlyArray<ResolversTypes['SessionItem']>, ParentType, ContextType>;
  duplicates?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  notFound?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  notFoundReasons?: Resolver<ReadonlyArray<ResolversTypes['NotFoundReason']>, ParentType, ContextType>;
  session?: Resolver<ResolversTypes['Session'], ParentType, ContextType>;
};

export type AdmissionResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Admission'] = ResolversParentTypes['Admission']> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  participant?: Resolver<ResolversTypes['Participant'], ParentType, ContextType>;
  refreshSecret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  session?: Resolver<ResolversTypes['Session'], ParentType, ContextType>;
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  vouchedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type AvatarResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Avatar'] = ResolversParentTypes['Avatar']> = {
  emoji?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tint?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CardResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Card'] = ResolversParentTypes['Card']> = {
  kind?: Resolver<ResolversTypes['CardKind'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type CardCountResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['CardCount'] = ResolversParentTypes['CardCount']> = {
  card?: Resolver<ResolversTypes['Card'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DaySummaryResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['DaySummary'] = ResolversParentTypes['DaySummary']> = {
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  itemCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totals?: Resolver<ReadonlyArray<ResolversTypes['TrackTotal']>, ParentType, ContextType>;
};

export type DeckResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Deck'] = ResolversParentTypes['Deck']> = {
  cards?: Resolver<ReadonlyArray<ResolversTypes['Card']>, ParentType, ContextType>;
  isNumeric?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DeviceLinkResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['DeviceLink'] = ResolversParentTypes['DeviceLink']> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EstimateResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Estimate'] = ResolversParentTypes['Estimate']> = {
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  track?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  writeBack?: Resolver<ResolversTypes['WriteBack'], ParentType, ContextType>;
};

export type EstimateChangedResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['EstimateChanged'] = ResolversParentTypes['EstimateChanged']> = {
  estimate?: Resolver<ResolversTypes['Estimate'], ParentType, ContextType>;
  itemId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  roundId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvitationResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Invitation'] = ResolversParentTypes['Invitation']> = {
  deck?: Resolver<ResolversTypes['Deck'], ParentType, ContextType>;
  needsApproval?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  sessionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SessionState'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tracks?: Resolver<ReadonlyArray<ResolversTypes['Track']>, ParentType, ContextType>;
};

export type IssueResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Issue'] = ResolversParentTypes['Issue'], FederationReferenceType extends FederationReferenceTypes['Issue'] = FederationReferenceTypes['Issue']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Issue']> | FederationReferenceType, FederationReferenceType, ContextType>;
  changedSinceEstimate?: Resolver<ReadonlyArray<ResolversTypes['IssuePart']>, ParentType, ContextType>;
  estimates?: Resolver<ReadonlyArray<ResolversTypes['PastEstimate']>, ParentType, ContextType>;
  key?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  writtenFields?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type IssueCandidateResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['IssueCandidate'] = ResolversParentTypes['IssueCandidate']> = {
  isDuplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  issue?: Resolver<ResolversTypes['Issue'], ParentType, ContextType>;
};

export type IssuesPreviewResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['IssuesPreview'] = ResolversParentTypes['IssuesPreview']> = {
  candidates?: Resolver<ReadonlyArray<ResolversTypes['IssueCandidate']>, ParentType, ContextType>;
  notFound?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type ItemAgreementResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['ItemAgreement'] = ResolversParentTypes['ItemAgreement']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  first?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  item?: Resolver<ResolversTypes['SessionItem'], ParentType, ContextType>;
  last?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  roundCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ItemChangedResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['ItemChanged'] = ResolversParentTypes['ItemChanged']> = {
  item?: Resolver<ResolversTypes['SessionItem'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ItemMovedResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['ItemMoved'] = ResolversParentTypes['ItemMoved']> = {
  itemId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ItemRemovedResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['ItemRemoved'] = ResolversParentTypes['ItemRemoved']> = {
  itemId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LabelCountResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['LabelCount'] = ResolversParentTypes['LabelCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  abandonRound: Resolver<ResolversTypes['Round'], ParentType, ContextType, RequireFields<MutationAbandonRoundArgs, 'roundId'>>;
  addIssues: Resolver<ResolversTypes['AddedItems'], ParentType, ContextType, RequireFields<MutationAddIssuesArgs, 'sessionId'>>;
  addTopics: Resolver<ResolversTypes['AddedItems'], ParentType, ContextType, RequireFields<MutationAddTopicsArgs, 'sessionId' | 'topics'>>;
  admitWaiting: Resolver<ResolversTypes['Session'], ParentType, ContextType, Partial<MutationAdmitWaitingArgs>>;
  askToJoin: Resolver<ResolversTypes['Waiting'], ParentType, ContextType, RequireFields<MutationAskToJoinArgs, 'inviteCode' | 'name' | 'role'>>;
  cancelReveal: Resolver<ResolversTypes['Round'], ParentType, ContextType, RequireFields<MutationCancelRevealArgs, 'roundId'>>;
  castVote: Resolver<ResolversTypes['Round'], ParentType, ContextType, RequireFields<MutationCastVoteArgs, 'card' | 'roundId'>>;
  closeSession: Resolver<ResolversTypes['Session'], ParentType, ContextType, Partial<MutationCloseSessionArgs>>;
  createDeviceLink: Resolver<ResolversTypes['DeviceLink'], ParentType, ContextType>;
  createReportLink: Resolver<ResolversTypes['NewReportLink'], ParentType, ContextType>;
  createSession: Resolver<ResolversTypes['Admission'], ParentType, ContextType, RequireFields<MutationCreateSessionArgs, 'name' | 'role' | 'title'>>;
  declineWaiting: Resolver<ResolversTypes['Session'], ParentType, ContextType, Partial<MutationDeclineWaitingArgs>>;
  deferItem: Resolver<ResolversTypes['SessionItem'], ParentType, ContextType, RequireFields<MutationDeferItemArgs, 'itemId'>>;
  deleteSession: Resolver<ResolversTypes['ID'], ParentType, ContextType, RequireFields<MutationDeleteSessionArgs, 'discardWriteBacks'>>;
  editTopic: Resolver<ResolversTypes['SessionItem'], ParentType, ContextType, RequireFields<MutationEditTopicArgs, 'itemId' | 'topic'>>;
  estimateItem: Resolver<ResolversTypes['Round'], ParentType, ContextType, RequireFields<MutationEstimateItemArgs, 'itemId'>>;
  grantFacilitation: Resolver<ResolversTypes['Session'], ParentType, ContextType, RequireFields<MutationGrantFacilitationArgs, 'participantId'>>;
  imHere: Resolver<ResolversTypes['Participant'], ParentType, ContextType>;
  joinSession: Resolver<ResolversTypes['Admission'], ParentType, ContextType, RequireFields<MutationJoinSessionArgs, 'inviteCode' | 'name' | 'role'>>;
  leaveSession: Resolver<ResolversTypes['Session'], ParentType, ContextType, Partial<MutationLeaveSessionArgs>>;
  moveItem: Resolver<ResolversTypes['Session'], ParentType, ContextType, RequireFields<MutationMoveItemArgs, 'itemId' | 'to'>>;
  noteDecision: Resolver<ResolversTypes['SessionItem'], ParentType, ContextType, RequireFields<MutationNoteDecisionArgs, 'itemId'>>;
  nudge: Resolver<ReadonlyArray<ResolversTypes['Participant']>, ParentType, ContextType, RequireFields<MutationNudgeArgs, 'roundId'>>;
  openReport: Resolver<ResolversTypes['ReportAdmission'], ParentType, ContextType, RequireFields<MutationOpenReportArgs, 'secret'>>;
  pauseSession: Resolver<ResolversTypes['Session'], ParentType, ContextType, Partial<MutationPauseSessionArgs>>;
  pauseTimer: Resolver<ResolversTypes['Round'], ParentType, ContextType, RequireFields<MutationPauseTimerArgs, 'roundId'>>;
  react: Resolver<ResolversTypes['Participant'], ParentType, ContextType, RequireFields<MutationReactArgs, 'reaction'>>;
  readmitParticipant: Resolver<ResolversTypes['Session'], ParentType, ContextType, RequireFields<MutationReadmitParticipantArgs, 'participantId'>>;
  refreshToken: Resolver<ResolversTypes['Admission'], ParentType, ContextType, Partial<MutationRefreshTokenArgs>>;
  removeItem: Resolver<ResolversTypes['Session'], ParentType, ContextType, RequireFields<MutationRemoveItemArgs, 'itemId'>>;
  removeName: Resolver<ResolversTypes['Session'], ParentType, ContextType, Partial<MutationRemoveNameArgs>>;
  removeParticipant: Resolver<ResolversTypes['Session'], ParentType, ContextType, RequireFields<MutationRemoveParticipantArgs, 'participantId'>>;
  reopenItem: Resolver<ResolversTypes['SessionItem'], ParentType, ContextType, RequireFields<MutationReopenItemArgs, 'itemId'>>;
  reopenSession: Resolver<ResolversTypes['Session'], ParentType, ContextType, Partial<MutationReopenSessionArgs>>;
  reorderItems: Resolver<ResolversTypes['Session'], ParentType, ContextType, RequireFields<MutationReorderItemsArgs, 'itemIds' | 'sessionId'>>;
  resolveConflict: Resolver<ResolversTypes['Round'], ParentType, ContextType, RequireFields<MutationResolveConflictArgs, 'decision' | 'roundId'>>;
  resumeSession: Resolver<ResolversTypes['Session'], ParentType, ContextType, Partial<MutationResumeSessionArgs>>;
  resumeTimer: Resolver<ResolversTypes['Round'], ParentType, ContextType, RequireFields<MutationResumeTimerArgs, 'roundId'>>;
  retractVote: Resolver<ResolversTypes['Round'], ParentType, ContextType, RequireFields<MutationRetractVoteArgs, 'roundId'>>;
  retryWriteBacks: Resolver<ResolversTypes['Session'], ParentType, ContextType, RequireFields<MutationRetryWriteBacksArgs, 'sessionId'>>;
  revealRound: Resolver<ResolversTypes['Round'], ParentType, ContextType, RequireFields<MutationRevealRoundArgs, 'roundId'>>;
  reviseEstimate: Resolver<ResolversTypes['Round'], ParentType, ContextType, RequireFields<MutationReviseEstimateArgs, 'itemId'>>;
  revokeFacilitation: Resolver<ResolversTypes['Session'], ParentType, ContextType, RequireFields<MutationRevokeFacilitationArgs, 'participantId'>>;
  revokeReportLink: Resolver<ResolversTypes['ID'], ParentType, ContextType, RequireFields<MutationRevokeReportLinkArgs, 'id'>>;
  rotateInviteCode: Resolver<ResolversTypes['Session'], ParentType, ContextType, Partial<MutationRotateInviteCodeArgs>>;
  setTimer: Resolver<ResolversTypes['Round'], ParentType, ContextType, RequireFields<MutationSetTimerArgs, 'roundId'>>;
  settleRound: Resolver<ResolversTypes['Round'], ParentType, ContextType, RequireFields<MutationSettleRoundArgs, 'roundId'>>;
  signOutEverywhere: Resolver<ResolversTypes['Admission'], ParentType, ContextType>;
  skipItem: Resolver<ResolversTypes['SessionItem'], ParentType, ContextType, RequireFields<MutationSkipItemArgs, 'itemId'>>;
  startRound: Resolver<ResolversTypes['Round'], ParentType, ContextType, RequireFields<MutationStartRoundArgs, 'sessionId'>>;
  stopWaiting: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationStopWaitingArgs, 'refreshSecret'>>;
  syncSession: Resolver<ResolversTypes['Session'], ParentType, ContextType, RequireFields<MutationSyncSessionArgs, 'mode' | 'sessionId'>>;
  updateMe: Resolver<ResolversTypes['Participant'], ParentType, ContextType, Partial<MutationUpdateMeArgs>>;
  updateSession: Resolver<ResolversTypes['Session'], ParentType, ContextType, Partial<MutationUpdateSessionArgs>>;
  useDeviceLink: Resolver<ResolversTypes['Admission'], ParentType, ContextType, RequireFields<MutationUseDeviceLinkArgs, 'secret'>>;
};

export type NewReportLinkResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['NewReportLink'] = ResolversParentTypes['NewReportLink']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type NewcomerResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Newcomer'] = ResolversParentTypes['Newcomer']> = {
  askedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  discipline?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isSignedIn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
};

export type OwnAgreementResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['OwnAgreement'] = ResolversParentTypes['OwnAgreement']> = {
  nearCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sameCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  votedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OwnVoteResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['OwnVote'] = ResolversParentTypes['OwnVote']> = {
  card?: Resolver<ResolversTypes['Card'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  track?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ParticipantResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Participant'] = ResolversParentTypes['Participant']> = {
  avatar?: Resolver<ResolversTypes['Avatar'], ParentType, ContextType>;
  discipline?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isFacilitator?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isOnline?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isPresent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isSignedIn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isSuccessor?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  joinedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastSeenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
};

export type ParticipantChangedResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['ParticipantChanged'] = ResolversParentTypes['ParticipantChanged']> = {
  participant?: Resolver<ResolversTypes['Participant'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PastEstimateResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['PastEstimate'] = ResolversParentTypes['PastEstimate']> = {
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sessionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sessionTitle?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  settledAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  track?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type PlaceResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Place'] = ResolversParentTypes['Place']> = {
  agreement?: Resolver<Maybe<ResolversTypes['PlaceAgreement']>, ParentType, ContextType>;
  isWaiting?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  sessionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SessionState'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PlaceAgreementResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['PlaceAgreement'] = ResolversParentTypes['PlaceAgreement']> = {
  consensusShare?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  estimatedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  own?: Resolver<ResolversTypes['OwnAgreement'], ParentType, ContextType>;
};

export type PlannedWriteBackResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['PlannedWriteBack'] = ResolversParentTypes['PlannedWriteBack']> = {
  action?: Resolver<ResolversTypes['PlannedAction'], ParentType, ContextType>;
  item?: Resolver<ResolversTypes['SessionItem'], ParentType, ContextType>;
  track?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  valueInJira?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type PresenceChangedResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['PresenceChanged'] = ResolversParentTypes['PresenceChanged']> = {
  isOnline?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  participantId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  avatarEmojis: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  decks: Resolver<ReadonlyArray<ResolversTypes['Deck']>, ParentType, ContextType>;
  invitation: Resolver<Maybe<ResolversTypes['Invitation']>, ParentType, ContextType, RequireFields<QueryInvitationArgs, 'inviteCode'>>;
  me: Resolver<ResolversTypes['Participant'], ParentType, ContextType>;
  mySessions: Resolver<ResolversTypes['SessionPage'], ParentType, ContextType, RequireFields<QueryMySessionsArgs, 'first'>>;
  myVote: Resolver<ReadonlyArray<ResolversTypes['OwnVote']>, ParentType, ContextType, RequireFields<QueryMyVoteArgs, 'roundId'>>;
  places: Resolver<ReadonlyArray<Maybe<ResolversTypes['Place']>>, ParentType, ContextType, RequireFields<QueryPlacesArgs, 'refreshSecrets'>>;
  previewIssues: Resolver<ResolversTypes['IssuesPreview'], ParentType, ContextType, RequireFields<QueryPreviewIssuesArgs, 'sessionId'>>;
  references: Resolver<Maybe<ResolversTypes['References']>, ParentType, ContextType, RequireFields<QueryReferencesArgs, 'itemId'>>;
  reportLinks: Resolver<ReadonlyArray<ResolversTypes['ReportLink']>, ParentType, ContextType>;
  session: Resolver<Maybe<ResolversTypes['Session']>, ParentType, ContextType, RequireFields<QuerySessionArgs, 'id'>>;
  sharedReport: Resolver<ResolversTypes['SharedReport'], ParentType, ContextType>;
  trackPresets: Resolver<ReadonlyArray<ResolversTypes['TrackPreset']>, ParentType, ContextType>;
  writeBackPlan: Resolver<ReadonlyArray<ResolversTypes['PlannedWriteBack']>, ParentType, ContextType, RequireFields<QueryWriteBackPlanArgs, 'sessionId'>>;
};

export type QueueChangedResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['QueueChanged'] = ResolversParentTypes['QueueChanged']> = {
  progress?: Resolver<ResolversTypes['QueueProgress'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueuePartResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['QueuePart'] = ResolversParentTypes['QueuePart']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['SessionItem']>, ParentType, ContextType>;
};

export type QueueProgressResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['QueueProgress'] = ResolversParentTypes['QueueProgress']> = {
  estimatedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  itemCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  next?: Resolver<Maybe<ResolversTypes['SessionItem']>, ParentType, ContextType>;
};

export type ReferenceResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Reference'] = ResolversParentTypes['Reference']> = {
  isSameEpic?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  key?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  sharedComponents?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  sharedLabels?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  sharedWords?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['ReferenceSource'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ReferenceSizeResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['ReferenceSize'] = ResolversParentTypes['ReferenceSize']> = {
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  references?: Resolver<ReadonlyArray<ResolversTypes['Reference']>, ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ReferencesResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['References'] = ResolversParentTypes['References']> = {
  isWithJira?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  similar?: Resolver<ReadonlyArray<ResolversTypes['Reference']>, ParentType, ContextType>;
  sizes?: Resolver<ReadonlyArray<ResolversTypes['ReferenceSize']>, ParentType, ContextType>;
};

export type ReportResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Report'] = ResolversParentTypes['Report']> = {
  agreement?: Resolver<ReadonlyArray<ResolversTypes['ItemAgreement']>, ParentType, ContextType>;
  consensusShare?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  csv?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<ReportCsvArgs, 'language'>>;
  days?: Resolver<ReadonlyArray<ResolversTypes['DaySummary']>, ParentType, ContextType>;
  deferredCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  durationSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  estimatedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  html?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<ReportHtmlArgs, 'hasTable' | 'language'>>;
  markdown?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<ReportMarkdownArgs, 'language'>>;
  openCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  participants?: Resolver<ReadonlyArray<ResolversTypes['ReportedParticipant']>, ParentType, ContextType>;
  roundCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  skippedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  slack?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<ReportSlackArgs, 'language'>>;
  totals?: Resolver<ReadonlyArray<ResolversTypes['TrackTotal']>, ParentType, ContextType>;
  voteCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReportAdmissionResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['ReportAdmission'] = ResolversParentTypes['ReportAdmission']> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReportLinkResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['ReportLink'] = ResolversParentTypes['ReportLink']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['Participant']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ReportedParticipantResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['ReportedParticipant'] = ResolversParentTypes['ReportedParticipant']> = {
  participant?: Resolver<ResolversTypes['Participant'], ParentType, ContextType>;
  roundCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ResultResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Result'] = ResolversParentTypes['Result']> = {
  agreement?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  distribution?: Resolver<ReadonlyArray<ResolversTypes['CardCount']>, ParentType, ContextType>;
  hasConsensus?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  max?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  mean?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  median?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  min?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  mode?: Resolver<ReadonlyArray<ResolversTypes['Float']>, ParentType, ContextType>;
  numericCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  outliers?: Resolver<ReadonlyArray<ResolversTypes['Participant']>, ParentType, ContextType>;
  standardDeviation?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  suggestion?: Resolver<ResolversTypes['Suggestion'], ParentType, ContextType>;
  track?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  votedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  voterCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RoundResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Round'] = ResolversParentTypes['Round']> = {
  changedParts?: Resolver<ReadonlyArray<ResolversTypes['IssuePart']>, ParentType, ContextType>;
  deadlineAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  deck?: Resolver<ResolversTypes['Deck'], ParentType, ContextType>;
  estimates?: Resolver<ReadonlyArray<ResolversTypes['Estimate']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isReworded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  issue?: Resolver<Maybe<ResolversTypes['Issue']>, ParentType, ContextType>;
  item?: Resolver<ResolversTypes['SessionItem'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  openedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['RoundOrigin'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  result?: Resolver<Maybe<ResolversTypes['Result']>, ParentType, ContextType, Partial<RoundResultArgs>>;
  results?: Resolver<ReadonlyArray<ResolversTypes['Result']>, ParentType, ContextType>;
  revealedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revealsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  roster?: Resolver<ReadonlyArray<ResolversTypes['Participant']>, ParentType, ContextType>;
  settledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  settledBy?: Resolver<Maybe<ResolversTypes['Participant']>, ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['RoundState'], ParentType, ContextType>;
  timerLeftSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  votedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  votes?: Resolver<ReadonlyArray<ResolversTypes['Vote']>, ParentType, ContextType>;
};

export type RoundChangedResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['RoundChanged'] = ResolversParentTypes['RoundChanged']> = {
  itemId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  round?: Resolver<ResolversTypes['Round'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SessionResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Session'] = ResolversParentTypes['Session']> = {
  closedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  currentRound?: Resolver<Maybe<ResolversTypes['Round']>, ParentType, ContextType>;
  deck?: Resolver<ResolversTypes['Deck'], ParentType, ContextType>;
  facilitators?: Resolver<ReadonlyArray<ResolversTypes['Participant']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inviteCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  item?: Resolver<Maybe<ResolversTypes['SessionItem']>, ParentType, ContextType, RequireFields<SessionItemArgs, 'id'>>;
  items?: Resolver<ReadonlyArray<ResolversTypes['SessionItem']>, ParentType, ContextType>;
  participants?: Resolver<ReadonlyArray<ResolversTypes['Participant']>, ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['QueueProgress'], ParentType, ContextType>;
  queue?: Resolver<ResolversTypes['QueuePart'], ParentType, ContextType, RequireFields<SessionQueueArgs, 'first'>>;
  report?: Resolver<ResolversTypes['Report'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  settings?: Resolver<ResolversTypes['SessionSettings'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SessionState'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tracks?: Resolver<ReadonlyArray<ResolversTypes['Track']>, ParentType, ContextType>;
  waiting?: Resolver<ReadonlyArray<ResolversTypes['Newcomer']>, ParentType, ContextType>;
  writeBacks?: Resolver<ReadonlyArray<ResolversTypes['WriteBackCount']>, ParentType, ContextType>;
};

export type SessionChangeResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['SessionChange'] = ResolversParentTypes['SessionChange']> = {
  __resolveType: TypeResolveFn<'EstimateChanged' | 'ItemChanged' | 'ItemMoved' | 'ItemRemoved' | 'ParticipantChanged' | 'PresenceChanged' | 'QueueChanged' | 'RoundChanged' | 'SessionChanged' | 'VoteChanged', ParentType, ContextType>;
};

export type SessionChangedResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['SessionChanged'] = ResolversParentTypes['SessionChanged']> = {
  session?: Resolver<ResolversTypes['Session'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SessionChangesResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['SessionChanges'] = ResolversParentTypes['SessionChanges']> = {
  changes?: Resolver<ReadonlyArray<ResolversTypes['SessionChange']>, ParentType, ContextType>;
  revision?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type SessionEventResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['SessionEvent'] = ResolversParentTypes['SessionEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['Participant']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  item?: Resolver<Maybe<ResolversTypes['SessionItem']>, ParentType, ContextType>;
  participant?: Resolver<Maybe<ResolversTypes['Participant']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  round?: Resolver<Maybe<ResolversTypes['Round']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['SessionEventType'], ParentType, ContextType>;
};

export type SessionItemResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['SessionItem'] = ResolversParentTypes['SessionItem']> = {
  decision?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  estimates?: Resolver<ReadonlyArray<ResolversTypes['Estimate']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  issue?: Resolver<Maybe<ResolversTypes['Issue']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rounds?: Resolver<ReadonlyArray<ResolversTypes['Round']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ItemState'], ParentType, ContextType>;
  topic?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SessionPageResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['SessionPage'] = ResolversParentTypes['SessionPage']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Session']>, ParentType, ContextType>;
};

export type SessionSettingsResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['SessionSettings'] = ResolversParentTypes['SessionSettings']> = {
  atDeadline?: Resolver<ResolversTypes['AtDeadline'], ParentType, ContextType>;
  autoRevealSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  commentDecisions?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hideEstimates?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isLocked?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  joinByApproval?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lateJoin?: Resolver<ResolversTypes['LateJoin'], ParentType, ContextType>;
  policy?: Resolver<ResolversTypes['EstimatePolicy'], ParentType, ContextType>;
  revealedBy?: Resolver<ResolversTypes['RevealedBy'], ParentType, ContextType>;
  succession?: Resolver<ResolversTypes['SuccessionRule'], ParentType, ContextType>;
  successionSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  successors?: Resolver<ReadonlyArray<ResolversTypes['Participant']>, ParentType, ContextType>;
  waitForAway?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  writeBack?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SessionSignalResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['SessionSignal'] = ResolversParentTypes['SessionSignal']> = {
  by?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nudged?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  reaction?: Resolver<Maybe<ResolversTypes['Reaction']>, ParentType, ContextType>;
};

export type SharedReportResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['SharedReport'] = ResolversParentTypes['SharedReport']> = {
  closedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  items?: Resolver<ReadonlyArray<ResolversTypes['SessionItem']>, ParentType, ContextType>;
  participants?: Resolver<ReadonlyArray<ResolversTypes['Participant']>, ParentType, ContextType>;
  report?: Resolver<ResolversTypes['Report'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SessionState'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tracks?: Resolver<ReadonlyArray<ResolversTypes['Track']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  sessionChanges: SubscriptionResolver<ResolversTypes['SessionChanges'], "sessionChanges", ParentType, ContextType, RequireFields<SubscriptionSessionChangesArgs, 'sessionId'>>;
  sessionEvents: SubscriptionResolver<ResolversTypes['SessionEvent'], "sessionEvents", ParentType, ContextType, RequireFields<SubscriptionSessionEventsArgs, 'sessionId'>>;
  sessionSignals: SubscriptionResolver<ResolversTypes['SessionSignal'], "sessionSignals", ParentType, ContextType, RequireFields<SubscriptionSessionSignalsArgs, 'sessionId'>>;
  sessionUpdated: SubscriptionResolver<ResolversTypes['Session'], "sessionUpdated", ParentType, ContextType, RequireFields<SubscriptionSessionUpdatedArgs, 'sessionId'>>;
  voteResults: SubscriptionResolver<ResolversTypes['Round'], "voteResults", ParentType, ContextType, RequireFields<SubscriptionVoteResultsArgs, 'sessionId'>>;
};

export type SuggestionResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Suggestion'] = ResolversParentTypes['Suggestion']> = {
  label?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reasonCode?: Resolver<ResolversTypes['SuggestionReason'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['EstimatePolicy'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type TrackResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Track'] = ResolversParentTypes['Track']> = {
  discipline?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TrackPresetResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['TrackPreset'] = ResolversParentTypes['TrackPreset']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tracks?: Resolver<ReadonlyArray<ResolversTypes['Track']>, ParentType, ContextType>;
};

export type TrackTotalResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['TrackTotal'] = ResolversParentTypes['TrackTotal']> = {
  labels?: Resolver<ReadonlyArray<ResolversTypes['LabelCount']>, ParentType, ContextType>;
  total?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  track?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type VoteResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Vote'] = ResolversParentTypes['Vote']> = {
  card?: Resolver<Maybe<ResolversTypes['Card']>, ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  participant?: Resolver<ResolversTypes['Participant'], ParentType, ContextType>;
  track?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type VoteChangedResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['VoteChanged'] = ResolversParentTypes['VoteChanged']> = {
  hasVoted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  participantId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  roundId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  track?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WaitingResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['Waiting'] = ResolversParentTypes['Waiting']> = {
  place?: Resolver<ResolversTypes['Place'], ParentType, ContextType>;
  refreshSecret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WriteBackResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['WriteBack'] = ResolversParentTypes['WriteBack']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reasonCode?: Resolver<Maybe<ResolversTypes['WriteBackReason']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['WriteBackState'], ParentType, ContextType>;
  valueInJira?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  writtenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type WriteBackCountResolvers<ContextType = VotingContext, ParentType extends ResolversParentTypes['WriteBackCount'] = ResolversParentTypes['WriteBackCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['WriteBackState'], ParentType, ContextType>;
};

export type Resolvers<ContextType = VotingContext> = {
  AddedItems?: AddedItemsResolvers<ContextType>;
  Admission?: AdmissionResolvers<ContextType>;
  Avatar?: AvatarResolvers<ContextType>;
  Card?: CardResolvers<ContextType>;
  CardCount?: CardCountResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DaySummary?: DaySummaryResolvers<ContextType>;
  Deck?: DeckResolvers<ContextType>;
  DeviceLink?: DeviceLinkResolvers<ContextType>;
  Estimate?: EstimateResolvers<ContextType>;
  EstimateChanged?: EstimateChangedResolvers<ContextType>;
  Invitation?: InvitationResolvers<ContextType>;
  Issue?: IssueResolvers<ContextType>;
  IssueCandidate?: IssueCandidateResolvers<ContextType>;
  IssuesPreview?: IssuesPreviewResolvers<ContextType>;
  ItemAgreement?: ItemAgreementResolvers<ContextType>;
  ItemChanged?: ItemChangedResolvers<ContextType>;
  ItemMoved?: ItemMovedResolvers<ContextType>;
  ItemRemoved?: ItemRemovedResolvers<ContextType>;
  LabelCount?: LabelCountResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NewReportLink?: NewReportLinkResolvers<ContextType>;
  Newcomer?: NewcomerResolvers<ContextType>;
  OwnAgreement?: OwnAgreementResolvers<ContextType>;
  OwnVote?: OwnVoteResolvers<ContextType>;
  Participant?: ParticipantResolvers<ContextType>;
  ParticipantChanged?: ParticipantChangedResolvers<ContextType>;
  PastEstimate?: PastEstimateResolvers<ContextType>;
  Place?: PlaceResolvers<ContextType>;
  PlaceAgreement?: PlaceAgreementResolvers<ContextType>;
  PlannedWriteBack?: PlannedWriteBackResolvers<ContextType>;
  PresenceChanged?: PresenceChangedResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  QueueChanged?: QueueChangedResolvers<ContextType>;
  QueuePart?: QueuePartResolvers<ContextType>;
  QueueProgress?: QueueProgressResolvers<ContextType>;
  Reference?: ReferenceResolvers<ContextType>;
  ReferenceSize?: ReferenceSizeResolvers<ContextType>;
  References?: ReferencesResolvers<ContextType>;
  Report?: ReportResolvers<ContextType>;
  ReportAdmission?: ReportAdmissionResolvers<ContextType>;
  ReportLink?: ReportLinkResolvers<ContextType>;
  ReportedParticipant?: ReportedParticipantResolvers<ContextType>;
  Result?: ResultResolvers<ContextType>;
  Round?: RoundResolvers<ContextType>;
  RoundChanged?: RoundChangedResolvers<ContextType>;
  Session?: SessionResolvers<ContextType>;
  SessionChange?: SessionChangeResolvers<ContextType>;
  SessionChanged?: SessionChangedResolvers<ContextType>;
  SessionChanges?: SessionChangesResolvers<ContextType>;
  SessionEvent?: SessionEventResolvers<ContextType>;
  SessionItem?: SessionItemResolvers<ContextType>;
  SessionPage?: SessionPageResolvers<ContextType>;
  SessionSettings?: SessionSettingsResolvers<ContextType>;
  SessionSignal?: SessionSignalResolvers<ContextType>;
  SharedReport?: SharedReportResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Suggestion?: SuggestionResolvers<ContextType>;
  Track?: TrackResolvers<ContextType>;
  TrackPreset?: TrackPresetResolvers<ContextType>;
  TrackTotal?: TrackTotalResolvers<ContextType>;
  Vote?: VoteResolvers<ContextType>;
  VoteChanged?: VoteChangedResolvers<ContextType>;
  Waiting?: WaitingResolvers<ContextType>;
  WriteBack?: WriteBackResolvers<ContextType>;
  WriteBackCount?: WriteBackCountResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = VotingContext> = {
  departures?: DeparturesDirectiveResolver<any, any, ContextType>;
  entrance?: EntranceDirectiveResolver<any, any, ContextType>;
  feed?: FeedDirectiveResolver<any, any, ContextType>;
  scope?: ScopeDirectiveResolver<any, any, ContextType>;
};
