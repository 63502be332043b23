// Generated from router/supergraph.graphql and client/operations by `npm run generate:client`; do not edit.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type AtDeadline =
  /** The clock goes on below zero. */
  | 'NOTHING'
  /** The round is revealed with those who have voted. */
  | 'REVEAL';

export type EstimateInput = {
  readonly track: string;
  /** 0 to 10 000, at most three decimals. */
  readonly value: number;
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

export type ItemState =
  /** Needs another look: at the end of the queue, its rounds kept. */
  | 'DEFERRED'
  | 'ESTIMATED'
  | 'PENDING'
  | 'SKIPPED'
  | 'VOTING';

export type LateJoin =
  /** From the next round on: nobody who joins can hold up this one. */
  | 'NEXT_ROUND'
  /** In the open round, too. */
  | 'NOW';

/** As 👍 👏 🎉 😂 ❤️ 🤔. */
export type Reaction =
  | 'AGREE'
  | 'APPLAUD'
  | 'CELEBRATE'
  | 'LAUGH'
  | 'LOVE'
  | 'THINK';

export type RevealedBy =
  | 'EVERYONE'
  | 'FACILITATORS';

export type Role =
  | 'ESTIMATOR'
  /** Watches: does not vote and does not count for the quorum. */
  | 'SPECTATOR';

export type RoundState =
  /** Ended without a reveal or without an estimate. */
  | 'ABANDONED'
  | 'OPEN'
  | 'REVEALED'
  /** Revealed, and voted on again instead of being settled. */
  | 'REVOTED'
  | 'SETTLED';

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

export type SessionState =
  | 'CLOSED'
  | 'OPEN'
  /** Nobody votes and nothing is revealed until a facilitator lets it go on; the queue may be changed. */
  | 'PAUSED';

export type SettingsInput = {
  readonly atDeadline?: AtDeadline | null | undefined;
  /** Null: never by itself. */
  readonly autoRevealSeconds?: number | null | undefined;
  readonly commentDecisions?: boolean | null | undefined;
  readonly hideEstimates?: boolean | null | undefined;
  readonly isLocked?: boolean | null | undefined;
  readonly joinByApproval?: boolean | null | undefined;
  readonly lateJoin?: LateJoin | null | undefined;
  readonly policy?: EstimatePolicy | null | undefined;
  readonly revealedBy?: RevealedBy | null | undefined;
  readonly succession?: SuccessionRule | null | undefined;
  /** 60 to 86 400; null: never. */
  readonly successionSeconds?: number | null | undefined;
  /** Ids of participants; replaces those named before. */
  readonly successors?: ReadonlyArray<string> | null | undefined;
  readonly waitForAway?: boolean | null | undefined;
  readonly writeBack?: boolean | null | undefined;
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

export type TrackInput = {
  readonly discipline?: string | null | undefined;
  /** 1 to 32 of a–z, 0–9, `-` and `_`. */
  readonly id: string;
  /** Equal to `id` unless given. */
  readonly label?: string | null | undefined;
};

export type AdmissionFragment = { readonly token: string, readonly expiresAt: string, readonly refreshSecret: string | null, readonly session: { readonly id: string, readonly title: string, readonly inviteCode: string, readonly revision: number }, readonly participant: { readonly id: string, readonly name: string, readonly role: Role, readonly isFacilitator: boolean } };

export type CreateSessionMutationVariables = Exact<{
  title: string;
  name: string;
  role?: Role;
  discipline?: string | null | undefined;
  deck?: string | null | undefined;
  tracks?: ReadonlyArray<TrackInput> | TrackInput | null | undefined;
  settings?: SettingsInput | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type CreateSessionMutation = { readonly createSession: { readonly token: string, readonly expiresAt: string, readonly refreshSecret: string | null, readonly session: { readonly id: string, readonly title: string, readonly inviteCode: string, readonly revision: number }, readonly participant: { readonly id: string, readonly name: string, readonly role: Role, readonly isFacilitator: boolean } } };

export type JoinSessionMutationVariables = Exact<{
  inviteCode: string;
  name: string;
  role?: Role;
  discipline?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type JoinSessionMutation = { readonly joinSession: { readonly token: string, readonly expiresAt: string, readonly refreshSecret: string | null, readonly session: { readonly id: string, readonly title: string, readonly inviteCode: string, readonly revision: number }, readonly participant: { readonly id: string, readonly name: string, readonly role: Role, readonly isFacilitator: boolean } } };

export type RefreshTokenMutationVariables = Exact<{
  refreshSecret?: string | null | undefined;
  rotationKey?: string | null | undefined;
}>;


export type RefreshTokenMutation = { readonly refreshToken: { readonly token: string, readonly expiresAt: string, readonly refreshSecret: string | null, readonly session: { readonly id: string, readonly title: string, readonly inviteCode: string, readonly revision: number }, readonly participant: { readonly id: string, readonly name: string, readonly role: Role, readonly isFacilitator: boolean } } };

export type SessionChangesSubscriptionVariables = Exact<{
  sessionId: string;
  after?: number | null | undefined;
}>;


export type SessionChangesSubscription = { readonly sessionChanges: { readonly revision: number | null, readonly changes: ReadonlyArray<
      | { readonly __typename: 'EstimateChanged', readonly itemId: string, readonly roundId: string, readonly estimate: { readonly track: string, readonly value: number, readonly label: string } }
      | { readonly __typename: 'ItemChanged', readonly item: { readonly id: string, readonly position: number, readonly state: ItemState, readonly topic: string | null, readonly issue: { readonly key: string } | null, readonly estimates: ReadonlyArray<{ readonly track: string, readonly value: number, readonly label: string }> } }
      | { readonly __typename: 'ItemMoved', readonly itemId: string, readonly position: number }
      | { readonly __typename: 'ItemRemoved', readonly itemId: string }
      | { readonly __typename: 'ParticipantChanged', readonly participant: { readonly id: string, readonly name: string, readonly role: Role, readonly isFacilitator: boolean, readonly isPresent: boolean } }
      | { readonly __typename: 'PresenceChanged', readonly participantId: string, readonly isOnline: boolean }
      | { readonly __typename: 'QueueChanged' }
      | { readonly __typename: 'RoundChanged', readonly itemId: string, readonly round: { readonly id: string, readonly number: number, readonly state: RoundState, readonly votedCount: number, readonly votes: ReadonlyArray<{ readonly track: string, readonly participant: { readonly id: string, readonly name: string }, readonly card: { readonly label: string, readonly value: number | null } | null }>, readonly results: ReadonlyArray<{ readonly track: string, readonly median: number | null, readonly hasConsensus: boolean, readonly suggestion: { readonly value: number | null, readonly label: string | null } }>, readonly estimates: ReadonlyArray<{ readonly track: string, readonly value: number, readonly label: string }> } }
      | { readonly __typename: 'SessionChanged', readonly session: { readonly title: string, readonly state: SessionState, readonly currentRound: { readonly id: string } | null } }
      | { readonly __typename: 'VoteChanged', readonly roundId: string, readonly participantId: string, readonly track: string, readonly hasVoted: boolean }
    > } };

export type SessionEventsSubscriptionVariables = Exact<{
  sessionId: string;
  after?: number | null | undefined;
}>;


export type SessionEventsSubscription = { readonly sessionEvents: { readonly revision: number, readonly type: SessionEventType, readonly at: string, readonly actor: { readonly id: string, readonly name: string } | null, readonly participant: { readonly id: string, readonly name: string } | null, readonly item: { readonly id: string } | null, readonly round: { readonly id: string, readonly state: RoundState } | null } };

export type SessionSignalsSubscriptionVariables = Exact<{
  sessionId: string;
}>;


export type SessionSignalsSubscription = { readonly sessionSignals: { readonly by: string, readonly nudged: ReadonlyArray<string>, readonly reaction: Reaction | null } };

export type AddIssuesMutationVariables = Exact<{
  sessionId: string;
  keys?: ReadonlyArray<string> | string | null | undefined;
  jql?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type AddIssuesMutation = { readonly addIssues: { readonly duplicates: ReadonlyArray<string>, readonly notFound: ReadonlyArray<string>, readonly added: ReadonlyArray<{ readonly id: string, readonly position: number, readonly state: ItemState, readonly topic: string | null, readonly issue: { readonly key: string } | null, readonly estimates: ReadonlyArray<{ readonly track: string, readonly value: number, readonly label: string }> }> } };

export type AddTopicsMutationVariables = Exact<{
  sessionId: string;
  topics: ReadonlyArray<string> | string;
  idempotencyKey?: string | null | undefined;
}>;


export type AddTopicsMutation = { readonly addTopics: { readonly added: ReadonlyArray<{ readonly id: string, readonly position: number, readonly state: ItemState, readonly topic: string | null, readonly issue: { readonly key: string } | null, readonly estimates: ReadonlyArray<{ readonly track: string, readonly value: number, readonly label: string }> }> } };

export type StartRoundMutationVariables = Exact<{
  sessionId: string;
  itemId?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type StartRoundMutation = { readonly startRound: { readonly id: string, readonly number: number, readonly state: RoundState, readonly votedCount: number, readonly item: { readonly id: string }, readonly issue: { readonly key: string } | null, readonly votes: ReadonlyArray<{ readonly track: string, readonly participant: { readonly id: string, readonly name: string }, readonly card: { readonly label: string, readonly value: number | null } | null }>, readonly results: ReadonlyArray<{ readonly track: string, readonly median: number | null, readonly hasConsensus: boolean, readonly suggestion: { readonly value: number | null, readonly label: string | null } }>, readonly estimates: ReadonlyArray<{ readonly track: string, readonly value: number, readonly label: string }> } };

export type CastVoteMutationVariables = Exact<{
  roundId: string;
  card: string;
  track?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type CastVoteMutation = { readonly castVote: { readonly id: string, readonly votedCount: number } };

export type RevealRoundMutationVariables = Exact<{
  roundId: string;
  idempotencyKey?: string | null | undefined;
}>;


export type RevealRoundMutation = { readonly revealRound: { readonly id: string, readonly number: number, readonly state: RoundState, readonly votedCount: number, readonly votes: ReadonlyArray<{ readonly track: string, readonly participant: { readonly id: string, readonly name: string }, readonly card: { readonly label: string, readonly value: number | null } | null }>, readonly results: ReadonlyArray<{ readonly track: string, readonly median: number | null, readonly hasConsensus: boolean, readonly suggestion: { readonly value: number | null, readonly label: string | null } }>, readonly estimates: ReadonlyArray<{ readonly track: string, readonly value: number, readonly label: string }> } };

export type SettleRoundMutationVariables = Exact<{
  roundId: string;
  estimate?: number | null | undefined;
  estimates?: ReadonlyArray<EstimateInput> | EstimateInput | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type SettleRoundMutation = { readonly settleRound: { readonly id: string, readonly number: number, readonly state: RoundState, readonly votedCount: number, readonly votes: ReadonlyArray<{ readonly track: string, readonly participant: { readonly id: string, readonly name: string }, readonly card: { readonly label: string, readonly value: number | null } | null }>, readonly results: ReadonlyArray<{ readonly track: string, readonly median: number | null, readonly hasConsensus: boolean, readonly suggestion: { readonly value: number | null, readonly label: string | null } }>, readonly estimates: ReadonlyArray<{ readonly track: string, readonly value: number, readonly label: string }> } };

export type NudgeMutationVariables = Exact<{
  roundId: string;
  participantId?: string | null | undefined;
}>;


export type NudgeMutation = { readonly nudge: ReadonlyArray<{ readonly id: string, readonly name: string }> };

export type ReactMutationVariables = Exact<{
  reaction: Reaction;
}>;


export type ReactMutation = { readonly react: { readonly id: string } };

export type ItemFragment = { readonly id: string, readonly position: number, readonly state: ItemState, readonly topic: string | null, readonly issue: { readonly key: string } | null, readonly estimates: ReadonlyArray<{ readonly track: string, readonly value: number, readonly label: string }> };

export type RoundFragment = { readonly id: string, readonly number: number, readonly state: RoundState, readonly votedCount: number, readonly votes: ReadonlyArray<{ readonly track: string, readonly participant: { readonly id: string, readonly name: string }, readonly card: { readonly label: string, readonly value: number | null } | null }>, readonly results: ReadonlyArray<{ readonly track: string, readonly median: number | null, readonly hasConsensus: boolean, readonly suggestion: { readonly value: number | null, readonly label: string | null } }>, readonly estimates: ReadonlyArray<{ readonly track: string, readonly value: number, readonly label: string }> };

export type ReadSessionQueryVariables = Exact<{
  sessionId: string;
}>;


export type ReadSessionQuery = { readonly session: { readonly id: string, readonly title: string, readonly state: SessionState, readonly revision: number, readonly inviteCode: string, readonly participants: ReadonlyArray<{ readonly id: string, readonly name: string, readonly role: Role, readonly isFacilitator: boolean, readonly isPresent: boolean, readonly isOnline: boolean }>, readonly items: ReadonlyArray<{ readonly id: string, readonly position: number, readonly state: ItemState, readonly topic: string | null, readonly issue: { readonly key: string } | null, readonly estimates: ReadonlyArray<{ readonly track: string, readonly value: number, readonly label: string }> }>, readonly currentRound: { readonly id: string, readonly number: number, readonly state: RoundState, readonly votedCount: number, readonly votes: ReadonlyArray<{ readonly track: string, readonly participant: { readonly id: string, readonly name: string }, readonly card: { readonly label: string, readonly value: number | null } | null }>, readonly results: ReadonlyArray<{ readonly track: string, readonly median: number | null, readonly hasConsensus: boolean, readonly suggestion: { readonly value: number | null, readonly label: string | null } }>, readonly estimates: ReadonlyArray<{ readonly track: string, readonly value: number, readonly label: string }> } | null } | null };

export type MyVoteQueryVariables = Exact<{
  roundId: string;
}>;


export type MyVoteQuery = { readonly myVote: ReadonlyArray<{ readonly track: string, readonly card: { readonly label: string, readonly value: number | null } }> };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const AdmissionFragmentDoc = new TypedDocumentString(`
    fragment Admission on Admission {
  token
  expiresAt
  refreshSecret
  session {
    id
    title
    inviteCode
    revision
  }
  participant {
    id
    name
    role
    isFacilitator
  }
}
    `, {"fragmentName":"Admission"}) as unknown as TypedDocumentString<AdmissionFragment, unknown>;
export const ItemFragmentDoc = new TypedDocumentString(`
    fragment Item on SessionItem {
  id
  position
  state
  topic
  issue {
    key
  }
  estimates {
    track
    value
    label
  }
}
    `, {"fragmentName":"Item"}) as unknown as TypedDocumentString<ItemFragment, unknown>;
export const RoundFragmentDoc = new TypedDocumentString(`
    fragment Round on Round {
  id
  number
  state
  votedCount
  votes {
    participant {
      id
      name
    }
    track
    card {
      label
      value
    }
  }
  results {
    track
    median
    hasConsensus
    suggestion {
      value
      label
    }
  }
  estimates {
    track
    value
    label
  }
}
    `, {"fragmentName":"Round"}) as unknown as TypedDocumentString<RoundFragment, unknown>;
export const CreateSessionDocument = new TypedDocumentString(`
    mutation CreateSession($title: String!, $name: String!, $role: Role! = ESTIMATOR, $discipline: String, $deck: String, $tracks: [TrackInput!], $settings: SettingsInput, $idempotencyKey: ID) {
  createSession(
    title: $title
    name: $name
    role: $role
    discipline: $discipline
    deck: $deck
    tracks: $tracks
    settings: $settings
    idempotencyKey: $idempotencyKey
  ) {
    ...Admission
  }
}
    fragment Admission on Admission {
  token
  expiresAt
  refreshSecret
  session {
    id
    title
    inviteCode
    revision
  }
  participant {
    id
    name
    role
    isFacilitator
  }
}`) as unknown as TypedDocumentString<CreateSessionMutation, CreateSessionMutationVariables>;
export const JoinSessionDocument = new TypedDocumentString(`
    mutation JoinSession($inviteCode: String!, $name: String!, $role: Role! = ESTIMATOR, $discipline: String, $idempotencyKey: ID) {
  joinSession(
    inviteCode: $inviteCode
    name: $name
    role: $role
    discipline: $discipline
    idempotencyKey: $idempotencyKey
  ) {
    ...Admission
  }
}
    fragment Admission on Admission {
  token
  expiresAt
  refreshSecret
  session {
    id
    title
    inviteCode
    revision
  }
  participant {
    id
    name
    role
    isFacilitator
  }
}`) as unknown as TypedDocumentString<JoinSessionMutation, JoinSessionMutationVariables>;
export const RefreshTokenDocument = new TypedDocumentString(`
    mutation RefreshToken($refreshSecret: String, $rotationKey: String) {
  refreshToken(refreshSecret: $refreshSecret, rotationKey: $rotationKey) {
    ...Admission
  }
}
    fragment Admission on Admission {
  token
  expiresAt
  refreshSecret
  session {
    id
    title
    inviteCode
    revision
  }
  participant {
    id
    name
    role
    isFacilitator
  }
}`) as unknown as TypedDocumentString<RefreshTokenMutation, RefreshTokenMutationVariables>;
export const SessionChangesDocument = new TypedDocumentString(`
    subscription SessionChanges($sessionId: ID!, $after: Int) {
  sessionChanges(sessionId: $sessionId, after: $after) {
    revision
    changes {
      __typename
      ... on SessionChanged {
        session {
          title
          state
          currentRound {
            id
          }
        }
      }
      ... on ParticipantChanged {
        participant {
          id
          name
          role
          isFacilitator
          isPresent
        }
      }
      ... on PresenceChanged {
        participantId
        isOnline
      }
      ... on ItemChanged {
        item {
          ...Item
        }
      }
      ... on ItemMoved {
        itemId
        position
      }
      ... on ItemRemoved {
        itemId
      }
      ... on RoundChanged {
        itemId
        round {
          ...Round
        }
      }
      ... on EstimateChanged {
        itemId
        roundId
        estimate {
          track
          value
          label
        }
      }
      ... on VoteChanged {
        roundId
        participantId
        track
        hasVoted
      }
    }
  }
}
    fragment Item on SessionItem {
  id
  position
  state
  topic
  issue {
    key
  }
  estimates {
    track
    value
    label
  }
}
fragment Round on Round {
  id
  number
  state
  votedCount
  votes {
    participant {
      id
      name
    }
    track
    card {
      label
      value
    }
  }
  results {
    track
    median
    hasConsensus
    suggestion {
      value
      label
    }
  }
  estimates {
    track
    value
    label
  }
}`) as unknown as TypedDocumentString<SessionChangesSubscription, SessionChangesSubscriptionVariables>;
export const SessionEventsDocument = new TypedDocumentString(`
    subscription SessionEvents($sessionId: ID!, $after: Int) {
  sessionEvents(sessionId: $sessionId, after: $after) {
    revision
    type
    at
    actor {
      id
      name
    }
    participant {
      id
      name
    }
    item {
      id
    }
    round {
      id
      state
    }
  }
}
    `) as unknown as TypedDocumentString<SessionEventsSubscription, SessionEventsSubscriptionVariables>;
export const SessionSignalsDocument = new TypedDocumentString(`
    subscription SessionSignals($sessionId: ID!) {
  sessionSignals(sessionId: $sessionId) {
    by
    nudged
    reaction
  }
}
    `) as unknown as TypedDocumentString<SessionSignalsSubscription, SessionSignalsSubscriptionVariables>;
export const AddIssuesDocument = new TypedDocumentString(`
    mutation AddIssues($sessionId: ID!, $keys: [ID!], $jql: String, $idempotencyKey: ID) {
  addIssues(
    sessionId: $sessionId
    keys: $keys
    jql: $jql
    idempotencyKey: $idempotencyKey
  ) {
    added {
      ...Item
    }
    duplicates
    notFound
  }
}
    fragment Item on SessionItem {
  id
  position
  state
  topic
  issue {
    key
  }
  estimates {
    track
    value
    label
  }
}`) as unknown as TypedDocumentString<AddIssuesMutation, AddIssuesMutationVariables>;
export const AddTopicsDocument = new TypedDocumentString(`
    mutation AddTopics($sessionId: ID!, $topics: [String!]!, $idempotencyKey: ID) {
  addTopics(
    sessionId: $sessionId
    topics: $topics
    idempotencyKey: $idempotencyKey
  ) {
    added {
      ...Item
    }
  }
}
    fragment Item on SessionItem {
  id
  position
  state
  topic
  issue {
    key
  }
  estimates {
    track
    value
    label
  }
}`) as unknown as TypedDocumentString<AddTopicsMutation, AddTopicsMutationVariables>;
export const StartRoundDocument = new TypedDocumentString(`
    mutation StartRound($sessionId: ID!, $itemId: ID, $idempotencyKey: ID) {
  startRound(
    sessionId: $sessionId
    itemId: $itemId
    idempotencyKey: $idempotencyKey
  ) {
    ...Round
    item {
      id
    }
    issue {
      key
    }
  }
}
    fragment Round on Round {
  id
  number
  state
  votedCount
  votes {
    participant {
      id
      name
    }
    track
    card {
      label
      value
    }
  }
  results {
    track
    median
    hasConsensus
    suggestion {
      value
      label
    }
  }
  estimates {
    track
    value
    label
  }
}`) as unknown as TypedDocumentString<StartRoundMutation, StartRoundMutationVariables>;
export const CastVoteDocument = new TypedDocumentString(`
    mutation CastVote($roundId: ID!, $card: String!, $track: ID, $idempotencyKey: ID) {
  castVote(
    roundId: $roundId
    card: $card
    track: $track
    idempotencyKey: $idempotencyKey
  ) {
    id
    votedCount
  }
}
    `) as unknown as TypedDocumentString<CastVoteMutation, CastVoteMutationVariables>;
export const RevealRoundDocument = new TypedDocumentString(`
    mutation RevealRound($roundId: ID!, $idempotencyKey: ID) {
  revealRound(roundId: $roundId, idempotencyKey: $idempotencyKey) {
    ...Round
  }
}
    fragment Round on Round {
  id
  number
  state
  votedCount
  votes {
    participant {
      id
      name
    }
    track
    card {
      label
      value
    }
  }
  results {
    track
    median
    hasConsensus
    suggestion {
      value
      label
    }
  }
  estimates {
    track
    value
    label
  }
}`) as unknown as TypedDocumentString<RevealRoundMutation, RevealRoundMutationVariables>;
export const SettleRoundDocument = new TypedDocumentString(`
    mutation SettleRound($roundId: ID!, $estimate: Float, $estimates: [EstimateInput!], $idempotencyKey: ID) {
  settleRound(
    roundId: $roundId
    estimate: $estimate
    estimates: $estimates
    idempotencyKey: $idempotencyKey
  ) {
    ...Round
  }
}
    fragment Round on Round {
  id
  number
  state
  votedCount
  votes {
    participant {
      id
      name
    }
    track
    card {
      label
      value
    }
  }
  results {
    track
    median
    hasConsensus
    suggestion {
      value
      label
    }
  }
  estimates {
    track
    value
    label
  }
}`) as unknown as TypedDocumentString<SettleRoundMutation, SettleRoundMutationVariables>;
export const NudgeDocument = new TypedDocumentString(`
    mutation Nudge($roundId: ID!, $participantId: ID) {
  nudge(roundId: $roundId, participantId: $participantId) {
    id
    name
  }
}
    `) as unknown as TypedDocumentString<NudgeMutation, NudgeMutationVariables>;
export const ReactDocument = new TypedDocumentString(`
    mutation React($reaction: Reaction!) {
  react(reaction: $reaction) {
    id
  }
}
    `) as unknown as TypedDocumentString<ReactMutation, ReactMutationVariables>;
export const ReadSessionDocument = new TypedDocumentString(`
    query ReadSession($sessionId: ID!) {
  session(id: $sessionId) {
    id
    title
    state
    revision
    inviteCode
    participants {
      id
      name
      role
      isFacilitator
      isPresent
      isOnline
    }
    items {
      ...Item
    }
    currentRound {
      ...Round
    }
  }
}
    fragment Item on SessionItem {
  id
  position
  state
  topic
  issue {
    key
  }
  estimates {
    track
    value
    label
  }
}
fragment Round on Round {
  id
  number
  state
  votedCount
  votes {
    participant {
      id
      name
    }
    track
    card {
      label
      value
    }
  }
  results {
    track
    median
    hasConsensus
    suggestion {
      value
      label
    }
  }
  estimates {
    track
    value
    label
  }
}`) as unknown as TypedDocumentString<ReadSessionQuery, ReadSessionQueryVariables>;
export const MyVoteDocument = new TypedDocumentString(`
    query MyVote($roundId: ID!) {
  myVote(roundId: $roundId) {
    track
    card {
      label
      value
    }
  }
}
    `) as unknown as TypedDocumentString<MyVoteQuery, MyVoteQueryVariables>;