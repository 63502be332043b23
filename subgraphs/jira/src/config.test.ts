import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../kit/process/config.ts';
import { readConfig } from './config.ts';

const enough = { AUTH: 'open', JIRA_URL: 'http://127.0.0.1:4010', JIRA_API_TOKEN: 'secret-token' };

function messageOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

describe('the configuration of jira', () => {
  it('needs little, and has defaults for the rest', () => {
    expect(readConfig(enough)).toMatchObject({
      host: '127.0.0.1',
      port: 4001,
      authorization: 'Bearer secret-token',
      browseUrl: 'http://127.0.0.1:4010',
      cacheTtlMs: 300_000,
      flavor: undefined,
      estimateFields: {},
      cacheRedisUrl: undefined,
    });
  });

  it('takes a user name for Basic, tracks, and the Redis that is meant for caches', () => {
    const config = readConfig({
      ...enough,
      JIRA_USERNAME: 'ada@example.com',
      STORY_POINTS_FIELD: 'customfield_1',
      JIRA_SP_DEV_FIELD: 'customfield_2',
      JIRA_SP_FRONT_END_FIELD: 'customfield_3',
      REDIS_URL: 'redis://store:6379',
      CACHE_REDIS_URL: 'redis://cache:6379',
    });
    expect(config.authorization).toBe(`Basic ${Buffer.from('ada@example.com:secret-token').toString('base64')}`);
    expect(config.estimateFields).toEqual({ estimate: 'customfield_1', dev: 'customfield_2', front_end: 'customfield_3' });
    expect(config.cacheRedisUrl).toBe('redis://cache:6379');
    expect(config.sharesRedis).toBe(false);
  });

  it('names every bad variable in one error, and no value', () => {
    const message = messageOf({
      AUTH: 'none',
      JIRA_URL: 'jira.example.com',
      JIRA_PORT: 'http',
      JIRA_FLAVOR: 'server',
      STORY_POINTS_FIELD: 'Story Points',
      JIRA_CACHE_TTL: '-1',
      LOG_LEVEL: 'loud',
      JIRA_SCOPE_JQL: 'project = A) OR (project = B',
      ROUTER_TO_JIRA_SECRET: 'short-secret',
    });
    for (const name of [
      'AUTH',
      'JIRA_URL',
      'JIRA_API_TOKEN',
      'JIRA_PORT',
      'JIRA_FLAVOR',
      'STORY_POINTS_FIELD',
      'JIRA_CACHE_TTL',
      'LOG_LEVEL',
      'JIRA_SCOPE_JQL',
      'ROUTER_TO_JIRA_SECRET',
    ])
      expect(message).toMatch(new RegExp(`^ {2}${name}: `, 'm'));
    expect(message).not.toContain('short-secret');
    expect(message).not.toContain('Story Points');
  });

  it('takes no address with a password in it: issues show it to everyone', () => {
    const message = messageOf({ ...enough, JIRA_URL: 'http://ada:secret-token@127.0.0.1:1', JIRA_BROWSE_URL: 'https://ada@jira.example' });
    for (const name of ['JIRA_URL', 'JIRA_BROWSE_URL']) expect(message).toContain(`${name}: must have no user name`);
    expect(message).not.toContain('secret-token');
  });

  it('names a bad track variable', () => {
    expect(messageOf({ ...enough, JIRA_SP_DEV_FIELD: 'ten' })).toContain('JIRA_SP_DEV_FIELD');
  });

  it('needs a scope for a real Jira that is open to all', () => {
    expect(messageOf({ ...enough, JIRA_URL: 'https://example.atlassian.net' })).toContain('JIRA_SCOPE_JQL');
    expect(readConfig({ ...enough, JIRA_URL: 'https://example.atlassian.net/', JIRA_SCOPE_JQL: 'project = SHOP' })).toMatchObject({
      jiraUrl: 'https://example.atlassian.net',
      scopeJql: 'project = SHOP',
    });
    for (const scope of ['project = SHOP ORDER BY key', ' '])
      expect(messageOf({ ...enough, JIRA_SCOPE_JQL: scope }), scope).toContain('JIRA_SCOPE_JQL');
  });

  it('needs a provider and secrets for AUTH=oidc, and then no scope', () => {
    const message = messageOf({ ...enough, AUTH: 'oidc' });
    for (const name of ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'ROUTER_TO_JIRA_SECRET', 'VOTING_TO_JIRA_SECRET']) expect(message).toContain(name);
    const secrets = { ROUTER_TO_JIRA_SECRET: 'r'.repeat(16), VOTING_TO_JIRA_SECRET: 'v'.repeat(16) };
    const oidc = { AUTH: 'oidc', OIDC_ISSUER: 'https://id.example', OIDC_AUDIENCE: 'tally', JIRA_URL: 'https://example.atlassian.net' };
    expect(readConfig({ ...enough, ...secrets, ...oidc }).oidc).toEqual({
      issuer: 'https://id.example',
      audience: 'tally',
      claim: undefined,
      asksUserinfo: true,
    });
  });

  it('needs the secrets of its callers when it listens beyond this machine', () => {
    const message = messageOf({ ...enough, HOST: '0.0.0.0' });
    expect(message).toContain('ROUTER_TO_JIRA_SECRET');
    expect(message).toContain('VOTING_TO_JIRA_SECRET');
  });
});
