import { readFileSync } from 'node:fs';
import type { Operation } from '../client/transport.ts';
import type {
  AddIssuesMutation,
  AddIssuesMutationVariables,
  CastVoteMutation,
  CastVoteMutationVariables,
  CreateSessionMutation,
  CreateSessionMutationVariables,
  JoinSessionMutation,
  JoinSessionMutationVariables,
  MyVoteQuery,
  MyVoteQueryVariables,
  ParseIssuesQuery,
  ParseIssuesQueryVariables,
  ReadIssueQuery,
  ReadIssueQueryVariables,
  ReadSessionQuery,
  ReadSessionQueryVariables,
  RevealRoundMutation,
  RevealRoundMutationVariables,
  SearchIssuesQuery,
  SearchIssuesQueryVariables,
  SettleRoundMutation,
  SettleRoundMutationVariables,
  StartRoundMutation,
  StartRoundMutationVariables,
  VoteResultsSubscription,
  VoteResultsSubscriptionVariables,
} from './generated/graph.ts';

/** The text of `tour/operations/<name>.graphql`, as README shows it. */
function load<Data, Variables>(name: string): Operation<Data, Variables> {
  const text = readFileSync(new URL(`operations/${name}.graphql`, import.meta.url), 'utf8');
  return { toString: () => text };
}

export const operations = {
  addIssues: load<AddIssuesMutation, AddIssuesMutationVariables>('add-issues'),
  castVote: load<CastVoteMutation, CastVoteMutationVariables>('cast-vote'),
  createSession: load<CreateSessionMutation, CreateSessionMutationVariables>('create-session'),
  joinSession: load<JoinSessionMutation, JoinSessionMutationVariables>('join-session'),
  myVote: load<MyVoteQuery, MyVoteQueryVariables>('my-vote'),
  parseIssues: load<ParseIssuesQuery, ParseIssuesQueryVariables>('parse-issues'),
  readIssue: load<ReadIssueQuery, ReadIssueQueryVariables>('read-issue'),
  readSession: load<ReadSessionQuery, ReadSessionQueryVariables>('read-session'),
  revealRound: load<RevealRoundMutation, RevealRoundMutationVariables>('reveal-round'),
  searchIssues: load<SearchIssuesQuery, SearchIssuesQueryVariables>('search-issues'),
  settleRound: load<SettleRoundMutation, SettleRoundMutationVariables>('settle-round'),
  startRound: load<StartRoundMutation, StartRoundMutationVariables>('start-round'),
  voteResults: load<VoteResultsSubscription, VoteResultsSubscriptionVariables>('vote-results'),
};
