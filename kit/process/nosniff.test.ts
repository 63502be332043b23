import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
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

it.each([
  ['no HTTP', 'hello\r\n\r\n', 400],
  ['headers without end', `GET / HTTP/1.1\r\nhost: localhost\r\n${'x: y\r\n'.repeat(20_000)}`, 431],
  ['an expectation that nobody meets', 'GET / HTTP/1.1\r\nhost: localhost\r\nexpect: 200-maybe\r\n\r\n', 417],
  ['a foreign name', 'GET / HTTP/1.1\r\nhost: example.com\r\nconnection: close\r\n\r\n', 400],
  ['a foreign name for a socket', 'GET / HTTP/1.1\r\nhost: example.com\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n', 400],
])('so does the answer to %s', async (_what, sent, status) => {
  const server = await listen({
    host: '127.0.0.1',
    port: 0,
    portVariable: 'PORT',
    handle: async (_, response) => sendJson(response, 200, {}),
  });
  server.server.on('upgrade', () => undefined);
  const answer = await new Promise<string>((resolve, reject) => {
    let text = '';
    const socket = connect(server.port, '127.0.0.1', () => socket.write(sent));
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.includes('\r\n\r\n')) resolve(text);
    });
    socket.on('close', () => resolve(text)).on('error', (error) => (text === '' ? reject(error) : resolve(text)));
  });
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).toMatch(/^x-content-type-options: nosniff\r$/im);
  await server.stop();
});

it('every server of ours is made here', () => {
  const root = join(import.meta.dirname, '../..');
  const product = ['kit', 'router/src', 'subgraphs'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  );
  const sources = product.filter((path) => path.endsWith('.ts') && !/\.test\.ts$|\/test\/|\/testing\/|\/simulator\//.test(path));
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter((path) => /\bcreate(?:Secure|Tls)?Server\(/.test(readFileSync(join(root, path), 'utf8')))).toEqual([
    'kit/process/http.ts',
  ]);
});
