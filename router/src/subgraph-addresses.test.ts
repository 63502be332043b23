import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../kit/process/config.ts';
import { readConfig } from './config.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])';
const directory = mkdtempSync(join(tmpdir(), 'tally-addresses-'));
let files = 0;

/** A supergraph file of subgraphs with these names and addresses. */
function compose(urls: Readonly<Record<string, string>>): string {
  const typeDefs = parse(`${link} type Query { a: Int @shareable }`);
  const { supergraphSdl } = composeServices(Object.entries(urls).map(([name, url]) => ({ name, url, typeDefs })));
  files += 1;
  const file = join(directory, `${files}.graphql`);
  writeFileSync(file, supergraphSdl ?? '');
  return file;
}

function complaintOf(environment: Readonly<Record<string, string>>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

const addressOf = (urls: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>> = {}) =>
  readConfig({ SUPERGRAPH_FILE: compose(urls), ...environment }).subgraphs;

describe('the address of a subgraph', () => {
  it.each([
    ['http://127.0.0.1:4003/some/path'],
    ['http://127.0.0.1:4003/some/path/'],
    ['http://127.0.0.1:4003'],
    ['http://127.0.0.1:4003/graphql?tenant=a&b=%20'],
    ['https://notes.example.internal/graphql'],
    ['http://[::1]:4003/graphql'],
    ['http://notes:4003/graphql'],
    ['http://notes_1.default.svc.cluster.local/graphql'],
  ])('is %s as it was composed', (url) => {
    expect(addressOf({ notes: url })).toMatchObject([{ name: 'notes', url }]);
  });

  it.each([
    ['http://127.0.0.1:4003', 'http://127.0.0.1:4003/graphql'],
    ['http://127.0.0.1:4003/', 'http://127.0.0.1:4003/graphql'],
    ['http://127.0.0.1:4003/api', 'http://127.0.0.1:4003/api'],
  ])('given by the environment as %s is %s', (given, url) => {
    expect(addressOf({ notes: '' }, { NOTES_SERVICE_URL: given })).toMatchObject([{ url }]);
  });

  it.each([
    ['', 'required: the supergraph has no address for it'],
    ['  ', 'required: the supergraph has no address for it'],
    ['notes.example.internal/graphql', 'required: the supergraph has an address for it that must be an http(s) URL'],
    ['ws://127.0.0.1/graphql', 'required: the supergraph has an address for it that must be an http(s) URL'],
    ['http://ada:secret@127.0.0.1/graphql', 'required: the supergraph has an address for it that must not have a user or a password'],
  ])('composed as %j is asked for', (url, words) => {
    const complaint = complaintOf({ SUPERGRAPH_FILE: compose({ notes: url }) });
    expect(complaint).toContain(`  NOTES_SERVICE_URL: ${words}`);
    expect(complaint).not.toContain('secret');
    expect(addressOf({ notes: url }, { NOTES_SERVICE_URL: 'http://127.0.0.1:1/graphql' })).toHaveLength(1);
  });
});

describe('the variables of a subgraph', () => {
  it.each([
    ['notes', 'NOTES'],
    ['my-notes', 'MY_NOTES'],
    ['my_notes', 'MY_NOTES'],
    ['Notes2', 'NOTES2'],
    ['my.notes', 'MY_NOTES'],
    ['myNotes', 'MYNOTES'],
    ['a--b', 'A__B'],
  ])('of %s begin with %s', (name, prefix) => {
    const [address] = addressOf(
      { [name]: '' },
      {
        [`${prefix}_SERVICE_URL`]: 'http://127.0.0.1:1/x',
        [`ROUTER_TO_${prefix}_SECRET`]: 'a secret of 24 characters',
        [`${prefix}_HEADERS`]: '{"X-Api-Key":"abc"}',
        [`${prefix}_TIMEOUT_MS`]: '123',
        [`${prefix}_TLS`]: 'system',
      },
    );
    const of = {
      url: 'http://127.0.0.1:1/x',
      secret: 'a secret of 24 characters',
      headers: { 'x-api-key': 'abc' },
      timeoutMs: 123,
      tls: 'system',
    };
    expect(address).toEqual({ name, ...of });
  });

  // Found by starting strangers' graphs: such a subgraph took CLIENT_TLS over, and its default stopped the router.
  it.each(['client', 'Client', 'subgraph', 'router', 'management'])('leave the router its own beside a subgraph called %s', (name) => {
    const url = 'http://127.0.0.1:1/graphql';
    expect(addressOf({ [name]: url })).toEqual([{ name, url, secret: undefined, headers: {}, timeoutMs: 10_000, tls: 'mutual' }]);
    const config = readConfig({ SUPERGRAPH_FILE: compose({ [name]: url }), CLIENT_TLS: 'off', SUBGRAPH_TIMEOUT_MS: '500' });
    expect([config.clientTls, config.subgraphs[0]?.tls, config.subgraphs[0]?.timeoutMs]).toEqual(['off', 'mutual', 500]);
  });

  it.each([
    ['x-api-key: abc', 'must be a JSON object'],
    ['["a"]', 'must be a JSON object'],
    ['{"x-api-key":1}', 'must be a JSON object'],
    ['{"x api":"a"}', 'must be a JSON object'],
    ['{"x-api":"a\\r\\nb: c"}', 'must be a JSON object'],
    ['{"":"a"}', 'must be a JSON object'],
    ['{"Authorization":"a"}', 'must not have authorization, which the router sends itself'],
    ['{"content-length":"1"}', 'must not have content-length'],
    ['{"X-Tally-Service-Secret":"1"}', 'must not have x-tally-service-secret'],
    ['{"sec-websocket-key":"1"}', 'must not have sec-websocket-key'],
  ])('take no headers that cannot be sent: %s', (given, words) => {
    const complaint = complaintOf({ SUPERGRAPH_FILE: compose({ notes: 'http://127.0.0.1:1/a' }), NOTES_HEADERS: given });
    expect(complaint).toContain(`NOTES_HEADERS: ${words}`);
  });

  it('that would mean two subgraphs are refused, each by its name', () => {
    const urls = { 'my-notes': 'http://127.0.0.1:1/a', my_notes: 'http://127.0.0.1:1/b' };
    expect(addressOf(urls)).toHaveLength(2);
    const given = {
      MY_NOTES_SERVICE_URL: 'http://127.0.0.1',
      ROUTER_TO_MY_NOTES_SECRET: 'a secret of 24 characters',
      MY_NOTES_HEADERS: '{}',
      MY_NOTES_TIMEOUT_MS: '5',
      MY_NOTES_TLS: 'system',
    };
    const complaint = complaintOf({ SUPERGRAPH_FILE: compose(urls), ...given });
    for (const variable of Object.keys(given)) expect(complaint).toContain(`  ${variable}: means several subgraphs (my-notes, my_notes)`);
  });
});

describe('SUPERGRAPH_FILE', () => {
  it('that is not there, or cannot be read, is told of', () => {
    mkdirSync(join(directory, 'folder'));
    expect(complaintOf({ SUPERGRAPH_FILE: join(directory, 'none') })).toContain(
      'SUPERGRAPH_FILE: no such file (`npm run compose` writes the default one)',
    );
    expect(complaintOf({ SUPERGRAPH_FILE: join(directory, 'folder') })).toContain('SUPERGRAPH_FILE: the file cannot be read (EISDIR)');
  });
});
