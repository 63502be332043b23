import { setTimeout as sleep } from 'node:timers/promises';
import { query } from './postgres.ts';
import { findFreePort, run } from './private-server.ts';
import { ping } from './redis.ts';

interface ContainerOptions {
  readonly image: string;
  readonly containerPort: number;
  readonly settings: readonly string[];
  readonly toUrl: (port: number) => string;
  readonly probe: (port: number) => Promise<void>;
}

interface Container {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const startTimeoutMs = 60_000;

export function startDockerPostgres(): Promise<Container> {
  const toUrl = (port: number) => `postgresql://postgres@127.0.0.1:${port}/postgres`;
  return startContainer({
    image: 'postgres:17-alpine',
    containerPort: 5432,
    settings: ['-e', 'POSTGRES_HOST_AUTH_METHOD=trust'],
    toUrl,
    probe: (port) => query(toUrl(port), 'SELECT 1'),
  });
}

export function startDockerRedis(): Promise<Container> {
  return startContainer({
    image: 'redis:7-alpine',
    containerPort: 6379,
    settings: [],
    toUrl: (port) => `redis://127.0.0.1:${port}`,
    probe: ping,
  });
}

/** @throws Error when no container engine answers, or the container does not serve within 60 s. */
async function startContainer({ image, containerPort, settings, toUrl, probe }: ContainerOptions): Promise<Container> {
  await run('docker', ['info'], { timeout: 10_000 }).catch(() => {
    throw new Error('no engine answers');
  });
  const port = await findFreePort();
  const { stdout } = await run('docker', ['run', '-d', '--rm', '-p', `127.0.0.1:${port}:${containerPort}`, ...settings, image]);
  const stop = async () => {
    await run('docker', ['rm', '-f', stdout.trim()]);
  };
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    try {
      await probe(port);
      return { url: toUrl(port), stop };
    } catch (error) {
      if (Date.now() < deadline) {
        await sleep(200);
        continue;
      }
      await stop();
      throw error;
    }
  }
}
