import { cpSync, mkdtempSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import WebSocket from 'ws';
import { createCallerIdentifier } from '../../kit/callers.ts';
import { listen } from '../../kit/http.ts';
import { openTls, peerNameOf } from '../../kit/tls.ts';
import { migratePostgres } from '../../prisma/migrate.ts';
import { start as startRouter } from '../../router/src/main.ts';
import { createAuthority, createCertificate } from '../../scripts/certs.ts';
import { startSimulator } from '../../subgraphs/jira/simulator/simulator.ts';
import { start as startJira } from '../../subgraphs/jira/src/main.ts';
import { start as startVoting } from '../../subgraphs/voting/src/main.ts';
import { createDatabase } from '../setup/postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'tally-tls-'));
const foreign = join(folder, 'foreign');

const filesOf = (name: string, directory = folder) => ({
  TLS_CERT: join(directory, `${name}.crt`),
  TLS_KEY: join(directory, `${name}.key`),
  TLS_CA: join(directory, 'ca.crt'),
});

const read = (file: string | undefined) => (file === undefined ? undefined : readFileSync(file, 'utf8'));

interface Seen {
  readonly status: number;
  readonly serial: string;
}

/** One request with the given certificate; resolves to the error's code when there is no answer. */
function ask(url: string, files: Partial<ReturnType<typeof filesOf>>): Promise<Seen | string> {
  return new Promise((resolve) => {
    const options = { cert: read(files.TLS_CERT), key: read(files.TLS_KEY), ca: read(join(folder, 'ca.crt')), agent: false };
    request(url, options, (response) => {
      const { serialNumber } = (response.socket as TLSSocket).getPeerCertificate();
      response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, serial: serialNumber }));
    })
      .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
      .end();
  });
}

beforeAll(() => {
  createAuthority(folder);
  for (const name of ['router', 'jira', 'voting', 'client']) createCertificate(folder, name);
  createCertificate(folder, 'late', { days: -1 });
  createAuthority(foreign, 'somebody-else');
  createCertificate(foreign, 'router');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a service with TLS_CERT, TLS_KEY and TLS_CA', () => {
  let url: string;
  const stops: (() => Promise<unknown>)[] = [];
  const serverFiles = { ...filesOf('server'), TLS_CA: join(folder, 'ca.crt') };

  beforeAll(async () => {
    for (const kind of ['crt', 'key']) cpSync(join(folder, `jira.${kind}`), join(folder, `server.${kind}`));
    const tls = openTls('test', serverFiles, { onError: () => undefined, intervalMs: 50 });
    const listening = await listen({
      host: '127.0.0.1',
      port: 0,
      portVariable: 'PORT',
      tls,
      handle: async (incoming, response) => void response.end(peerNameOf(incoming.socket)),
    });
    stops.push(async () => tls?.stop(), listening.stop);
    url = listening.url;
  });
  afterAll(() => Promise.all(stops.map((stop) => stop())));

  it('answers a client with a certificate of the authority', async () => {
    expect(await ask(url, filesOf('client'))).toMatchObject({ status: 200 });
  });

  it('refuses a client without a certificate', async () => {
    expect(await ask(url, {})).toBe('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED');
  });

  it('refuses a client with a certificate of another authority', async () => {
    expect(await ask(url, filesOf('router', foreign))).toMatch(/ALERT|ECONNRESET/);
  });

  it('refuses a client with a certificate that has expired', async () => {
    expect(await ask(url, filesOf('late'))).toMatch(/ALERT|ECONNRESET/);
  });

  it('shows a new certificate without a restart', async () => {
    const before = await ask(url, filesOf('client'));
    createCertificate(folder, 'jira');
    for (const kind of ['crt', 'key']) cpSync(join(folder, `jira.${kind}`), join(folder, `server.${kind}`));
    utimesSync(serverFiles.TLS_CERT, new Date(), new Date(Date.now() + 5_000));
    await expect.poll(() => ask(url, filesOf('client'))).not.toEqual(before);
    expect(await ask(url, filesOf('client'))).toMatchObject({ status: 200 });
  });
});

describe('openTls', () => {
  const open = (values: Partial<ReturnType<typeof filesOf>>) => openTls('test', values, { onError: () => undefined });

  it('is off without its variables, and names those that are missing', () => {
    expect(open({})).toBeUndefined();
    expect(() => open({ TLS_CERT: '/nowhere' })).toThrow(/TLS_KEY: needed.*\n.*TLS_CA: needed/);
  });

  it('names files that cannot be read', () => {
    expect(() => open({ ...filesOf('jira'), TLS_KEY: '/nowhere' })).toThrow(/TLS_CERT, TLS_KEY, TLS_CA: ENOENT/);
  });
});

