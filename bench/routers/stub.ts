// A process of its own: subgraphs with constant answers, so that what is measured is the router.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type DocumentNode, type FieldNode, graphql, Kind, parse, type SelectionSetNode } from 'graphql';
import { buildPublicSchema, type PublicSubgraph, publicSubgraphs } from './public-data.ts';
import type { Workload } from './workloads.ts';

/** Where the subgraphs of each workload are, by name. */
export type Stubs = Readonly<Record<Workload['name'], Readonly<Record<string, string>>>>;

const keysOf = (count: number) => Array.from({ length: count }, (_, index) => `SHOP-${index + 1}`);
const summaryOf = (key: string) => `${key}: make the checkout form keep what was typed`;
const urlOf = (key: string) => `https://example.atlassian.net/browse/${key}`;

/** 10 rounds of 6 votes, joined with 10 issues. */
const facts = {
  voting: {
    session: {
      __typename: 'Session',
      id: 's1',
      title: 'Sprint 42',
      rounds: keysOf(10).map((key, index) => ({
        id: `round-${index}`,
        number: index + 1,
        issue: { __typename: 'Issue', key },
        votes: Array.from({ length: 6 }, (_, voter) => ({
          participant: { id: `p${voter}`, name: `Participant ${voter}` },
          card: { label: '5', value: 5 },
        })),
      })),
    },
  },
  jira: {
    _entities: keysOf(10).map((key) => ({
      __typename: 'Issue',
      key,
      summary: summaryOf(key),
      status: 'To Do',
      storyPoints: null,
      url: urlOf(key),
    })),
  },
};

/** Our own session: 8 participants, a queue of 12 issues, half of them estimated, a round with 6 votes. */
const session = {
  voting: {
    session: {
      __typename: 'Session',
      title: 'Sprint 42',
      revision: 117,
      participants: Array.from({ length: 8 }, (_, index) => ({
        name: `Participant ${index}`,
        role: index === 7 ? 'SPECTATOR' : 'ESTIMATOR',
        isFacilitator: index === 0,
      })),
      items: keysOf(12).map((key, index) => ({
        state: index < 6 ? 'ESTIMATED' : 'PENDING',
        issue: { __typename: 'Issue', key },
        estimates: index < 6 ? [{ value: 5, writeBack: { state: 'WRITTEN' } }] : [],
      })),
      currentRound: {
        id: 's1.r7',
        state: 'OPEN',
        votedCount: 6,
        votes: Array.from({ length: 6 }, (_, index) => ({ participant: { name: `Participant ${index}` }, card: null })),
      },
    },
  },
  jira: {
    _entities: keysOf(12).map((key) => ({
      __typename: 'Issue',
      key,
      summary: summaryOf(key),
      status: { name: 'To Do' },
      storyPoints: 5,
      url: urlOf(key),
    })),
  },
};

interface Request {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

/** Of constant data what is asked for, in the order in which it is asked for, as any subgraph does; the same document from memory, whatever its variables. */
const serve = (data: unknown): Promise<string> => answer(({ query }) => Promise.resolve({ data: project(data, parse(query)) }), false);

function project(data: unknown, { definitions }: DocumentNode): unknown {
  const fragments = new Map(definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])));
  const pick = (value: unknown, selectionSets: readonly SelectionSetNode[]): unknown => {
    if (Array.isArray(value)) return value.map((each) => pick(each, selectionSets));
    if (typeof value !== 'object' || value === null || selectionSets.length === 0) return value;
    const source = value as Record<string, unknown>;
    const fields = new Map<string, FieldNode[]>();
    const collect = ({ selections }: SelectionSetNode): void => {
      for (const selection of selections) {
        if (selection.kind === Kind.FIELD) {
          const name = selection.alias?.value ?? selection.name.value;
          fields.set(name, [...(fields.get(name) ?? []), selection]);
        } else {
          const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
          if (fragment !== undefined) collect(fragment.selectionSet);
        }
      }
    };
    for (const selectionSet of selectionSets) collect(selectionSet);
    return Object.fromEntries(
      [...fields].map(([name, nodes]) => [
        name,
        pick(
          source[nodes[0]?.name.value ?? ''],
          nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet])),
        ),
      ]),
    );
  };
  const operation = definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  return operation === undefined ? {} : pick(data, [operation.selectionSet]);
}

/** Executes what it is asked. */
const servePublic = (subgraph: PublicSubgraph): Promise<string> => {
  const schema = buildPublicSchema(subgraph);
  return answer(({ query, variables }) => graphql({ schema, source: query, variableValues: variables ?? {} }), true);
};

/** Answers by `make`, the same question from memory, so that the machine is the routers'. */
function answer(make: (request: Request) => Promise<unknown>, dependsOnVariables: boolean): Promise<string> {
  const known = new Map<string, Promise<Buffer>>();
  const find = (body: string): Promise<Buffer> => {
    const request = JSON.parse(body) as Request;
    // The seed makes requests differ, and changes nothing.
    const key = dependsOnVariables ? JSON.stringify([request.query, { ...request.variables, seed: null }]) : request.query;
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(request).then((result) => Buffer.from(JSON.stringify(result)));
    known.set(key, made);
    return made;
  };
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') return void response.end();
    const body = await find(await text(request));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`)),
  );
}

process.on('disconnect', () => process.exit());
const shop = Object.fromEntries(await Promise.all(publicSubgraphs.map(async (name) => [name, await servePublic(name)])));
process.send?.({
  facts: { voting: await serve(facts.voting), jira: await serve(facts.jira) },
  session: { voting: await serve(session.voting), jira: await serve(session.jira) },
  public: shop,
  distinct: shop,
} satisfies Stubs);
