import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScriptedSubgraphs, startScriptedSubgraphs } from '../../router/test/scripted.ts';
import { composeToy } from '../../router/test/world.ts';
import { type MainProcess, runMain } from '../federation/process.ts';
import { freePort, untilUp } from '../fuzz/hostile.ts';

// Connections that cost the router memory: too many of them, and those that ask and do not read. In a process of its own, whose memory is its own.

let subgraphs: ScriptedSubgraphs;
let router: MainProcess;
let port: number;
const sockets: Socket[] = [];

beforeAll(async () => {
  subgraphs = await startScriptedSubgraphs();
  const items = Array.from({ length: 400 }, (_, n) => ({ id: `i${n}`, issue: { key: `T-${n}` } }));
  subgraphs.answer = () => ({ json: { data: { session: { id: 's1', title: 'x'.repeat(1_000), items } } } });
  port = await freePort();
  const supergraphFile = join(mkdtempSync(join(tmpdir(), 'tally-unread-')), 'supergraph.graphql');
  writeFileSync(supergraphFile, composeToy());
  router = runMain('router/src/main.ts', {
    ROUTER_PORT: String(port),
    LOG_LEVEL: 'error',
    JIRA_SERVICE_URL: subgraphs.urls.jira,
    VOTING_SERVICE_URL: subgraphs.urls.voting,
    SUPERGRAPH_FILE: supergraphFile,
    RATE_LIMIT_IP: '10000000',
    MAX_CONNECTIONS: '100',
  });
  await untilUp(`http://127.0.0.1:${port}`, router.output);
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await router.end();
  await subgraphs.stop();
});

async function residentMb(): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { connection: 'close' } })).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 2 ** 20;
}

/** Opens a connection; the result says whether it still stands. */
function open(onConnect: (socket: Socket) => void): () => boolean {
  let isOpen = true;
  const socket = connect(port, '127.0.0.1', () => onConnect(socket));
  sockets.push(socket);
  socket.on('error', () => {});
  socket.on('close', () => {
    isOpen = false;
  });
  return () => isOpen;
}

describe('the router', () => {
  it('serves others while 200 connections with 50 requests each read nothing, is bounded in its memory, and cuts them off', {
    timeout: 120_000,
  }, async () => {
    const body = JSON.stringify({ query: '{ session(id: "s1") { id title items { id issue { key } } } }' });
    const request = `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    for (let warm = 0; warm < 20; warm += 1)
      await (
        await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      ).text();
    const before = await residentMb();
    const standing = Array.from({ length: 200 }, () =>
      open((socket) => {
        socket.pause();
        socket.write(request.repeat(50));
        // A paused socket does not see the end; a write into it does.
        const probe = setInterval(() => socket.write(' ', (error) => (error ? socket.destroy() : undefined)), 500);
        socket.once('close', () => clearInterval(probe));
      }),
    );
    let most = before;
    const look = setInterval(
      () =>
        void residentMb().then(
          (now) => (most = Math.max(most, now)),
          () => {},
        ),
      500,
    );
    await expect.poll(() => standing.filter((isOpen) => isOpen()).length, { timeout: 100_000, interval: 500 }).toBe(0);
    clearInterval(look);
    const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(200);
    // 10 000 answers of 18 kB would be 180 MB as text alone.
    expect(most - before).toBeLessThan(300);
  });

  it('has a bound on connections that only stand there, and takes new ones when they have gone', { timeout: 60_000 }, async () => {
    const standing = Array.from({ length: 500 }, () => open(() => {}));
    const count = () => standing.filter((isOpen) => isOpen()).length;
    // Twice MAX_CONNECTIONS, and a hundred.
    await expect.poll(count, { timeout: 20_000 }).toBeLessThanOrEqual(300);
    expect(count()).toBeGreaterThan(250);
    for (const socket of sockets.splice(0)) socket.destroy();
    await expect.poll(() => residentMb().catch(() => undefined), { timeout: 20_000 }).toBeGreaterThan(0);
  });
});
