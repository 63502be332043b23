import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server that counts the WebSockets on it. */
export interface Counted {
  readonly url: string;
  readonly webSockets: () => { readonly open: number; readonly opened: number };
  readonly stop: () => void;
}

export async function countWebSockets(url: string): Promise<Counted> {
  const { port, hostname } = new URL(url);
  const sockets = new Set<Socket>();
  let [open, opened] = [0, 0];
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    sockets.add(near).add(far);
    near.once('data', (head) => {
      if (!/upgrade: websocket/i.test(String(head))) return;
      open += 1;
      opened += 1;
      near.once('close', () => {
        open -= 1;
      });
    });
    near.pipe(far).pipe(near);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const)
      one
        .on('error', () => {})
        .on('close', () => {
          sockets.delete(one);
          other.destroy();
        });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = new URL(url);
  own.port = String((server.address() as AddressInfo).port);
  return {
    url: own.href,
    webSockets: () => ({ open, opened }),
    stop: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
