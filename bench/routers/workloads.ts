import { readFileSync } from 'node:fs';

/** A query of the router bench, with the graph that it asks. Each request has an id of its own. */
export interface Workload {
  readonly name: 'facts' | 'session';
  readonly query: string;
  readonly operationName: string;
  readonly variablesOf: (id: string) => Readonly<Record<string, string>>;
  /** Stands in every right answer. */
  readonly proof: string;
  readonly sdlOf: (subgraph: 'voting' | 'jira') => string;
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
    sdlOf: (subgraph) => read(`./${subgraph}.graphql`),
  },
  {
    name: 'session',
    query: read('../../tour/operations/read-session.graphql'),
    operationName: 'ReadSession',
    variablesOf: (sessionId) => ({ sessionId }),
    proof: 'SHOP-12: make',
    sdlOf: (subgraph) => read(`../../subgraphs/${subgraph}/schema.graphql`),
  },
];
