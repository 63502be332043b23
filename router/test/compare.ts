import { execute, type GraphQLSchema, parse, validate } from 'graphql';
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
  const graph: ForeignGraph = await serveForeignGraph(subgraphs);
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
      const query = findDocument(monolith, choose);
      if (query === undefined) continue;
      compared += 1;
      const expected = toComparable(execute({ schema: monolith, document: parse(query) }) as Given);
      for (const [index, { url }] of routers.entries()) {
        for (const time of ['new', 'known']) {
          const given = await ask(url, query);
          if (given !== expected)
            differences.push(
              `seed ${seed}, ${index === 0 ? 'compiled' : 'gateway'}, ${time}:\n${query}\nexpected ${expected}\nbut got  ${given}`,
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

function findDocument(schema: GraphQLSchema, choose: Choose): string | undefined {
  const query = generateDocument(schema, choose);
  return query.length < 20_000 && validate(schema, parse(query)).length === 0 ? query : undefined;
}

async function ask(url: string, query: string): Promise<string> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
  // As text: the order of fields counts.
  return toComparable((await response.json()) as Given);
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
