import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTracing } from '../../../kit/process/tracing.ts';
import { followByWebSocket } from '../../test/clients.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

const collector = createServer((_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
let world: World;
let stopTracing: () => Promise<void>;
beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  stopTracing = await startTracing('test', { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
  world = await startWorld(start);
});
afterAll(async () => {
  await world.stop();
  await stopTracing();
  collector.close();
});

it('a subscription that is traced ends in its subgraph, too, when the last client leaves', async () => {
  const active = (field: string) => expect.poll(() => world.votingState.active.get(field) ?? 0, { timeout: 5_000 });
  const token = await world.token();
  const following = followByWebSocket({ url: world.router.url, query: 'subscription { voteResults(sessionId: "s1") { id } }', token });
  await active('voteResults').toBe(1);
  await active('sessionEvents').toBe(1);
  await following.stop();
  await active('voteResults').toBe(0);
  await active('sessionEvents').toBe(0);
});
