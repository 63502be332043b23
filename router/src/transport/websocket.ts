import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { type ExecutionArgs, type FormattedExecutionResult, GraphQLError } from 'graphql';
import type { ServerOptions } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Stop } from '../../../kit/http.ts';
import type { Logger } from '../../../kit/logging.ts';
import { RouterError } from '../errors.ts';
import { type RouterContext, toForwarded } from '../execution/context.ts';
import { type Operations, type Prepared, parseOperationRequest } from '../execution/operations.ts';
import { isPublished, publishError } from '../execution/public-errors.ts';
import type { PersistedOperations } from '../protection/persisted.ts';
import type { Engine } from '../subscriptions/engine.ts';
import type { Gate } from '../subscriptions/gate.ts';

export interface WebSocketOptions {
  readonly server: Server;
  readonly operations: Operations;
  readonly engine: Engine;
  readonly gate: Gate;
  readonly log: Logger;
  readonly clientIpOf: (request: IncomingMessage) => string;
  readonly maxMessageBytes: number;
  readonly persisted: PersistedOperations;
  readonly maxConnections: number;
  readonly maxConnectionsPerIp: number;
  readonly maxOperationsPerConnection: number;
  /** Between pings; a client that misses one is cut off. */
  readonly pingEveryMs: number;
}

/** Close codes that graphql-ws clients understand: 4401 is final, after 4403 they connect again with fresh parameters. */
const closeCodes = { TOKEN_INVALID: 4401, TOKEN_EXPIRED: 4403, SUBGRAPH_UNAVAILABLE: 4403 } as const;

type Ready = Prepared & { kind: 'ready' };
type Parameters = Record<string, unknown>;
type Connection = { operations?: number; expiry?: NodeJS.Timeout };

/** Serves queries, mutations and subscriptions over graphql-ws on `/graphql`. Returns the way to stop. */
export function serveWebSockets(options: WebSocketOptions): Stop {
  const { server, operations, engine, gate, log } = options;
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: options.maxMessageBytes, perMessageDeflate: false });
  // graphql-ws wants execution arguments; ours are found again by them.
  const ready = new WeakMap<object, { prepared: Ready; context: RouterContext }>();

  const connectionsOf = new Map<string, number>();
  sockets.on('connection', (socket, request) => {
    const ip = options.clientIpOf(request);
    const connections = (connectionsOf.get(ip) ?? 0) + 1;
    connectionsOf.set(ip, connections);
    socket.once('close', () => {
      const left = (connectionsOf.get(ip) ?? 1) - 1;
      if (left === 0) connectionsOf.delete(ip);
      else connectionsOf.set(ip, left);
    });
    // An error of one socket (a frame over the limit, say) ends that socket and nothing else.
    socket.on('error', (error) => log.debug({ err: error }, 'socket error'));
    if (sockets.clients.size > options.maxConnections || connections > options.maxConnectionsPerIp)
      socket.close(1013, 'TOO_MANY_CONNECTIONS');
  });

  const toContext = (connection: { connectionParams?: Parameters | undefined; extra: Extra }): RouterContext => {
    const parameters = new Map(Object.entries(connection.connectionParams ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
    const requestId = randomUUID();
    const header = (name: string): string | undefined => {
      const value = parameters.get(name);
      return typeof value === 'string' ? value : undefined;
    };
    return {
      requestId,
      log: log.child({ requestId }),
      forwarded: toForwarded(requestId, header),
      clientIp: options.clientIpOf(connection.extra.request),
    };
  };

  const serverOptions: { isProd: boolean } & ServerOptions<Parameters, Connection & Partial<Extra>> = {
    // Otherwise it would tell clients what went wrong inside.
    isProd: true,
    connectionInitWaitTimeout: 10_000,
    onConnect: async (connection) => {
      const extra = connection.extra as Connection & Extra;
      const context = toContext({ ...connection, extra });
      try {
        const identity = await gate.identify(context.forwarded['authorization']);
        if (identity === undefined) return true;
        const expiresInMs = Math.min(identity.expiresAt - Date.now(), 2 ** 31 - 1);
        extra.expiry = setTimeout(() => extra.socket.close(4403, 'TOKEN_EXPIRED'), expiresInMs);
        return true;
      } catch (error) {
        const code = error instanceof RouterError ? error.code : 'INTERNAL_SERVER_ERROR';
        extra.socket.close(closeCodes[code as keyof typeof closeCodes] ?? 4500, code);
        return false;
      }
    },
    onClose: (connection) => clearTimeout((connection.extra as Connection).expiry),
    onSubscribe: async (connection, _id, payload) => {
      const context = toContext({ ...connection, extra: connection.extra as Extra });
      if (Object.keys(connection.subscriptions).length > options.maxOperationsPerConnection) {
        return [
          publishError(
            new RouterError('TOO_MANY_OPERATIONS', `This connection runs ${options.maxOperationsPerConnection} operations already.`),
            context,
          ),
        ];
      }
      try {
        const prepared = await operations.prepare(options.persisted.resolve(parseOperationRequest(payload)), context);
        if (prepared.kind === 'refused') return prepared.errors;
        const { planned, variables } = prepared;
        const args: ExecutionArgs = {
          schema: planned.graph.schema,
          document: planned.document,
          operationName: planned.operationName,
          variableValues: variables,
          contextValue: context,
          rootValue: undefined,
        };
        if (planned.operation.operation === 'subscription') streams.set(args, await engine.subscribe(planned, variables, context));
        else ready.set(args, { prepared, context });
        return args;
      } catch (error) {
        return [isPublished(error) ? (error as GraphQLError) : publishError(error, context)];
      }
    },
    execute: async (args: ExecutionArgs) => {
      const found = ready.get(args);
      if (found === undefined) throw new Error('An operation that was not prepared.');
      return operations.execute(found.prepared, found.context) as ReturnType<NonNullable<ServerOptions['execute']>>;
    },
    subscribe: (args: ExecutionArgs) => streams.get(args) as ReturnType<NonNullable<ServerOptions['subscribe']>>,
    // Results are formatted already: graphql-ws would call toJSON on their errors.
    onNext: (_connection, _id, _payload, _args, result) => result as FormattedExecutionResult,
    onError: (_connection, _id, _payload, errors) =>
      errors.map((error) => {
        const own = error instanceof GraphQLError && isPublished(error.originalError) ? (error.originalError as GraphQLError) : error;
        return isPublished(own) ? (own as GraphQLError).toJSON() : publishError(own, { requestId: randomUUID(), log }).toJSON();
      }),
  };
  const streams = new WeakMap<object, AsyncIterableIterator<FormattedExecutionResult>>();
  const serving = useServer(serverOptions, sockets, options.pingEveryMs);

  return async () => {
    // 1012, service restart: graphql-ws clients connect again.
    for (const socket of sockets.clients as Set<WebSocket>) socket.close(1012, 'ROUTER_STOPPING');
    const force = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
    }, 2_000);
    await serving.dispose();
    clearTimeout(force);
  };
}
