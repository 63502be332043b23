import { type ApolloClient, type FieldMergeFunction, InMemoryCache, type TypePolicies } from '@apollo/client';
import type { RoundPartsFragment, RoundState } from '../generated/graph.ts';
import { keepDocuments } from './keptDocuments.ts';
import { shareReadings } from './sharedReadings.ts';

// Answers and the stream come on different roads: what was sent earlier may arrive later. A round only ever goes forward,
// so the later state wins, and what the reveal has shown stays.
const order: Record<RoundState, number> = { OPEN: 0, REVEALED: 1, ABANDONED: 2, REVOTED: 2, SETTLED: 2 };

const keepLater: FieldMergeFunction<RoundState> = (existing, incoming) =>
  existing !== undefined && order[existing] > order[incoming] ? existing : incoming;

const keepRevealed: FieldMergeFunction<RoundPartsFragment['votes']> = (existing, incoming) =>
  existing?.some((vote) => vote.card !== null) && !incoming.some((vote) => vote.card !== null) ? existing : incoming;

const keepKnown: FieldMergeFunction<readonly unknown[]> = (existing, incoming) =>
  existing?.length && !incoming.length ? existing : incoming;

// The graph answers null for a session only beside an error: whoever asked is told of that, and the other queries keep what they show.
const keepFound: FieldMergeFunction<unknown> = (existing, incoming) => incoming ?? existing;

// A session is followed by its changes. Any other answer is older than what the stream has brought meanwhile, so its lists are not taken
// over, but where nothing is known yet, or where the whole session was asked for: those queries name their variable `wholeId`.
const keepFollowed: FieldMergeFunction<unknown> = (existing, incoming, { variables }) =>
  existing === undefined || variables?.['wholeId'] !== undefined ? incoming : existing;

/** How the cache tells things apart: an issue by its key; a track's id means something only within its session. */
const policies: TypePolicies = {
  Query: { fields: { session: { merge: keepFound } } },
  Issue: { keyFields: ['key'] },
  Track: { keyFields: false },
  // Of the queue one part is held, the first, however much of it was asked for.
  Session: {
    fields: { settings: { merge: true }, queue: { keyArgs: false, merge: keepFollowed }, progress: { merge: keepFollowed } },
  },
  SessionItem: { fields: { rounds: { merge: keepFollowed } } },
  Round: { fields: { state: { merge: keepLater }, votes: { merge: keepRevealed }, results: { merge: keepKnown } } },
};

/** What is asked for again is merged as any other answer: Apollo would put it in the place of what is there, the stream's newer lists included. */
export const queryDefaults: ApolloClient.DefaultOptions = { watchQuery: { refetchWritePolicy: 'merge' } };

/** What the page knows of the graph. */
export const createCache = (): InMemoryCache => keepDocuments(shareReadings(new InMemoryCache({ typePolicies: policies })));
