import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import WebSocket from 'ws';
import { startTracing, traced } from '../../kit/process/tracing.ts';
import { startWorld, type World } from '../federation/world.ts';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string; readonly intValue?: number } }[];
}

const serverKind = 2;
const clientKind = 3;

/** A collector that keeps the spans it is sent. */
async function startCollector() {
  const spans: Span[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    for (const { scopeSpans } of JSON.parse(text).resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { spans, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
}

describe('without OTEL_EXPORTER_OTLP_ENDPOINT', () => {
  it('traces nothing', async () => {
    const stop = await startTracing('test', {});
    expect(await traced('something', {}, async () => trace.getActiveSpan())).toBeUndefined();
    await stop();
  });
});

describe('with a collector that never answers', () => {
  it('keeps a service that ends for two seconds at most', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const stop = await startTracing('test', { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    await traced('something', {}, async () => undefined, { kind: 'consumer' });
    const stoppedAt = performance.now();
    await stop();
    server.closeAllConnections();
    server.close();
    expect(performance.now() - stoppedAt).toBeLessThan(5_000);
  });
});

describe('with OTEL_EXPORTER_OTLP_ENDPOINT', () => {
  let world: World;
  let collector: Awaited<ReturnType<typeof startCollector>>;
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const streamTraceId = '1bf7651916cd43dd8448eb211c80319d';
  const redisUrl = inject('TEST_REDIS_URL');

  beforeAll(async () => {
    collector = await startCollector();
    const stopTracing = await startTracing('test', { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    world = await startWorld(redisUrl === undefined ? {} : { REDIS_URL: redisUrl, CACHE_REDIS_URL: redisUrl });
    // Not by fetch: this process's own is traced, too.
    // biome-ignore lint/suspicious/noExplicitAny: answers of many forms.
    const ask = (query: string, headers: Readonly<Record<string, string>>): Promise<any> =>
      new Promise((resolve, reject) => {
        send(world.url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }, async (answer) => {
          let text = '';
          for await (const chunk of answer) text += String(chunk);
          resolve(JSON.parse(text));
        })
          .on('error', reject)
          .end(JSON.stringify({ query }));
      });
    const opened = await ask('mutation { createSession(title: "Traced", name: "Robin", deck: "fibonacci") { token session { id } } }', {});
    const { token, session } = opened.data.createSession;
    const authorization = `Bearer ${token}`;
    await ask(`mutation { addIssues(sessionId: "${session.id}", keys: ["SHOP-1"]) { added { issue { summary } } } }`, {
      authorization,
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    });
    await followAndChange(authorization, session.id);
    const play = async (mutation: string) => (await ask(`mutation { ${mutation} }`, { authorization })).data;
    const { startRound } = await play(`startRound(sessionId: "${session.id}") { id }`);
    await play(`castVote(roundId: "${startRound.id}", card: "5") { id }`);
    await play(`revealRound(roundId: "${startRound.id}") { id }`);
    await play(`settleRound(roundId: "${startRound.id}", estimate: 5) { id }`);
    const isWritten = async () => {
      const { data } = await ask('query { issue(key: "SHOP-1") { storyPoints } }', { authorization });
      expect(data.issue.storyPoints).toBe(5);
    };
    await vi.waitFor(isWritten, { timeout: 15_000, interval: 200 });
    // Once more of the worker's polling.
    await sleep(1_500);
    await world.stop();
    await stopTracing();
  });
  afterAll(() => collector.stop());

  /** Follows the session over a WebSocket, and changes it over the same one. */
  async function followAndChange(authorization: string, sessionId: string): Promise<void> {
    const client = createClient({
      url: world.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization, traceparent: `00-${streamTraceId}-c7ad6b7169203332-01` },
    });
    const variables = { id: sessionId };
    const events = client.iterate({
      query: 'subscription ($id: ID!) { sessionUpdated(sessionId: $id) { items { issue { summary } } } }',
      variables,
    });
    await events.next();
    const changed = client.iterate({
      query: 'mutation ($id: ID!) { addIssues(sessionId: $id, keys: ["SHOP-2"]) { added { id } } }',
      variables,
    });
    await changed.next();
    await events.next();
    await events.return?.();
    await client.dispose();
  }

  /** The names from a span up to the first of its trace. */
  const pathOf = (span: Span): string[] => {
    const parent = collector.spans.find(({ spanId }) => spanId === span.parentSpanId);
    return [span.name, ...(parent === undefined ? [] : pathOf(parent))];
  };
  const ofTrace = (id = traceId) => collector.spans.filter((span) => span.traceId === id);
  const readValue = (span: Span, key: string) => span.attributes.find((attribute) => attribute.key === key)?.value;

  it('goes on with the trace that the caller began', () => {
    const first = ofTrace().find(({ parentSpanId }) => parentSpanId === 'b7ad6b7169203331');
    expect(first?.name).toBe('POST /graphql');
  });

  it('is one trace from the router through both subgraphs to the store', () => {
    const commit = ofTrace().find(({ name }) => name === 'store commit');
    const path = commit === undefined ? [] : pathOf(commit);
    // The gateway's own spans of plan nodes are between the two.
    expect([path[0], path[1], path[2], path.at(-1)]).toEqual(['store commit', 'POST /graphql', 'POST', 'POST /graphql']);
  });

  it.skipIf(inject('TEST_DATABASE_URL') === undefined)('goes down to each statement in SQL, with placeholders for its values', () => {
    const statements = ofTrace().filter(({ name }) => name.startsWith('SQL '));
    expect(statements.map((span) => pathOf(span)[1])).toContain('store commit');
    const texts = statements.map((span) => readValue(span, 'db.query.text')?.stringValue ?? '');
    expect(texts.some((text) => /INSERT INTO .*\$1/s.test(text))).toBe(true);
    expect(texts.join()).not.toContain('SHOP-1');
  });

  it.skipIf(redisUrl === undefined)('goes to the issues and the limits in Redis', () => {
    const names = ofTrace().filter((span) => readValue(span, 'db.system.name')?.stringValue === 'redis');
    expect([...new Set(names.map(({ name }) => name))].sort()).toEqual(['cache getMany', 'cache setMany', 'rate limits']);
  });

  it('has a span for each operation of a WebSocket, in the trace that its parameters name', () => {
    const servers = ofTrace(streamTraceId).filter(({ parentSpanId }) => parentSpanId === 'c7ad6b7169203332');
    expect(servers.map((span) => [span.name, readValue(span, 'graphql.operation.type')?.stringValue])).toEqual(
      expect.arrayContaining([
        ['WebSocket /graphql', 'subscription'],
        ['WebSocket /graphql', 'mutation'],
      ]),
    );
  });

  it('has a span for each event of a subscription: from the router to the subgraph that it came from, and to Jira', () => {
    const spans = ofTrace(streamTraceId);
    const events = spans.filter(({ name }) => name === 'subscription event');
    expect(events.length).toBeGreaterThan(1);
    expect(events.map(pathOf)).toEqual(events.map(() => ['subscription event', 'WebSocket /graphql']));
    const upstream = spans.find((span) => span.name === 'WebSocket /graphql' && pathOf(span).length === 2);
    expect(upstream?.kind).toBe(serverKind);
    const reads = spans.filter((span) => span.parentSpanId === upstream?.spanId);
    expect(reads.some(({ name }) => name.startsWith('store '))).toBe(true);
    const toJira = spans.filter((span) => span.kind === clientKind && readValue(span, 'url.path')?.stringValue?.startsWith('/rest/'));
    expect(toJira.length).toBeGreaterThan(0);
  });

  it('is one trace from the router through both subgraphs to Jira', () => {
    const toJira = ofTrace().filter((span) => span.kind === clientKind && readValue(span, 'url.path')?.stringValue?.startsWith('/rest/'));
    const longest = toJira.map(pathOf).sort((one, other) => other.length - one.length)[0] ?? [];
    expect(longest.filter((name) => name === 'POST /graphql')).toHaveLength(3);
  });

  it('is one of its own for each write-back, from voting through the jira subgraph to Jira', () => {
    const [writeBack] = collector.spans.filter(({ name }) => name === 'write-back');
    const spans = collector.spans.filter((span) => span.traceId === writeBack?.traceId);
    const put = spans.find((span) => span.kind === clientKind && readValue(span, 'http.request.method')?.stringValue === 'PUT');
    const path = put === undefined ? [] : pathOf(put);
    expect([path[1], path.at(-1)]).toEqual(['POST /graphql', 'write-back']);
  });

  it('is begun by nothing but requests and write-backs', () => {
    const first = collector.spans.filter(({ parentSpanId }) => parentSpanId === undefined || parentSpanId === '');
    expect([...new Set(first.map(({ name }) => name))].sort()).toEqual(['POST /graphql', 'WebSocket /graphql', 'write-back']);
  });

  it('has no token and no card in it', () => {
    expect(JSON.stringify(collector.spans)).not.toMatch(/Bearer|eyJ/);
  });
});
