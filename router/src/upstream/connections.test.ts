import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type Connections, createConnections } from './connections.ts';
import { createHttpReader, type HttpAnswer } from './http-reader.ts';

const stops: Array<() => void> = [];
afterEach(() => {
  for (const stop of stops.splice(0).reverse()) stop();
});

/** A server of bytes; `answer` is called with each socket and the request's number on it. */
async function startBytes(answer: (socket: Socket, request: number) => void): Promise<{ url: URL; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    let requests = 0;
    socket.on('error', () => undefined);
    socket.on('data', () => {
      requests += 1;
      answer(socket, requests);
    });
  });
  return { url: await listen(server), sockets };
}

async function listen(server: Server): Promise<URL> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close());
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

function connectTo(origin: URL, most = 4): Connections {
  const connections = createConnections({ origin, most, maxBodyBytes: 100_000, connect: undefined, connectTimeoutMs: 1_000 });
  stops.push(connections.close);
  return connections;
}

const send = (connections: Connections, body = '{}'): Promise<HttpAnswer> =>
  new Promise((onAnswer, onError) => connections.send('POST / HTTP/1.1\r\nhost: toy\r\n', body, { onAnswer, onError }));

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

describe('an answer', () => {
  it.each<[string, string, string]>([
    ['with a length', ok, 'ok'],
    [
      'in chunks, with extensions and trailers',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;a=b\r\no\r\n1\r\nk\r\n0\r\nx: y\r\n\r\n',
      'ok',
    ],
    ['after others that say to go on', `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${ok}`, 'ok'],
    ['without a reason', 'HTTP/1.1 200\r\ncontent-length:2\r\n\r\nok', 'ok'],
    ['of nothing', 'HTTP/1.1 204 No Content\r\n\r\n', ''],
    ['with a length twice, the same', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 2\r\n\r\nok', 'ok'],
    ['in letters of several bytes', 'HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nä€x', 'ä€x'],
  ])('%s is read, wherever it is cut, and the next one on the same connection', (_name, text, body) => {
    const bytes = Buffer.from(text);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const reader = createHttpReader(1_000);
      for (let time = 0; time < 2; time += 1) {
        // As on a connection: the bytes are gone when the next ones come.
        const chunk = Buffer.from(bytes.subarray(0, cut));
        const first = reader.take(chunk);
        chunk.fill('!');
        const answer = first ?? reader.take(bytes.subarray(cut));
        expect(answer).toMatchObject({ text: body, keptMs: 4_000 });
      }
    }
  });

  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['of HTTP/2', 'HTTP/2 200 OK\r\n\r\n'],
    ['with two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nokk'],
    ['with a length that is no number', 'HTTP/1.1 200 OK\r\ncontent-length: 2, 2\r\n\r\nok'],
    ['with a negative length', 'HTTP/1.1 200 OK\r\ncontent-length: -2\r\n\r\nok'],
    ['with a length and chunks', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['in an unknown encoding', 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['whose chunk is longer than it says', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nok\r\n0\r\n\r\n'],
    ['whose chunk has no size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\r\nok\r\n0\r\n\r\n'],
    ['with a header without a name', 'HTTP/1.1 200 OK\r\n: 2\r\n\r\n'],
    ['with a line end in a header', 'HTTP/1.1 200 OK\r\nx: a\nb\r\ncontent-length: 2\r\n\r\nok'],
    ['that changes the protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n'],
    ['that is too long by its length', 'HTTP/1.1 200 OK\r\ncontent-length: 100001\r\n\r\n'],
    ['that is too long by its chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffff\r\n'],
    ['that is too long without a length', `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(100_001)}`],
    ['whose head does not end', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(17_000)}`],
    ['that ends too early', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nok'],
    ['that ends within its head', 'HTTP/1.1 200 OK\r\ncontent-'],
  ])('%s is an error, and its connection is not used again', async (_name, text) => {
    const { url, sockets } = await startBytes((socket) => (sockets.length === 1 ? socket.end(text) : socket.write(ok)));
    const connections = connectTo(url);
    await expect(send(connections)).rejects.toThrow();
    expect(await send(connections)).toMatchObject({ text: 'ok' });
    expect(sockets).toHaveLength(2);
  });

  it.each([
    ['says that it closes', 'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok'],
    ['is of HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok'],
    ['has more behind it', `${ok}${ok}`],
    ['ends with its connection', 'HTTP/1.1 200 OK\r\n\r\nok'],
  ])('that %s is taken, and its connection is not used again', async (_name, text) => {
    const hasEnd = text.includes('length');
    const { url, sockets } = await startBytes((socket) => (hasEnd ? socket.write(text) : socket.end(text)));
    const connections = connectTo(url);
    expect(await send(connections)).toMatchObject({ statusCode: 200, text: 'ok', keptMs: 0 });
    expect(await send(connections)).toMatchObject({ text: 'ok' });
    expect(sockets).toHaveLength(2);
  });

  it('of any size and in any pieces is what a server of Node sent', async () => {
    const server = createHttpServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { pieces, hasLength } = JSON.parse(Buffer.concat(chunks).toString()) as { pieces: string[]; hasLength: boolean };
      if (hasLength) response.setHeader('content-length', Buffer.byteLength(pieces.join('')));
      for (const piece of pieces) response.write(piece);
      response.end();
    });
    const connections = connectTo(await listen(server));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 2_000 }), { maxLength: 8 }),
        fc.boolean(),
        async (pieces, hasLength) => {
          expect((await send(connections, JSON.stringify({ pieces, hasLength }))).text).toBe(pieces.join(''));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('connections', () => {
  it('do not mix answers that come in turns, a piece of each', async () => {
    const sent = new Map<Socket, string>();
    let number = 0;
    const { url } = await startBytes((socket) => {
      const letter = String.fromCharCode(97 + number);
      number += 1;
      sent.set(socket, `HTTP/1.1 200 OK\r\ncontent-length: 400\r\n\r\n${letter.repeat(400)}`);
      if (number === 4) sendPieces(0);
    });
    const sendPieces = (at: number): void => {
      for (const [socket, text] of sent) socket.write(text.slice(at, at + 37));
      if (at < 500) setImmediate(() => sendPieces(at + 37));
    };
    const connections = connectTo(url);
    const answers = await Promise.all(Array.from({ length: 4 }, () => send(connections)));
    expect(answers.map(({ text }) => text).sort()).toEqual(['a', 'b', 'c', 'd'].map((letter) => letter.repeat(400)));
  });

  it('are no more than allowed, and requests beyond them wait', async () => {
    const held: Socket[] = [];
    const { url, sockets } = await startBytes((socket) => void held.push(socket));
    const connections = connectTo(url, 2);
    const answers = Array.from({ length: 5 }, () => send(connections));
    for (let count = 1; count <= 5; count += 1) {
      await expect.poll(() => held.length).toBeGreaterThan(0);
      held.shift()?.write(ok);
    }
    expect(await Promise.all(answers)).toHaveLength(5);
    expect(sockets).toHaveLength(2);
  });

  it('are not used again when the other side has closed them', async () => {
    const { url, sockets } = await startBytes((socket) => socket.write(ok));
    const connections = connectTo(url);
    await send(connections);
    sockets[0]?.end();
    await expect.poll(() => sockets[0]?.destroyed).toBe(true);
    expect(await send(connections)).toMatchObject({ text: 'ok' });
  });

  it('of a request that is given up are closed, and its late answer is nobody else’s', async () => {
    const { url, sockets } = await startBytes((socket) => {
      if (sockets.length > 1) socket.write(ok);
    });
    const connections = connectTo(url);
    const told: string[] = [];
    const giveUp = connections.send('POST / HTTP/1.1\r\nhost: toy\r\n', '', {
      onAnswer: () => told.push('answer'),
      onError: () => told.push('error'),
    });
    await expect.poll(() => sockets.length).toBe(1);
    giveUp();
    expect(await send(connections)).toMatchObject({ text: 'ok' });
    expect(sockets).toHaveLength(2);
    expect(told).toEqual([]);
  });

  it('that cannot be opened are an error for each request', async () => {
    const server = createServer();
    const url = await listen(server);
    server.close();
    const connections = connectTo(url, 1);
    const outcomes = await Promise.allSettled([send(connections), send(connections), send(connections)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it('that are retired answer what is under way, and take nothing new', async () => {
    const held: Socket[] = [];
    const { url } = await startBytes((socket) => void held.push(socket));
    const connections = connectTo(url, 1);
    const answers = [send(connections), send(connections)];
    let isRetired = false;
    const retired = connections.retire().then(() => (isRetired = true));
    await expect(send(connections)).rejects.toThrow('closed');
    await expect.poll(() => held.length).toBe(1);
    held[0]?.write(ok);
    await expect.poll(() => held.length).toBe(2);
    expect(isRetired).toBe(false);
    held[1]?.write(ok);
    expect(await Promise.all(answers)).toHaveLength(2);
    await retired;
  });
});
