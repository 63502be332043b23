import { GraphQLScalarType } from 'graphql';
import { sessionChange } from './changes.ts';
import type { Resolvers } from './generated/types.ts';
import { placeMutations } from './place-mutations.ts';
import { queries } from './queries.ts';
import { queueMutations } from './queue-mutations.ts';
import { roundMutations } from './round-mutations.ts';
import { sessionMutations } from './session-mutations.ts';
import { signalMutations } from './signal-mutations.ts';
import { subscriptions } from './subscriptions.ts';
import { types } from './types.ts';
import { waitingMutations } from './waiting-mutations.ts';

/** Everything that answers for `schema.graphql`. */
export const resolvers = {
  Query: queries,
  Mutation: { ...sessionMutations, ...placeMutations, ...waitingMutations, ...queueMutations, ...roundMutations, ...signalMutations },
  Subscription: subscriptions,
  ...types,
  ...sessionChange,
  DateTime: new GraphQLScalarType<string, string>({
    name: 'DateTime',
    serialize: (value) => (value instanceof Date ? value.toISOString() : String(value)),
  }),
} satisfies Resolvers & Required<Pick<Resolvers, 'Query' | 'Mutation' | 'Subscription'>>;
