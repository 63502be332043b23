import { readFileSync } from 'node:fs';
import { serviceSecretHeader } from '../../kit/callers.ts';
import { ConfigError, type Environment } from '../../kit/config.ts';
import { toMessage } from '../../kit/errors.ts';
import { listen, type Stop } from '../../kit/http.ts';
import { createLogger, type Logger } from '../../kit/logging.ts';
import { readConfig } from './config.ts';
import type { RouterContext } from './execution/context.ts';
import { createExecutor } from './execution/executor.ts';
import { createGraphSource } from './execution/graph-source.ts';
import { createOperations } from './execution/operations.ts';
import { createSubgraphClient, type SubgraphClient } from './execution/subgraph-client.ts';
import { createGuard } from './protection/guard.ts';
import { createSubgraphChecks, waitForSubgraphs } from './startup.ts';
import { createEngine } from './subscriptions/engine.ts';
import { createGate } from './subscriptions/gate.ts';
import { createSessionWatch } from './subscriptions/watch.ts';
import { createApollo } from './transport/apollo.ts';
import { createHttpHandler } from './transport/http.ts';
import { createPageHandler } from './transport/page.ts';
import { serveWebSockets } from './transport/websocket.ts';

export interface RunningRouter {
  /** Ends in `/graphql`. */
  readonly url: string;
  readonly stop: Stop;
}

const maxBodyBytes = 1024 * 1024;

/**
 * Starts the router.
 *
 * @throws ConfigError for a bad environment; Error naming ROUTER_PORT when the port is taken, or saying what is wrong with the supergraph.
 */
export async function start(environment: Environment, overrides: { readonly log?: Logger } = {}): Promise<RunningRouter> {
  const config = readConfig(environment);
  const log = overrides.log ?? createLogger('router', config.logLevel);
  const clients = new Map(
    config.subgraphs.map((address) => [address.name, createSubgraphClient({ address, timeoutMs: config.subgraphTimeoutMs })]),
  );
  const client = (name: string): SubgraphClient => {
    const found = clients.get(name);
    if (found === undefined) throw new Error(`There is no subgraph ${name}.`);
    return found;
  };
  const graphs = createGraphSource(readFileSync(config.supergraphFile, 'utf8'), [...clients.keys()], log);
  await waitForSubgraphs([...clients.values()], config.startupWaitSeconds, log);

  const dataSources = Object.fromEntries([...clients].map(([name, { dataSource }]) => [name, dataSource]));
  const executor = createExecutor(dataSources);
  const guard = createGuard({ allowIntrospection: !config.isProduction });
  const operations = createOperations(graphs, executor, guard);
  const gate = createGate(config.jwksUrl, client('voting'));
  const upstreamOf = (name: string) => ({ url: client(name).url, connectionParams: toConnectionParams(client(name).secret) });
  const watch = createSessionWatch({ ...upstreamOf('voting'), log });
  const engine = createEngine({ graphs, executor, dataSources, upstreamOf, gate, watch, giveUpAfterMs: config.upstreamGiveUpMs, log });
  const apollo = createApollo({ graphs, executor, guard });
  await apollo.start();

  const clientIpOf = (request: { socket: { remoteAddress?: string | undefined } }): string => request.socket.remoteAddress ?? '';
  const stopParts = async (): Promise<void> => {
    engine.close();
    await apollo.stop();
    await Promise.all([...clients.values()].map((each) => each.close()));
  };
  const listening = await listen({
    host: config.host,
    port: config.port,
    portVariable: 'ROUTER_PORT',
    handle: createHttpHandler({
      apollo,
      streams: { operations, engine, heartbeatMs: config.heartbeatMs },
      checks: createSubgraphChecks([...clients.values()]),
      log,
      maxBodyBytes,
      isSandboxServed: !config.isProduction,
      clientIpOf,
      page: createPageHandler(config.pageDirectory),
    }),
  }).catch(async (error) => {
    await stopParts();
    throw error;
  });
  const stopWebSockets = serveWebSockets({
    server: listening.server,
    operations,
    engine,
    gate,
    log,
    clientIpOf,
    maxMessageBytes: maxBodyBytes,
    maxConnections: config.maxConnections,
    maxOperationsPerConnection: config.maxOperationsPerConnection,
    pingEveryMs: config.heartbeatMs,
  });
  log.info({ url: `${listening.url}/graphql` }, 'router is listening');
  return {
    url: `${listening.url}/graphql`,
    stop: async () => {
      // Sockets are told first: a client that hears "restarting" on its stream would not connect again by itself.
      const socketsClosed = stopWebSockets();
      engine.close();
      await socketsClosed;
      await listening.stop();
      await stopParts();
    },
  };
}

/** What the router tells a subgraph of itself and of the session that an upstream is for. */
function toConnectionParams(secret: string | undefined) {
  return ({ forwarded }: RouterContext, scope: string): Record<string, string> => ({
    ...forwarded,
    ...(secret === undefined ? {} : { [serviceSecretHeader]: secret }),
    'x-tally-session': scope,
  });
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
