import { readFileSync } from 'node:fs';
import { publicSubgraphs } from './public-data.ts';

/** A query of the router bench, with the graph that it asks. */
export interface Workload {
  readonly name: 'facts' | 'session' | 'public' | 'distinct';
  readonly query: string;
  readonly operationName: string;
  /** Each request has an id of its own, but for `public`: its requests are all the same. */
  readonly variablesOf: (id: string) => Readonly<Record<string, string>>;
  /** Stands in every right answer. */
  readonly proof: string;
  readonly subgraphs: readonly string[];
  readonly sdlOf: (subgraph: string) => string;
  /** Whether a federation 1 gateway can serve it. */
  readonly isFederationOne: boolean;
}

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

export const workloads: readonly Workload[] = [
  {
    name: 'facts',
    query:
      'query Session($id: ID!) { session(id: $id) { id title rounds { id number issue { key summary status storyPoints url } votes { participant { id name } card { label value } } } } }',
    operationName: 'Session',
    variablesOf: (id) => ({ id }),
    proof: 'SHOP-10: make',
    subgraphs: ['voting', 'jira'],
    sdlOf: (subgraph) => read(`./${subgraph}.graphql`),
    isFederationOne: true,
  },
  {
    name: 'session',
    query: read('../../tour/operations/read-session.graphql'),
    operationName: 'ReadSession',
    variablesOf: (sessionId) => ({ sessionId }),
    proof: 'SHOP-12: make',
    subgraphs: ['voting', 'jira'],
    sdlOf: (subgraph) => read(`../../subgraphs/${subgraph}/schema.graphql`),
    isFederationOne: true,
  },
  {
    name: 'public',
    query: read('./public/query.graphql'),
    operationName: 'Shop',
    variablesOf: () => ({}),
    proof: '"upc":"5"',
    subgraphs: publicSubgraphs,
    sdlOf: (subgraph) => read(`./public/${subgraph}.graphql`),
    isFederationOne: false,
  },
  {
    // The same, and no two requests are equal: nobody is helped by executing identical queries once.
    name: 'distinct',
    query: read('./public/query.graphql')
      .replace('query Shop', 'query Shop($seed: ID)')
      .replace('users {', 'users(seed: $seed) {')
      .replace(/topProducts(?: \{|\()/, (found) => (found.endsWith('(') ? 'topProducts(seed: $seed, ' : 'topProducts(seed: $seed) {')),
    operationName: 'Shop',
    variablesOf: (seed) => ({ seed }),
    proof: '"upc":"5"',
    subgraphs: publicSubgraphs,
    sdlOf: (subgraph) => read(`./public/${subgraph}.graphql`),
    isFederationOne: false,
  },
];
