import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { pathOf, sendJson } from '../../../kit/process/http.ts';
import type { SignIn } from '../config.ts';
import { hostOf } from './sandbox.ts';
import { createStaticFiles, sendStaticFile } from './static-files.ts';

/** The addresses of the page's screens, as web/src/routes.ts reads them. */
const screens = [/^\/+$/, /^\/+(signed-in|device|shared-report)\/*$/, /^\/+join\/+[^/]+\/*$/, /^\/+session\/+[^/]+(\/+report)?\/*$/];

export interface PageOptions {
  readonly signIn: SignIn | undefined;
  /** Origins of pages that may show this one in a frame. */
  readonly frameAncestors: readonly string[];
}

/**
 * Serves the built page: hashed assets for ever, `index.html` for every path that is not a file; and `/config.json`, what the page must know. A path
 * that is no screen gets the page, too, which says so in the reader's language; its status is 404.
 */
export function createPageHandler(directory: string, { signIn, frameAncestors }: PageOptions) {
  const files = createStaticFiles(directory);
  const origins = signIn === undefined ? [] : [new URL(signIn.issuer).origin];
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return sendJson(response, 405, { status: 'method not allowed' });
    const path = pathOf(request);
    if (path === '/config.json') {
      response.setHeader('cache-control', 'no-cache');
      return sendJson(response, 200, { signIn: signIn ?? null });
    }
    const policy = policyOf(request, { origins, frameAncestors });
    const file = await files.find(path, request.headers);
    if (file !== undefined) return sendStaticFile(request, response, { file, policy, isHashed: path.startsWith('/assets/'), status: 200 });
    if (extname(path) !== '') return sendJson(response, 404, { status: 'not found' });
    const index = await files.find('/index.html', request.headers);
    if (index !== undefined)
      return sendStaticFile(request, response, {
        file: index,
        policy,
        isHashed: false,
        status: screens.some((screen) => screen.test(path)) ? 200 : 404,
      });
    if (path !== '/') return sendJson(response, 404, { status: 'not found' });
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'" })
      .end(placeholder);
  };
}

interface Policy {
  /** What the page asks beside the router itself: the identity provider. */
  readonly origins: readonly string[];
  readonly frameAncestors: readonly string[];
}

/** What the page may load and ask, and who may frame it. */
function policyOf(request: IncomingMessage, { origins, frameAncestors }: Policy): string {
  const host = hostOf(request);
  return [
    "default-src 'self'",
    // Older Firefox and Safari do not take 'self' for WebSockets.
    ['connect-src', "'self'", `ws://${host}`, `wss://${host}`, ...origins].join(' '),
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    ['frame-ancestors', ...(frameAncestors.length === 0 ? ["'none'"] : frameAncestors)].join(' '),
  ].join('; ');
}

const placeholder = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Tally</title></head>
<body>
<h1>Tally</h1>
<p>The router is running; the web page has not been built here.</p>
<ul>
<li><a href="/graphql">Apollo Sandbox</a>: the graph, to explore and to try; <a href="/graphiql">GraphiQL</a> needs no internet for it</li>
<li><a href="/health">Health</a>: what is up and what is not</li>
<li>README.md, beside the code: a tour of five minutes with queries to paste</li>
</ul>
</body>
</html>
`;
