import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { listen, pathOf, readBody, type Stop, sendJson } from '../../../kit/process/http.ts';
import { answerAgile } from './agile.ts';
import { type Answer, type Call, jiraError, notFound, type Write } from './answer.ts';
import { answerMedia, answerSecure } from './attachments.ts';
import { answerBrowse } from './browse.ts';
import { answerControl } from './control.ts';
import { createFaults, type Fault, type Faults } from './faults.ts';
import { answerPlatform } from './platform.ts';
import type { Api } from './render.ts';
import { createWorld } from './seed.ts';
import { createStateFile } from './state-file.ts';
import { createWebhookSender, type Webhook } from './webhooks.ts';
import type { World } from './world.ts';

export interface SimulatorOptions {
  /** 127.0.0.1 unless given. */
  readonly host?: string;
  /** A free one (0) unless given. */
  readonly port?: number;
  /** 42 unless given. */
  readonly seed?: number;
  /** 330 unless given. */
  readonly issueCount?: number;
  /** Cloud unless given. */
  readonly flavor?: 'cloud' | 'data-center';
  /** The only accepted `Authorization` header; any is accepted unless given, but there must be one. */
  readonly authorization?: string;
  /** Keeps written numbers over restarts. */
  readonly stateFile?: string;
  /** Milliseconds; the machine's clock unless given. */
  readonly now?: () => number;
  /** Told of every change of an issue, signed. More can be registered under `/__simulator/webhooks`. */
  readonly webhook?: Webhook;
  /** Told of each request that was answered as a Jira would: for checks against the specification. */
  readonly observe?: (exchange: Exchange) => void;
}

export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseBody: unknown;
}

export interface Simulator {
  readonly url: string;
  readonly stop: Stop;
  readonly world: World;
  readonly faults: Faults;
  /** Counts of answered and broken requests by endpoint, e.g. `POST /rest/api/3/issue/bulkfetch`, since the start or the last reset. */
  readonly requests: {
    readonly counts: () => Readonly<Record<string, number>>;
    readonly total: (endpoint?: string) => number;
    readonly reset: () => void;
  };
  /** The most requests that were under way at the same time. */
  readonly mostAtOnce: () => number;
  /** Every applied change of a number field, in order. */
  readonly writes: () => readonly Write[];
}

