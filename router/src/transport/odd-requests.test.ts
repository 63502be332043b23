import { connect } from 'node:net';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

// Requests as no browser sends them: each is answered as HTTP and GraphQL say, or refused as the client's mistake.

let world: World;
beforeAll(async () => {
  world = await startWorld(start, { RATE_LIMIT_IP: '1000000' });
});
afterAll(() => world.stop());

const query = '{ session(id: "s1") { id } }';
const answer = '{"data":{"session":{"id":"s1"}}}';

/** A POST of these bytes, written by hand, and everything that comes back until the router closes. */
function send(body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const { hostname, port, pathname } = new URL(world.router.url);
  const bytes = Buffer.from(body);
  const all = {
    host: 'localhost',
    connection: 'close',
    'content-type': 'application/json',
    'content-length': String(bytes.length),
    ...headers,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(`POST ${pathname} HTTP/1.1\r\n${head.join('')}\r\n`);
      socket.write(bytes);
    });
    socket.on('data', (chunk) => {
      text += chunk;
      if (text.includes(answer)) socket.end();
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}

describe('an offer of another protocol is not taken, and the request is answered', () => {
  it.each([
    ['HTTP/2, as Java’s HttpClient sends it', { upgrade: 'h2c', connection: 'Upgrade, HTTP2-Settings', 'http2-settings': 'AAMAAABk' }],
    ['HTTP/2 with TLS', { upgrade: 'h2', connection: 'Upgrade' }],
    ['TLS', { upgrade: 'TLS/1.0', connection: 'Upgrade' }],
    ['several', { upgrade: 'h2c, foo', connection: 'Upgrade' }],
  ])('%s', async (_name, headers) => {
    const text = await send(JSON.stringify({ query }), headers);
    expect(text).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(text).toContain(answer);
  });
});

describe('a body that is not UTF-8 is refused, and nothing of it is changed', () => {
  const around = (bytes: readonly number[]): Buffer => {
    const [before = '', after = ''] = JSON.stringify({ query: '{ session(id: "x") { id } }' }).split('x');
    return Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
  };
  it.each([
    ['in latin-1', [0xe9]],
    ['cut off in a letter', [0xe2, 0x82]],
    ['with a surrogate', [0xed, 0xa0, 0x80]],
    ['in more bytes than needed', [0xc0, 0xaf]],
  ])('%s', async (_name, bytes) => {
    const text = await send(around(bytes));
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('The body is not UTF-8.');
  });

  it('but letters of several bytes are taken', async () => {
    expect(await send(around([...Buffer.from('ü€😀')]))).toContain('"id":"ü€😀"');
  });
});

describe('introspection is answered whole, also what the planner does not know', () => {
  it.each([
    ['of a type', '{ __type(name: "Query") { isOneOf } }', { __type: { isOneOf: null } }],
    [
      'beside fields',
      '{ session(id: "s1") { id } __type(name: "Session") { name isOneOf } }',
      { session: { id: 's1' }, __type: { name: 'Session', isOneOf: null } },
    ],
    [
      'by fragments and variables',
      'query ($all: Boolean! = true) { ...q } fragment q on Query { __type(name: "Session") { ...t } } fragment t on __Type { kind isOneOf @include(if: $all) }',
      { __type: { kind: 'OBJECT', isOneOf: null } },
    ],
  ])('%s', async (_name, asked, data) => {
    const { status, body } = await world.post(asked);
    expect([status, body]).toEqual([200, { data }]);
  });

  it('as clients ask for it, with all that graphql-js can ask', async () => {
    const all = {
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    };
    const { status, body } = await world.post(getIntrospectionQuery(all));
    expect([status, body.errors]).toEqual([200, undefined]);
    expect(body.data.__schema.types.length).toBeGreaterThan(10);
  });
});
