// Sends what it is told to every socket, as the router does; started by ../deflate.ts with one way to compress.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Ask, Told } from '../deflate.ts';

const perMessageDeflate = JSON.parse(process.argv[2] ?? 'false') as object | false;
const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate });
server.listen(0, '127.0.0.1', () => tell({ kind: 'ready', port: (server.address() as AddressInfo).port }));

process.on('message', async (ask: Ask) => {
  const before = process.cpuUsage();
  for (let round = 0; round < ask.rounds; round += 1)
    await Promise.all([...sockets.clients].map((socket) => new Promise((resolve) => socket.send(ask.text, resolve))));
  const { user, system } = process.cpuUsage(before);
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  tell({ kind: 'sent', cpuMicros: user + system, heldBytes: heapUsed + external });
});

function tell(told: Told): void {
  process.send?.(told);
}
