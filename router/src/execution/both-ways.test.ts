import fc from 'fast-check';
import type { GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerAsOne, type Holding, sayHeld, type Thing } from '../../test/misbehaving.ts';
import { type ScriptedSubgraphs, startRouterOn, startScriptedSubgraphs } from '../../test/scripted.ts';
import { composeToy } from '../../test/world.ts';
import { start } from '../main.ts';
import { createGraph } from '../planning/graph.ts';

// Subgraphs that misbehave at random: compiled plans, the gateway and one graphql-js server agree on data, and on each error's place and code.

let subgraphs: ScriptedSubgraphs;
let routers: { readonly url: string; readonly stop: () => Promise<void> }[];
let schema: GraphQLSchema;
beforeAll(async () => {
  const supergraph = composeToy();
  schema = createGraph(supergraph).schema;
  subgraphs = await startScriptedSubgraphs();
  const generous = { RATE_LIMIT_IP: '1000000', RATE_LIMIT_IDENTITY: '1000000' };
  routers = await Promise.all(
    [{}, { HOT_PATH: 'false' }].map((way) => startRouterOn(start, subgraphs, supergraph, { ...generous, ...way })),
  );
});
afterAll(async () => {
  await Promise.all((routers ?? []).map(({ stop }) => stop()));
  await subgraphs?.stop();
});

const query = `{
  session(id: "s1") { id ...s items { id revision issue { key sum: summary status } } }
  issue(key: "T-1") { summary status }
  search(first: 2) { __typename status summary }
  other: session(id: "s1") { title items { issue { status } } }
} fragment s on Session { revision title }`;

const odd = fc.constantFrom<unknown>(null, undefined, 'x', 7, 1.5, true, [], {}, ['x'], [null], { key: 'T-9' });
/** Mostly right. */
const or = (right: fc.Arbitrary<unknown>, weight = 8) => fc.oneof({ weight, arbitrary: right }, { weight: 1, arbitrary: odd });
const thing = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(fields).map((made) => Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)));
const key = fc.constantFrom('T-1', 'T-2', 'T-3', 'T-UNKNOWN');
const issue = or(thing({ summary: or(fc.constant('About it')), status: or(fc.constant('To Do'), 12) }), 12);
const item = or(
  thing({
    id: or(fc.constantFrom('i1', 'i2')),
    revision: or(fc.integer({ min: 0, max: 9 })),
    issue: or(key.map((each) => ({ __typename: 'Issue', key: each }))),
  }),
  12,
);
const session = or(
  thing({
    id: or(fc.constant('s1'), 20),
    title: or(fc.constant('One'), 20),
    revision: or(fc.constant(3), 20),
    items: or(fc.array(item, { maxLength: 4 }), 20),
  }),
  20,
);
const holding = fc
  .record({
    session,
    issue,
    search: or(fc.array(issue, { maxLength: 2 })),
    held: fc.array(issue, { minLength: 3, maxLength: 3 }),
  })
  .map(
    ({ session, issue, search, held }): Holding => ({
      // A root fetch that brings nothing at all is told as unusable: another rule, in truth.test.ts.
      roots: { session: session ?? null, issue: issue ?? null, search: search ?? null } as Thing,
      issues: new Map(held.map((each, index) => [`T-${index + 1}`, each])),
    }),
  );

async function ask(url: string) {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
  const { data, errors = [] } = (await response.json()) as { data: unknown; errors?: { path: string[]; extensions: { code: string } }[] };
  const told = errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions.code}`);
  return { status: response.status, data: JSON.stringify(data), errors: [...new Set(told)].sort() };
}

it('both ways and one server agree', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(holding, async (held) => {
      subgraphs.answer = (request) => sayHeld(held, request);
      const [compiled, gateway] = await Promise.all(routers.map(({ url }) => ask(url)));
      const { data, errors = [] } = answerAsOne(schema, held, query);
      const expected = {
        status: 200,
        data: JSON.stringify(data),
        errors: [...new Set(errors.map(({ path }) => `${path?.join('.')} SUBGRAPH_INVALID_RESPONSE`))].sort(),
      };
      expect(compiled).toEqual(gateway);
      expect(compiled).toEqual(expected);
    }),
    { numRuns: 300, seed: 12 },
  );
});
