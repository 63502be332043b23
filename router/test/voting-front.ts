import { createServer, type IncomingMessage, request as send } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { WebSocketServer } from 'ws';

/** What becomes of sockets that are opened from now on; those that are open go on. */
export type SocketMode = 'pass' | 'hang' | 'are never acknowledged';

/** What becomes of requests, not of sockets. */
export type FrontMode = 'passes' | 'answers 503' | 'answers 500' | 'answers HTML' | 'resets' | 'refuses connections' | 'hangs';

/** What stands in front of voting: its HTTP fails in the way that a test wants, while its sockets live. */
export interface VotingFront {
  readonly url: string;
  /** Requests that came since the mode was set, or connections that were refused. */
  readonly asked: () => number;
  readonly set: (mode: FrontMode) => Promise<void>;
  readonly setSockets: (mode: SocketMode) => void;
  readonly socketsOpened: () => number;
  readonly stop: () => Promise<void>;
}

export async function startVotingFront(target: string): Promise<VotingFront> {
  const { hostname, port, pathname } = new URL(target);
  let mode: FrontMode = 'passes';
  let asked = 0;
  let socketMode: SocketMode = 'pass';
  let socketsOpened = 0;
  const silent = new WebSocketServer({ noServer: true });
  const plain = new Set<Socket>();
  const upgraded = new Set<Socket>();
  const server = createServer((request, response) => {
    asked += 1;
    if (mode === 'passes') {
      const { method, headers, url } = request;
      const behind = send({ hostname, port, method, headers, path: url }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      behind.on('error', () => response.destroy());
      request.pipe(behind);
    } else if (mode === 'answers 503' || mode === 'answers 500')
      response.writeHead(Number(mode.slice(-3)), { 'content-type': 'text/plain' }).end('not now');
    else if (mode === 'answers HTML') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
    else if (mode === 'resets') request.socket.destroy();
  });
  server.on('connection', (socket) => {
    plain.add(socket);
    socket.on('close', () => plain.delete(socket));
  });
  server.on('upgrade', (request: IncomingMessage, near: Socket, head: Buffer) => {
    plain.delete(near);
    socketsOpened += 1;
    if (socketMode !== 'pass') {
      upgraded.add(near);
      if (socketMode === 'are never acknowledged') silent.handleUpgrade(request, near, head, () => {});
      return;
    }
    const far = connect(Number(port), hostname, () => {
      far.write(`${request.method} ${request.url} HTTP/1.1\r\n`);
      for (let index = 0; index < request.rawHeaders.length; index += 2)
        far.write(`${request.rawHeaders[index]}: ${request.rawHeaders[index + 1]}\r\n`);
      far.write('\r\n');
      far.write(head);
      near.pipe(far).pipe(near);
    });
    for (const [one, other] of [[near, far] as const, [far, near] as const]) {
      upgraded.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  const listen = (at: number): Promise<void> => new Promise((resolve) => server.listen(at, '127.0.0.1', resolve));
  await listen(0);
  const own = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${own}${pathname}`,
    asked: () => asked,
    set: async (next) => {
      asked = 0;
      if (next === 'refuses connections') server.close();
      else if (mode === 'refuses connections') await listen(own);
      mode = next;
      // Requests that hang are answered by nobody any more.
      for (const socket of plain) socket.destroy();
    },
    setSockets: (next) => {
      socketMode = next;
    },
    socketsOpened: () => socketsOpened,
    stop: async () => {
      for (const socket of [...plain, ...upgraded]) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
