import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createHostCheck } from './hosts.ts';
import type { Tls } from './tls.ts';
import { tracedRequest } from './tracing.ts';

/** Whoever offers HTTP/2 by an upgrade, as Java's HttpClient does with its first request, is answered by HTTP/1.1 (RFC 9110, section 7.8). */
const isWebSocket = ({ headers }: IncomingMessage): boolean => headers.upgrade?.toLowerCase() === 'websocket';

/**
 * Headers and bodies have 15 s; the server looks each second. An idle connection stays for longer than a balancer keeps one (60 s: nginx'
 * `keepalive_timeout` of an upstream, AWS' application load balancer): with Node's 5 s a request would meet a connection that was just closed, a 502.
 */
const manners = {
  headersTimeout: 15_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 1_000,
  shouldUpgradeCallback: isWebSocket,
} as const;
const lookEveryMs = 2_000;
const stuckLooksAllowed = 5;

/** Stops what was started; resolves when it has ended. Calling it twice is harmless. */
export type Stop = () => Promise<void>;

export interface Listening {
  readonly url: string;
  readonly port: number;
  readonly server: Server;
  readonly stop: Stop;
}

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** The variable that sets the port: the error of a busy port names it. */
  readonly portVariable: string;
  readonly tls?: Tls | undefined;
  /** With TLS: whether clients need a certificate of the same authority; true unless given. */
  readonly isMutual?: boolean;
  /** Names beside those of loopback by which a server on loopback is asked, e.g. by a proxy on the same machine. */
  readonly allowedHosts?: readonly string[];
  /** TCP connections at most; as many as the system has unless given. */
  readonly maxConnections?: number;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

const misdirected =
  'This server listens on loopback and is asked by the name localhost, 127.0.0.1 or [::1]; the router has ALLOWED_HOSTS for others.';

/**
 * Starts an HTTP server.
 *
 * @throws Error naming `portVariable` when the port is taken.
 */
export async function listen(options: ListenOptions): Promise<Listening> {
  const { host, port, portVariable, tls, isMutual = true, handle } = options;
  const isAskedByName = tls === undefined ? createHostCheck(host, options.allowedHosts) : () => true;
  const answer: RequestListener = (request, response) => {
    // Nothing of ours is what a browser might guess: it is what its content type says.
    response.setHeader('x-content-type-options', 'nosniff');
    if (!isAskedByName(request)) return sendJson(response, 400, errorBody('HOST_NOT_ALLOWED', misdirected));
    tracedRequest(request, response, () => handle(request, response)).catch(() => {
      if (!response.headersSent) sendJson(response, 500, errorBody('INTERNAL_SERVER_ERROR', 'Something went wrong.'));
      else response.destroy();
    });
  };
  const server = tls === undefined ? createServer(manners, answer) : createSecureServer(tls, isMutual, answer);
  if (options.maxConnections !== undefined) server.maxConnections = options.maxConnections;
  cutOffWhoDoesNotRead(server, tls === undefined ? 'connection' : 'secureConnection');
  // Before whoever serves WebSockets: a closed socket is none to upgrade.
  server.on('upgrade', (request, socket) => {
    if (!isAskedByName(request)) socket.end(toBareAnswer('400 Bad Request')).destroy();
    // Whoever serves WebSockets has stopped: nobody would ever answer, and the server waits for every connection before it closes.
    else if (server.listenerCount('upgrade') === 1) socket.end(toBareAnswer('503 Service Unavailable')).destroy();
  });
  answerWhatIsNoRequest(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} on ${host} is taken: set ${portVariable} to a free one.`) : error);
    });
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  const scheme = tls === undefined ? 'http' : 'https';
  return { url: `${scheme}://${host === '0.0.0.0' ? '127.0.0.1' : host}:${bound}`, port: bound, server, stop: () => stopServer(server) };
}

/** An answer without a body, for who has no request to answer. */
function toBareAnswer(status: string): string {
  return `HTTP/1.1 ${status}\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n`;
}

const bareStatuses: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** What Node.js would answer by itself, with the header that all answers have: https://nodejs.org/api/http.html#event-clienterror */
function answerWhatIsNoRequest(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else socket.end(toBareAnswer(bareStatuses[error.code ?? ''] ?? '400 Bad Request'));
  });
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    sendJson(
      response.setHeader('x-content-type-options', 'nosniff'),
      417,
      errorBody('BAD_REQUEST', 'This server meets no expectations but 100-continue.'),
    );
  });
}

function createSecureServer(tls: Tls, isMutual: boolean, answer: RequestListener): Server {
  // Ours all speak 1.3; who shows no certificate may be older than that.
  const rules = { requestCert: isMutual, rejectUnauthorized: isMutual, minVersion: isMutual ? 'TLSv1.3' : 'TLSv1.2' } as const;
  const server = createTlsServer({ ...manners, ...tls.current(), ...rules }, answer);
  server.once(
    'close',
    tls.onChange((material) => server.setSecureContext({ ...material, ...rules })),
  );
  return server;
}

/** Closes connections whose other end takes nothing of what waits for it for 10 s: whoever asks and does not read has answers pile up here. */
function cutOffWhoDoesNotRead(server: Server, event: 'connection' | 'secureConnection'): void {
  const open = new Map<Socket, { readonly taken: number; readonly stuckLooks: number }>();
  server.on(event, (socket: Socket) => {
    open.set(socket, { taken: 0, stuckLooks: 0 });
    socket.once('close', () => open.delete(socket));
  });
  const look = setInterval(() => {
    for (const [socket, before] of open) {
      const taken = socket.bytesWritten - socket.writableLength;
      const stuckLooks = socket.writableLength > 0 && taken === before.taken ? before.stuckLooks + 1 : 0;
      if (stuckLooks >= stuckLooksAllowed) socket.destroy();
      else open.set(socket, { taken, stuckLooks });
    }
  }, lookEveryMs).unref();
  server.once('close', () => clearInterval(look));
}

/** Lets running requests finish (5 s at most), closes idle connections at once. */
function stopServer(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), 5_000);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** The body was larger than allowed; the rest is not read. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** The client went away before its body was there: nobody is left to be told. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/**
 * The whole body as text.
 *
 * @throws ClientGone; BodyTooLarge past `maxBytes`. The rest is read and thrown away first, up to eight times the limit:
 * a client that is still sending would otherwise see a cut connection in place of the answer.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  return (await readBytes(request, maxBytes)).toString('utf8');
}

/** The whole body as it came; throws as `readBody`. */
export function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let isWhole = false;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else if (size > maxBytes * 8) reject(new BodyTooLarge());
      else chunks.length = 0;
    });
    request.on('end', () => {
      isWhole = true;
      if (size > maxBytes) reject(new BodyTooLarge());
      else resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    });
    // Node tells a body that was cut off as an error, too.
    request.on('error', (error) => reject(request.readableAborted ? new ClientGone('the client went away') : error));
    // Every request ends in this event: an error, with its stack, is made for those only that are cut off.
    request.on('close', () => isWhole || reject(new ClientGone('the client went away')));
  });
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

/** A response body in GraphQL's form for a request that never reached GraphQL. */
export function errorBody(code: string, message: string): unknown {
  return { errors: [{ message, extensions: { code } }] };
}

/** The caller's `x-request-id` when it is a sane one (it ends up in logs), else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
}

/** The path without query or trailing slash. */
export function pathOf(request: IncomingMessage): string {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  let end = path.length;
  // A regular expression for slashes at the end takes quadratic time for slashes in the middle.
  while (end > 1 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}
