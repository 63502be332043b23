// A process of its own: the router tests' two subgraphs, and a command for each event.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createLogger } from '../../kit/process/logging.ts';
import { buildSchema, startSubgraph } from '../../kit/subgraph/server.ts';
import { castToyVote, createToyVotingState, startToyVoting } from '../../router/test/toy-voting.ts';

/** What the bench may ask of this process. */
export type Command = { readonly kind: 'vote' } | { readonly kind: 'stats' } | { readonly kind: 'tokens'; readonly count: number };
export interface Stats {
  readonly upstreams: number;
  readonly jiraCalls: number;
}

const { publicKey, privateKey } = await generateKeyPair('EdDSA');
const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'EdDSA', use: 'sig' }] };
const keys = createServer((_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(jwks)));
await new Promise<void>((resolve) => keys.listen(0, '127.0.0.1', resolve));

const state = createToyVotingState();
const voting = await startToyVoting(state, jwks);
let jiraCalls = 0;
const jira = await startSubgraph({
  name: 'jira',
  host: '127.0.0.1',
  port: 0,
  portVariable: 'PORT',
  log: createLogger('jira', 'silent'),
  checks: {},
  schema: buildSchema(new URL('../../router/test/jira.graphql', import.meta.url), {
    Issue: { __resolveReference: async ({ key }: { key: string }) => ({ key, summary: `About ${key}`, status: 'To Do' }) },
  }),
  context: (request) => {
    jiraCalls += 1;
    return request;
  },
});

const tokens = (count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      new SignJWT({ sid: 's1' })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'k1' })
        .setIssuer('tally')
        .setSubject(`p${index}`)
        .setExpirationTime('2h')
        .sign(privateKey),
    ),
  );

process.on('message', (command: Command) => {
  if (command.kind === 'vote') castToyVote(state, 'T-1');
  else if (command.kind === 'stats') process.send?.({ upstreams: state.active.get('voteResults') ?? 0, jiraCalls } satisfies Stats);
  else void tokens(command.count).then((made) => process.send?.(made));
});
process.on('disconnect', () => process.exit());
process.send?.({ voting: voting.url, jira: jira.url, jwks: `http://127.0.0.1:${(keys.address() as AddressInfo).port}/jwks.json` });
