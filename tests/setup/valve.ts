// For tests: a server that hangs without closing anything, as one that was stopped by SIGSTOP or lies behind a network that swallows.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Valve {
  /** The given URL by way of the valve. */
  readonly url: string;
  readonly port: number;
  /** From now on nothing passes, in either direction; connections are accepted all the same. */
  readonly shut: () => void;
  /** What was held up passes, and everything after it. */
  readonly open: () => void;
  /** Ends what is connected now; whoever connects again gets through. */
  readonly cut: () => void;
  readonly stop: () => Promise<void>;
}

/** A valve before the server of `url`, open at first. */
export async function openValve(url: string): Promise<Valve> {
  const target = new URL(url);
  const pairs = new Set<readonly [Socket, Socket]>();
  let isShut = false;
  const flow = (pair: readonly [Socket, Socket]): void => {
    for (const socket of pair) {
      if (isShut) socket.pause();
      else socket.resume();
    }
  };
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    const pair = [near, far] as const;
    pairs.add(pair);
    const pass = (from: Socket, to: Socket): void => {
      from.on('data', (chunk) => to.write(chunk));
      from.on('end', () => to.end());
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
    };
    pass(near, far);
    pass(far, near);
    flow(pair);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const through = new URL(url);
  through.port = String(port);
  const turn = (shut: boolean) => () => {
    isShut = shut;
    for (const pair of pairs) flow(pair);
  };
  return {
    url: through.href,
    port,
    shut: turn(true),
    open: turn(false),
    cut: () => {
      for (const socket of [...pairs].flat()) socket.destroy();
    },
    stop: async () => {
      for (const socket of [...pairs].flat()) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
