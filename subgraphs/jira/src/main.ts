import { createCallerIdentifier, serviceSecretHeader } from '../../../kit/process/callers.ts';
import type { Environment } from '../../../kit/process/config.ts';
import type { Listening } from '../../../kit/process/http.ts';
import { createLogger, type Logger } from '../../../kit/process/logging.ts';
import { createOidcVerifier } from '../../../kit/process/oidc.ts';
import { runService } from '../../../kit/process/run.ts';
import { openTls, peerNameOf, type Tls } from '../../../kit/process/tls.ts';
import { buildSchema, type RunningSubgraph, startSubgraph } from '../../../kit/subgraph/server.ts';
import { cached } from './cache/cached.ts';
import { openMemoryCache, openRedisCache } from './cache/keyv-store.ts';
import { type JiraConfig, readConfig } from './config.ts';
import { jiraError } from './domain/errors.ts';
import { createLocalEvents } from './events/issue-events.ts';
import { createIssueFeed } from './events/issue-feed.ts';
import { createRedisEvents } from './events/redis-events.ts';
import { createAnswerMemo } from './graphql/answer-memo.ts';
import { type Caller, createContext } from './graphql/context.ts';
import { rememberedIssues } from './graphql/entities.ts';
import { resolvers } from './graphql/resolvers.ts';
import { createEstimateWriter } from './graphql/write-estimate.ts';
import { createCacheMetrics, createDroppedMetrics, createJiraMetrics, createJiraTroubleMetrics } from './metrics.ts';
import { createPictures } from './pictures/picture-cache.ts';
import { createPictureRoute } from './pictures/picture-route.ts';
import { scoped } from './scope/scoped.ts';
import { findAffectedKeys } from './source/affected-keys.ts';
import { createCloudSource } from './source/cloud.ts';
import { createDataCenterSource } from './source/data-center.ts';
import { detected, detectFlavor } from './source/detected.ts';
import type { IssueSource } from './source/issue-source.ts';
import { createJiraClient } from './source/jira-client.ts';
import { findTrouble, startProbe } from './source/probe.ts';
import { listenForWebhooks } from './webhooks/listener.ts';

