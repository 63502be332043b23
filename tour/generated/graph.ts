// Generated from router/supergraph.graphql and tour/operations by `npm run generate:client`; do not edit.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type ItemState =
  /** Needs another look: at the end of the queue, its rounds kept. */
  | 'DEFERRED'
  | 'ESTIMATED'
  | 'PENDING'
  | 'SKIPPED'
  | 'VOTING';

export type ParsedKind =
  | 'JQL'
  | 'KEYS';

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

export type AddIssuesMutationVariables = Exact<{
  sessionId: string;
  jql: string;
}>;


export type AddIssuesMutation = { readonly addIssues: { readonly duplicates: ReadonlyArray<string>, readonly notFound: ReadonlyArray<string>, readonly added: ReadonlyArray<{ readonly id: string, readonly issue: { readonly key: string, readonly summary: string } | null }> } };

export type CastVoteMutationVariables = Exact<{
  roundId: string;
  card: string;
}>;


export type CastVoteMutation = { readonly castVote: { readonly votedCount: number } };

export type CreateSessionMutationVariables = Exact<{
  title: string;
  name: string;
}>;


export type CreateSessionMutation = { readonly createSession: { readonly token: string, readonly session: { readonly id: string, readonly inviteCode: string } } };

export type JoinSessionMutationVariables = Exact<{
  inviteCode: string;
  name: string;
}>;


export type JoinSessionMutation = { readonly joinSession: { readonly token: string, readonly participant: { readonly id: string, readonly name: string } } };

export type MyVoteQueryVariables = Exact<{
  roundId: string;
}>;


export type MyVoteQuery = { readonly myVote: ReadonlyArray<{ readonly card: { readonly label: string } }> };

export type ParseIssuesQueryVariables = Exact<{
  text: string;
}>;


export type ParseIssuesQuery = { readonly parseIssues: { readonly kind: ParsedKind, readonly keys: ReadonlyArray<string>, readonly notFound: ReadonlyArray<string>, readonly issues: ReadonlyArray<{ readonly key: string, readonly summary: string }> } | null };

export type ReadIssueQueryVariables = Exact<{
  key: string;
}>;


export type ReadIssueQuery = { readonly issue: { readonly key: string, readonly summary: string, readonly storyPoints: number | null, readonly freshness: { readonly fetchedAt: string } } | null };

export type ReadSessionQueryVariables = Exact<{
  sessionId: string;
}>;


export type ReadSessionQuery = { readonly session: { readonly title: string, readonly revision: number, readonly participants: ReadonlyArray<{ readonly name: string, readonly role: Role, readonly isFacilitator: boolean }>, readonly items: ReadonlyArray<{ readonly state: ItemState, readonly issue: { readonly key: string, readonly summary: string, readonly storyPoints: number | null, readonly url: string, readonly status: { readonly name: string } } | null, readonly estimates: ReadonlyArray<{ readonly value: number, readonly writeBack: { readonly state: WriteBackState } }> }>, readonly currentRound: { readonly id: string, readonly state: RoundState, readonly votedCount: number, readonly votes: ReadonlyArray<{ readonly participant: { readonly name: string }, readonly card: { readonly label: string } | null }> } | null } | null };

export type RevealRoundMutationVariables = Exact<{
  roundId: string;
}>;


export type RevealRoundMutation = { readonly revealRound: { readonly state: RoundState, readonly votes: ReadonlyArray<{ readonly participant: { readonly name: string }, readonly card: { readonly label: string } | null }> } };

export type SearchIssuesQueryVariables = Exact<{
  jql: string;
}>;


export type SearchIssuesQuery = { readonly searchIssues: { readonly nodes: ReadonlyArray<{ readonly key: string, readonly url: string, readonly summary: string, readonly storyPoints: number | null }>, readonly pageInfo: { readonly hasNextPage: boolean } } | null };

export type SettleRoundMutationVariables = Exact<{
  roundId: string;
  estimate: number;
}>;


export type SettleRoundMutation = { readonly settleRound: { readonly state: RoundState, readonly estimates: ReadonlyArray<{ readonly value: number, readonly writeBack: { readonly state: WriteBackState } }> } };

export type StartRoundMutationVariables = Exact<{
  sessionId: string;
}>;


export type StartRoundMutation = { readonly startRound: { readonly id: string, readonly state: RoundState, readonly issue: { readonly key: string, readonly summary: string } | null } };

export type VoteResultsSubscriptionVariables = Exact<{
  sessionId: string;
}>;


export type VoteResultsSubscription = { readonly voteResults: { readonly state: RoundState, readonly issue: { readonly key: string, readonly summary: string } | null, readonly votes: ReadonlyArray<{ readonly participant: { readonly name: string }, readonly card: { readonly label: string } | null }>, readonly result: { readonly mean: number | null, readonly median: number | null, readonly hasConsensus: boolean, readonly suggestion: { readonly value: number | null, readonly reason: string } } | null, readonly estimates: ReadonlyArray<{ readonly value: number }> } };
