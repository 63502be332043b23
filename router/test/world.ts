import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Environment } from '../../kit/process/config.ts';
import { DomainError } from '../../kit/process/errors.ts';
import { createLogger, type Logger } from '../../kit/process/logging.ts';
import { buildSchema, type RunningSubgraph, startSubgraph } from '../../kit/subgraph/server.ts';
import { createToyVotingState, startToyVoting, type ToyVotingState } from './toy-voting.ts';

export interface RunningRouter {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** The router's `start`: given, for nobody but tests imports a main. */
export type StartRouter = (environment: Environment, overrides: { readonly log: Logger }) => Promise<RunningRouter>;

/** A small federated world on free ports: two real subgraphs, a router in front of them. */
export interface World {
  readonly router: RunningRouter;
  readonly votingState: ToyVotingState;
  readonly jira: { readonly entityCalls: () => number; readonly stop: () => Promise<void>; readonly restart: () => Promise<void> };
  readonly voting: { readonly stop: () => Promise<void>; readonly restart: () => Promise<void> };
  readonly supergraphFile: string;
  /** The subgraphs' own addresses, which clients have no business with. */
  readonly urls: { readonly jira: string; readonly voting: string };
  readonly token: (options?: TokenOptions) => Promise<string>;
  readonly post: (query: string, variables?: Record<string, unknown>, headers?: Record<string, string>) => Promise<Answer>;
  readonly stop: () => Promise<void>;
}

export interface TokenOptions {
  readonly sub?: string;
  readonly sid?: string;
  readonly expiresInSeconds?: number;
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
export type Answer = { status: number; headers: Headers; body: any };

// To compose the same subgraphs again was a tenth of what the tests of a world did.
const composed = new Map<string, string>();

/** The toy supergraph; `change` edits one subgraph's SDL first. */
export function composeToy(change: (name: string, sdl: string) => string = (_, sdl) => sdl): string {
  const sources = ['jira', 'voting'].map((name) => change(name, readFileSync(new URL(`./${name}.graphql`, import.meta.url), 'utf8')));
  const key = sources.join('\0');
  const found = composed.get(key) ?? compose(sources);
  composed.set(key, found);
  return found;
}

function compose([jira = '', voting = '']: readonly string[]): string {
  const services = Object.entries({ jira, voting }).map(([name, sdl]) => ({
    name,
    url: `http://127.0.0.1:1/${name}`,
    typeDefs: parse(sdl),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (errors !== undefined) throw new AggregateError(errors, errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

export async function startWorld(
  start: StartRouter,
  environment: Environment = {},
  supergraph = composeToy(),
  /** What the router takes for voting's address. */
  inFrontOfVoting: (url: string) => Promise<string> = async (url) => url,
): Promise<World> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'EdDSA', use: 'sig' }] };
  const jwksServer = createServer((_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(jwks)));
  await new Promise<void>((resolve) => jwksServer.listen(0, '127.0.0.1', resolve));

  const votingState = createToyVotingState();
  let voting = await startToyVoting(votingState, jwks);
  let entityCalls = 0;
  const startJira = (port = 0): Promise<RunningSubgraph> =>
    startSubgraph({
      name: 'jira',
      host: '127.0.0.1',
      port,
      portVariable: 'PORT',
      log: createLogger('toy-jira', 'silent'),
      checks: {},
      schema: buildSchema(new URL('./jira.graphql', import.meta.url), {
        Query: {
          issue: (_: unknown, { key }: { key: string }) => ({ key, summary: `About ${key}`, status: 'To Do' }),
          search: () => [{ key: 'T-1', summary: 'About T-1', status: 'To Do' }],
        },
        Issue: {
          __resolveReference: async ({ key }: { key: string }) => {
            if (key === 'T-BAD') throw new DomainError('ISSUE_NOT_FOUND', 'There is no such issue.', { key });
            return { key, summary: `About ${key}`, status: 'To Do' };
          },
        },
      }),
      context: (request) => {
        entityCalls += 1;
        return request;
      },
    });
  let jira = await startJira();

  const supergraphFile = join(mkdtempSync(join(tmpdir(), 'tally-router-')), 'supergraph.graphql');
  writeFileSync(supergraphFile, supergraph);
  const router = await start(
    {
      ROUTER_PORT: '0',
      LOG_LEVEL: 'silent',
      JIRA_SERVICE_URL: jira.url,
      VOTING_SERVICE_URL: await inFrontOfVoting(voting.url),
      JWKS_URL: `http://127.0.0.1:${(jwksServer.address() as AddressInfo).port}/.well-known/jwks.json`,
      SUPERGRAPH_FILE: supergraphFile,
      PAGE_DIRECTORY: '/nonexistent',
      ...environment,
    },
    { log: createLogger('router', environment['LOG_LEVEL'] ?? 'silent') },
  );

  return {
    router,
    votingState,
    supergraphFile,
    urls: { jira: jira.url, voting: voting.url },
    jira: {
      entityCalls: () => entityCalls,
      stop: () => jira.stop(),
      restart: async () => {
        jira = await startJira(jira.port);
      },
    },
    voting: {
      stop: () => voting.stop(),
      restart: async () => {
        voting = await startToyVoting(votingState, jwks, voting.port);
      },
    },
    token: ({ sub = randomUUID(), sid = 's1', expiresInSeconds = 3600 } = {}) =>
      new SignJWT({ sid })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'k1' })
        .setIssuer('tally')
        .setSubject(sub)
        .setExpirationTime(Math.floor(Date.now() / 1000) + expiresInSeconds)
        .sign(privateKey),
    post: async (query, variables, headers = {}) => {
      const response = await fetch(router.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
    stop: async () => {
      await router.stop();
      await Promise.all([voting.stop(), jira.stop()]);
      jwksServer.close();
      jwksServer.closeAllConnections();
    },
  };
}
