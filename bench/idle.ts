import type { WebSocket } from 'ws';
import { askSubgraphs, startFollowed } from './routers/followed.ts';
import { type Measured, startTally } from './routers/processes.ts';
import type { SettledMemory } from './routers/settled-memory.ts';
import { connectSubscriber } from './routers/subscriber.ts';

const usual = 2_000;
const warmUp = 1_000;
const following = {
  query: 'subscription R($id: ID!) { voteResults(sessionId: $id) { id issue { key summary } } }',
  variables: { id: 's1' },
};

/**
 * What an idle subscriber costs the router: 2000 graphql-ws clients of one session (or as many as is said) with tokens of their own, as browsers connect
 * (compression offered), against the same process with a thousand before them. After garbage collections: what it holds, and what it is resident with.
 */
export async function benchIdle(
  say: (line: string) => void,
  [chosen]: readonly string[] = [],
): Promise<Readonly<Record<string, string | number>>> {
  const subscribers = Number(chosen ?? usual);
  const { subgraphs, environment } = await startFollowed();
  const preload = new URL('./routers/settled-memory.ts', import.meta.url).href;
  const router = await startTally(environment, ['--expose-gc', '--import', preload]);
  const sockets: WebSocket[] = [];
  const received = { count: 0 };
  try {
    const tokens = await askSubgraphs<readonly string[]>(subgraphs, { kind: 'tokens', count: warmUp + subscribers });
    const open = async (upTo: number) => {
      while (sockets.length < upTo) {
        const next = tokens.slice(sockets.length, Math.min(upTo, sockets.length + 50));
        sockets.push(...(await Promise.all(next.map((token) => connectSubscriber(router.url, token, following, received, true)))));
      }
      // Everyone is subscribed when one event reaches all.
      for (received.count = 0; received.count < upTo; await new Promise((resolve) => setTimeout(resolve, 500))) {
        received.count = 0;
        subgraphs.send({ kind: 'vote' });
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    };
    await open(warmUp);
    const before = await readMemory(router);
    await open(warmUp + subscribers);
    const after = await readMemory(router);
    const each = (of: keyof SettledMemory) => Math.round((after[of] - before[of]) / subscribers);
    say(`${warmUp} subscribers: ${JSON.stringify(before)}; ${warmUp + subscribers}: ${JSON.stringify(after)}`);
    const heldMiB = Math.round((after.heldBytes - before.heldBytes) / 2 ** 20);
    return { bench: 'idle', subscribers, heldBytes: each('heldBytes'), residentBytes: each('residentBytes'), heldMiB };
  } finally {
    for (const socket of sockets) socket.terminate();
    router.stop();
    subgraphs.kill();
  }
}

function readMemory({ child }: Measured): Promise<SettledMemory> {
  const answer = new Promise<SettledMemory>((resolve) => child.once('message', (value) => resolve(value as SettledMemory)));
  child.send('memory');
  return answer;
}
