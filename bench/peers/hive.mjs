// Hive Gateway's runtime on node:http; with its Rust planner when given.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';

export async function serve(options = {}) {
  const gateway = createGatewayRuntime({ supergraph: readFileSync(process.env.SUPERGRAPH_FILE, 'utf8'), logging: process.env.HIVE_LOG === "1", landingPage: false, graphiql: false, ...options });
  // Loaded on the first request otherwise, which a WebSocket's is too late for.
  await gateway.getSchema();
  const server = createServer(gateway);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { gateway, server, url: `http://127.0.0.1:${server.address().port}/graphql` };
}
