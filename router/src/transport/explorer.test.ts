import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';
import { createExplorer } from './explorer.ts';

const directory = mkdtempSync(join(tmpdir(), 'tally-explorer-'));
let server: Server;
let url: string;
beforeAll(async () => {
  mkdirSync(join(directory, 'assets'));
  writeFileSync(join(directory, 'index.html'), '<!doctype html><title>GraphiQL</title>');
  writeFileSync(join(directory, 'assets/index-abc.js'), 'export {};');
  const { answer } = createExplorer(directory);
  server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

describe('the explorer', () => {
  it.each(['/graphiql', '/graphiql/', '/graphiql//', '/graphiql?instead-of=sandbox'])('is at %s', async (path) => {
    const response = await fetch(url + path);
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('GraphiQL')]);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/https:|unsafe-eval|script-src/);
  });

  it('keeps hashed files for ever', async () => {
    const { headers } = await fetch(`${url}/graphiql/assets/index-abc.js`);
    expect([headers.get('content-type'), headers.get('cache-control')]).toEqual([
      'text/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
    ]);
  });

  it.each(['/graphiql/nowhere', '/graphiql/..%2f..%2fetc/passwd', '/graphiql/assets'])('has nothing at %s', async (path) => {
    expect((await fetch(url + path)).status).toBe(404);
  });

  it('takes no POST', async () => {
    expect((await fetch(`${url}/graphiql`, { method: 'POST' })).status).toBe(405);
  });

  it('names the command that builds it where it is not built', async () => {
    const empty = createExplorer(join(directory, 'assets'));
    expect(await empty.isBuilt()).toBe(false);
    const unbuilt = createServer((request, response) => void empty.answer(request, response)).listen(0, '127.0.0.1');
    await once(unbuilt, 'listening');
    const response = await fetch(`http://127.0.0.1:${(unbuilt.address() as AddressInfo).port}/graphiql`);
    expect(await response.json()).toEqual({ status: expect.stringContaining('npm run build') });
    unbuilt.close();
  });
});

describe('a router with SANDBOX=false', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(start, { SANDBOX: 'false' });
  });
  afterAll(() => world.stop());

  it.each(['/graphiql', '/graphiql/', '/graphiql/index.html'])('has no %s', async (path) => {
    const response = await fetch(new URL(path, world.router.url), { headers: { accept: 'text/html' } });
    expect([response.status, await response.json()]).toEqual([404, { status: 'not found' }]);
  });
});
