import { createLogger } from '../../kit/process/logging.ts';
import type { StartRouter } from './world.ts';

/** Asks the router; `Answer` is what the test expects to find in its answer. */
export type Ask = <Answer>(query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Answer>;

/** Lets `act` ask a router that has nothing but the supergraph: one by compiled plans (`HOT_PATH=true`), then one without. */
export async function askBothWays(
  start: StartRouter,
  supergraphFile: string,
  act: (ask: Ask, hot: string) => Promise<void>,
): Promise<void> {
  for (const hot of ['true', 'false']) {
    const environment = {
      ROUTER_PORT: '0',
      LOG_LEVEL: 'silent',
      PAGE_DIRECTORY: '/nonexistent',
      SUPERGRAPH_FILE: supergraphFile,
      HOT_PATH: hot,
    };
    const router = await start(environment, { log: createLogger('router', 'silent') });
    const ask: Ask = async <Answer>(query: string, variables = {}) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(router.url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
      return (await response.json()) as Answer;
    };
    try {
      await act(ask, hot);
    } finally {
      await router.stop();
    }
  }
}
