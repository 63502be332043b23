import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chown, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

export const run = promisify(execFile);

/** Who a server runs as; undefined: whoever runs the tests. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PEM files of a server that speaks TLS; read again at each of its starts. */
export interface ServerCertificates {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

/** What its clients may show it: its own certificate serves for both. */
export function readCertificates({ cert, key, ca }: ServerCertificates) {
  const read = (file: string) => readFileSync(file, 'utf8');
  return { cert: read(cert), key: read(key), ca: read(ca) };
}

export interface PrivateServer {
  readonly url: string;
  readonly port: number;
  /** Ends it as a crash does (SIGKILL), data kept. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same port and data; ends it first (as a crash does) when it runs. */
  readonly restart: () => Promise<void>;
  /** Ends it and deletes its data. Calling it twice is harmless. */
  readonly stop: () => Promise<void>;
}

export interface PrivateServerOptions {
  readonly name: string;
  readonly port: number;
  readonly url: string;
  readonly folder: string;
  readonly account?: Account | undefined;
  readonly command: string;
  readonly args: readonly string[];
  /** Resolves when it serves; what it throws is tried again. */
  readonly probe: () => Promise<void>;
}

const startTimeoutMs = 60_000;

/** A port that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** An empty temporary folder that belongs to `account`. */
export async function createFolder(name: string, account?: Account): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `tally-test-${name}-`));
  if (account !== undefined) await chown(folder, account.uid, account.gid);
  return folder;
}

/**
 * Starts a server of our own and waits until it serves (60 s at most).
 * It also ends when the process that started it dies in whatever way.
 *
 * @throws Error with the end of the server's log.
 */
export async function startServer(options: PrivateServerOptions): Promise<PrivateServer> {
  let running: Running | undefined;
  const end = async (signal: NodeJS.Signals) => {
    const ending = running;
    running = undefined;
    if (ending !== undefined) await ending.end(signal);
  };
  const start = async () => {
    running = await launch(options);
  };
  const stop = async () => {
    await end('SIGINT');
    await rm(options.folder, { recursive: true, force: true });
  };
  await start().catch(async (error) => {
    await stop();
    throw error;
  });
  return {
    url: options.url,
    port: options.port,
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGKILL');
      await start();
    },
    stop,
  };
}

interface Running {
  readonly end: (signal: NodeJS.Signals) => Promise<void>;
}

async function launch(options: PrivateServerOptions): Promise<Running> {
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    const child = await spawnServer(options);
    const guard = spawnGuard(child, options.folder);
    const end = async (signal: NodeJS.Signals) => {
      if (child.exitCode === null && child.signalCode === null) {
        const exited = new Promise((resolve) => child.once('exit', resolve));
        child.kill(signal);
        const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
        await exited;
        clearTimeout(force);
      }
      guard.kill('SIGKILL');
    };
    while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
      try {
        await options.probe();
        return { end };
      } catch {
        await sleep(50);
      }
    }
    await end('SIGKILL');
    // After a crash Postgres refuses to start until the last of its old processes has gone: hence more than one try.
    if (Date.now() > deadline || !(await readLog(options.folder)).includes('still in use')) break;
    await sleep(200);
  }
  throw new Error(`${options.name} did not start:\n${(await readLog(options.folder)).slice(-1_500)}`);
}

async function spawnServer({ command, args, folder, account }: PrivateServerOptions): Promise<ChildProcess> {
  const log = await open(join(folder, 'server.log'), 'w');
  // Detached: Ctrl-C in the terminal is for the test run, which then ends its servers itself.
  const child = spawn(command, args, { cwd: folder, detached: true, stdio: ['ignore', log.fd, log.fd], ...account });
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  child.unref();
  await log.close();
  return child;
}

/** A shell that waits for our end of its pipe to close, which happens however we die, and then cleans up. */
function spawnGuard(child: ChildProcess, folder: string): ChildProcess {
  const script = 'cat >/dev/null; kill -9 "$1" 2>/dev/null; sleep 1; rm -rf "$2"';
  const guard = spawn('sh', ['-c', script, 'sh', String(child.pid), folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  guard.unref();
  (guard.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return guard;
}

async function readLog(folder: string): Promise<string> {
  return readFile(join(folder, 'server.log'), 'utf8').catch(() => '(no log)');
}
