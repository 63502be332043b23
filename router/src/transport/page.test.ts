import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../../test/world.ts';
import { readConfig } from '../config.ts';
import { start } from '../main.ts';

const script = 'export const page = 1;\n'.repeat(200);
const index = '<!doctype html><title>Tally</title>'.repeat(20);
let world: World;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tally-page-'));
  mkdirSync(join(directory, 'assets'));
  for (const [file, text] of [
    ['index.html', index],
    ['assets/index-abc.js', script],
  ] as const) {
    writeFileSync(join(directory, file), text);
    writeFileSync(join(directory, `${file}.br`), brotliCompressSync(text));
    writeFileSync(join(directory, `${file}.gz`), gzipSync(text));
  }
  writeFileSync(join(directory, 'assets/font-abc.woff2'), 'a font');
  world = await startWorld(start, { PAGE_DIRECTORY: directory });
});
afterAll(() => world.stop());

interface Got {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** As bytes: `fetch` would unpack. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    request(new URL(path, world.router.url), { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    })
      .on('error', reject)
      .end();
  });
}

const file = '/assets/index-abc.js';

describe('a file of the page', () => {
  it.each([
    ['br, gzip', 'br'],
    ['gzip, deflate, br;q=0.1', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['identity', undefined],
    ['*;q=0', undefined],
    ['', undefined],
  ])('for a client that accepts "%s" is sent as %s', async (accepted, encoding) => {
    const { headers, body } = await get(file, { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers['content-length']).toBe(String(body.length));
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['vary']).toBe('accept-encoding');
    const unpacked = encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body;
    expect(String(unpacked)).toBe(script);
  });

  it('has a tag of its own in each form, and 304 answers who has that form', async () => {
    const [packed, plain] = [await get(file, { 'accept-encoding': 'br' }), await get(file)];
    expect(packed.headers['etag']).not.toBe(plain.headers['etag']);
    const again = await get(file, { 'accept-encoding': 'br', 'if-none-match': `"x", W/${packed.headers['etag']}` });
    expect([again.status, again.body.length, again.headers['etag']]).toEqual([304, 0, packed.headers['etag']]);
    expect((await get(file, { 'accept-encoding': 'br', 'if-none-match': String(plain.headers['etag']) })).status).toBe(200);
  });

  it('is kept for ever when its name has a hash, and asked for again when it has none', async () => {
    expect((await get(file)).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const { headers, body } = await get('/s/whatever', { 'accept-encoding': 'gzip' });
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(String(gunzipSync(body))).toBe(index);
  });

  it('without a compressed form is sent as it is', async () => {
    const { headers, body } = await get('/assets/font-abc.woff2', { 'accept-encoding': 'br' });
    expect([headers['content-encoding'], headers['vary'], String(body)]).toEqual([undefined, undefined, 'a font']);
  });

  it('is answered to HEAD without its body', async () => {
    const { status, headers, body } = await get(file, { 'accept-encoding': 'br' }, 'HEAD');
    expect([status, headers['content-encoding'], body.length]).toEqual([200, 'br', 0]);
    expect(headers['content-length']).toBe(String(brotliCompressSync(script).length));
  });

  it('that was built anew is sent anew, and never in a form of the build before', async () => {
    writeFileSync(join(directory, 'assets/later-abc.js'), 'one');
    writeFileSync(join(directory, 'assets/later-abc.js.br'), brotliCompressSync('one'));
    expect(String(brotliDecompressSync((await get('/assets/later-abc.js', { 'accept-encoding': 'br' })).body))).toBe('one');
    writeFileSync(join(directory, 'assets/later-abc.js'), 'another');
    const inAnHour = Date.now() / 1_000 + 3_600;
    utimesSync(join(directory, 'assets/later-abc.js'), inAnHour, inAnHour);
    expect(String((await get('/assets/later-abc.js', { 'accept-encoding': 'br' })).body)).toBe('another');
  });

  it.each([
    ['/', 200],
    ['/?title=Sprint', 200],
    ['/signed-in?code=1', 200],
    ['/device', 200],
    ['/shared-report', 200],
    ['/shared-report/more', 404],
    ['/join/abc', 200],
    ['/join/a%2Fb/', 200],
    ['/session/s_1', 200],
    ['/session/s_1/report', 200],
    ['/index.html', 200],
    ['/join', 404],
    ['/join/abc/more', 404],
    ['/session/s_1/nothing', 404],
    ['/session/s_1/report/more', 404],
    ['/signed-in/more', 404],
    ['/wp-admin', 404],
  ])('at %s is the page with status %i', async (path, status) => {
    const got = await get(path);
    expect([got.status, String(got.body)]).toEqual([status, index]);
    // Nobody has an unknown address's page already.
    if (status === 404) expect((await get(path, { 'if-none-match': '*' })).status).toBe(404);
  });

  it('has no second address for its compressed forms', async () => {
    expect((await get(`${file}.br`)).status).toBe(404);
  });
});

describe('who may frame the page', () => {
  const ancestorsOf = (headers: Got['headers']) => /frame-ancestors ([^;]*)/.exec(String(headers['content-security-policy']))?.[1];

  it('is nobody unless told', async () => {
    for (const path of ['/', '/session/s1', '/wp-admin', file]) expect(ancestorsOf((await get(path)).headers), path).toBe("'none'");
  });

  it('are the origins of FRAME_ANCESTORS, for the page and not for Sandbox and GraphiQL', async () => {
    const framed = await startWorld(start, {
      PAGE_DIRECTORY: directory,
      FRAME_ANCESTORS: 'https://wiki.example, https://*.example.com:8443',
    });
    try {
      const ask = async (path: string) => {
        const response = await fetch(new URL(path, framed.router.url), { headers: { accept: 'text/html' } });
        await response.body?.cancel();
        return [ancestorsOf(Object.fromEntries(response.headers)), response.headers.get('x-frame-options')];
      };
      for (const path of ['/', '/join/abc', '/wp-admin'])
        expect(await ask(path), path).toEqual(['https://wiki.example https://*.example.com:8443', null]);
      expect(await ask('/graphql')).toEqual(["'none'", null]);
    } finally {
      await framed.stop();
    }
  });

  it.each([
    '*',
    'wiki.example',
    'https://wiki.example/page',
    'https://a.example; script-src *',
    'https://*',
    "'self'",
    'https://a.example b',
  ])('is never a list with %s in it', (origin) => {
    expect(() => readConfig({ FRAME_ANCESTORS: `https://wiki.example,${origin}` })).toThrow('FRAME_ANCESTORS: must be origins');
  });
});
