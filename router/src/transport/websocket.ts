import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { type ExecutionArgs, type FormattedExecutionResult, GraphQLError } from 'graphql';
import type { ServerOptions } from 'graphql-ws';
import { isSameOrigin } from '../../../kit/process/hosts.ts';
import type { Stop } from '../../../kit/process/http.ts';
import type { Logger } from '../../../kit/process/logging.ts';
import { readTrace, traced } from '../../../kit/process/tracing.ts';
import { createContext, type RouterContext } from '../context.ts';
import { RouterError } from '../errors.ts';
import { type Operations, type Prepared, parseOperationRequest } from '../execution/operations.ts';
import { isPublished, publishError } from '../execution/public-errors.ts';
import type { PlannedOperation } from '../planning/graph.ts';
import type { Connections } from '../protection/connections.ts';
import type { PersistedOperations } from '../protection/persisted.ts';
import type { Engine } from '../subscriptions/engine.ts';
import type { Gate } from '../subscriptions/gate.ts';
import { type Connection, type Parameters, startWebSocketServer } from './websocket-server.ts';

export interface WebSocketOptions {
  readonly server: Server;
  readonly operations: Operations;
  readonly persisted: PersistedOperations;
  readonly engine: Engine;
  readonly gate: Gate;
  readonly log: Logger;
  readonly clientIpOf: (request: IncomingMessage) => string;
  /** @throws RouterError RATE_LIMITED. */
  readonly countRequest: (ip: string) => Promise<void>;
  readonly maxBodyBytes: number;
  readonly limits: { readonly maxTokens: number };
  readonly connections: Connections;
  readonly corsOrigins: ReadonlySet<string>;
  readonly maxOperationsPerConnection: number;
  readonly heartbeatMs: number;
}

/** Close codes that graphql-ws clients understand: 4401 is final, after 4403 they connect again with fresh parameters. */
const closeCodes: Readonly<Record<string, number>> = { TOKEN_INVALID: 4401, TOKEN_EXPIRED: 4403, SUBGRAPH_UNAVAILABLE: 4403 };
const longestId = 200;
const longestTimeoutMs = 2 ** 31 - 1;

/** What waits between graphql-ws's hooks, found again by the execution arguments that it wants to see. */
type Waiting =
  | {
      readonly kind: 'operation';
      readonly prepared: Prepared & { kind: 'ready' };
      readonly context: RouterContext;
      readonly parameters: Parameters | undefined;
    }
  | { readonly kind: 'stream'; readonly stream: AsyncIterableIterator<FormattedExecutionResult> };

