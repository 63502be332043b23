import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createAuthority, createCertificate } from '../../scripts/certs.ts';
import { listVariables } from '../../scripts/docs-configuration.ts';
import { type CertificateFiles, checkCertificates } from '../../scripts/doctor/certificates.ts';
import { checkClocks, findSkewMs } from '../../scripts/doctor/clock.ts';
import { examine } from '../../scripts/doctor/examine.ts';
import type { Finding } from '../../scripts/doctor/finding.ts';
import { type Simulator, startSimulator } from '../../subgraphs/jira/simulator/simulator.ts';
import { startProvider } from '../setup/identity-provider.ts';
import { findRedis, startPrivateRedis } from '../setup/redis.ts';
import { hasOpenssl } from './programs.ts';

const adminUrl = inject('TEST_DATABASE_URL');
const redisServer = await findRedis();
const folder = mkdtempSync(join(tmpdir(), 'tally-doctor-'));
afterAll(() => rmSync(folder, { recursive: true }));

const troubleOf = (findings: readonly Finding[]) =>
  findings.filter(({ state }) => state !== 'ok').map(({ state, message }) => `${state}: ${message}`);
const now = Date.now;
const known = listVariables().map(({ name }) => name);

describe('the doctor of Jira', () => {
  let simulator: Simulator;
  const lookAt = async (variables: Readonly<Record<string, string>>) => {
    const environment = { AUTH: 'open', JIRA_URL: simulator.url, JIRA_API_TOKEN: 'simulated', ...variables };
    const findings = await examine({ services: ['jira'], environment, known, now });
    return troubleOf(findings.filter((finding) => finding.about === 'jira')).map((line) => line.replace(/127\.0\.0\.1:\d+: /, ''));
  };
  beforeAll(async () => {
    simulator = await startSimulator();
  });
  afterAll(() => simulator.stop());

  it.each<readonly [fault: string, variables: Readonly<Record<string, string>>, told: readonly RegExp[]]>([
    ['nothing, where all is well', { STORY_POINTS_FIELD: 'customfield_10032', JIRA_SCOPE_JQL: 'project = SHOP' }, []],
    ['nothing, where the field is asked of Jira', { JIRA_SCOPE_JQL: 'project = SHOP' }, []],
    [
      'a field that this Jira lacks',
      { STORY_POINTS_FIELD: 'customfield_99999', JIRA_SCOPE_JQL: 'project = SHOP' },
      [/^wrong: STORY_POINTS_FIELD is customfield_99999, which this Jira does not have$/, /^warning: SHOP-\d+/],
    ],
    [
      'a field that holds no number',
      { STORY_POINTS_FIELD: 'customfield_10016', JIRA_SCOPE_JQL: 'project = SHOP' },
      [/^wrong: STORY_POINTS_FIELD is customfield_10016, "Target start", of type date/, /^warning: SHOP-\d+/],
    ],
    [
      'a field of a track that this Jira lacks',
      { JIRA_SP_DEV_FIELD: 'customfield_99999', JIRA_SCOPE_JQL: 'project = SHOP' },
      [/^wrong: the track dev is customfield_99999/, /^warning: SHOP-\d+/],
    ],
    [
      'a field of a project that this Jira lacks',
      { STORY_POINTS_FIELD_BY_PROJECT: 'OPS=customfield_99999', JIRA_SCOPE_JQL: 'project = SHOP' },
      [/^wrong: STORY_POINTS_FIELD_BY_PROJECT of OPS/],
    ],
    [
      'a shown field that this Jira lacks',
      { JIRA_EXTRA_FIELDS: 'customfield_99999', JIRA_SCOPE_JQL: 'project = SHOP' },
      [/^warning: JIRA_EXTRA_FIELDS is customfield_99999/],
    ],
    ['a scope that Jira refuses', { JIRA_SCOPE_JQL: 'projekt = SHOP' }, [/^wrong: JIRA_SCOPE_JQL cannot be searched/]],
    [
      'a scope without issues',
      { JIRA_SCOPE_JQL: 'project = SHOP and summary ~ "nothing is called so"' },
      [/^warning: JIRA_SCOPE_JQL finds no issue$/],
    ],
    ['a Jira that is not there', { JIRA_URL: 'http://127.0.0.1:1' }, [/^wrong: .*ECONNREFUSED/]],
  ])('tells of %s', async (_, variables, told) => {
    expect(await lookAt(variables)).toEqual(told.map((line) => expect.stringMatching(line)));
  });

  it('tells of credentials that are refused', async () => {
    simulator.faults.add({ kind: 'login' });
    expect(await lookAt({ JIRA_API_TOKEN: 'geheim' })).toEqual([expect.stringMatching(/^wrong: .*does not accept our credentials/)]);
    simulator.faults.clear();
  });
});

