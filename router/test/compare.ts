import { execute, type GraphQLSchema, parse, validate } from 'graphql';
import { createLogger } from '../../kit/process/logging.ts';
import { type ForeignGraph, serveForeignGraph } from './foreign.ts';
import { type Choose, createChoose, generateDocument, generateGraph } from './generated-graph.ts';
import type { RunningRouter, StartRouter } from './world.ts';

/** What a comparison has looked at. */
export interface Compared {
  readonly documents: number;
  readonly differences: readonly string[];
}

const generous = { MAX_COST: '100000000', MAX_DEPTH: '60', MAX_ALIASES: '1000', MAX_ROOT_FIELDS: '1000', RATE_LIMIT_IP: '100000000' };

/**
 * Serves the supergraph of a seed by compiled plans and by the gateway, and holds both against graphql-js on the same graph without federation. Each
 * document is asked twice: when it is new, and when its plan is known.
 */
export async function compareGraph(start: StartRouter, seed: number, documents: number): Promise<Compared> {
  const choose = createChoose(seed);
  const { subgraphs, monolith } = generateGraph(choose);
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
      const expected = JSON.stringify(execute({ schema: monolith, document: parse(query) }));
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
  return (await response.text()).trim();
}
