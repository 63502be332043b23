process.on("disconnect", () => process.exit());
// @apollo/gateway behind @apollo/server, as their documentation starts them.
import { readFileSync } from 'node:fs';

process.env.APOLLO_TELEMETRY_DISABLED = '1';
const { ApolloServer } = await import('@apollo/server');
const { startStandaloneServer } = await import('@apollo/server/standalone');
const { ApolloGateway } = await import('@apollo/gateway');

const gateway = new ApolloGateway({ supergraphSdl: readFileSync(process.env.SUPERGRAPH_FILE, 'utf8') });
const { url } = await startStandaloneServer(new ApolloServer({ gateway }), { listen: { port: 0, host: '127.0.0.1' } });
process.send(new URL('/graphql', url.replace('localhost', '127.0.0.1')).href);
