import { connect } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendBySocket } from '../../test/raw.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld(start, { MAX_BODY_BYTES: '100000' });
});
afterAll(() => world.stop());

const query = JSON.stringify({ query: '{ session(id: "s1") { id } }' });

async function post(body: Uint8Array | string, headers: Record<string, string>) {
  const sent = { 'content-type': 'application/json', ...headers };
  const response = await fetch(world.router.url, { method: 'POST', headers: sent, body: body as string });
  // biome-ignore lint/suspicious/noExplicitAny: answers of any shape.
  const { data, errors } = (await response.json()) as any;
  return { status: response.status, data, code: errors?.[0].extensions.code, message: errors?.[0].message, headers: response.headers };
}

const codings = [
  ['gzip', gzipSync],
  ['GZIP', gzipSync],
  ['x-gzip', gzipSync],
  ['br', brotliCompressSync],
  ['deflate', deflateSync],
] as const;

describe.each(codings)('a body in %s', (coding, encode) => {
  const headers = { 'content-encoding': coding };
  it('is read', async () => {
    expect(await post(encode(query), headers)).toMatchObject({ status: 200, data: { session: { id: 's1' } } });
  });

  it('counts decoded against the bound: 4 MB of blanks are BODY_TOO_LARGE', async () => {
    const bomb = encode(Buffer.alloc(4 * 2 ** 20, ' '));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await post(bomb, headers)).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
  });

  it('that is cut off or something else is BAD_REQUEST', async () => {
    for (const body of [encode(query).subarray(0, 20), Buffer.from(query), Buffer.alloc(0)])
      expect(await post(body, headers)).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  });
});

it.each(['compress', 'zstd', 'gzip, gzip', 'gzip, br', 'aws-chunked', 'nonsense'.repeat(20)])(
  'content-encoding %s is 415 and told what is taken',
  async (coding) => {
    const refused = await post(query, { 'content-encoding': coding });
    expect(refused).toMatchObject({ status: 415, code: 'BAD_REQUEST' });
    expect(refused.message).toContain('gzip, br or deflate');
    expect(refused.message).toContain(coding.slice(0, 40));
    expect(refused.headers.get('accept-encoding')).toBe('gzip, br, deflate');
  },
);

it.each(['utf-16', 'utf-16le', 'iso-8859-1', 'windows-1251', '"utf-32"'])('charset %s is 415 by that name', async (charset) => {
  const refused = await post(query, { 'content-type': `application/json; charset=${charset}` });
  expect(refused).toMatchObject({ status: 415, code: 'BAD_REQUEST' });
  expect(refused.message).toContain(charset.replaceAll('"', ''));
});

it.each(['utf-8', 'UTF-8', 'utf8', '"utf-8"', 'us-ascii'])('charset %s is taken', async (charset) => {
  expect((await post(query, { 'content-type': `application/json; charset=${charset}` })).status).toBe(200);
});

it('a byte order mark is no part of the text', async () => {
  expect(await post(`\uFEFF${query}`, {})).toMatchObject({ status: 200, data: { session: { id: 's1' } } });
});

it('a content-encoding is empty or identity: the body is as it is', async () => {
  expect((await post(query, { 'content-encoding': 'identity' })).status).toBe(200);
  const { hostname, port } = new URL(world.router.url);
  const answer = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () =>
      socket.write(
        `POST /graphql HTTP/1.1\r\nhost: ${hostname}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-encoding:\r\ncontent-length: ${query.length}\r\n\r\n${query}`,
      ),
    );
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    socket.on('close', () => resolve(text));
  });
  expect(answer).toMatch(/^HTTP\/1.1 200/);
});

it.each([
  ['unknown keys', { query: '{ me { id } }', variables: Object.fromEntries(Array.from({ length: 7_000 }, (_, i) => [`k${i}`, i])) }],
  ['extensions', { query: '{ me { id } }', extensions: { a: Array(20_000).fill(1) } }],
  ['requests', Array(20_000).fill({})],
])('too many %s are OPERATION_TOO_LARGE, over HTTP and sockets', async (_what, body) => {
  expect(await post(JSON.stringify(body), {})).toMatchObject({ status: 200, code: 'OPERATION_TOO_LARGE' });
  const accept = { accept: 'application/graphql-response+json' };
  expect(await post(JSON.stringify(body), accept)).toMatchObject({ status: 400, code: 'OPERATION_TOO_LARGE' });
  const bySocket = await sendBySocket(world.router.url, [{ id: '1', type: 'subscribe', payload: body }]);
  expect(bySocket === 4400 || bySocket === 'OPERATION_TOO_LARGE').toBe(true);
});
