process.on("disconnect", () => process.exit());
// Mercurius' Federation 1 gateway with its compiler on.
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import mercuriusGateway from '@mercuriusjs/gateway';

const sdl = (name) => readFileSync(new URL(`../routers/${name}.graphql`, import.meta.url), 'utf8');
const app = Fastify();
app.register(mercuriusGateway, {
  jit: 1,
  gateway: {
    services: [
      { name: 'voting', url: process.env.VOTING_URL, schema: sdl('voting') },
      { name: 'jira', url: process.env.JIRA_URL, schema: sdl('jira') },
    ],
  },
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.send(`http://127.0.0.1:${app.server.address().port}/graphql`);
