import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient as createRedisClient } from '@redis/client';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { openTls, type Tls } from '../../kit/process/tls.ts';
import { migratePostgres } from '../../prisma/migrate.ts';
import { start as startRouter } from '../../router/src/main.ts';
import { createAuthority, createCertificate } from '../../scripts/certs.ts';
import { startSimulator } from '../../subgraphs/jira/simulator/simulator.ts';
import { start as startJira } from '../../subgraphs/jira/src/main.ts';
import { start as startVoting } from '../../subgraphs/voting/src/main.ts';
import { findPostgres, findUnprivilegedAccount, startPrivatePostgres } from '../setup/postgres.ts';
import { findRedis, startPrivateRedis } from '../setup/redis.ts';
import { hasOpenssl } from './programs.ts';

const folder = mkdtempSync(join(tmpdir(), 'tally-tls-product-'));
const at = (name: string) => join(folder, name);
const filesOf = (name: string) => ({ TLS_CERT: at(`${name}.crt`), TLS_KEY: at(`${name}.key`), TLS_CA: at('ca.crt') });
/** What a client has to show and to trust; without a name it has nothing to show. */
const shown = (name?: string) => ({
  ca: readFileSync(at('ca.crt'), 'utf8'),
  ...(name === undefined ? {} : { cert: readFileSync(at(`${name}.crt`), 'utf8'), key: readFileSync(at(`${name}.key`), 'utf8') }),
});

const needsCertificate = 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED';

interface Asking {
  readonly as?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Posts a body; resolves to the answer's text, or to the error's code when there is no answer. */
function post(url: string, body: object, { as, token, headers = {} }: Asking = {}): Promise<string> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return new Promise((resolve) => {
    const options = { method: 'POST', agent: false, headers: { 'content-type': 'application/json', ...authorization, ...headers } };
    request(url, { ...options, ...shown(as) }, async (response) => {
      let text = '';
      for await (const chunk of response) text += String(chunk);
      resolve(text);
    })
      .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
      .end(JSON.stringify(body));
  });
}