describe('the doctor of sign-in', () => {
  it('asks the provider for its keys, and tells of one that is not there or calls itself otherwise', async () => {
    const provider = await startProvider();
    const lookAt = async (OIDC_ISSUER: string) => {
      const environment = {
        AUTH: 'oidc',
        OIDC_AUDIENCE: 'tally',
        OIDC_ISSUER,
        JIRA_SERVICE_URL: 'http://127.0.0.1:1',
        DATA_DIRECTORY: folder,
      };
      const findings = await examine({ services: ['voting'], environment, known, now });
      return findings.filter((finding) => finding.about === 'sign-in').map(({ state }) => state);
    };
    try {
      const seen = [provider.url, provider.url.replace('127.0.0.1', 'localhost'), 'http://127.0.0.1:1'];
      expect(await Promise.all(seen.map(lookAt))).toEqual([['ok'], ['wrong'], ['wrong']]);
    } finally {
      await provider.stop();
    }
  });
});

describe('the doctor of clocks', () => {
  const reading = { of: 'Postgres', theirs: 10_000, askedAt: 10_000, answeredAt: 10_000, precisionMs: 0 };

  it.each([
    ['agrees', {}, 0],
    ['was read between question and answer', { askedAt: 5_000, answeredAt: 15_000 }, 0],
    ['is behind us', { askedAt: 12_000, answeredAt: 12_010 }, 2_000],
    ['is ahead of us', { askedAt: 7_990, answeredAt: 8_000 }, -2_000],
    ['tells whole seconds', { askedAt: 10_900, answeredAt: 10_950, precisionMs: 1_000 }, 0],
  ])('counts no more than what is sure of one that %s', (_, changed, skewMs) => {
    expect(findSkewMs({ ...reading, ...changed })).toBe(skewMs);
  });

  it('names each that is off by more than a second', () => {
    const off = { ...reading, of: 'Redis', askedAt: 14_000, answeredAt: 14_000 };
    expect(troubleOf(checkClocks([reading, off]))).toEqual(['wrong: this machine is 4.0 s ahead of Redis']);
    expect(checkClocks([reading])).toMatchObject([{ state: 'ok', message: 'within a second of Postgres' }]);
  });

  it.skipIf(adminUrl === undefined || redisServer === undefined)('reads those of Postgres, Redis and Jira', async () => {
    const [simulator, redis] = [await startSimulator(), await startPrivateRedis()];
    try {
      const environment = {
        AUTH: 'open',
        JIRA_SERVICE_URL: 'http://127.0.0.1:1',
        JIRA_URL: simulator.url,
        JIRA_API_TOKEN: 'simulated',
        DATABASE_URL: adminUrl,
        REDIS_URL: redis.url,
      };
      const shifted = () => Date.now() - 90_000;
      const findings = await examine({ services: ['jira', 'voting'], environment, known, now: shifted });
      const clocks = troubleOf(findings.filter((finding) => finding.about === 'clock'));
      expect(clocks).toHaveLength(3);
      for (const clock of clocks) expect(clock).toMatch(/^wrong: this machine is (89|90)\.\d s behind (Postgres|Redis|Jira) at 127/);
    } finally {
      await Promise.all([simulator.stop(), redis.stop()]);
    }
  });
});

describe.skipIf(!hasOpenssl)('the doctor of certificates', () => {
  const at = (name: string) => join(folder, name);
  const files = (name: string, more: CertificateFiles = {}): CertificateFiles => ({
    TLS_CERT: at(`${name}.crt`),
    TLS_KEY: at(`${name}.key`),
    TLS_CA: at('ca.crt'),
    ...more,
  });
  beforeAll(() => {
    createAuthority(folder);
    createAuthority(at('other'));
    createCertificate(folder, 'voting');
    createCertificate(folder, 'stranger');
    createCertificate(at('other'), 'voting');
    writeFileSync(at('empty.crt'), '');
  });
  const day = 86_400_000;

  it.each<readonly [fault: string, given: () => CertificateFiles, days: number, told: readonly RegExp[]]>([
    ['nothing, where all is well', () => files('voting'), 0, []],
    ['nothing, without TLS', () => ({}), 0, []],
    ['a certificate that ends within a week', () => files('voting'), 84, [/^warning: TLS_CERT \(CN=voting\) ends in [56] days$/]],
    ['a certificate that has ended', () => files('voting'), 91, [/^wrong: TLS_CERT \(CN=voting\) ended on/]],
    [
      'an authority that ends within a month',
      () => files('voting', { TLS_CERT: at('ca.crt'), TLS_KEY: at('ca.key') }),
      340,
      [/^warning: TLS_CA .* ends in 2\d days$/, /^wrong: the common name/],
    ],
    [
      'a certificate of tomorrow',
      () => files('voting'),
      -2,
      [/^wrong: TLS_CERT .* is not valid before/, /^wrong: TLS_CA .* is not valid before/],
    ],
    ['the key of another one', () => files('voting', { TLS_KEY: at('stranger.key') }), 0, [/^wrong: TLS_KEY is not the key of TLS_CERT$/]],
    ['another authority', () => files('other/voting'), 0, [/^wrong: TLS_CERT is not signed by an authority of TLS_CA/]],
    ['a name that is no service', () => files('stranger'), 0, [/^wrong: the common name of TLS_CERT is "stranger"/]],
    ['a file that is not there', () => files('nobody'), 0, [/^wrong: TLS_CERT .*ENOENT/]],
    [
      'a file without a certificate',
      () => files('voting', { STORAGE_TLS_CA: at('empty.crt') }),
      0,
      [/^wrong: STORAGE_TLS_CA .*holds no certificate/],
    ],
  ])('tells of %s', (_, given, days, told) => {
    expect(troubleOf(checkCertificates(given(), () => Date.now() + days * day))).toEqual(told.map((line) => expect.stringMatching(line)));
  });

  it('knows an authority that stands beside others in the file', () => {
    const both = at('both.crt');
    writeFileSync(both, readFileSync(at('other/ca.crt'), 'utf8') + readFileSync(at('ca.crt'), 'utf8'));
    expect(troubleOf(checkCertificates(files('voting', { TLS_CA: both }), now))).toEqual([]);
  });
});