/** A stateful Jira over HTTP. Throws when the port is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const now = options.now ?? Date.now;
  const world = createWorld({ seed: options.seed ?? 42, now: now(), issueCount: options.issueCount ?? 330 });
  const stateFile = createStateFile(options.stateFile, world);
  const faults = createFaults(Math.random);
  const counts = new Map<string, number>();
  const writes: Write[] = [];
  const webhooks = createWebhookSender();
  if (options.webhook !== undefined) webhooks.register(options.webhook);
  let baseUrl = '';

  const toCall = ({ request, path, text }: Received, api: Api): Call => {
    return {
      world,
      baseUrl,
      api,
      isDataCenter: options.flavor === 'data-center',
      method: request.method ?? 'GET',
      path,
      query: new URL(request.url ?? '/', 'http://localhost').searchParams,
      body: text === '' ? undefined : JSON.parse(text),
      now: now(),
      changed: (write) => {
        writes.push(write);
        stateFile.save(write.key, write.fieldId, write.value);
      },
      notify: (event, issue, items) =>
        webhooks.send({
          timestamp: now(),
          webhookEvent: `jira:${event}`,
          user: { accountId: world.me.accountId, displayName: world.me.displayName },
          issue: { id: issue.id, key: issue.key, self: `${baseUrl}/rest/api/2/issue/${issue.id}`, fields: { summary: issue.summary } },
          ...(event === 'issue_updated' ? { issue_event_type_name: 'issue_updated', changelog: { id: String(now()), items } } : {}),
        }),
    };
  };

  let underWay = 0;
  let mostAtOnce = 0;

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathOf(request);
    mostAtOnce = Math.max(mostAtOnce, ++underWay);
    response.once('close', () => {
      underWay--;
    });
    const received = { request, path, text: await readBody(request, 1024 * 1024) };
    if (path.startsWith('/__simulator')) {
      const call = toCall(received, 'v3');
      return send(response, answerControl(call, { faults, counts, writes: () => writes, registerWebhook: webhooks.register }));
    }
    const media = answerMedia(world, path, request.headers.authorization !== undefined);
    if (media !== undefined) return send(response, media);
    const page = answerBrowse(world, request.method ?? 'GET', path);
    if (page !== undefined) return send(response, page);
    const endpoint = `${request.method} ${endpointOf(path)}`;
    counts.set(endpoint, (counts.get(endpoint) ?? 0) + 1);
    const fault = faults.take(request.method ?? 'GET', path);
    if (fault?.kind === 'slow') await wait(fault.delayMs ?? 1_000);
    if (fault?.kind === 'cut') return void response.destroy();
    if (fault?.kind === 'status') return send(response, failWith(fault));
    if (fault?.kind === 'login') return send(response, refuseLogin(endpoint));
    if (fault?.kind === 'apply-late') {
      response.destroy();
      await wait(fault.delayMs ?? 1_000);
    }
    let call: Call | undefined;
    const remember = (...of: Parameters<typeof toCall>) => {
      call = toCall(...of);
      return call;
    };
    const answer = answerJira(received, remember, { world, authorization: options.authorization });
    if (call !== undefined) options.observe?.({ ...call, requestBody: call.body, status: answer.status, responseBody: answer.body });
    if (fault?.kind === 'cut-after-applying') return void response.destroy();
    if (fault?.kind === 'hang-after-applying' || fault?.kind === 'apply-late') return;
    send(response, answer);
  };
  const listening = await listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0, portVariable: 'SIMULATOR_PORT', handle });
  baseUrl = listening.url;
  const sum = (endpoint?: string) =>
    [...counts].filter(([name]) => endpoint === undefined || name.includes(endpoint)).reduce((total, [, count]) => total + count, 0);
  return {
    url: listening.url,
    stop: async () => {
      // Requests that hang on purpose would hold up the stop.
      listening.server.closeAllConnections();
      await listening.stop();
    },
    world,
    faults,
    requests: { counts: () => Object.fromEntries(counts), total: sum, reset: () => counts.clear() },
    mostAtOnce: () => mostAtOnce,
    writes: () => [...writes],
  };
}

interface Received {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly text: string;
}

function answerJira(
  received: Received,
  toCall: (received: Received, api: Api) => Call,
  { world, authorization }: { readonly world: World; readonly authorization: string | undefined },
): Answer {
  const { request, path } = received;
  const given = request.headers.authorization;
  if (given === undefined || (authorization !== undefined && given !== authorization))
    return jiraError(401, 'Client must be authenticated to access this resource.');
  const file = answerSecure(world, path);
  if (file !== undefined) return file;
  const [, api, rest] = /^\/rest\/(api\/2|api\/3|api\/latest|agile\/1\.0)(\/.*)$/.exec(path) ?? [];
  const version: Api = api === 'api/3' ? 'v3' : api === 'agile/1.0' ? 'agile' : 'v2';
  let call: Call;
  try {
    call = toCall(received, version);
  } catch {
    return jiraError(400, 'Invalid request payload. Refer to the REST API documentation and try again.');
  }
  const missing: Answer = { status: 404, body: { message: `null for uri: ${path}`, 'status-code': 404 } };
  if (rest === undefined || (version === 'v3' && call.isDataCenter)) return missing;
  return (version === 'agile' ? answerAgile(call, rest) : answerPlatform(call, rest)) ?? missing;
}

/** The path with ids and keys replaced, so that requests can be counted by endpoint. */
function endpointOf(path: string): string {
  return path
    .replace(/\/issue\/(?!bulkfetch$)[^/]+/, '/issue/{key}')
    .replace(/\/(board|sprint|filter|comment|attachment|content|thumbnail)\/\d+/, '/$1/{id}');
}

function failWith(fault: Fault): Answer {
  const status = fault.status ?? 503;
  // What the gateway for scoped tokens says is not in Jira's form.
  if (status === 401 && fault.reason !== undefined) return { status, body: { code: status, message: fault.reason } };
  const retryAfter = fault.retryAfterSeconds;
  const headers = {
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    ...(status === 429
      ? { 'ratelimit-reason': fault.reason ?? 'jira-burst-based', 'x-ratelimit-limit': '350', 'x-ratelimit-remaining': '0' }
      : {}),
  };
  return { ...jiraError(status, status === 429 ? 'Rate limit exceeded.' : 'The server is having a bad day.'), headers };
}

/** Jira goes on as if nobody had signed in, and says so in a header alone. */
function refuseLogin(endpoint: string): Answer {
  const headers = { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' };
  const isAboutOne = endpoint.includes('{');
  return isAboutOne ? { ...notFound(), headers } : { status: 200, body: { issues: [], values: [], isLast: true }, headers };
}

function send(response: ServerResponse, { status, body, bytes, headers }: Answer): void {
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  if (bytes !== undefined) response.writeHead(status).end(bytes);
  else if (body === undefined) response.writeHead(status).end();
  else sendJson(response, status, body);
}
