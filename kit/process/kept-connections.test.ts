import { afterEach, expect, it } from 'vitest';
import { type Listening, listen, sendJson } from './http.ts';

let server: Listening | undefined;
afterEach(() => server?.stop());

it('an idle connection is kept for longer than the minute of a balancer, and closed when the server stops', async () => {
  server = await listen({
    host: '127.0.0.1',
    port: 0,
    portVariable: 'PORT',
    handle: async (_request, response) => sendJson(response, 200, {}),
  });
  const response = await fetch(server.url);
  await response.text();
  expect(response.headers.get('keep-alive')).toBe('timeout=75');
  // It would take the test's time otherwise: the connection of `fetch` is idle and open.
  await server.stop();
});
