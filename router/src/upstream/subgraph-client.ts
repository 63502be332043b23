import type { GraphQLDataSource } from '@apollo/gateway';
import type { buildConnector } from 'undici';
import { createBreaker } from '../../../kit/process/breaker.ts';
import { serviceSecretHeader } from '../../../kit/process/callers.ts';
import { toMessage } from '../../../kit/process/errors.ts';
import { currentTrace, toTraceHeaders, traced } from '../../../kit/process/tracing.ts';
import type { RouterContext } from '../context.ts';
import type { RouterErrorCode } from '../errors.ts';
import { showBreaker, subgraphHedges, subgraphRequests, subgraphSeconds } from '../metrics.ts';
import { createConnections } from './connections.ts';
import { createExchanges, createWheel, DeadlinePassed, toHeaderLines } from './exchange.ts';
import { createHangWatch } from './hang-watch.ts';
import { AnswerTooLarge, type HttpAnswer } from './http-reader.ts';
import { isRepeatable } from './repeatable.ts';
import { expandEntities, findUnique } from './representations.ts';
import { parseSubgraphResponse, type SubgraphResponse, toUnusable, trusted, UnusableAnswer, withEntities } from './response.ts';
import { createRetryBudget } from './retry-budget.ts';
import type { SubgraphAddress } from './subgraph-address.ts';
import { toTrouble } from './trouble.ts';