/** What a WebSocket with or without a certificate comes to: `open`, or why not. */
function openSocket(url: string, as?: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', shown(as));
    socket.once('open', () => {
      resolve('open');
      socket.close();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

const hasServers = hasOpenssl && (await findPostgres()) !== undefined && (await findRedis()) !== undefined;

describe.skipIf(!hasServers)('the product with mutual TLS everywhere, and no shared secrets', () => {
  const stops: (() => Promise<unknown>)[] = [];
  const common = { LOG_LEVEL: 'silent', AUTH: 'open', HOST: '0.0.0.0' };
  let routerEnvironment: Readonly<Record<string, string>>;
  let routerUrl: string;
  let jira: Awaited<ReturnType<typeof startJira>>;
  let votingUrl: string;
  let redisUrl: string;

  beforeAll(async () => {
    createAuthority(folder);
    for (const name of ['router', 'jira', 'voting', 'client', 'storage']) createCertificate(folder, name);
    const account = await findUnprivilegedAccount();
    for (const file of ['', 'storage.key', 'storage.crt']) if (account !== undefined) chownSync(at(file), account.uid, account.gid);

    const certificates = { cert: at('storage.crt'), key: at('storage.key'), ca: at('ca.crt') };
    const [postgres, redis, simulator] = [
      await startPrivatePostgres(certificates),
      await startPrivateRedis({ certificates }),
      await startSimulator(),
    ];
    stops.push(postgres.stop, redis.stop, simulator.stop);
    redisUrl = redis.url;
    const databaseUrl = `${postgres.url}?sslmode=verify-full`;
    const tls = openTls('test', filesOf('client'), { onError: () => undefined }) as Tls;
    await migratePostgres(databaseUrl, tls);
    tls.stop();

    jira = await startJira({
      ...common,
      ...filesOf('jira'),
      JIRA_PORT: '0',
      JIRA_URL: simulator.url,
      JIRA_API_TOKEN: 'simulated',
      CACHE_REDIS_URL: redisUrl,
      JIRA_WEBHOOK_SECRET: 'a-secret-of-the-webhook',
      JIRA_WEBHOOK_PORT: '0',
    });
    stops.push(jira.stop);
    const voting = await startVoting({
      ...common,
      ...filesOf('voting'),
      VOTING_PORT: '0',
      JIRA_SERVICE_URL: jira.url,
      DATABASE_URL: databaseUrl,
      DATA_DIRECTORY: at('data'),
    });
    stops.push(voting.stop);
    votingUrl = voting.url;
    const addresses = { JIRA_SERVICE_URL: jira.url, VOTING_SERVICE_URL: voting.url, ROUTER_PORT: '0' };
    routerEnvironment = { ...common, ...filesOf('router'), ...addresses, REDIS_URL: redisUrl };
    const router = await startRouter(routerEnvironment);
    stops.push(router.stop);
    routerUrl = router.url;
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
    rmSync(folder, { recursive: true });
  });

  const send = async (query: string, token?: string) =>
    JSON.parse(await post(routerUrl, { query }, { as: 'client', ...(token === undefined ? {} : { token }) }));

  it('answers over all of them, subscriptions included', async () => {
    const opened = await send('mutation { createSession(title: "TLS", name: "Robin", deck: "fibonacci") { token session { id } } }');
    const { token, session } = opened.data.createSession;
    const added = await send(`mutation { addIssues(sessionId: "${session.id}", keys: ["SHOP-1"]) { added { issue { summary } } } }`, token);
    expect(added.data.addIssues.added[0].issue.summary).toEqual(expect.any(String));
    const client = createClient({
      url: routerUrl.replace('http', 'ws'),
      webSocketImpl: class extends WebSocket {
        constructor(url: string, protocols: string) {
          super(url, protocols, shown('client'));
        }
      },
      connectionParams: { authorization: `Bearer ${token}` },
    });
    const events = client.iterate({ query: `subscription { sessionUpdated(sessionId: "${session.id}") { title } }` });
    expect((await events.next()).value).toEqual({ data: { sessionUpdated: { title: 'TLS' } } });
    await events.return?.();
    await client.dispose();
  });

  it('keeps issues and rate limits in the Redis that asks for certificates', async () => {
    const redis = createRedisClient({ url: redisUrl, socket: { tls: true, ...shown('client') } });
    redis.on('error', () => undefined);
    await redis.connect();
    const keys = await redis.keys('*');
    redis.destroy();
    expect(keys.filter((key) => key.includes('SHOP-1'))).toHaveLength(1);
    expect(keys.some((key) => key.startsWith('tally:limit:ip'))).toBe(true);
  });

  it('lets nobody but a service speak to a subgraph', async () => {
    const query = { query: '{ decks { id } }' };
    expect(await post(votingUrl, query)).toBe(needsCertificate);
    expect(await post(votingUrl, query, { as: 'client' })).toContain('CALLER_NOT_ALLOWED');
    expect(await post(jira.url, query)).toBe(needsCertificate);
  });

  it('refuses a client of the router who shows no certificate, over WebSockets, too', async () => {
    expect(await post(routerUrl, { query: '{ __typename }' })).toBe(needsCertificate);
    expect(await openSocket(routerUrl)).toBe(needsCertificate);
    expect(await openSocket(routerUrl, 'client')).toBe('open');
  });

  it('lets browsers in without a certificate where CLIENT_TLS is `server`, and without TLS where it is `off`', async () => {
    const [server, off] = [
      await startRouter({ ...routerEnvironment, CLIENT_TLS: 'server' }),
      await startRouter({ ...routerEnvironment, CLIENT_TLS: 'off' }),
    ];
    try {
      expect(JSON.parse(await post(server.url, { query: '{ __typename }' }))).toEqual({ data: { __typename: 'Query' } });
      expect(await openSocket(server.url)).toBe('open');
      const answer = await fetch(off.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ __typename }"}',
      });
      expect(await answer.json()).toEqual({ data: { __typename: 'Query' } });
    } finally {
      await Promise.all([server.stop(), off.stop()]);
    }
  });

  it("takes Jira's webhooks over TLS, without a certificate of Jira's: it has none", async () => {
    expect(jira.webhookUrl).toMatch(/^https:/);
    expect(await post(`${jira.webhookUrl}/webhooks/jira`, {})).toContain('signature');
  });

  it('refuses to start with a Redis that would be spoken to in clear', async () => {
    await expect(startRouter({ ...routerEnvironment, REDIS_URL: 'redis://redis.example.com:6379' })).rejects.toThrow(
      /REDIS_URL: must be a rediss/,
    );
  });

  it('refuses to start with CLIENT_TLS and no certificate', async () => {
    const { TLS_CERT: _cert, TLS_KEY: _key, TLS_CA: _ca, ...rest } = routerEnvironment;
    await expect(startRouter({ ...rest, HOST: '127.0.0.1', CLIENT_TLS: 'server' })).rejects.toThrow(/CLIENT_TLS: needs TLS_CERT/);
  });
});
