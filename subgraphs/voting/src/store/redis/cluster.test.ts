import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@redis/client';
import { describe } from 'vitest';
import { createLogger } from '../../../../../kit/process/logging.ts';
import { createFolder, findFreePort, type PrivateServer, startServer } from '../../../../../tests/setup/private-server.ts';
import { findRedis, ping } from '../../../../../tests/setup/redis.ts';
import { describeVotingStore } from '../testing/voting-store.contract.ts';
import { createRedisStore } from './redis.ts';

const executable = await findRedis();
const log = createLogger('test', 'silent');

async function startNode(): Promise<PrivateServer> {
  const [port, folder] = [await findFreePort(), await createFolder('redis-node')];
  const busPort = await findFreePort();
  const settings = {
    port,
    'cluster-port': busPort,
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    'cluster-enabled': 'yes',
    'maxmemory-policy': 'noeviction',
  };
  return startServer({
    name: 'Redis node',
    port,
    url: `redis://127.0.0.1:${port}`,
    folder,
    command: executable ?? '',
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    probe: () => ping(port),
  });
}

async function command(url: string, words: string[]): Promise<unknown> {
  const client = createClient({ url });
  await client.connect();
  try {
    return await client.sendCommand(words);
  } finally {
    client.destroy();
  }
}

/** Three masters that share the slots. */
async function startCluster(): Promise<readonly PrivateServer[]> {
  const nodes = await Promise.all([startNode(), startNode(), startNode()]);
  const first = nodes[0]?.url ?? '';
  const borders = [0, 5461, 10923, 16384];
  for (const [index, node] of nodes.entries()) {
    await command(node.url, ['CLUSTER', 'ADDSLOTSRANGE', String(borders[index]), String((borders[index + 1] ?? 0) - 1)]);
    const bus = String(await command(node.url, ['CONFIG', 'GET', 'cluster-port'])).split(',')[1] ?? '';
    await command(first, ['CLUSTER', 'MEET', '127.0.0.1', String(node.port), bus]);
  }
  const isReady = async (node: PrivateServer) => String(await command(node.url, ['CLUSTER', 'INFO'])).includes('cluster_state:ok');
  while (!(await Promise.all(nodes.map(isReady))).every(Boolean)) await sleep(100);
  // Every node knows all slots a little after it calls itself ready.
  await sleep(500);
  return nodes;
}

describe.skipIf(executable === undefined)('on Redis Cluster', () => {
  describeVotingStore('redis', { isShared: true }, async () => {
    const nodes = await startCluster();
    const everywhere = (words: string[]) => Promise.all(nodes.map((node) => command(node.url, words)));
    return {
      open: async (options) => createRedisStore({ url: nodes.map((node) => node.url).join(','), log, ...options }),
      cut: async () => {
        await everywhere(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes']);
        await everywhere(['CLIENT', 'KILL', 'TYPE', 'pubsub']);
      },
      stall: async () => {
        await everywhere(['CLIENT', 'PAUSE', '30000', 'WRITE']);
        return async () => void (await everywhere(['CLIENT', 'UNPAUSE']));
      },
      dispose: async () => void (await Promise.all(nodes.map((node) => node.stop()))),
    };
  });
});