export interface SubgraphClient extends SubgraphAddress {
  /** Never throws: what goes wrong comes back as SUBGRAPH_UNAVAILABLE, SUBGRAPH_TIMEOUT or SUBGRAPH_INVALID_RESPONSE in `errors`. */
  readonly dataSource: GraphQLDataSource;
  readonly request: (body: string, context: RouterContext, isQuery: boolean) => Promise<SubgraphResponse>;
  /** The same, not parsed yet. */
  readonly fetch: (body: string, context: RouterContext, isQuery: boolean) => Promise<SubgraphAnswer>;
  /**
   * Where it does not answer, and why when that is known; undefined when something serves it: its `/health/live`, or else its GraphQL endpoint, answers
   * within a second.
   */
  readonly findTrouble: () => Promise<string | undefined>;
  /** Whether requests are refused at once because the last ones failed. */
  readonly isBreakerOpen: () => boolean;
  /** Ends once the requests under way are answered. */
  readonly retire: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface SubgraphAnswer {
  /** As it came, when it came with a status of success. */
  readonly text: string | undefined;
  /** Parses it anew each time, for those who change what they got. */
  readonly read: () => SubgraphResponse;
}

export interface SubgraphClientOptions {
  readonly address: SubgraphAddress;
  /** Open connections at most; further requests queue. */
  readonly connections?: number;
  /** Makes the connections, with TLS; undici's own unless given. */
  readonly connect?: buildConnector.connector | undefined;
}

type Outcome =
  | { readonly kind: 'answered'; readonly text: string; readonly status: number }
  /** Reached, and nothing can be made of what it said: neither worth a repetition nor a sign that the subgraph is down. */
  | { readonly kind: 'unusable' }
  /** Whoever asked has left. */
  | { readonly kind: 'abandoned' }
  | { readonly kind: 'failed'; readonly code: RouterErrorCode; readonly mayRetry: boolean };

/** Below what a health check waits for its parts. */
const livenessTimeoutMs = 1_000;
/** A request under way, for whoever may give it up. */
interface Held {
  abort?: (reason: Error) => void;
}

const maxResponseBytes = 16 * 1024 * 1024;
/** By then an ordinary operation has long been answered. */
const hedgeAfterMs = 1_000;
const fewHedges = 8;
/** A query that is under way, and for whom. */
interface Shared {
  readonly outcome: Promise<Outcome>;
  readonly askers: RouterContext[];
}

const always = () => true;
const abandoned = new Error('everybody who asked has left');
const overtaken = new Error('the other copy was answered first');
const hung = new Error('nothing of the subgraph lives');
const unusable = 'subgraph was reached, but its answer is unusable';
const overloadedStatuses = new Set([502, 503, 504]);

/**
 * Speaks GraphQL over HTTP with one subgraph, on kept connections. Queries are repeated once when the connection fails, within a budget;
 * identical queries of the same asker that are under way at once are sent once.
 * Queries, and mutations with an idempotency key, that are not answered within a second are sent once more. When nothing of the subgraph answers two looks
 * at its health meanwhile, whatever is under way for longer than that second is given up: SUBGRAPH_TIMEOUT after three seconds, whatever `timeoutMs` is. A query is given up within a second or so
 * after the last who asked has left; a mutation never is.
 */
export function createSubgraphClient({ address, connections = 64, connect }: SubgraphClientOptions): SubgraphClient {
  const { name, timeoutMs } = address;
  const url = new URL(address.url);
  const path = `${url.pathname}${url.search}`;
  const pool = createConnections({
    origin: url,
    most: connections,
    maxBodyBytes: maxResponseBytes,
    connect,
    connectTimeoutMs: Math.min(timeoutMs, 5_000),
  });
  const breaker = createBreaker({ now: Date.now, firstPauseMs: 500, longestPauseMs: 5_000 });
  showBreaker(name, breaker.isOpen);
  const budget = createRetryBudget();
  const underWay = new Map<string, Shared>();
  const seconds = subgraphSeconds.labels(name);
  const outcomes = {
    answered: subgraphRequests.labels(name, 'answered'),
    failed: subgraphRequests.labels(name, 'failed'),
    unusable: subgraphRequests.labels(name, 'unusable'),
    abandoned: subgraphRequests.labels(name, 'abandoned'),
  };
  const host = `host: ${url.host}\r\n${toHeaderLines(address.headers)}`;
  const ownHeaders = toHeaderLines({
    'content-type': 'application/json',
    accept: 'application/json',
    ...(address.secret === undefined ? {} : { [serviceSecretHeader]: address.secret }),
  });
  const spanAttributes = {
    'http.request.method': 'POST',
    'server.address': url.hostname,
    'server.port': Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
    'url.path': url.pathname,
  };
  const post = `POST ${path} HTTP/1.1\r\n${host}${ownHeaders}`;
  const exchange = createExchanges(pool, post, timeoutMs);
  // Of their own: those of requests may all be taken by what hangs.
  const probes = createConnections({ origin: url, most: 2, maxBodyBytes: maxResponseBytes, connect, connectTimeoutMs: livenessTimeoutMs });
  const probeHealth = createExchanges(probes, `GET /health/live HTTP/1.1\r\n${host}`, livenessTimeoutMs);
  const probe = createExchanges(probes, post, livenessTimeoutMs);
  const findTrouble = async (): Promise<string | undefined> => {
    try {
      const health = await probeHealth({}, '').answer;
      if (health.statusCode === 200) return undefined;
      if (overloadedStatuses.has(health.statusCode)) return address.url;
      // Not every subgraph has our `/health/live`; any answer of its endpoint but a gateway's error shows that it is there.
      const { statusCode } = await probe({}, '{"query":"{ __typename }"}').answer;
      return overloadedStatuses.has(statusCode) ? address.url : undefined;
    } catch (error) {
      return toTrouble(address, error);
    }
  };
  let answered = 0;
  const isHung = createHangWatch({ isAlive: async () => (await findTrouble()) === undefined, answered: () => answered });

  const send = async (body: string, context: RouterContext, held: Held = {}): Promise<Outcome> => {
    const started = performance.now();
    try {
      const ask = (headers: Readonly<Record<string, string>>): Promise<HttpAnswer> => {
        const { answer, abort } = exchange(headers, body);
        held.abort = abort;
        return answer;
      };
      const { statusCode, text } = await (currentTrace() === undefined
        ? ask(context.forwarded)
        : traced('POST', spanAttributes, () => ask({ ...context.forwarded, ...toTraceHeaders(currentTrace()) })));
      if (overloadedStatuses.has(statusCode)) {
        context.log.warn({ subgraph: name, status: statusCode }, 'subgraph request failed');
        return { kind: 'failed', code: 'SUBGRAPH_UNAVAILABLE', mayRetry: true };
      }
      if (statusCode >= 500 && !text.trimStart().startsWith('{')) {
        context.log.warn({ subgraph: name, status: statusCode, reason: 'the answer is not JSON' }, unusable);
        return { kind: 'failed', code: 'SUBGRAPH_INVALID_RESPONSE', mayRetry: true };
      }
      answered += 1;
      return { kind: 'answered', text, status: statusCode };
    } catch (error) {
      if (error instanceof AnswerTooLarge) {
        context.log.error({ subgraph: name, reason: `the answer is larger than ${maxResponseBytes} bytes` }, unusable);
        return { kind: 'unusable' };
      }
      if (error === abandoned) return { kind: 'abandoned' };
      // The other of two was faster: nothing is wrong.
      if (error === overtaken) return { kind: 'failed', code: 'SUBGRAPH_TIMEOUT', mayRetry: false };
      context.log.warn({ subgraph: name, reason: toMessage(error) }, 'subgraph request failed');
      return error instanceof DeadlinePassed || error === hung
        ? { kind: 'failed', code: 'SUBGRAPH_TIMEOUT', mayRetry: false }
        : { kind: 'failed', code: 'SUBGRAPH_UNAVAILABLE', mayRetry: true };
    } finally {
      seconds.observe((performance.now() - started) / 1_000);
    }
  };
  let requestsUnderWay = 0;
  const hedges = createWheel(hedgeAfterMs);
  let hedgesUnderWay = 0;
  /** Sends a second copy when there is no answer after a while, on another connection: that may lead to a replica that does not hang. */
  const sendHedged = async (body: string, context: RouterContext, isWanted: () => boolean): Promise<Outcome> => {
    const [firstHeld, secondHeld]: [Held, Held] = [{}, {}];
    const first = send(body, context, firstHeld);
    // Undefined when there was no answer for a while.
    const { promise, resolve } = Promise.withResolvers<Outcome | undefined>();
    void first.then(resolve);
    let callOff = (): void => {};
    /** What is slow may be answered yet; what hangs is not waited for. */
    const endIfHung = async (): Promise<void> => {
      if (!(await isHung())) return;
      firstHeld.abort?.(hung);
      secondHeld.abort?.(hung);
    };
    /** Once a second, so that an ordinary request needs neither signal nor listener. */
    const look = (): void => {
      callOff = hedges.add(() => {
        if (isWanted()) {
          resolve(undefined);
          look();
          void endIfHung();
        } else {
          firstHeld.abort?.(abandoned);
          secondHeld.abort?.(abandoned);
        }
      });
    };
    look();
    requestsUnderWay += 1;
    try {
      const early = await promise;
      // Of a subgraph that is slow with everything only a half is asked twice.
      const mayHedge = hedgesUnderWay < Math.max(fewHedges, requestsUnderWay / 2);
      if (early !== undefined || !mayHedge || !isRepeatable(body)) return early ?? (await first);
      hedgesUnderWay += 1;
      subgraphHedges.inc({ subgraph: name });
      const second = send(body, context, secondHeld).finally(() => {
        hedgesUnderWay -= 1;
      });
      return await firstAnswer(first, second);
    } finally {
      callOff();
      requestsUnderWay -= 1;
      // Closes the connection that hangs; of one that has answered it changes nothing.
      firstHeld.abort?.(overtaken);
      secondHeld.abort?.(overtaken);
    }
  };
  const sendWithCare = async (body: string, context: RouterContext, isQuery: boolean, isWanted = always): Promise<Outcome> => {
    if (!breaker.allows()) {
      subgraphRequests.inc({ subgraph: name, outcome: 'refused' });
      return { kind: 'failed', code: 'SUBGRAPH_UNAVAILABLE', mayRetry: false };
    }
    budget.earn();
    let outcome = await sendHedged(body, context, isWanted);
    if (isQuery && outcome.kind === 'failed' && outcome.mayRetry && budget.spend()) outcome = await send(body, context);
    if (outcome.kind === 'failed') breaker.failed();
    // What was given up says nothing of the subgraph.
    else if (outcome.kind !== 'abandoned') breaker.succeeded();
    outcomes[outcome.kind].inc();
    return outcome;
  };
  const share = (body: string, context: RouterContext): Promise<Outcome> => {
    const key = `${toSharingKey(context.forwarded)}\n${body}`;
    const known = underWay.get(key);
    if (known !== undefined) {
      known.askers.push(context);
      return known.outcome;
    }
    if (context.isGone()) return Promise.resolve({ kind: 'abandoned' });
    const askers = [context];
    const isWanted = () => askers.some(({ isGone }) => !isGone());
    const outcome = sendWithCare(body, context, true, isWanted).finally(() => {
      if (underWay.get(key) === sent) underWay.delete(key);
    });
    const sent: Shared = { outcome, askers };
    underWay.set(key, sent);
    return outcome;
  };
  const change = async (body: string, context: RouterContext): Promise<Outcome> => {
    // Whoever asked has left, and believes that it did not happen.
    if (context.isGone()) return { kind: 'failed', code: 'SUBGRAPH_UNAVAILABLE', mayRetry: false };
    const outcome = await sendWithCare(body, context, false);
    // Queries that are under way may have been answered before the change: who asks after it asks anew.
    underWay.clear();
    return outcome;
  };
  const fetch: SubgraphClient['fetch'] = async (body, context, isQuery) => {
    const outcome = await (isQuery ? share(body, context) : change(body, context));
    if (outcome.kind === 'failed') return notAnswered(() => toFailure(outcome.code, name));
    if (outcome.kind === 'abandoned') return notAnswered(() => toFailure('SUBGRAPH_UNAVAILABLE', name));
    if (outcome.kind === 'unusable') return notAnswered(() => toUnusable(name));
    let isTold = false;
    const read = (): SubgraphResponse => {
      try {
        return trusted(parseSubgraphResponse(outcome.text), outcome.status);
      } catch (error) {
        if (!(error instanceof UnusableAnswer)) throw error;
        if (!isTold) context.log.error({ subgraph: name, status: outcome.status, reason: error.message }, unusable);
        isTold = true;
        return toUnusable(name);
      }
    };
    return { text: outcome.status >= 200 && outcome.status < 300 ? outcome.text : undefined, read };
  };
  // Parsed for each asker: the gateway merges later answers into the object.
  const request: SubgraphClient['request'] = async (body, context, isQuery) => (await fetch(body, context, isQuery)).read();

  return {
    ...address,
    request,
    fetch,
    isBreakerOpen: breaker.isOpen,
    dataSource: {
      process: async ({ request: { query = '', variables = {}, operationName }, context }) => {
        const { representations } = variables as { readonly representations?: readonly unknown[] };
        const { unique, sentAt } = findUnique(representations ?? []);
        const sent = representations === undefined ? variables : { ...variables, representations: unique };
        const body = JSON.stringify({ query, variables: sent, operationName });
        const given = await request(body, context as RouterContext, !query.startsWith('mutation'));
        const response = representations === undefined ? given : withEntities(given, unique.length, name);
        const answer = unique.length === sentAt.length ? response : expandEntities(response, sentAt);
        // The gateway's own type for a response has mutable parts that it never changes.
        return answer as Awaited<ReturnType<GraphQLDataSource['process']>>;
      },
    },
    findTrouble,
    retire: async () => {
      await pool.retire();
      probes.close();
    },
    close: async () => {
      pool.close();
      probes.close();
    },
  };
}

/** Headers that change nothing in the answer. */
const tracingHeaders = new Set(['x-request-id', 'traceparent', 'tracestate']);

/** Whatever is forwarded and may change the answer: askers who differ in it share no request. */
export function toSharingKey(forwarded: RouterContext['forwarded']): string {
  let key = '';
  for (const name in forwarded) if (!tracingHeaders.has(name)) key += `${name}:${forwarded[name]}\n`;
  return key;
}

const notAnswered = (read: () => SubgraphResponse): SubgraphAnswer => ({ text: undefined, read });

function toFailure(code: RouterErrorCode, name: string): SubgraphResponse {
  if (code === 'SUBGRAPH_INVALID_RESPONSE') return toUnusable(name);
  const message = code === 'SUBGRAPH_TIMEOUT' ? `The ${name} service did not answer in time.` : `The ${name} service cannot be reached.`;
  return { errors: [{ message, extensions: { code } }] };
}

/** What is answered first; a failure only when both fail. */
async function firstAnswer(first: Promise<Outcome>, second: Promise<Outcome>): Promise<Outcome> {
  const [early, late] = await Promise.race([
    first.then((outcome) => [outcome, second] as const),
    second.then((outcome) => [outcome, first] as const),
  ]);
  return early.kind === 'failed' ? late : early;
}