/** A connection's parameters, which stand for the headers of HTTP. */
function toHeader(parameters: Parameters | undefined): (name: string) => string | undefined {
  const byName = new Map(Object.entries(parameters ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => {
    const value = byName.get(name);
    return typeof value === 'string' ? value : undefined;
  };
}

/** Runs one operation of a connection as a span, in the trace that the connection's parameters name, if any. */
function asServer<Result>(planned: PlannedOperation, parameters: Parameters | undefined, run: () => Promise<Result>): Promise<Result> {
  const attributes = { 'graphql.operation.type': planned.operation.operation, 'network.protocol.name': 'websocket' };
  return traced('WebSocket /graphql', attributes, run, { kind: 'server', parent: readTrace(toHeader(parameters)) });
}

/** Serves queries, mutations and subscriptions over graphql-ws on `/graphql`. Returns the way to stop. */
export function serveWebSockets(options: WebSocketOptions): Stop {
  const { operations, persisted, engine, gate, connections, log } = options;
  const waiting = new WeakMap<object, Waiting>();

  const tooMany = () =>
    new RouterError('TOO_MANY_OPERATIONS', `This connection runs ${options.maxOperationsPerConnection} operations already.`);

  const toContext = (parameters: Parameters | undefined, { socket, clientIp }: Connection): RouterContext =>
    createContext({
      requestId: randomUUID(),
      log,
      clientIp,
      header: toHeader(parameters),
      isGone: () => socket.readyState === socket.CLOSED,
    });

  const protocol: ServerOptions<Parameters, Connection & Record<PropertyKey, unknown>> = {
    connectionInitWaitTimeout: 10_000,
    onConnect: async ({ connectionParams, extra }) => {
      const { forwarded, isTokenUnreadable } = toContext(connectionParams, extra);
      if (isTokenUnreadable) {
        extra.socket.close(4401, 'TOKEN_INVALID');
        return false;
      }
      try {
        const { expiresAt } = (await gate.identify(forwarded['authorization'])) ?? {};
        // One that is gone already has no end by which the timer would be cleared.
        if (extra.socket.readyState !== extra.socket.OPEN) return false;
        if (expiresAt !== undefined) {
          extra.expiry = setTimeout(() => extra.socket.close(4403, 'TOKEN_EXPIRED'), Math.min(expiresAt - Date.now(), longestTimeoutMs));
        }
        return true;
      } catch (error) {
        const code = error instanceof RouterError ? error.code : 'INTERNAL_SERVER_ERROR';
        extra.socket.close(closeCodes[code] ?? 4500, code);
        return false;
      }
    },
    onClose: ({ extra }) => {
      clearTimeout(extra.expiry);
      // graphql-ws knows one stream for each id: of two that came by the same one, it ends the younger.
      for (const stream of extra.streams) void stream.return?.();
    },
    onSubscribe: async ({ connectionParams, extra, subscriptions }, id, payload) => {
      const context = toContext(connectionParams, extra);
      // It comes back with each answer, and so an error would bring it back, too.
      if (id.length > longestId) extra.socket.close(4400, `An id has ${longestId} characters at most`);
      try {
        if (id.length > longestId) throw new RouterError('BAD_REQUEST', `An id has ${longestId} characters at most.`);
        if (Object.keys(subscriptions).length > options.maxOperationsPerConnection) throw tooMany();
        const prepared = await operations.prepare(await persisted.resolve(parseOperationRequest(payload)), context);
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
        if (planned.operation.operation === 'subscription') {
          const onEnd = (): void => {
            extra.streams.delete(stream);
          };
          const subscribe = () => engine.subscribe(planned, variables, context, { endsAtExpiry: false, onEnd });
          const stream = await asServer(planned, connectionParams, subscribe);
          extra.streams.add(stream);
          if (extra.streams.size > options.maxOperationsPerConnection) {
            await stream.return?.();
            throw tooMany();
          }
          waiting.set(args, { kind: 'stream', stream });
        } else waiting.set(args, { kind: 'operation', prepared, context, parameters: connectionParams });
        return args;
      } catch (error) {
        return [isPublished(error) ? (error as GraphQLError) : publishError(error, context)];
      }
    },
    execute: async (args: ExecutionArgs) => {
      const found = waiting.get(args);
      if (found?.kind !== 'operation') throw new Error('An operation that was not prepared.');
      const { prepared, context, parameters } = found;
      const run = async () => operations.execute(prepared, context);
      return asServer(prepared.planned, parameters, run) as ReturnType<NonNullable<ServerOptions['execute']>>;
    },
    subscribe: (args: ExecutionArgs) => {
      const found = waiting.get(args);
      if (found?.kind !== 'stream') throw new Error('A subscription that was not prepared.');
      return found.stream as ReturnType<NonNullable<ServerOptions['subscribe']>>;
    },
    // Results are formatted already: graphql-ws would call toJSON on their errors.
    onNext: (_connection, _id, _payload, _args, result) => result as FormattedExecutionResult,
    onError: (_connection, _id, _payload, errors) =>
      errors.map((error) => {
        // What a stream rejects with arrives wrapped.
        const own = error instanceof GraphQLError && isPublished(error.originalError) ? error.originalError : error;
        return (isPublished(own) ? (own as GraphQLError) : publishError(own, { requestId: randomUUID(), log })).toJSON();
      }),
  };

  return startWebSocketServer({
    ...options,
    path: '/graphql',
    maxMessageBytes: options.maxBodyBytes,
    maxMessageValues: options.limits.maxTokens,
    pingEveryMs: options.heartbeatMs,
    protocol,
    isOriginAllowed: (request) => {
      const { origin } = request.headers;
      return origin === undefined || isSameOrigin(request) || options.corsOrigins.has(origin);
    },
    count: options.countRequest,
    refuse: (socket, clientIp) => {
      const leave = connections.open(clientIp);
      if (leave === undefined) return 'TOO_MANY_CONNECTIONS';
      socket.once('close', leave);
      return undefined;
    },
  });
}
