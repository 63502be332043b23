import type { OnReadOpts, Socket } from 'node:net';
import { buildConnector } from 'undici';

/** Where the bytes of a connection go. */
export interface Receiver {
  take: (chunk: Buffer) => void;
}

/** Whatever comes on plain connections is read into here: Node.js would make 64 kB of its own for each read. */
const readBytes = Buffer.allocUnsafeSlow(64 * 1024);

/** Bytes are handed over in the buffer that all share: who keeps some copies them. A connection with TLS has `data` events as usual. */
function toOnread(receiver: Receiver): OnReadOpts {
  return {
    buffer: readBytes,
    callback: (length) => {
      receiver.take(readBytes.subarray(0, length));
      return true;
    },
  };
}

export type Opened = (
  ...result: [error: Error, socket: null, receiver: Receiver] | [error: null, socket: Socket, receiver: Receiver]
) => void;

/** Opens connections to one server; calls back once for each. */
export function createOpener(origin: URL, connect: buildConnector.connector | undefined, timeoutMs: number): (opened: Opened) => void {
  // One for all connections with TLS: it keeps their sessions, which a new connection goes on with. A plain one is told where its bytes go.
  const secure = connect ?? (origin.protocol === 'https:' ? buildConnector({ timeout: timeoutMs }) : undefined);
  const hostname = origin.hostname.replace(/^\[(.*)\]$/, '$1');
  return (opened) => {
    const receiver: Receiver = { take: () => undefined };
    const open = secure ?? buildConnector({ timeout: timeoutMs, onread: toOnread(receiver) });
    open(
      { hostname, host: origin.host, protocol: origin.protocol, port: origin.port },
      // On an error there is no socket, whatever the type says.
      (...[error, socket]: [Error, null] | [null, Socket]) => {
        if (error === null) opened(null, socket, receiver);
        else opened(error, null, receiver);
      },
    );
  };
}
