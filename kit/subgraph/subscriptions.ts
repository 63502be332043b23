import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { type ExecutionArgs, type ExecutionResult, GraphQLError, type GraphQLFormattedError, type GraphQLSchema, subscribe } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { DomainError } from '../process/errors.ts';
import type { Stop } from '../process/http.ts';
import type { Logger } from '../process/logging.ts';
import { peerNameOf } from '../process/tls.ts';
import { keepTrace, readTrace, type Trace, traced } from '../process/tracing.ts';
import type { RequestContext } from './graphql.ts';
import { isUnexpected, toPublicError } from './masking.ts';
import type { RequestInfo } from './request-info.ts';

interface SubscriptionOptions<Context extends RequestContext> {
  readonly server: Server;
  readonly schema: GraphQLSchema;
  readonly context: (request: RequestInfo) => Context | Promise<Context>;
  readonly log: Logger;
}

/** What graphql-ws says of a connection. */
interface Connection {
  readonly connectionParams?: Readonly<Record<string, unknown>> | undefined;
  readonly extra: { readonly request: IncomingMessage };
}

const maxMessageBytes = 1024 * 1024;

/** Serves graphql-ws on `/graphql`; connection parameters stand for the headers of HTTP. Returns the way to stop. */
export function serveSubscriptions<Context extends RequestContext>({ server, schema, context, log }: SubscriptionOptions<Context>): Stop {
  const sockets = new WebSocketServer({
    server,
    path: '/graphql',
    maxPayload: maxMessageBytes,
    // The router sends none: whoever sends one is a page, and pages ask the router.
    verifyClient: ({ origin }: { origin: string | undefined }) => origin === undefined,
  });
  const traces = new WeakMap<object, Trace>();
  const toContext = async (connection: Connection, ofOperation: Readonly<Record<string, unknown>> = {}): Promise<Context> => {
    const parameters = toLowerCase(connection.connectionParams ?? {});
    const given = parameters.get('x-request-id');
    const requestId = typeof given === 'string' ? given : randomUUID();
    const header = (name: string) => textOf(parameters.get(name));
    const peerName = peerNameOf(connection.extra.request.socket);
    const own = await context({ requestId, log: log.child({ requestId }), header, peerName });
    // Operations of several clients of the router share a connection: what is said with one goes before what the connection said.
    const tracing = new Map([...parameters, ...toLowerCase(ofOperation)]);
    const trace = readTrace((name) => textOf(tracing.get(name)));
    if (trace !== undefined) traces.set(own, trace);
    return own;
  };
  const serving = useServer<Record<string, unknown>, { requestId?: string }>(
    {
      schema,
      // Queries and mutations come by HTTP.
      execute: () => ({ errors: [new GraphQLError('This socket runs subscriptions only.', { extensions: { code: 'BAD_REQUEST' } })] }),
      subscribe: (args) =>
        traced(
          'WebSocket /graphql',
          { 'graphql.operation.type': 'subscription', 'network.protocol.name': 'websocket' },
          async () => keepTrace(orRefuse(await subscribe(args as ExecutionArgs))),
          { kind: 'server', parent: traces.get(args.contextValue as object) },
        ),
      onConnect: async (connection) => {
        try {
          await toContext(connection);
          return true;
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          // graphql-ws closes with 4403.
          return false;
        }
      },
      context: (connection, _id, { extensions }) => toContext(connection, extensions ?? {}),
      onError: (_connection, _id, _payload, errors) => errors.map((error) => publish(error, log)),
      onNext: (_connection, _id, _payload, _args, result) =>
        result.errors === undefined ? undefined : { data: result.data ?? null, errors: result.errors.map((error) => publish(error, log)) },
    },
    sockets,
  );
  let stopping: Promise<void> | undefined;
  return () => {
    // The server of sockets refuses to be closed twice.
    stopping ??= Promise.resolve(serving.dispose());
    return stopping;
  };
}

function toLowerCase(values: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** graphql-ws would send a refusal as an event and then complete: it is the error of a stream that never began. */
function orRefuse(started: AsyncIterable<ExecutionResult> | ExecutionResult): AsyncIterable<ExecutionResult> {
  if (!('errors' in started)) return started as AsyncIterable<ExecutionResult>;
  const [refusal] = started.errors ?? [];
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(refusal?.originalError ?? refusal) }) };
}

function publish(error: GraphQLError | GraphQLFormattedError, log: Logger): GraphQLFormattedError {
  // Not `instanceof GraphQLError`: test runners load graphql a second time, and its errors are then strangers to ours.
  const whole = error instanceof Error ? (error as GraphQLError) : new GraphQLError(error.message);
  if (isUnexpected(whole)) log.error({ err: whole.originalError ?? whole, path: whole.path }, 'unexpected error');
  return toPublicError(whole.toJSON(), whole);
}
