import { randomBytes } from 'node:crypto';
import { createCallerIdentifier, serviceSecretHeader } from '../../../kit/process/callers.ts';
import type { Environment } from '../../../kit/process/config.ts';
import { withGrace } from '../../../kit/process/health.ts';
import { createLogger } from '../../../kit/process/logging.ts';
import { createOidcVerifier } from '../../../kit/process/oidc.ts';
import { runService } from '../../../kit/process/run.ts';
import { openTls } from '../../../kit/process/tls.ts';
import { buildSchema, type RunningSubgraph, startSubgraph } from '../../../kit/subgraph/server.ts';
import { startOutboxWatch } from './background/outbox-gauge.ts';
import { startRetention } from './background/retention.ts';
import { startRevealClock } from './background/reveal.ts';
import { startSuccessionClock } from './background/succession.ts';
import { startWriteBack } from './background/write-back-worker.ts';
import { readConfig } from './config.ts';
import { refuse } from './domain/errors.ts';
import { createPresence } from './events/presence.ts';
import { createSessionFeed } from './events/session-feed.ts';
import { createSignals } from './events/signals.ts';
import { createContext, type Services } from './graphql/context.ts';
import { resolvers } from './graphql/resolvers.ts';
import { createPlaces } from './identity/places.ts';
import { createTokens } from './identity/tokens.ts';
import { createGraphqlCatalog } from './jira/graphql-catalog.ts';
import { measured } from './store/measured.ts';
import { remembering } from './store/remembered.ts';
import { responsive } from './store/responsive.ts';
import { sharingReads } from './store/shared-reads.ts';
import { openStore } from './stores.ts';

/** In place of what the process has, for tests. */
export interface Overrides {
  readonly now?: () => Date;
}

/**
 * Starts the voting subgraph.
 *
 * @throws ConfigError for a bad environment; Error for a taken port, a data folder in use, or a store that cannot be opened.
 */
export async function start(environment: Environment, { now = () => new Date() }: Overrides = {}): Promise<RunningSubgraph> {
  const config = readConfig(environment);
  const log = createLogger('voting', config.logLevel);
  const tls = openTls('voting', config.tlsFiles, { onError: (error) => log.error({ err: error }, 'the new certificate is unusable') });
  const newId = () => randomBytes(16).toString('base64url');
  const tokens = await createTokens({ keyFile: config.keyFile, ttlSeconds: config.tokenTtlSeconds, now });
  const remembered = remembering(measured(responsive(await openStore(config.store, { tls, log }))));
  const store = sharingReads(remembered);
  const catalog = createGraphqlCatalog({ ...config.jira, connect: tls?.connect });
  // It shares its reads by itself, and waits for nobody to join them.
  const feed = createSessionFeed(remembered, now);
  const presence = createPresence({ store, log, now });
  const signals = createSignals({ store, now });
  const writeBack = startWriteBack({ store, catalog, log, now, leaseMs: config.writeBackLeaseMs });
  const clocks = [
    startRevealClock({ store, log, now }),
    startSuccessionClock({ store, log, now }),
    startOutboxWatch({ store, log }),
    startRetention({ store, log, now, retentionDays: config.retentionDays }),
  ];
  const stopParts = async () => {
    feed.stop();
    signals.stop();
    for (const stopClock of clocks) await stopClock();
    await writeBack.stop();
    await catalog.close();
    await store.close();
  };

  const verifyCreator = config.oidc === undefined ? undefined : createOidcVerifier({ ...config.oidc, now });
  const places = createPlaces({ store, now, newId });
  const { joinRate } = config;
  const services: Services = {
    store,
    feed,
    tokens,
    places,
    catalog,
    presence,
    signals,
    verifyCreator,
    joinRate,
    now,
    newId,
    wakeWriteBack: writeBack.wake,
  };
  const identify = createCallerIdentifier(config.callers, ['router']);
  const subgraph = await startSubgraph({
    name: 'voting',
    host: config.host,
    port: config.port,
    portVariable: 'VOTING_PORT',
    managementPort: config.managementPort,
    tls,
    log,
    schema: buildSchema(new URL('../schema.graphql', import.meta.url), resolvers),
    context: (request) => {
      const isRouter = identify(request.header(serviceSecretHeader), request.peerName).has('router');
      return isRouter
        ? createContext(services, request, isRouter)
        : refuse('CALLER_NOT_ALLOWED', 'Ask the router: this service answers nobody else.');
    },
    checks: { store: withGrace(() => store.check()), schema: () => store.checkSchema() },
    documents: { '/.well-known/jwks.json': tokens.publicKeys },
  }).catch(async (error: unknown) => {
    await stopParts();
    throw error;
  });
  return {
    ...subgraph,
    stop: async () => {
      feed.stop();
      signals.stop();
      await subgraph.stop();
      await stopParts();
    },
  };
}

if (import.meta.main) await runService('voting', process.env, start);
