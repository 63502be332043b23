import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { pathOf, sendJson } from '../../../kit/process/http.ts';
import { hostOf } from './sandbox.ts';
import { createStaticFiles, sendStaticFile } from './static-files.ts';

const built = fileURLToPath(new URL('../../../explorer/dist', import.meta.url));

/** GraphiQL in the router's own files, for machines without internet. */
export interface Explorer {
  /** Whether its files are here. */
  readonly isBuilt: () => Promise<boolean>;
  /** Answers `/graphiql` and what is below it. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Whether a path is the explorer's. */
export function isOfExplorer(path: string): boolean {
  return /^\/graphiql(\/|$)/.test(path);
}

export function createExplorer(directory: string = built): Explorer {
  const files = createStaticFiles(directory);
  return {
    isBuilt: async () => (await files.find('/index.html', {})) !== undefined,
    answer: async (request, response) => {
      if (request.method !== 'GET' && request.method !== 'HEAD') return sendJson(response, 405, { status: 'method not allowed' });
      const path = pathOf(request).replace(/^\/graphiql\/*/, '/');
      const file = await files.find(path === '/' ? '/index.html' : path, request.headers);
      if (file !== undefined)
        return sendStaticFile(request, response, {
          file,
          policy: policyOf(request),
          isHashed: path.startsWith('/assets/'),
          status: 200,
        });
      const status = path === '/' ? 'GraphiQL is not built here: `npm run build` builds it' : 'not found';
      sendJson(response, 404, { status });
    },
  };
}

/** Nothing from elsewhere. GraphiQL's menus write style elements, and its stylesheet brings its fonts and icons as data. */
function policyOf(request: IncomingMessage): string {
  const host = hostOf(request);
  return [
    "default-src 'self'",
    `connect-src 'self' ws://${host} wss://${host}`,
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