describe('a caller with a certificate', () => {
  const identify = createCallerIdentifier({ router: 'a-secret-of-an-edge', voting: undefined }, ['router', 'voting']);

  it('is the service that its certificate names', () => {
    expect([...identify(undefined, 'voting')]).toEqual(['voting']);
  });

  it('is nobody under another name, but for a secret', () => {
    expect([...identify(undefined, 'client')]).toEqual([]);
    expect([...identify('a-secret-of-an-edge', 'client')]).toEqual(['router']);
  });

  it('is nobody under another name where no secrets are configured either', () => {
    const withoutSecrets = createCallerIdentifier({}, ['router']);
    expect([...withoutSecrets(undefined, 'client')]).toEqual([]);
    expect([...withoutSecrets(undefined)]).toEqual(['router']);
  });
});

describe('the product with mutual TLS between its services, and no shared secrets', () => {
  let routerUrl: string;
  let votingUrl: string;
  const stops: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    const common = { LOG_LEVEL: 'silent', AUTH: 'open', HOST: '0.0.0.0' };
    const simulator = await startSimulator();
    stops.push(simulator.stop);
    const jiraVariables = { JIRA_PORT: '0', JIRA_URL: simulator.url, JIRA_API_TOKEN: 'simulated' };
    const jira = await startJira({ ...common, ...filesOf('jira'), ...jiraVariables });
    stops.push(jira.stop);
    const storage = { ...(await createStorage()), DATA_DIRECTORY: join(folder, 'data') };
    const voting = await startVoting({ ...common, ...filesOf('voting'), ...storage, VOTING_PORT: '0', JIRA_SERVICE_URL: jira.url });
    stops.push(voting.stop);
    votingUrl = voting.url;
    const addresses = { JIRA_SERVICE_URL: jira.url, VOTING_SERVICE_URL: voting.url };
    const router = await startRouter({ ...common, ...filesOf('router'), ...addresses, ROUTER_PORT: '0' });
    stops.push(router.stop);
    routerUrl = router.url;
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  /** Postgres where there is one: it is there at once. */
  async function createStorage(): Promise<Readonly<Record<string, string>>> {
    const adminUrl = inject('TEST_DATABASE_URL');
    if (adminUrl === undefined) return { VOTING_STORAGE: 'embedded' };
    const database = await createDatabase(adminUrl);
    stops.push(database.drop);
    await migratePostgres(database.url);
    return { VOTING_STORAGE: 'postgres', DATABASE_URL: database.url };
  }

  const send = async (query: string, token?: string) => {
    const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    return (await fetch(routerUrl, { method: 'POST', headers, body: JSON.stringify({ query }) })).json() as Promise<{
      // biome-ignore lint/suspicious/noExplicitAny: answers of many forms, each checked where it is used.
      readonly data: any;
    }>;
  };

  it('answers over all of them, subscriptions included', async () => {
    const opened = await send('mutation { createSession(title: "TLS", name: "Robin", deck: "fibonacci") { token session { id } } }');
    const { token, session } = opened.data.createSession;
    const added = await send(`mutation { addIssues(sessionId: "${session.id}", keys: ["SHOP-1"]) { added { issue { summary } } } }`, token);
    expect(added).toHaveProperty('data.addIssues.added');
    expect(added.data.addIssues.added[0].issue.summary).toEqual(expect.any(String));
    const client = createClient({
      url: routerUrl.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
    });
    const events = client.iterate({ query: `subscription { sessionUpdated(sessionId: "${session.id}") { title } }` });
    expect((await events.next()).value).toEqual({ data: { sessionUpdated: { title: 'TLS' } } });
    await events.return?.();
    await client.dispose();
  });

  it('lets nobody but a service speak to a subgraph', async () => {
    expect(await ask(votingUrl, {})).toBe('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED');
    const body = JSON.stringify({ query: '{ decks { id } }' });
    const answer = await new Promise<string>((resolve, reject) => {
      const files = filesOf('client');
      const options = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        cert: read(files.TLS_CERT),
        key: read(files.TLS_KEY),
        ca: read(files.TLS_CA),
      };
      request(votingUrl, options, (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += String(chunk);
        });
        response.on('end', () => resolve(text));
      })
        .on('error', reject)
        .end(body);
    });
    expect(answer).toContain('CALLER_NOT_ALLOWED');
  });
});
