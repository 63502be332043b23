import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../kit/process/logging.ts';
import { readConfig } from '../../router/src/config.ts';
import { start } from '../../router/src/main.ts';
import { type ForeignGraph, serveForeignGraph } from '../../router/test/foreign.ts';
import { createAuthority, createCertificate } from '../../scripts/certs.ts';
import { hasOpenssl } from './programs.ts';

const folder = mkdtempSync(join(tmpdir(), 'tally-tls-subgraph-'));
const ours = join(folder, 'ours');
const theirs = join(folder, 'theirs');
const sdl = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"]) type Query { greeting: String }';

beforeAll(() => {
  if (!hasOpenssl) return;
  createAuthority(ours);
  createCertificate(ours, 'router');
  createAuthority(theirs, 'somebody-else');
  createCertificate(theirs, 'my-greetings');
  createCertificate(theirs, 'elsewhere', { hosts: ['elsewhere.example'] });
});
afterAll(() => rmSync(folder, { recursive: true }));

const stops: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function serve(certificate: string): Promise<ForeignGraph> {
  const read = (kind: string): string => readFileSync(join(theirs, `${certificate}.${kind}`), 'utf8');
  const resolvers = { Query: { greeting: () => 'Hello' } };
  const graph = await serveForeignGraph([{ name: 'my-greetings', sdl, resolvers }], { tls: { key: read('key'), cert: read('crt') } });
  stops.push(graph.stop);
  return graph;
}

async function look(graph: ForeignGraph, environment: Readonly<Record<string, string>>) {
  const own = { SUPERGRAPH_FILE: graph.supergraphFile, ROUTER_PORT: '0', PAGE_DIRECTORY: '/nonexistent', STARTUP_WAIT_SECONDS: '0' };
  const lines: string[] = [];
  const log = createLogger('router', 'warn', { write: (line: string) => void lines.push(line) });
  const router = await start({ ...own, ...environment }, { log });
  stops.push(router.stop);
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(router.url, { method: 'POST', headers, body: '{"query":"{ greeting }"}' });
  const health = await fetch(new URL('/health/ready', router.url));
  const { checks } = (await health.json()) as { checks: Readonly<Record<string, { readonly reason?: string }>> };
  return { answer: await answer.json(), reason: checks['my-greetings']?.reason, log: lines.join('') };
}

describe.skipIf(!hasOpenssl)('a third subgraph behind https with an authority of its own', () => {
  const authority = { MY_GREETINGS_TLS_CA: join(theirs, 'ca.crt') };
  const mutual = { TLS_CERT: join(ours, 'router.crt'), TLS_KEY: join(ours, 'router.key'), TLS_CA: join(ours, 'ca.crt'), CLIENT_TLS: 'off' };

  it.each([
    ['without a certificate of ours', {}],
    ['while Tally itself has TLS with another authority', mutual],
  ])('is asked when MY_GREETINGS_TLS_CA names that authority, %s', async (_, environment) => {
    const { answer, reason } = await look(await serve('my-greetings'), { ...environment, ...authority });
    expect(answer).toEqual({ data: { greeting: 'Hello' } });
    expect(reason).toBeUndefined();
  });

  it.each([
    ['by an authority that nobody named', 'my-greetings', {}, /unable to verify|self-signed/],
    ["by another authority than Tally's", 'my-greetings', mutual, /unable to verify|self-signed/],
    ['for another host', 'elsewhere', authority, /does not match/],
  ])('is told by name and with the reason when its certificate is signed %s', async (_, certificate, environment, why) => {
    const graph = await serve(certificate);
    const { answer, reason, log } = await look(graph, environment);
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'my-greetings' } }] });
    expect(reason).toContain(`my-greetings does not answer at ${graph.urlOf('my-greetings')}: its certificate is not trusted (`);
    expect(reason).toMatch(why);
    expect(log).toContain(`starting without my-greetings (${graph.urlOf('my-greetings')}: its certificate is not trusted (`);
  });

  it.each([
    ['is not there', 'nowhere.crt', /MY_GREETINGS_TLS_CA: cannot be read as certificates: ENOENT/],
    ['holds no certificate', 'theirs/ca.key', /MY_GREETINGS_TLS_CA: no certificate is in /],
  ])('is refused at the start when the file %s', async (_, file, why) => {
    const { supergraphFile } = await serve('my-greetings');
    expect(() => readConfig({ SUPERGRAPH_FILE: supergraphFile, MY_GREETINGS_TLS_CA: join(folder, file) })).toThrow(why);
  });
});