/** In place of what the configuration would lead to, for tests. */
export interface Overrides {
  /** In place of Jira, below cache and scope. */
  readonly source?: IssueSource;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface RunningJira extends RunningSubgraph {
  /** The base of the webhooks' listener, if there is one. */
  readonly webhookUrl: string | undefined;
}

/**
 * Starts the jira subgraph.
 *
 * @throws ConfigError naming every bad variable; Error naming JIRA_PORT or JIRA_WEBHOOK_PORT when it is taken.
 */
export async function start(environment: Environment, overrides: Overrides = {}): Promise<RunningJira> {
  const config = readConfig(environment);
  const log = createLogger('jira', config.logLevel);
  const tls = openTls('jira', config.tlsFiles, { onError: (error) => log.error({ err: error }, 'the new certificate is unusable') });
  const now = overrides.now ?? Date.now;
  const client = createJiraClient({ ...config, baseUrl: config.jiraUrl, now, random: Math.random, observe: createJiraMetrics() });
  createDroppedMetrics();
  const probe = startProbe({
    client,
    onChange: (state) => {
      if (state.kind === 'credentials' || state.kind === 'address') log.error({ jira: state.kind }, state.reason);
    },
  });
  createJiraTroubleMetrics(() => findTrouble(client, probe)?.kind);
  const cache = openCache(config, tls, log);
  const jira = overrides.source ?? openSource(config, client, now);
  const source = cached(config.scopeJql === undefined ? jira : scoped(jira, config.scopeJql), cache.store, {
    ttlMs: config.cacheTtlMs,
    staleMs: config.staleTtlMs,
    missingTtlMs: Math.min(30_000, config.cacheTtlMs),
    now,
    onStoreError: (error) => log.warn({ err: error }, 'the cache does not answer: asking Jira instead'),
    observe: createCacheMetrics(cache.isHealthy),
  });
  const identify = createCallerIdentifier<Caller>(config.secrets, ['router', 'voting']);
  const feed = await createIssueFeed({
    events: openEvents(config, tls, log),
    forget: source.forget,
    onError: (error) => log.warn({ err: error }, 'other replicas may not know that issues have changed'),
  });
  const verifyReader = config.oidc === undefined ? undefined : createOidcVerifier(config.oidc);
  const services = { source, feed, verifyReader, writeEstimate: createEstimateWriter({ ...config, source, feed, now }) };
  let webhooks: Listening | undefined;
  const stopParts = () => Promise.all([probe.stop(), client.stop(), cache.stop(), feed.stop(), webhooks?.stop()]);
  const stopAfter = async (error: unknown): Promise<never> => {
    await stopParts();
    throw error;
  };
  if (config.webhooks !== undefined)
    webhooks = await listenForWebhooks({
      ...config.webhooks,
      host: config.host,
      tls: config.webhooks.hasTls ? tls : undefined,
      changed: feed.changed,
      findKeys: (change) => findAffectedKeys(jira, change),
      now,
      log,
    }).catch(stopAfter);
  const running = await startSubgraph({
    name: 'jira',
    host: config.host,
    port: config.port,
    portVariable: 'JIRA_PORT',
    managementPort: config.managementPort,
    tls,
    log,
    schema: buildSchema(new URL('../schema.graphql', import.meta.url), resolvers),
    // Redis makes new objects each time.
    memo: config.cacheRedisUrl === undefined ? createAnswerMemo(rememberedIssues) : undefined,
    answerOther: createPictureRoute({
      source,
      pictures: createPictures(source),
      findVouched: ({ headers, socket }) => {
        const isRouter = identify(toOnly(headers[serviceSecretHeader]), peerNameOf(socket)).has('router');
        return isRouter ? toOnly(headers['x-tally-issue']) : undefined;
      },
    }),
    context: (request) => {
      const callers = identify(request.header(serviceSecretHeader), request.peerName);
      // Also the schema (`_service`) is for services only.
      if (callers.size === 0) throw jiraError('CALLER_NOT_ALLOWED', 'Ask the router: this service answers only those who know its secret.');
      return createContext(request, services, callers);
    },
    checks: {
      jira: () => {
        const trouble = findTrouble(client, probe);
        if (trouble === undefined) return { status: 'ok' };
        // Until Jira has once taken us for who we are, a wrong address or token is a mistake of this deployment; later on the cache still serves.
        const isMistake = !probe.hasSucceeded() && trouble.kind !== 'away';
        return { status: isMistake ? 'down' : 'degraded', reason: trouble.reason };
      },
      cache: () =>
        cache.isHealthy() ? { status: 'ok' } : { status: 'degraded', reason: 'Redis does not answer: working without a cache' },
    },
  }).catch(stopAfter);
  const stop = async () => {
    await running.stop();
    await stopParts();
  };
  return { ...running, webhookUrl: webhooks?.url, stop };
}

function toOnly(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

function openSource(config: JiraConfig, client: ReturnType<typeof createJiraClient>, now: () => number): IssueSource {
  const sources = { cloud: createCloudSource, 'data-center': createDataCenterSource } as const;
  return detected(async () => sources[config.flavor ?? (await detectFlavor(client))]({ ...config, client, now }));
}

function openCache(config: JiraConfig, tls: Tls | undefined, log: Logger) {
  if (config.cacheRedisUrl === undefined) return openMemoryCache(config.cacheMaxItems);
  if (config.sharesRedis) log.warn('the cache shares REDIS_URL, which must not evict: give it a Redis of its own by CACHE_REDIS_URL');
  const namespace = new URL(config.jiraUrl).host;
  return openRedisCache({
    url: config.cacheRedisUrl,
    tls,
    namespace,
    onError: (error) => log.warn({ err: error }, 'the cache has trouble'),
  });
}

function openEvents(config: JiraConfig, tls: Tls | undefined, log: Logger) {
  if (config.cacheRedisUrl === undefined) return createLocalEvents();
  const channel = `tally:issue-changed:${new URL(config.jiraUrl).host}`;
  return createRedisEvents({
    url: config.cacheRedisUrl,
    tls,
    channel,
    onError: (error) => log.warn({ err: error }, 'news of issues have trouble'),
  });
}

if (import.meta.main) await runService('jira', process.env, start);
