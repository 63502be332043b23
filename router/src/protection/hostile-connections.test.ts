import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendBySocket } from '../../test/raw.ts';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld(start, { MAX_OPERATIONS_PER_CONNECTION: '5' });
});
afterAll(() => world.stop());

describe('sockets', () => {
  it.each([
    ['no JSON', ['{'], 4400],
    ['an unknown message', [{ type: 'please' }], 4400],
    [
      'two of one id',
      [
        { id: '1', type: 'subscribe', payload: { query: '{ slow(ms: 2000) }' } },
        { id: '1', type: 'subscribe', payload: { query: '{ slow(ms: 2000) }' } },
      ],
      4409,
    ],
    ['a second connection_init', [{ type: 'connection_init' }], 4429],
    [
      'more operations than allowed',
      Array.from({ length: 6 }, (_, id) => ({ id: String(id), type: 'subscribe', payload: { query: '{ slow(ms: 2000) }' } })),
      'TOO_MANY_OPERATIONS',
    ],
    [
      'a subscription without a token',
      [{ id: '1', type: 'subscribe', payload: { query: 'subscription { voteResults(sessionId: "s1") { id } }' } }],
      'UNAUTHENTICATED',
    ],
    ['batched operations', [[{ id: '1', type: 'subscribe', payload: { query: '{ me { id } }' } }]], 4400],
  ])('%s: the socket hears why', async (_name, messages, code) => {
    expect(await sendBySocket(world.router.url, messages)).toBe(code);
  });

  it('an operation before connection_init closes with 4401', async () => {
    expect(await sendBySocket(world.router.url, [], { id: '1', type: 'subscribe', payload: { query: '{ me { id } }' } })).toBe(4401);
  });

  it.each(['x', 'Bearer', 'Bearer a.b.c', 'Basic YTpi', 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIiwic2lkIjoiczEifQ.'])(
    'the authorization %s closes with 4401',
    async (authorization) => {
      expect(await sendBySocket(world.router.url, [], { type: 'connection_init', payload: { authorization } })).toBe(4401);
    },
  );

  it('a header smuggled by a line break is not passed on', async () => {
    await sendBySocket(world.router.url, [{ id: '1', type: 'subscribe', payload: { query: '{ session(id: "smuggle") { id } }' } }], {
      type: 'connection_init',
      payload: { traceparent: 'x\r\nx-tally-session: s1', 'x-tally-session': 's1' },
    });
    expect(world.votingState.seenHeaders.at(-1)?.['x-tally-session']).toBeUndefined();
  });
});

describe('bytes', () => {
  it.each([
    'GET / HTTP/9.9\r\n\r\n',
    'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
    '\u0016\u0003\u0001',
    'GET /graphql HTTP/1.1\r\nHost: a"><script>\r\nAccept: text/html\r\n\r\n',
  ])('%j does no harm', async (bytes) => {
    const { hostname, port } = new URL(world.router.url);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.end(bytes));
      let text = '';
      socket.on('data', (chunk) => (text += chunk));
      socket.on('close', () => resolve(text));
      socket.on('error', () => resolve(text));
    });
    expect(answer).not.toContain('"><script>');
  });

  it.each(['/../package.json', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc%2fpasswd', '/%00', '/%'])(
    'the path %s leads nowhere',
    async (path) => {
      const { hostname, port } = new URL(world.router.url);
      const answer = await new Promise<string>((resolve) => {
        const socket = connect(Number(port), hostname, () => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`));
        let text = '';
        socket.on('data', (chunk) => (text += chunk));
        socket.on('close', () => resolve(text));
      });
      expect(answer).toMatch(/^HTTP\/1\.1 (404|400)/);
    },
  );
});
