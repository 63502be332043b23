import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const script = 'https://embeddable-sandbox.cdn.apollographql.com/_latest/embeddable-sandbox.umd.production.min.js';

/** Whether a browser asks for a page, rather than a client for data. */
export function wantsHtml(request: IncomingMessage): boolean {
  const { method, headers, url = '' } = request;
  return method === 'GET' && !url.includes('query=') && !url.includes('extensions=') && (headers.accept ?? '').includes('text/html');
}

/** Serves Apollo Sandbox on this endpoint; without internet the page goes to GraphiQL, or says so and shows the way by curl where that is not built. */
export function sendSandbox(request: IncomingMessage, response: ServerResponse, { hasExplorer }: { readonly hasExplorer: boolean }): void {
  const nonce = randomBytes(16).toString('base64');
  const host = hostOf(request);
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-security-policy': [
      "default-src 'none'",
      `script-src 'nonce-${nonce}' https://embeddable-sandbox.cdn.apollographql.com`,
      "style-src 'unsafe-inline' https://*.apollographql.com",
      'font-src https://*.apollographql.com',
      'img-src data: https://*.apollographql.com',
      `connect-src 'self' ws://${host} wss://${host} https://*.apollographql.com`,
      'frame-src https://sandbox.embed.apollographql.com https://explorer.embed.apollographql.com',
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; '),
  });
  response.end(page({ nonce, host, hasExplorer }));
}

/** The Host header when it is a plain host name; it ends up in headers and pages. */
export function hostOf(request: IncomingMessage): string {
  const host = request.headers.host ?? '';
  return /^[\w.-]+(:\d{1,5})?$|^\[[\da-fA-F:]+\](:\d{1,5})?$/.test(host) ? host : 'localhost';
}

interface PageParts {
  readonly nonce: string;
  readonly host: string;
  readonly hasExplorer: boolean;
}

const page = ({ nonce, host, hasExplorer }: PageParts): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Tally: GraphQL</title>
<style>
  html, body, #sandbox { height: 100%; margin: 0; }
  #sandbox iframe { width: 100%; height: 100%; border: 0; }
  main { max-width: 44rem; margin: 4rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
  pre { background: #f2f2f4; padding: 1rem; overflow-x: auto; }
</style>
</head>
<body>
<div id="sandbox"></div>
<main id="offline" hidden>
  <h1>Apollo Sandbox could not be loaded</h1>
  <p>The router is up, but Apollo's script needs the internet and did not arrive. The graph answers without it:</p>
  <pre>curl -s http://${host}/graphql \\
  -H 'content-type: application/json' \\
  -d '{"query":"{ decks { name cards { label } } }"}'</pre>
  <p><a href="/health/ready">Readiness</a> says which services answer.</p>
</main>
<noscript><main><p>Apollo Sandbox needs JavaScript.</p></main></noscript>
<script nonce="${nonce}">
  const endpoint = location.origin + '/graphql';
  const showOffline = () => {
    if (${hasExplorer}) return location.replace('/graphiql?instead-of=sandbox');
    document.getElementById('sandbox').hidden = true;
    document.getElementById('offline').hidden = false;
  };
  const loader = document.createElement('script');
  const deadline = setTimeout(showOffline, 8000);
  loader.src = '${script}';
  loader.onerror = () => { clearTimeout(deadline); showOffline(); };
  loader.onload = () => {
    clearTimeout(deadline);
    new window.EmbeddedSandbox({
      target: '#sandbox',
      initialEndpoint: endpoint,
      initialSubscriptionEndpoint: endpoint.replace(/^http/, 'ws'),
      initialState: { includeCookies: false },
      runTelemetry: false,
    });
  };
  document.head.append(loader);
</script>
</body>
</html>
`;
