import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import type { Environment } from '../../kit/process/config.ts';
import { createLogger, type Logger } from '../../kit/process/logging.ts';
import type { StartRouter } from './world.ts';

/** A GraphQL request as a subgraph gets it. */
export interface SubgraphRequest {
  readonly subgraph: string;
  readonly query: string;
  // biome-ignore lint/suspicious/noExplicitAny: variables of any shape.
  readonly variables: any;
  readonly headers: NodeJS.Dict<string | string[]>;
}

/** What a subgraph says: a body to be written as JSON, or raw text with a status. */
export type Said = { readonly status?: number; readonly text: string; readonly type?: string } | { readonly json: unknown };

export interface ScriptedSubgraphs {
  readonly urls: { readonly jira: string; readonly voting: string };
  readonly seen: SubgraphRequest[];
  /** What both of them say from now on. */
  answer: (request: SubgraphRequest) => Said | Promise<Said>;
  /** What whoever subscribes gets, as payloads of `next`. */
  events: readonly unknown[];
  readonly stop: () => Promise<void>;
}

/** Two subgraphs over real HTTP that say what a test tells them to, however wrong it is. */
export async function startScriptedSubgraphs(): Promise<ScriptedSubgraphs> {
  const subgraphs: ScriptedSubgraphs = {
    urls: { jira: '', voting: '' },
    seen: [],
    answer: () => ({ json: { data: {} } }),
    events: [],
    stop: async () => {
      for (const client of sockets.clients) client.terminate();
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
  const serve = (subgraph: string) =>
    createServer(async (request, response) => {
      if (request.method === 'GET') return response.end('{}');
      let body = '';
      for await (const chunk of request) body += chunk;
      const { query, variables = {} } = JSON.parse(body);
      const asked = { subgraph, query, variables, headers: request.headers };
      subgraphs.seen.push(asked);
      const said = await subgraphs.answer(asked);
      if ('json' in said) return response.setHeader('content-type', 'application/json').end(JSON.stringify(said.json));
      return response.writeHead(said.status ?? 200, { 'content-type': said.type ?? 'application/json' }).end(said.text);
    });
  const servers = [serve('jira'), serve('voting')];
  const sockets = new WebSocketServer({ noServer: true });
  for (const server of servers)
    server.on('upgrade', (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (client) =>
        client.on('message', (data) => {
          const { type, id } = JSON.parse(String(data));
          const say = (message: unknown) => client.send(JSON.stringify(message));
          if (type === 'connection_init') say({ type: 'connection_ack' });
          if (type === 'ping') say({ type: 'pong' });
          if (type === 'subscribe') for (const payload of subgraphs.events) say({ id, type: 'next', payload });
        }),
      ),
    );
  for (const server of servers) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const [jira, voting] = servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
  Object.assign(subgraphs.urls, { jira, voting });
  return subgraphs;
}

/** A router on these subgraphs; its log lines are kept. */
export async function startRouterOn(
  start: StartRouter,
  { urls }: ScriptedSubgraphs,
  supergraph: string,
  environment: Environment = {},
): Promise<{ readonly url: string; readonly stop: () => Promise<void>; readonly log: Record<string, unknown>[] }> {
  const supergraphFile = join(mkdtempSync(join(tmpdir(), 'tally-router-')), 'supergraph.graphql');
  writeFileSync(supergraphFile, supergraph);
  const log: Record<string, unknown>[] = [];
  const router = await start(
    {
      ROUTER_PORT: '0',
      LOG_LEVEL: 'silent',
      JIRA_SERVICE_URL: urls.jira,
      VOTING_SERVICE_URL: urls.voting,
      SUPERGRAPH_FILE: supergraphFile,
      PAGE_DIRECTORY: '/nonexistent',
      ...environment,
    },
    { log: keepingLog(log) },
  );
  return { ...router, log };
}

/** A logger whose lines land in a list. */
function keepingLog(lines: Record<string, unknown>[]): Logger {
  const logger = createLogger('router', 'silent');
  const keep = (level: string) => (fields: object, message: string) => void lines.push({ level, message, ...fields });
  const made = Object.assign(Object.create(logger) as Logger, { error: keep('error'), warn: keep('warn'), info: keep('info') });
  return Object.assign(made, { child: () => made });
}
