import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { startWorld, type World } from '../../test/world.ts';
import { start } from '../main.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld(start);
});
afterAll(() => world?.stop());

const name = 'aFieldOfALongName'.repeat(5);
const large = `{ ${Array.from({ length: 15 }, (_, index) => `${name}${index}: __typename`).join(' ')} }`;
const small = '{ __typename }';

async function open(options: ClientOptions): Promise<WebSocket> {
  const socket = new WebSocket(world.router.url.replace('http', 'ws'), 'graphql-transport-ws', options);
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  return socket;
}

/** The answer's text, and how many bytes came for it. */
async function ask(socket: WebSocket, query: string) {
  // ws shows its socket under no public name.
  const line = (socket as unknown as { readonly _socket: { readonly bytesRead: number } })._socket;
  const before = line.bytesRead;
  const texts: string[] = [];
  const completed = new Promise<void>((resolve) => {
    socket.on('message', (text) => {
      texts.push(String(text));
      if (/"type":"(?:complete|error)"/u.test(String(text))) resolve();
    });
  });
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  await completed;
  socket.removeAllListeners('message');
  return { text: texts[0] ?? '', bytes: line.bytesRead - before };
}

describe('a socket whose client can unpack', () => {
  it('gets messages of a kilobyte and more compressed, and smaller ones as they are', async () => {
    const socket = await open({ perMessageDeflate: true });
    const [packed, plain] = [await ask(socket, large), await ask(socket, small)];
    socket.terminate();
    expect(packed.text.length).toBeGreaterThan(1_024);
    expect(packed.bytes).toBeLessThan(packed.text.length / 3);
    expect(plain.bytes).toBeGreaterThanOrEqual(plain.text.length);
    expect(JSON.parse(packed.text).payload.data).toHaveProperty(`${name}14`, 'Query');
  });

  it('is closed for a message that is larger than allowed once it is unpacked', async () => {
    const socket = await open({ perMessageDeflate: { threshold: 0 } });
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: `{ __typename } #${' '.repeat(8 * 1024 * 1024)}` } }));
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1009);
  });
});

it('a client that cannot unpack gets everything as it is', async () => {
  const socket = await open({ perMessageDeflate: false });
  const { text, bytes } = await ask(socket, large);
  socket.terminate();
  expect(bytes).toBeGreaterThanOrEqual(text.length);
});
