import { readFileSync } from 'node:fs';
import { ConfigError, type Environment } from '../../kit/config.ts';
import { toMessage } from '../../kit/errors.ts';
import { listen, type Stop } from '../../kit/http.ts';
import { createLogger, type Logger } from '../../kit/logging.ts';
import { readConfig } from './config.ts';
import { createExecutor } from './execution/executor.ts';
import { createGraphSource } from './execution/graph-source.ts';
import { createSubgraphClient } from './execution/subgraph-client.ts';
import { createSubgraphChecks, waitForSubgraphs } from './startup.ts';
import { createApollo } from './transport/apollo.ts';
import { createHttpHandler } from './transport/http.ts';
import { createPageHandler } from './transport/page.ts';

export interface RunningRouter {
  /** Ends in `/graphql`. */
  readonly url: string;
  readonly stop: Stop;
}

/**
 * Starts the router.
 *
 * @throws ConfigError for a bad environment; Error naming ROUTER_PORT when the port is taken, or saying what is wrong with the supergraph.
 */
export async function start(environment: Environment, overrides: { readonly log?: Logger } = {}): Promise<RunningRouter> {
  const config = readConfig(environment);
  const log = overrides.log ?? createLogger('router', config.logLevel);
  const clients = config.subgraphs.map((address) => createSubgraphClient({ address, timeoutMs: config.subgraphTimeoutMs }));
  const names = clients.map(({ name }) => name);
  const graphs = createGraphSource(readFileSync(config.supergraphFile, 'utf8'), names, log);
  await waitForSubgraphs(clients, config.startupWaitSeconds, log);
  const executor = createExecutor(Object.fromEntries(clients.map(({ name, dataSource }) => [name, dataSource])));
  const apollo = createApollo({ graphs, executor, allowIntrospection: !config.isProduction });
  await apollo.start();
  const stopParts = async () => {
    await apollo.stop();
    await Promise.all(clients.map((client) => client.close()));
  };
  const listening = await listen({
    host: config.host,
    port: config.port,
    portVariable: 'ROUTER_PORT',
    handle: createHttpHandler({
      apollo,
      checks: createSubgraphChecks(clients),
      log,
      maxBodyBytes: 1024 * 1024,
      isSandboxServed: !config.isProduction,
      page: createPageHandler(config.pageDirectory),
    }),
  }).catch(async (error) => {
    await stopParts();
    throw error;
  });
  log.info({ url: `${listening.url}/graphql` }, 'router is listening');
  return {
    url: `${listening.url}/graphql`,
    stop: async () => {
      await listening.stop();
      await stopParts();
    },
  };
}

if (import.meta.main) {
  try {
    const running = await start(process.env);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void running.stop().then(() => process.exit(0)));
    }
  } catch (error) {
    process.stderr.write(`${error instanceof ConfigError ? error.message : `router cannot start: ${toMessage(error)}`}\n`);
    process.exit(1);
  }
}
