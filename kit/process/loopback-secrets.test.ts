import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withLoopbackSecrets } from './loopback-secrets.ts';

const folder = () => join(mkdtempSync(join(tmpdir(), 'tally-secrets-')), 'data');
const fileOf = (directory: string) => join(directory, 'service-secrets.json');
const names = ['ROUTER_TO_JIRA_SECRET', 'ROUTER_TO_VOTING_SECRET', 'VOTING_TO_JIRA_SECRET'];

describe('services that are started one by one on loopback', () => {
  it('have the same secrets, in a file that nobody else can read', () => {
    const environment = { DATA_DIRECTORY: folder(), AUTH: 'open' };
    const first = withLoopbackSecrets(environment);
    expect(withLoopbackSecrets({ ...environment, HOST: 'localhost' })).toEqual({ ...first, HOST: 'localhost' });
    for (const name of names) expect(first[name]?.length).toBeGreaterThanOrEqual(32);
    expect(new Set(names.map((name) => first[name])).size).toBe(3);
    expect(statSync(fileOf(environment.DATA_DIRECTORY)).mode & 0o777).toBe(0o600);
    expect(readdirSync(environment.DATA_DIRECTORY)).toEqual(['service-secrets.json']);
  });

  it.each([
    ['a secret', { ROUTER_TO_JIRA_SECRET: 'a secret of one’s own' }],
    ['a secret in a file', { VOTING_TO_JIRA_SECRET_FILE: '/run/secrets/voting' }],
    ['a certificate', { TLS_CERT: '/etc/tls/tls.crt' }],
    ['a HOST beyond loopback', { HOST: '0.0.0.0' }],
  ])('with %s are left as they are', (_name, own) => {
    const environment = { DATA_DIRECTORY: folder(), ...own };
    expect(withLoopbackSecrets(environment)).toBe(environment);
    expect(statSync(environment.DATA_DIRECTORY, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('take an empty variable for none', () => {
    expect(
      withLoopbackSecrets({ DATA_DIRECTORY: folder(), ROUTER_TO_JIRA_SECRET: '', TLS_CERT: '', HOST: '' })['ROUTER_TO_JIRA_SECRET'],
    ).not.toBe('');
  });

  it('do not start with a file that others can read', () => {
    const environment = { DATA_DIRECTORY: folder() };
    withLoopbackSecrets(environment);
    chmodSync(fileOf(environment.DATA_DIRECTORY), 0o640);
    expect(() => withLoopbackSecrets(environment)).toThrow(/readable by nobody else/);
  });

  it.each(['', '{', '{}', '[]', '{"ROUTER_TO_JIRA_SECRET":"short"}'])('do not start with a file of %j', (text) => {
    const environment = { DATA_DIRECTORY: folder() };
    withLoopbackSecrets(environment);
    const file = fileOf(environment.DATA_DIRECTORY);
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, text);
    expect(() => withLoopbackSecrets(environment)).toThrow(/made anew/);
    expect(before).not.toBe(text);
  });
});