describe('the doctor of configurations', () => {
  it('tells each issue once, with the services that will not start, and of names that are nearly right', async () => {
    const environment = { AUTH: 'maybe', JIRA_SERVICE_URL: 'http://127.0.0.1:1', JIRA_CACHE_TLL: '3', PATH: '/bin', SIGNING_KEY_FLIE: 'x' };
    expect(troubleOf(await examine({ services: ['jira', 'voting'], environment, known, now }))).toEqual([
      'wrong: JIRA_URL: required (jira will not start)',
      'wrong: JIRA_API_TOKEN: required (jira will not start)',
      'wrong: AUTH: must be open or oidc (jira, voting will not start)',
      'warning: nobody reads JIRA_CACHE_TLL',
      'warning: nobody reads SIGNING_KEY_FLIE',
      'unknown: what it depends on was not looked at',
      'unknown: what it depends on was not looked at',
    ]);
  });

  it.each([
    ['is not there', () => join(folder, 'none.json'), /^wrong: SIGNING_KEY_FILE .* is not there/],
    ['holds no key', () => join(folder, 'keys.json'), /^wrong: SIGNING_KEY_FILE .* holds no private Ed25519 key$/],
  ])('tells of a file of signing keys that %s', async (_, file, told) => {
    writeFileSync(join(folder, 'keys.json'), '{"keys":[]}');
    const environment = { AUTH: 'open', JIRA_SERVICE_URL: 'http://127.0.0.1:1', SIGNING_KEY_FILE: file() };
    expect(troubleOf(await examine({ services: ['voting'], environment, known, now }))).toEqual([expect.stringMatching(told)]);
  });

  it('tells of a supergraph that cannot be served', async () => {
    const file = join(folder, 'supergraph.graphql');
    writeFileSync(file, 'type Query { a: Int }');
    const environment = { SUPERGRAPH_FILE: file, VOTING_SERVICE_URL: 'http://127.0.0.1:1', JIRA_SERVICE_URL: 'http://127.0.0.1:1' };
    expect(troubleOf(await examine({ services: ['router'], environment, known, now }))).toContainEqual(
      expect.stringMatching(/^wrong: SUPERGRAPH_FILE .* cannot be served/),
    );
  });
});

describe('`npm run doctor`', () => {
  const root = join(import.meta.dirname, '../..');
  const run = async (args: readonly string[], variables: Readonly<Record<string, string>> = {}) => {
    const environment = { PATH: process.env['PATH'] ?? '', ...variables };
    const done = promisify(execFile)('npm', ['run', '-s', 'doctor', '--', ...args], { cwd: root, env: environment });
    return done.then(
      ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
    );
  };

  it('ends with 0 when nothing is wrong, with 1 when something is, and with 2 when it was asked for what there is not', async () => {
    const good = { AUTH: 'open', JIRA_SERVICE_URL: 'http://127.0.0.1:1', DATA_DIRECTORY: folder };
    const [well, ill, wrong] = await Promise.all([run(['--json', 'voting'], good), run(['voting']), run(['nobody'])]);
    expect([well.code, ill.code, wrong.code]).toEqual([0, 1, 2]);
    expect(JSON.parse(well.stdout)).toMatchObject({
      isWrong: false,
      findings: expect.arrayContaining([expect.objectContaining({ about: 'configuration', state: 'ok' })]),
    });
    expect(ill.stdout).toMatch(/^wrong {3}configuration {2}no variable of a service is set → .*\n/);
    expect(ill.stdout).toMatch(/\n1 wrong, 0 warning, 1 unknown, 0 ok\n$/);
    expect(wrong.stderr).toContain('There is no service nobody.');
  });
});
