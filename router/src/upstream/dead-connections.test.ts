import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { createLogger } from '../../../kit/process/logging.ts';
import { createContext } from '../context.ts';
import { createSubgraphClient } from './subgraph-client.ts';

// Kept connections that the other side has closed, and the router does not know it yet.

const stops: Array<() => unknown> = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const stop of stops.splice(0).reverse()) await stop();
});

const context = createContext({ requestId: 'request-1', log: createLogger('test', 'silent'), clientIp: '', header: () => undefined });

/** A subgraph that answers as soon as it has as many requests at once as `atOnce` says. */
async function startSubgraph() {
  const open = new Set<Socket>();
  const held: ServerResponse[] = [];
  const subgraph = { atOnce: 1, connections: 0, open };
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      held.push(response);
      if (held.length >= subgraph.atOnce) for (const each of held.splice(0)) each.end('{"data":{"ok":true}}');
    });
  });
  server.on('connection', (socket) => {
    subgraph.connections += 1;
    open.add(socket.on('close', () => open.delete(socket)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const client = createSubgraphClient({ address: { name: 'toy', url, secret: undefined, headers: {}, timeoutMs: 5_000, tls: 'mutual' } });
  stops.push(() => server.close(), client.close);
  const ask = (field: string, isQuery = true) =>
    client.request(JSON.stringify({ query: `${isQuery ? 'query' : 'mutation'} { ${field} }` }), context, isQuery);
  return { subgraph, ask };
}

const fields = Array.from({ length: 8 }, (_, index) => `f${index}`);
const answered = { data: { ok: true } };

it('a subgraph that cuts all of them at once, as one that starts again, is asked each query again on a new one', async () => {
  const { subgraph, ask } = await startSubgraph();
  subgraph.atOnce = fields.length;
  await Promise.all(fields.map((field) => ask(field)));
  expect(subgraph.connections).toBe(fields.length);
  subgraph.atOnce = 1;
  for (const socket of subgraph.open) socket.resetAndDestroy();
  // Within the same task: none of the cuts is seen yet.
  const answers = await Promise.all(fields.slice(0, 3).map((field) => ask(field)));
  expect(answers).toEqual([answered, answered, answered]);
});

it('one that is older than the subgraph keeps it is not used, also for a mutation, when no timer has closed it in time', async () => {
  const { subgraph, ask } = await startSubgraph();
  await ask('f');
  // The process stood still for longer than the five seconds that Node says and keeps.
  const now = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(now + 5_500);
  expect(await ask('change', false)).toEqual(answered);
  expect(subgraph.connections).toBe(2);
});
