import { afterEach, describe, expect, it } from 'vitest';
import { serviceSecretHeader } from '../../kit/process/callers.ts';
import { ConfigError } from '../../kit/process/config.ts';
import { type ForeignGraph, type ForeignSubgraph, serveForeignGraph } from '../test/foreign.ts';
import { readConfig } from './config.ts';
import { start } from './main.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])';
const shop: readonly ForeignSubgraph[] = [
  {
    name: 'products',
    sdl: `${link} type Query { product(id: ID!): Product } type Product @key(fields: "id") { id: ID! name: String! }`,
    resolvers: {
      Query: { product: (_: unknown, { id }: { id: string }) => ({ id, name: `Product ${id}` }) },
    },
  },
  {
    name: 'stock-rooms',
    sdl: `${link} type Product @key(fields: "id") { id: ID! inStock: Int! }`,
    resolvers: { Product: { __resolveReference: ({ id }: { id: string }) => ({ id, inStock: id.length }) } },
  },
];
const query = '{ product(id: "abc") { name inStock } }';
const data = { product: { name: 'Product abc', inStock: 3 } };

const stops: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function serve(...given: Parameters<typeof serveForeignGraph>): Promise<ForeignGraph> {
  const graph = await serveForeignGraph(...given);
  stops.push(graph.stop);
  return graph;
}

async function startRouter(environment: Readonly<Record<string, string>>): Promise<string> {
  const router = await start({ ROUTER_PORT: '0', LOG_LEVEL: 'silent', PAGE_DIRECTORY: '/nonexistent', ...environment });
  stops.push(router.stop);
  return router.url;
}

async function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

describe('a supergraph that is not ours', () => {
  it('is served with nothing but SUPERGRAPH_FILE, each subgraph at the address that it was composed with', async () => {
    const { supergraphFile, sent } = await serve(shop);
    const url = await startRouter({ SUPERGRAPH_FILE: supergraphFile });
    expect(await ask(url)).toEqual({ data });
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(['products', 'stock-rooms']);
    const health = await fetch(new URL('/health/ready', url));
    expect(Object.keys(((await health.json()) as { checks: object }).checks)).toEqual(['products', 'stock-rooms', 'supergraph']);
  });

  it('takes addresses and secrets from the environment, by the names of the subgraphs', async () => {
    const { supergraphFile, urlOf, sent } = await serve(shop, { isAddressComposed: false });
    const url = await startRouter({
      SUPERGRAPH_FILE: supergraphFile,
      PRODUCTS_SERVICE_URL: urlOf('products'),
      STOCK_ROOMS_SERVICE_URL: urlOf('stock-rooms'),
      ROUTER_TO_STOCK_ROOMS_SECRET: 'a secret of the stock rooms',
    });
    expect(await ask(url)).toEqual({ data });
    expect(sent.map(({ headers }) => headers[serviceSecretHeader])).toEqual([undefined, 'a secret of the stock rooms']);
  });

  it('names every variable that is missing or bad, at once', async () => {
    const { supergraphFile } = await serve(shop, { isAddressComposed: false });
    const read = () =>
      readConfig({ SUPERGRAPH_FILE: supergraphFile, STOCK_ROOMS_SERVICE_URL: 'here', ROUTER_PORT: 'many', PRODUCTS_TLS: 'some' });
    expect(read).toThrow(ConfigError);
    for (const name of ['PRODUCTS_SERVICE_URL', 'STOCK_ROOMS_SERVICE_URL', 'ROUTER_PORT', 'PRODUCTS_TLS'])
      expect(read).toThrow(`  ${name}: `);
  });

  it('takes no variable that would mean two subgraphs, and serves them by their composed addresses', async () => {
    const [first, ...others] = shop;
    if (first === undefined) throw new Error('There is no shop.');
    const { supergraphFile, urlOf } = await serve([{ ...first, name: 'stock_rooms' }, ...others]);
    const read = () => readConfig({ SUPERGRAPH_FILE: supergraphFile, STOCK_ROOMS_SERVICE_URL: urlOf('stock-rooms') });
    expect(read).toThrow(/ {2}STOCK_ROOMS_SERVICE_URL: means several subgraphs \(stock-rooms, stock_rooms\)/);
    expect(await ask(await startRouter({ SUPERGRAPH_FILE: supergraphFile }))).toEqual({ data });
  });

  it('passes on tokens of any kind, for its subgraphs to judge', async () => {
    const { supergraphFile, sent } = await serve(shop);
    const url = await startRouter({ SUPERGRAPH_FILE: supergraphFile });
    expect(await ask(url, { authorization: 'Basic YWRhOmxvdmVsYWNl' })).toEqual({ data });
    expect(sent.map(({ headers }) => headers['authorization'])).toEqual(['Basic YWRhOmxvdmVsYWNl', 'Basic YWRhOmxvdmVsYWNl']);
  });

  it('shows the plan to whoever asks by Sandbox’s header, and its schema as SDL; neither without introspection', async () => {
    const { supergraphFile } = await serve(shop);
    const url = await startRouter({ SUPERGRAPH_FILE: supergraphFile });
    const shown = (await ask(url, { 'apollo-query-plan-experimental': '1' })) as { readonly extensions: Record<string, string> };
    expect(shown).toMatchObject({ data });
    expect(shown.extensions['__queryPlanExperimental']).toMatch(/^QueryPlan \{\n {2}Sequence \{\n {4}Fetch\(service: "products"\)/);
    expect(await (await fetch(new URL('/schema.graphql', url))).text()).toMatch(/type Product \{\n {2}id: ID!/);
    const closed = await startRouter({ SUPERGRAPH_FILE: supergraphFile, INTROSPECTION: 'false' });
    expect(await ask(closed, { 'apollo-query-plan-experimental': '1' })).toEqual({ data });
    expect((await fetch(new URL('/schema.graphql', closed))).status).not.toBe(200);
  });

  it("needs the addresses of Tally's own subgraphs in Tally's own supergraph", () => {
    const read = () => readConfig({});
    for (const name of ['JIRA_SERVICE_URL', 'VOTING_SERVICE_URL']) expect(read).toThrow(`  ${name}: `);
  });
});
