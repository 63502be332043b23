import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Attributes, type Context, context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Environment } from './config.ts';

let isOn = false;

const lastSendingMs = 2_000;

/**
 * Sends traces of this process to `${OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces` (OTLP over HTTP, JSON).
 * Without that variable nothing is loaded and nothing is measured. Returns the way to send the rest, for 2 s at most, and stop.
 */
export async function startTracing(service: string, environment: Environment): Promise<() => Promise<void>> {
  const endpoint = environment['OTEL_EXPORTER_OTLP_ENDPOINT'];
  if (endpoint === undefined || endpoint === '') return async () => undefined;
  const [{ BasicTracerProvider, BatchSpanProcessor }, { AsyncLocalStorageContextManager }, { OTLPTraceExporter }, { Resource }, undici] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/instrumentation-undici'),
    ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new BasicTracerProvider({
    resource: new Resource({ 'service.name': environment['OTEL_SERVICE_NAME'] || `tally-${service.toLowerCase()}` }),
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: 1_000 })],
  });
  provider.register({ contextManager: new AsyncLocalStorageContextManager().enable() });
  // Follows undici's own diagnostics channels, so it sees requests to Jira and between the services, and hands the trace on in them.
  const outgoing = new undici.UndiciInstrumentation({
    ignoreRequestHook: ({ path }) => path.startsWith('/health'),
    requireParentforSpans: true,
  });
  outgoing.setTracerProvider(provider);
  outgoing.enable();
  isOn = true;
  return async () => {
    isOn = false;
    outgoing.disable();
    // A collector that is away or hangs must not keep the service: what it has not taken by then is lost.
    await Promise.race([provider.shutdown().catch(() => undefined), sleep(lastSendingMs, undefined, { ref: false })]);
    trace.disable();
    context.disable();
    propagation.disable();
  };
}

/** A trace to go on with later, or elsewhere. */
export type Trace = Context;

/** The trace that something runs in now; undefined while tracing is off. */
export function currentTrace(): Trace | undefined {
  return isOn ? context.active() : undefined;
}

/** The headers that hand a trace on to another service; none while tracing is off. */
export function toTraceHeaders(given: Trace | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  if (given !== undefined) propagation.inject(given, headers);
  return headers;
}

/** The trace that a caller began, by the headers of `toTraceHeaders`; undefined while tracing is off. */
export function readTrace(header: (name: string) => string | undefined): Trace | undefined {
  if (!isOn) return undefined;
  const carrier = { traceparent: header('traceparent'), tracestate: header('tracestate') };
  return propagation.extract(context.active(), carrier);
}

export interface SpanOptions {
  /** Of a request that we answer, or an event that comes to us; unless given, of one that we send. */
  readonly kind?: 'server' | 'consumer';
  /** The current one unless given. */
  readonly parent?: Trace | undefined;
}

const kinds = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER } as const;

/** Runs what must not go on with the trace of whoever happens to begin it, such as a worker that a request wakes. */
export function apart<Result>(run: () => Result): Result {
  return isOn ? context.with(ROOT_CONTEXT, run) : run();
}

/**
 * Runs something as a span; just runs it while tracing is off.
 * What we send without having been asked, such as a worker's polling, begins no trace.
 */
export async function traced<Result>(
  name: string,
  attributes: Attributes,
  run: () => Promise<Result>,
  { kind, parent = isOn ? context.active() : undefined }: SpanOptions = {},
): Promise<Result> {
  if (parent === undefined || (kind === undefined && trace.getSpan(parent) === undefined)) return run();
  const options = { kind: kind === undefined ? SpanKind.CLIENT : kinds[kind], attributes };
  return trace.getTracer('tally').startActiveSpan(name, options, parent, async (span) => {
    try {
      return await run();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Begins a span; what it returns ends it, with the error if there was one. Undefined outside of a trace: nothing is described then. */
export function beginSpan(describe: () => readonly [name: string, attributes: Attributes]): ((error?: unknown) => void) | undefined {
  if (!isOn || trace.getActiveSpan() === undefined) return undefined;
  const [name, attributes] = describe();
  const span = trace.getTracer('tally').startSpan(name, { kind: SpanKind.CLIENT, attributes });
  return (error) => {
    if (error != null) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  };
}

/** The same stream, each step of it in the current trace; the stream itself while tracing is off. */
export function keepTrace<Value>(stream: AsyncIterable<Value>): AsyncIterable<Value> {
  const own = currentTrace();
  if (own === undefined) return stream;
  const steps = stream[Symbol.asyncIterator]();
  // An iterator itself: graphql-ws ends a stream by its `return()`, and leaves running what has none.
  const kept: AsyncIterableIterator<Value> = {
    next: () => context.with(own, () => steps.next()),
    return: async (value) => (await context.with(own, () => steps.return?.(value))) ?? { done: true, value: undefined },
    [Symbol.asyncIterator]: () => kept,
  };
  return kept;
}

/** Runs an HTTP request's answer as a span, in the trace that the caller began; just runs it while tracing is off. */
export function tracedRequest(request: IncomingMessage, response: ServerResponse, answer: () => Promise<void>): Promise<void> {
  if (!isOn || !request.url?.startsWith('/graphql')) return answer();
  const parent = propagation.extract(context.active(), request.headers);
  // Whoever is asked next gets our span's; the caller's own would stand beside it.
  delete request.headers['traceparent'];
  delete request.headers['tracestate'];
  const attributes = { 'http.request.method': request.method ?? '', 'url.path': '/graphql', 'server.port': request.socket.localPort ?? 0 };
  const span = trace.getTracer('tally').startSpan(`${request.method} /graphql`, { kind: SpanKind.SERVER, attributes }, parent);
  response.once('close', () => {
    span.setAttribute('http.response.status_code', response.statusCode);
    if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  return context.with(trace.setSpan(parent, span), answer);
}
