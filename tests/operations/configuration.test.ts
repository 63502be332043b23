import { describe, expect, it } from 'vitest';
import { ConfigError, type Environment } from '../../kit/process/config.ts';
import { readConfig as readRouter } from '../../router/src/config.ts';
import { start } from '../../start.ts';
import { readOptions } from '../../subgraphs/jira/simulator/options.ts';
import { readConfig as readJira } from '../../subgraphs/jira/src/config.ts';
import { readConfig as readVoting } from '../../subgraphs/voting/src/config.ts';

interface Case {
  readonly service: string;
  readonly what: string;
  readonly read: (environment: Environment) => unknown;
  readonly environment: Environment;
  /** Each is told, and no other variable is. */
  readonly variables: readonly string[];
}

const url = 'http://127.0.0.1:1';
const router = { JIRA_SERVICE_URL: url, VOTING_SERVICE_URL: url };
const jira = { AUTH: 'open', JIRA_URL: url, JIRA_API_TOKEN: 'x' };
const voting = { AUTH: 'open', JIRA_SERVICE_URL: url };

const cases: readonly Case[] = [
  { service: 'router', what: 'nothing given', read: readRouter, environment: {}, variables: ['JIRA_SERVICE_URL', 'VOTING_SERVICE_URL'] },
  {
    service: 'router',
    what: 'six contradictions and a bad port',
    read: readRouter,
    environment: {
      ...router,
      ROUTER_PORT: 'http',
      HOST: '0.0.0.0',
      CLIENT_TLS: 'server',
      OIDC_CLIENT_ID: 'page',
      PERSISTED_OPERATIONS: 'required',
      TLS_KEY: '/tls.key',
    },
    variables: [
      ...['ROUTER_PORT', 'TLS_CERT', 'TLS_CA', 'ROUTER_TO_JIRA_SECRET', 'ROUTER_TO_VOTING_SECRET'],
      ...['CLIENT_TLS', 'OIDC_ISSUER', 'PERSISTED_OPERATIONS_FILES'],
    ],
  },
  {
    service: 'router',
    what: 'a supergraph that is not there, and a plain Redis beside certificates',
    read: readRouter,
    environment: { ...router, SUPERGRAPH_FILE: '/nowhere.graphql', TLS_CERT: 'c', TLS_KEY: 'k', TLS_CA: 'a', REDIS_URL: 'redis://far:1' },
    variables: ['SUPERGRAPH_FILE', 'REDIS_URL'],
  },
  { service: 'jira', what: 'nothing given', read: readJira, environment: {}, variables: ['AUTH', 'JIRA_URL', 'JIRA_API_TOKEN'] },
  {
    service: 'jira',
    what: 'bad values and contradictions',
    read: readJira,
    environment: {
      ...jira,
      AUTH: 'oidc',
      JIRA_PORT: '70000',
      JIRA_URL: 'http://user:secret@127.0.0.1',
      JIRA_WEBHOOK_TLS: 'server',
      JIRA_SP_DEV_FIELD: 'dev',
      VOTING_TO_JIRA_SECRET: 'short',
    },
    variables: [
      ...['JIRA_PORT', 'VOTING_TO_JIRA_SECRET', 'OIDC_ISSUER', 'OIDC_AUDIENCE', 'ROUTER_TO_JIRA_SECRET'],
      ...['JIRA_URL', 'JIRA_WEBHOOK_TLS', 'JIRA_SP_DEV_FIELD'],
    ],
  },
  { service: 'voting', what: 'nothing given', read: readVoting, environment: {}, variables: ['AUTH', 'JIRA_SERVICE_URL'] },
  {
    service: 'voting',
    what: 'bad values and contradictions',
    read: readVoting,
    environment: { ...voting, AUTH: 'oidc', VOTING_PORT: '-1', VOTING_STORAGE: 'redis', HOST: '0.0.0.0', TOKEN_TTL_SECONDS: 'long' },
    variables: [
      ...['VOTING_PORT', 'TOKEN_TTL_SECONDS', 'REDIS_URL', 'OIDC_ISSUER', 'OIDC_AUDIENCE'],
      ...['ROUTER_TO_VOTING_SECRET', 'VOTING_TO_JIRA_SECRET'],
    ],
  },
  {
    service: 'voting',
    what: 'a storage that there is not',
    read: readVoting,
    environment: { ...voting, VOTING_STORAGE: 'mongo', DATABASE_POOL_SIZE: '0' },
    variables: ['VOTING_STORAGE', 'DATABASE_POOL_SIZE'],
  },
  {
    service: 'the simulator',
    what: 'bad options',
    read: ({ args = '' }) => readOptions(args.split(' ')),
    environment: { args: '--port high --issues=-1 --flavor server --faults {' },
    variables: ['--port', '--issues', '--flavor', '--faults'],
  },
  {
    service: 'npm start',
    what: 'something wrong with every part',
    read: start,
    environment: {
      SIMULATOR_PORT: 'x',
      JIRA_CACHE_TTL: '-1',
      VOTING_STORAGE: 'postgres',
      OIDC_CLIENT_ID: 'page',
      ROUTER_PORT: 'x',
      LOG_LEVEL: 'loud',
    },
    variables: ['SIMULATOR_PORT', 'LOG_LEVEL', 'JIRA_CACHE_TTL', 'DATABASE_URL', 'ROUTER_PORT', 'OIDC_ISSUER'],
  },
];

describe('an environment with several problems', () => {
  it.each(cases)('$service tells all of them at once: $what', async ({ read, environment, variables }) => {
    const error = await Promise.resolve()
      .then(() => read(environment))
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    expect(error).toBeInstanceOf(ConfigError);
    const { issues } = error as ConfigError;
    expect([...new Set(issues.map(({ variable }) => variable))].sort()).toEqual([...variables].sort());
    for (const { variable, message } of issues)
      if (!('args' in environment) && environment[variable] === undefined) expect(message, variable).toMatch(/required|needed|given/);
  });
});
