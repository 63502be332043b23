import type { CodegenConfig } from '@graphql-codegen/cli';

const resolvers = {
  federation: true,
  useTypeImports: true,
  enumsAsTypes: true,
  immutableTypes: true,
  // A query, mutation or subscription of the SDL without a resolver is a type error.
  avoidOptionals: { inputValue: false, field: true, object: true, defaultValue: true, query: true, mutation: true, subscription: true },
  scalars: { DateTime: { input: 'string', output: 'Date | string' } },
} as const;

const header = {
  plugins: [
    { add: { content: '// Generated from schema.graphql by `npm run generate`; do not edit.' } },
    'typescript',
    'typescript-resolvers',
  ],
};

const config: CodegenConfig = {
  generates: {
    'subgraphs/jira/src/graphql/generated/types.ts': {
      ...header,
      schema: 'subgraphs/jira/schema.graphql',
      config: {
        ...resolvers,
        contextType: '../context.ts#JiraContext',
        mappers: { Issue: '../views.ts#IssueView', Estimability: '../../domain/issue.ts#Estimability as EstimabilityModel' },
      },
    },
    'subgraphs/voting/src/graphql/generated/types.ts': {
      ...header,
      schema: 'subgraphs/voting/schema.graphql',
      config: {
        ...resolvers,
        contextType: '../context.ts#VotingContext',
        mappers: {
          Session: '../views.ts#SessionView',
          SharedReport: '../views.ts#SessionView',
          SessionItem: '../views.ts#ItemView',
          QueueProgress: '../views.ts#SessionView',
          Round: '../views.ts#RoundView',
          Vote: '../views.ts#VoteView',
          Result: '../views.ts#ResultView',
          Report: '../views.ts#ReportView',
          Place: '../views.ts#PlaceView',
          SessionEvent: '../views.ts#EventView',
          SessionChanges: '../changes.ts#ChangesView',
          SessionChange: '../changes.ts#ChangeView',
          Participant: '../views.ts#ParticipantView',
          Newcomer: '../../domain/model.ts#Newcomer as NewcomerModel',
          Issue: '../views.ts#IssueView',
          Estimate: '../../domain/model.ts#Estimate as EstimateModel',
          Card: '../../domain/model.ts#Card as CardModel',
          Deck: '../../domain/model.ts#Deck as DeckModel',
          Track: '../../domain/model.ts#Track as TrackModel',
        },
      },
    },
  },
};

// The code generator loads its configuration by default export.
export default config;
