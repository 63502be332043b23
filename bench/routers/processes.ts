import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

/** A process under measurement. */
export interface Measured {
  readonly name: string;
  readonly url: string;
  /** CPU time that it has used so far, in microseconds (Linux). */
  readonly cpuMicros: () => number;
  /** What it holds in memory, in bytes (Linux). */
  readonly residentBytes: () => number;
  /** The process itself, for those who ask it by IPC. */
  readonly child: ChildProcess;
  readonly stop: () => void;
}

// sysconf(_SC_CLK_TCK) is 100 on every Linux that Node runs on.
const microsPerTick = 10_000;

/** Starts a script that sends one message when it is ready, and resolves to that message. */
export async function startProcess<Message>(
  script: URL,
  environment: Record<string, string>,
): Promise<{ readonly child: ChildProcess; readonly message: Message }> {
  const child = fork(fileURLToPath(script), {
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const message = await new Promise<Message>((resolve, reject) => {
    child.once('message', (value) => resolve(value as Message));
    child.once('exit', (code) => reject(new Error(`${script.pathname} ended with ${code}`)));
  });
  return { child, message };
}

export function toMeasured(name: string, url: string, child: ChildProcess): Measured {
  return {
    name,
    url,
    child,
    cpuMicros: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) * microsPerTick;
    },
    residentBytes: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024,
    stop: () => child.kill('SIGKILL'),
  };
}

/** Starts our router as its users do, on a free port unless the environment has one, and waits until it serves. */
export async function startTally(environment: Record<string, string>, execArgv: readonly string[] = []): Promise<Measured> {
  const port = environment['ROUTER_PORT'] ?? (await findFreePort());
  const child = fork(fileURLToPath(new URL('../../router/src/main.ts', import.meta.url)), {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      ROUTER_PORT: String(port),
      PAGE_DIRECTORY: '/nonexistent',
      STARTUP_WAIT_SECONDS: '0',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [...process.execArgv, ...execArgv],
  });
  const url = `http://127.0.0.1:${port}/graphql`;
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/live`).catch(() => undefined);
    if (answer?.ok === true) return toMeasured('tally', url, child);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('our router did not start');
}

/** A supergraph of SDL, with the addresses put in. */
export function composeBench(services: ReadonlyArray<{ readonly name: string; readonly url: string; readonly sdl: string }>): string {
  const { supergraphSdl, errors } = composeServices(services.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
  if (errors !== undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

export function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
