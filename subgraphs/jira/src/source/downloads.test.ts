import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createDownloads } from './downloads.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

async function serve(handle: Handle) {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    handle(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}`, host, seen };
}

async function open(handle: Handle, mediaHosts: readonly string[] = [], timeoutMs = 2_000) {
  const jira = await serve(handle);
  const downloads = createDownloads({ baseUrl: `${jira.url}/jira`, authorization: 'Bearer secret', timeoutMs, mediaHosts, now: Date.now });
  stops.push(downloads.stop);
  return { ...jira, downloads, read: () => downloads.read({ path: '/file', endpoint: '/file' }, 1_000) };
}

const send =
  (status: number, headers: Record<string, string>, text = ''): Handle =>
  (_request, response) => {
    response.writeHead(status, headers).end(text);
  };

describe('a download', () => {
  it('is read below the path of JIRA_URL, with our credentials', async () => {
    const { read, seen } = await open(send(200, { 'content-type': 'image/png' }, 'bytes'));
    expect(Buffer.from(await read()).toString()).toBe('bytes');
    expect(seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([['/jira/file', 'Bearer secret']]);
  });

  it.each([
    ['says that it has 100 MB', send(200, { 'content-length': String(100 * 1024 * 1024) })],
    [
      'never ends',
      (_request: IncomingMessage, response: ServerResponse) => {
        const more = () => response.write('x'.repeat(10_000), () => setImmediate(more));
        more();
      },
    ],
  ])('that %s is given up past its bound: PICTURE_TOO_LARGE', async (_name, handle) => {
    const { read } = await open(handle);
    await expect(read()).rejects.toMatchObject({ code: 'PICTURE_TOO_LARGE' });
  });

  it('that drips for longer than it may is given up: JIRA_UNAVAILABLE', async () => {
    const { read } = await open((_request, response) => void setInterval(() => response.write('x'), 20).unref(), [], 300);
    await expect(read()).rejects.toMatchObject({ code: 'JIRA_UNAVAILABLE' });
  });

  it.each([
    [
      'a login page in its place',
      send(200, { 'content-type': 'text/html' }, '<title>Log in</title><input type="password">'),
      'JIRA_FORBIDDEN',
    ],
    ['an expired token', send(401, {}), 'JIRA_FORBIDDEN'],
    ['an expired token on Cloud', send(404, { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' }, '{}'), 'JIRA_FORBIDDEN'],
    ['any other page', send(200, { 'content-type': 'text/html' }, '<title>Hello</title>'), 'JIRA_UNAVAILABLE'],
    ['a failure', send(503, {}), 'JIRA_UNAVAILABLE'],
    ['a limit', send(429, { 'retry-after': '7' }), 'JIRA_RATE_LIMITED'],
  ])('is told by its kind when there is %s', async (_name, handle, code) => {
    const { read } = await open(handle);
    await expect(read()).rejects.toMatchObject({ code });
  });
});

describe('a redirect', () => {
  it('to the host of media is followed once, and without credentials', async () => {
    const media = await serve(send(200, { 'content-type': 'image/png' }, 'bytes'));
    const { read } = await open(send(303, { location: `${media.url}/file/x/binary?token=t` }), [media.host]);
    expect(Buffer.from(await read()).toString()).toBe('bytes');
    expect(media.seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([['/file/x/binary?token=t', undefined]]);
  });

  it('from there to anywhere else is not followed', async () => {
    const secret = await serve(send(200, {}, 'secret'));
    const media = await serve(send(302, { location: secret.url }));
    const { read } = await open(send(303, { location: media.url }), [media.host]);
    await expect(read()).rejects.toMatchObject({ code: 'PICTURE_NOT_FOUND' });
    expect(secret.seen).toEqual([]);
  });

  it.each([
    ['another host', (url: string) => url],
    ['a host with user and password', (url: string) => url.replace('://', '://a:b@')],
    ['the host of media with another scheme', (url: string) => url.replace('http:', 'ftp:')],
  ])('to %s is not followed', async (name, toLocation) => {
    const other = await serve(send(200, {}, 'secret'));
    const { read } = await open(send(302, { location: toLocation(other.url) }), name === 'another host' ? [] : [other.host]);
    await expect(read()).rejects.toMatchObject({ name: 'DomainError' });
    expect(other.seen).toEqual([]);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'https://api.media.atlassian.com.evil.example/file',
    'https://evil.example/api.media.atlassian.com',
    '//evil.example/x',
    'http://api.media.atlassian.com/plain',
    'https://api.media.atlassian.com:8443/x',
    'http://127.0.0.1:1/file',
  ])('to %s leads nowhere', async (location) => {
    const jira = await serve(send(302, { location }));
    const downloads = createDownloads({
      baseUrl: jira.url,
      authorization: 'Bearer secret',
      timeoutMs: 2_000,
      mediaHosts: ['api.media.atlassian.com'],
      now: Date.now,
    });
    stops.push(downloads.stop);
    expect(await downloads.findRedirect({ path: '/file', endpoint: '/file' }).catch((error: Error) => error.name)).toBe('DomainError');
  });
});
