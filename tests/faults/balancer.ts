import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** One of several that do the same, behind one address. */
export interface Endpoint {
  readonly port: number;
  /** Asked for each new connection: false keeps it away; connections that are open stay. */
  readonly takesConnections: () => boolean;
}

/** A port that leads each connection to one of the endpoints in turn, as a Kubernetes Service does. */
export interface Balancer {
  readonly port: number;
  readonly endpoints: Set<Endpoint>;
  readonly stop: () => Promise<void>;
}

export async function startBalancer(): Promise<Balancer> {
  const endpoints = new Set<Endpoint>();
  const sockets = new Set<Socket>();
  let turn = 0;
  const server = createServer((client) => {
    const open = [...endpoints].filter((endpoint) => endpoint.takesConnections());
    const chosen = open[turn++ % open.length];
    if (chosen === undefined) return void client.destroy();
    const behind = connect(chosen.port, '127.0.0.1');
    for (const [one, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    endpoints,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
