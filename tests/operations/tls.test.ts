import { cpSync, mkdtempSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCallerIdentifier } from '../../kit/process/callers.ts';
import { listen } from '../../kit/process/http.ts';
import { openTls, peerNameOf } from '../../kit/process/tls.ts';
import { createAuthority, createCertificate } from '../../scripts/certs.ts';
import { hasOpenssl } from './programs.ts';

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
  if (!hasOpenssl) return;
  createAuthority(folder);
  for (const name of ['router', 'jira', 'voting', 'client']) createCertificate(folder, name);
  createCertificate(folder, 'late', { days: -1 });
  createAuthority(foreign, 'somebody-else');
  createCertificate(foreign, 'router');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!hasOpenssl)('a service with TLS_CERT, TLS_KEY and TLS_CA', () => {
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

  it('is also the service whose secret it shows: of `npm start` all have one certificate', () => {
    expect([...identify('a-secret-of-an-edge', 'voting')]).toEqual(['voting', 'router']);
  });

  it('is nobody under another name where no secrets are configured either', () => {
    const withoutSecrets = createCallerIdentifier({}, ['router']);
    expect([...withoutSecrets(undefined, 'client')]).toEqual([]);
    expect([...withoutSecrets(undefined)]).toEqual(['router']);
  });
});
