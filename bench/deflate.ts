import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { socketCompression } from '../router/src/transport/websocket-server.ts';

/** Sends a text to every socket, so many times. */
export interface Ask {
  readonly text: string;
  readonly rounds: number;
}

export type Told =
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'sent'; readonly cpuMicros: number; readonly heldBytes: number };

const count = 500;
const rounds = 10;

const ways = {
  none: false,
  ours: socketCompression,
  usual: { threshold: socketCompression.threshold, serverNoContextTakeover: true, clientNoContextTakeover: true },
  // As most servers are left: one window for each socket, kept.
  kept: { threshold: socketCompression.threshold },
} as const;

const frames = { vote: toVote(), reveal: toReveal(30), session: toSession(60) };

/** What compressing frames of followers costs and saves: bytes and CPU of a frame, memory of a socket, for each way to do it. */
export async function benchDeflate(say: (line: string) => void): Promise<Readonly<Record<string, string | number>>> {
  const figures: Record<string, number> = {};
  for (const [way, options] of Object.entries(ways)) {
    const child = fork(fileURLToPath(new URL('./deflate/server.ts', import.meta.url)), [JSON.stringify(options)], {
      execArgv: ['--expose-gc'],
    });
    try {
      const [ready] = (await once(child, 'message')) as [Extract<Told, { kind: 'ready' }>];
      const command = async (ask: Ask) => {
        child.send(ask);
        return ((await once(child, 'message')) as [Extract<Told, { kind: 'sent' }>])[0];
      };
      const sockets = await Promise.all(Array.from({ length: count }, () => connect(ready.port)));
      const idle = await command({ text: frames.vote, rounds: 1 });
      for (const [name, text] of Object.entries(frames)) {
        const before = await received(sockets);
        const sent = await command({ text, rounds });
        const messages = count * rounds;
        const bytes = Math.round(((await received(sockets)) - before) / messages);
        const micros = Math.round(sent.cpuMicros / messages);
        say(`${way}, ${name}: ${text.length} characters are ${bytes} bytes and ${micros} µs of CPU each`);
        figures[`${way} ${name} bytes`] = bytes;
        figures[`${way} ${name} micros`] = micros;
        figures[`${way} bytesPerSocket`] = Math.round((sent.heldBytes - idle.heldBytes) / count);
      }
      for (const socket of sockets) socket.terminate();
    } finally {
      child.kill();
    }
  }
  return { bench: 'deflate', ...figures };
}

async function connect(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  socket.on('message', () => {});
  await once(socket, 'open');
  return socket;
}

/** After a round trip on each, so that all that was sent has come. */
async function received(sockets: readonly WebSocket[]): Promise<number> {
  await Promise.all(
    sockets.map((socket) => {
      socket.ping();
      return once(socket, 'pong');
    }),
  );
  // ws shows its socket under no public name.
  const bytesOf = (socket: WebSocket) => (socket as unknown as { readonly _socket: { readonly bytesRead: number } })._socket.bytesRead;
  return sockets.reduce((sum, socket) => sum + bytesOf(socket), 0);
}

function frame(changes: readonly object[]): string {
  return JSON.stringify({ id: '4', type: 'next', payload: { data: { sessionChanges: { revision: 812, changes } } } });
}

function toVote(): string {
  return frame([{ __typename: 'VoteChanged', roundId: randomUUID(), participantId: randomUUID(), track: 'estimate', hasVoted: true }]);
}

function toReveal(voters: number): string {
  const people = Array.from({ length: voters }, () => ({ __typename: 'Participant', id: randomUUID() }));
  const card = (index: number) => ({ __typename: 'Card', label: String([1, 2, 3, 5, 8][index % 5]), value: index % 5, kind: 'NUMBER' });
  const votes = people.map((participant, index) => ({ __typename: 'Vote', track: 'estimate', participant, card: card(index), note: null }));
  const round = { __typename: 'Round', id: randomUUID(), number: 1, state: 'REVEALED', roster: people, votes, votedCount: voters };
  return frame([{ __typename: 'RoundChanged', itemId: randomUUID(), round }]);
}

function toSession(items: number): string {
  const item = (position: number) => ({
    __typename: 'SessionItem',
    id: randomUUID(),
    position,
    state: 'PENDING',
    topic: `Topic ${position}`,
    decision: null,
    estimates: [],
    rounds: [],
  });
  return frame(Array.from({ length: items }, (_, index) => ({ __typename: 'ItemChanged', item: item(index) })));
}
