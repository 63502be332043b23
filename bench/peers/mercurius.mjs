process.on("disconnect", () => process.exit());
// Mercurius' Federation 1 gateway with its compiler on.
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import mercuriusGateway from '@mercuriusjs/gateway';

const app = Fastify();
app.register(mercuriusGateway, {
  jit: 1,
  gateway: {
    services: [
      { name: 'voting', url: process.env.VOTING_URL, schema: readFileSync(process.env.VOTING_SDL, 'utf8') },
      { name: 'jira', url: process.env.JIRA_URL, schema: readFileSync(process.env.JIRA_SDL, 'utf8') },
    ],
  },
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.send(`http://127.0.0.1:${app.server.address().port}/graphql`);
