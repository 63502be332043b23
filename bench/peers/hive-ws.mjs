process.on('disconnect', () => process.exit());
// Hive Gateway with subscriptions from the voting subgraph over graphql-ws, served over graphql-ws.
import { getGraphQLWSOptions } from '@graphql-hive/gateway-runtime';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { serve } from './hive.mjs';

const { gateway, server, url } = await serve({
  transportEntries: {
    voting: { options: { connectionParams: { 'x-tally-session': 's1' }, subscriptions: { kind: 'ws', location: '/graphql', options: { connectionParams: { 'x-tally-session': 's1' } } } } },
  },
});
useServer(getGraphQLWSOptions(gateway, async (context) => ({ req: context.extra.request, socket: context.extra.socket })), new WebSocketServer({ server, path: '/graphql' }));
process.send(url);
