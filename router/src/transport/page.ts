import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { pathOf, sendJson } from '../../../kit/http.ts';
import type { SignIn } from '../config.ts';
import { hostOf } from './sandbox.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};

/** Serves the built page: hashed assets for ever, `index.html` for every path that is not a file; and `/config.json`, what the page must know. */
export function createPageHandler(directory: string, signIn?: SignIn) {
  const origins = signIn === undefined ? [] : [new URL(signIn.issuer).origin];
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return sendJson(response, 405, { status: 'method not allowed' });
    const path = pathOf(request);
    if (path === '/config.json') return sendJson(response, 200, { signIn: signIn ?? null });
    const file = await findFile(directory, path);
    if (file !== undefined) return sendFile(request, response, { file, origins, isHashed: path.startsWith('/assets/') });
    if (extname(path) !== '') return sendJson(response, 404, { status: 'not found' });
    const index = await findFile(directory, '/index.html');
    if (index !== undefined) return sendFile(request, response, { file: index, origins, isHashed: false });
    if (path !== '/') return sendJson(response, 404, { status: 'not found' });
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'" })
      .end(placeholder);
  };
}

async function findFile(directory: string, path: string): Promise<string | undefined> {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  const file = normalize(join(directory, decoded));
  if (!file.startsWith(normalize(directory) + sep) || decoded.includes('\0')) return undefined;
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() === true ? file : undefined;
}

interface Sent {
  readonly file: string;
  readonly isHashed: boolean;
  /** Where else the page may ask: the identity provider. */
  readonly origins: readonly string[];
}

function sendFile(request: IncomingMessage, response: ServerResponse, { file, isHashed, origins }: Sent): void {
  const host = hostOf(request);
  response.writeHead(200, {
    'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
    'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy': [
      "default-src 'self'",
      // Older Firefox and Safari do not take 'self' for WebSockets.
      ['connect-src', "'self'", `ws://${host}`, `wss://${host}`, ...origins].join(' '),
      "img-src 'self' data:",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

const placeholder = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Tally</title></head>
<body>
<h1>Tally</h1>
<p>The router is running; the web page has not been built here.</p>
<ul>
<li><a href="/graphql">Apollo Sandbox</a>: the graph, to explore and to try</li>
<li><a href="/health">Health</a>: what is up and what is not</li>
<li>README.md, beside the code: a tour of five minutes with queries to paste</li>
</ul>
</body>
</html>
`;
