import { expect, it } from 'vitest';
import { listen, sendJson } from './http.ts';

it.each([
  ['an answer', async () => undefined],
  ['a failure', () => Promise.reject(new Error('broken'))],
])('%s tells browsers not to guess what it is', async (_what, act) => {
  const server = await listen({
    host: '127.0.0.1',
    port: 0,
    portVariable: 'PORT',
    handle: async (_request, response) => {
      await act();
      sendJson(response, 200, {});
    },
  });
  expect((await fetch(server.url)).headers.get('x-content-type-options')).toBe('nosniff');
  await server.stop();
});
