import { printSchema } from 'graphql';
import type { Environment } from '../../kit/process/config.ts';
import type { Checks } from '../../kit/process/health.ts';
import { listen, type Stop } from '../../kit/process/http.ts';
import { createLogger, type Logger } from '../../kit/process/logging.ts';
import { listenForManagement } from '../../kit/process/management.ts';
import { runService } from '../../kit/process/run.ts';
import { openTls } from '../../kit/process/tls.ts';
import { readConfig } from './config.ts';
import { createQuickExecutor } from './execution/compiled-executor.ts';
import { countOperations, createExecutor } from './execution/executor.ts';
import { createOperations } from './execution/operations.ts';
import { restoreOwnNames } from './execution/own-names.ts';
import { shareAnswers } from './execution/share-answers.ts';
import type { Graph } from './planning/graph.ts';
import { openGraph } from './planning/graph-source.ts';
import { rehearse } from './planning/rehearsal.ts';
import { watchSupergraph } from './planning/supergraph-file.ts';
import { createConnections } from './protection/connections.ts';
import { createGuard } from './protection/guard.ts';
import { createPersistedOperations } from './protection/persisted.ts';
import { createProofs } from './protection/proofs.ts';
import { createRateLimits } from './protection/rate-limits.ts';
import { createRegisteredDocuments } from './protection/registered.ts';
import { createSubgraphChecks, waitForSubgraphs } from './startup.ts';
import { createSubgraphs } from './subgraphs.ts';
import { createEngine } from './subscriptions/engine.ts';
import { createGate } from './subscriptions/gate.ts';
import { createSockets } from './subscriptions/sockets.ts';
import { createSessionWatch } from './subscriptions/watch.ts';
import { createClientIp } from './transport/client-ip.ts';
import { createExplorer } from './transport/explorer.ts';
import { createFilesHandler } from './transport/files.ts';
import { toContext } from './transport/graphql.ts';
import { createHttpHandler } from './transport/http.ts';
import { createPageHandler } from './transport/page.ts';
import { serveWebSockets } from './transport/websocket.ts';
import { createFileClient } from './upstream/files.ts';

export interface RunningRouter {
  /** Ends in `/graphql`. */
  readonly url: string;
  readonly stop: Stop;
}

/**
 * Starts the router.
 *
 * @throws ConfigError for a bad environment; Error naming ROUTER_PORT when the port is taken, or saying what is wrong with a file.
 */
export async function start(environment: Environment, overrides: { readonly log?: Logger } = {}): Promise<RunningRouter> {
  const config = readConfig(environment);
  const log = overrides.log ?? createLogger('router', config.logLevel);
  const tls = openTls('router', config.tlsFiles, { onError: (error) => log.error({ err: error }, 'the new certificate is unusable') });
  const registered = createRegisteredDocuments({ redisUrl: config.rateLimits.redisUrl, tls, log });
  const persisted = createPersistedOperations({ ...config.persisted, registered });
  const subgraphs = createSubgraphs(tls);
  const connect = ({ sdl }: Graph): void => subgraphs.replace(config.subgraphsOf(sdl));
  const graphs = openGraph(config, connect, log);
  await waitForSubgraphs(subgraphs.all(), config.startupWaitSeconds, log);

  const files = createFileClient();
  const { dataSources, upstreamOf } = subgraphs;
  const gateway = createExecutor(dataSources);
  const sharing = shareAnswers(restoreOwnNames(config.hasHotPath ? createQuickExecutor(gateway, subgraphs.all) : gateway));
  const executor = countOperations(sharing);
  const rateLimits = await createRateLimits({ ...config.rateLimits, tls }, log);
  const declared = () => graphs.current().declarations;
  const gate = createGate({ scope: () => declared().scope, clientOf: subgraphs.get, jwksUrl: config.jwksUrl, tls });
  const guard = createGuard({ ...config, rateLimits, isProven: createProofs(gate.identify) });
  const operations = createOperations({ graphs, executor, guard, onPrepared: persisted.register });
  rehearse(graphs.current().schema, persisted.listed, operations.warm);
  const sockets = createSockets();
  const watch = createSessionWatch({ sockets, departures: () => declared().departures, upstreamOf, log });
  const engine = createEngine({
    graphs,
    executor,
    dataSources,
    sockets,
    upstreamOf,
    gate,
    watch,
    giveUpAfterMs: config.upstreamGiveUpMs,
    log,
  });
  const supergraphWatch = watchSupergraph(config.supergraphFile, graphs, log);

  const connections = createConnections(config);
  const common = {
    countRequest: rateLimits.countRequest,
    operations,
    engine,
    connections,
    persisted,
    log,
    clientIpOf: createClientIp(config.trustedProxies),
  };
  const stopParts = async (): Promise<void> => {
    supergraphWatch.stop();
    engine.close();
    await Promise.all([subgraphs.close(), files.close()]);
    connections.stop();
    await rateLimits.stop();
    await registered.stop();
    tls?.stop();
  };
  const ofRedis = config.rateLimits.redisUrl === undefined ? {} : { rateLimits: rateLimits.check, registeredDocuments: registered.check };
  const checks: Record<string, Checks[string]> = {};
  const renewChecks = (): void => {
    for (const name of Object.keys(checks)) delete checks[name];
    Object.assign(checks, createSubgraphChecks(subgraphs.all()), { supergraph: supergraphWatch.check, ...ofRedis });
  };
  renewChecks();
  graphs.onChange(renewChecks);
  const management = await listenForManagement({ service: 'router', checks, host: config.host, port: config.managementPort }).catch(
    async (error) => {
      await stopParts();
      throw error;
    },
  );
  const listening = await listen({
    ...config,
    portVariable: 'ROUTER_PORT',
    tls: config.clientTls === 'off' ? undefined : tls,
    isMutual: config.clientTls === 'mutual',
    // WebSockets and streams are counted for themselves; this bounds what only connects.
    maxConnections: config.maxConnections * 2 + 100,
    handle: createHttpHandler({
      ...config,
      ...common,
      isShared: sharing.isShared,
      readSchema: () => printSchema(graphs.current().schema),
      streams: { operations, engine, connections, heartbeatMs: config.heartbeatMs },
      checks,
      hasMetrics: management.url === undefined,
      explorer: createExplorer(),
      files: createFilesHandler({
        declared: () => declared().files,
        gate,
        client: files,
        upstreamOf: subgraphs.filesOf,
        toContext: (request) => toContext(request, log, common.clientIpOf(request)),
      }),
      page: createPageHandler(config.pageDirectory, config),
    }),
  }).catch(async (error) => {
    await management.stop();
    await stopParts();
    throw error;
  });
  const stopWebSockets = serveWebSockets({
    ...config,
    ...common,
    server: listening.server,
    gate,
  });
  log.info({ url: `${listening.url}/graphql` }, 'router is listening');
  return {
    url: `${listening.url}/graphql`,
    stop: async () => {
      // Sockets are told first: a client that hears "stopping" on its stream would not connect again by itself.
      const socketsClosed = stopWebSockets();
      engine.close();
      await socketsClosed;
      await listening.stop();
      await stopParts();
      await management.stop();
    },
  };
}

if (import.meta.main) await runService('router', process.env, start);
