import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { type DocumentNode, execute, type GraphQLSchema, OverlappingFieldsCanBeMergedRule, parse, specifiedRules, validate } from 'graphql';
import { toMessage } from '../../kit/process/errors.ts';
import { createLogger } from '../../kit/process/logging.ts';
import { type ForeignGraph, serveForeignGraph } from './foreign.ts';
import { generateDocument } from './generated-document.ts';
import { type Choose, createChoose, generateGraph } from './generated-graph.ts';
import type { RunningRouter, StartRouter } from './world.ts';

/** What a comparison has looked at. */
export interface Compared {
  readonly documents: number;
  readonly differences: readonly string[];
}

const generous = { MAX_COST: '100000000', MAX_DEPTH: '60', MAX_ALIASES: '1000', MAX_ROOT_FIELDS: '1000', RATE_LIMIT_IP: '100000000' };

/** From here on graphs have more of what federation knows, and fields that fail. */
export const firstRichSeed = 10_000;

/**
 * Serves the supergraph of a seed by compiled plans and by the gateway, and holds both against graphql-js on the same graph without federation. Each
 * document is asked twice: when it is new, and when its plan is known.
 */
export async function compareGraph(start: StartRouter, seed: number, documents: number): Promise<Compared> {
  const choose = createChoose(seed);
  const { subgraphs, monolith } = generateGraph(choose, seed >= firstRichSeed);
  const graph: ForeignGraph = await serveForeignGraph(subgraphs).catch((error) => {
    throw new Error(`seed ${seed}: its supergraph cannot be served`, { cause: error });
  });
  const routers: RunningRouter[] = [];
  const log = createLogger('router', 'silent');
  const differences: string[] = [];
  let compared = 0;
  try {
    const environment = {
      ...generous,
      ROUTER_PORT: '0',
      LOG_LEVEL: 'silent',
      PAGE_DIRECTORY: '/nonexistent',
      SUPERGRAPH_FILE: graph.supergraphFile,
    };
    routers.push(await start(environment, { log }), await start({ ...environment, HOT_PATH: 'false' }, { log }));
    for (let tries = 0; compared < documents && tries < documents * 50; tries += 1) {
      const found = findDocument(monolith, choose);
      if (found === undefined) continue;
      compared += 1;
      const { query, document } = found;
      const expected = toComparable(execute({ schema: monolith, document }) as Given);
      for (const [index, { url }] of routers.entries()) {
        for (const time of ['new', 'known']) {
          // Who gets no answer is told of it as of a wrong one.
          const given = await ask(url, query).catch((error) => `no answer: ${toMessage(error)}`);
          if (given !== expected)
            differences.push(
              `seed ${seed}, document ${compared}, ${index === 0 ? 'compiled' : 'gateway'}, ${time}:\n${query}\nexpected ${expected}\nbut got  ${given}`,
            );
        }
      }
    }
    return { documents: compared, differences };
  } finally {
    for (const router of routers) await router.stop();
    await graph.stop();
  }
}

function findDocument(schema: GraphQLSchema, choose: Choose): { readonly query: string; readonly document: DocumentNode } | undefined {
  const query = generateDocument(schema, choose);
  if (query.length >= 20_000) return undefined;
  const document = parse(query);
  // Two of three documents break the first rule, and all rules together take five times as long.
  const isValid = [[OverlappingFieldsCanBeMergedRule], specifiedRules].every(
    (rules) => validate(schema, document, rules, { maxErrors: 1 }).length === 0,
  );
  return isValid ? { query, document } : undefined;
}

/**
 * Resolves to the answer as text: the order of fields counts. Each request has a connection of its own: a server's timer may close one that was kept just as
 * a request is written to it, here as soon as the machine lets five seconds pass between two documents.
 */
export async function ask(url: string, query: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const sent = request(url, { method: 'POST', agent: false, headers: { 'content-type': 'application/json' } }, (response) => {
    text(response).then(resolve, reject);
  });
  sent.on('error', reject);
  sent.end(JSON.stringify({ query }));
  return toComparable(JSON.parse(await promise) as Given);
}

interface Given {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly (string | number)[] }[];
}

/** An answer as text, of the errors their places: graphql-js tells one of several below the same null, federation each. */
export function toComparable({ data, errors = [] }: Given): string {
  const places = errors.map(({ path, message }) => {
    if (path === undefined) return message;
    let value = data as never;
    for (const [depth, part] of path.entries()) {
      if (value === null) return `below ${JSON.stringify(path.slice(0, depth))}`;
      value = value?.[part] as never;
    }
    return JSON.stringify(path);
  });
  return JSON.stringify({ data, errors: [...new Set(places)].sort() });
}
