import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, createCluster } from '@redis/client';
import { toMessage } from '../../../../kit/errors.ts';
import type { Logger } from '../../../../kit/logging.ts';
import type { ChangeListener } from './voting-store.ts';

export interface RedisOptions {
  /** `redis://…`; several, separated by commas, are nodes of a Redis Cluster. */
  readonly url: string;
  /** How long an answer may be waited for; default 5000. */
  readonly timeoutMs?: number;
  readonly log: Logger;
}

export type Reply = string | number | null | readonly Reply[];

const scriptNames = ['commit', 'vote', 'load', 'import', 'mark', 'unmark', 'lease', 'release', 'forget', 'touch', 'drop'] as const;
export type ScriptName = (typeof scriptNames)[number];

const scripts = new Map(
  scriptNames.map((name) => {
    const source = readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), 'utf8');
    return [name, { source, sha: createHash('sha1').update(source).digest('hex') }];
  }),
);

/** A Redis, or a cluster of them. Whatever is not answered in time fails with ETIMEDOUT; while there is no connection everything fails at once. */
export interface RedisConnection {
  /** One command on the node that has `key`. */
  send(key: string, ...command: readonly string[]): Promise<Reply>;
  /** One of our scripts; all keys are of one slot. */
  run(script: ScriptName, keys: readonly string[], args: readonly string[]): Promise<Reply>;
  onChange(listener: ChangeListener): () => void;
  close(): Promise<void>;
}

export function connectRedis({ url, timeoutMs = 5_000, log }: RedisOptions): RedisConnection {
  const urls = url.split(',');
  const [firstUrl = url] = urls;
  // A server that is gone without a word is noticed by pings that nobody answers.
  const settings = { pingInterval: timeoutMs, socket: { connectTimeout: timeoutMs, socketTimeout: 3 * timeoutMs, reconnectStrategy: 200 } };
  const warn = (error: unknown) => log.warn({ reason: toMessage(error) }, 'the Redis connection was lost; connecting again');
  const { command, open, close } = urls.length > 1 ? connectCluster() : connectOne();
  let isClosed = false;
  const opening = openPatiently();
  const changes = listenForChanges(firstUrl, { settings, warn });
  const checking = opening.then(warnOfSettings);

  function connectOne() {
    const client = createClient({ url: firstUrl, ...settings, disableOfflineQueue: true }).on('error', warn);
    return {
      command: (_: string, words: readonly string[]) => client.sendCommand<Reply>(words),
      open: async () => void (await client.connect()),
      close: () => {
        if (client.isOpen) client.destroy();
      },
    };
  }

  function connectCluster() {
    const defaults = { ...settings, disableOfflineQueue: true };
    const cluster = createCluster({ rootNodes: urls.map((node) => ({ url: node })), defaults }).on('error', warn);
    return {
      command: (key: string, words: readonly string[]) => cluster.sendCommand<Reply>(key, false, [...words]),
      open: async () => void (await cluster.connect()),
      close: () => {
        if (cluster.isOpen) cluster.destroy();
      },
    };
  }

  /** A client tries by itself; a cluster that finds no node gives up. */
  async function openPatiently(): Promise<void> {
    while (!isClosed) {
      try {
        return await open();
      } catch (error) {
        if (!isClosed) warn(error);
        await sleep(200);
      }
    }
  }

  async function send(key: string, ...words: readonly string[]): Promise<Reply> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(Object.assign(new Error('Redis does not answer.'), { code: 'ETIMEDOUT' })), timeoutMs);
    });
    try {
      return await Promise.race([
        late,
        opening.then(() => (isClosed ? Promise.reject(new Error('The client is closed.')) : command(key, words))),
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  async function run(name: ScriptName, keys: readonly string[], args: readonly string[]): Promise<Reply> {
    const script = scripts.get(name);
    if (script === undefined) throw new Error(`There is no script ${name}.`);
    const rest = [String(keys.length), ...keys, ...args];
    const [key = ''] = keys;
    try {
      return await send(key, 'EVALSHA', script.sha, ...rest);
    } catch (error) {
      // A server that was restarted, or that is new, does not know the script yet.
      if (!toMessage(error).startsWith('NOSCRIPT')) throw error;
      return send(key, 'EVAL', script.source, ...rest);
    }
  }

  /** What Redis must not do to a store: evict, or forget at a restart. */
  async function warnOfSettings(): Promise<void> {
    const info = String(await send('', 'INFO'));
    const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
    if (policy !== undefined && policy !== 'noeviction')
      log.warn({ policy }, 'Redis may evict sessions: set maxmemory-policy to noeviction');
    if (/^aof_enabled:0/m.test(info)) log.warn('Redis loses sessions at a restart: set appendonly to yes');
  }

  return {
    send,
    run,
    onChange: changes.onChange,
    close: async () => {
      isClosed = true;
      await changes.stop();
      close();
      await checking.catch(() => undefined);
    },
  };
}

interface Listening {
  readonly settings: object;
  readonly warn: (error: unknown) => void;
}

/** A connection that only listens, opened with the first listener. After it was lost everything may have changed: '*'. In a cluster every node tells of all. */
function listenForChanges(url: string, { settings, warn }: Listening) {
  const listeners = new Set<ChangeListener>();
  const client = createClient({ url, ...settings }).on('error', warn);
  let isStarted = false;
  let isStopped = false;

  const tell = (sessionId: string) => {
    for (const listener of listeners) listener(sessionId);
  };

  async function start(): Promise<void> {
    await client.connect();
    while (!isStopped) {
      try {
        await client.subscribe('tally_session', tell);
        // From now on the client subscribes again by itself before it says that it is ready.
        client.on('ready', () => tell('*'));
        return tell('*');
      } catch (error) {
        warn(error);
        await sleep(200);
      }
    }
  }

  return {
    onChange: (listener: ChangeListener) => {
      listeners.add(listener);
      if (!isStarted) start().catch((error: unknown) => isStopped || warn(error));
      isStarted = true;
      return () => void listeners.delete(listener);
    },
    stop: async () => {
      isStopped = true;
      if (client.isOpen) client.destroy();
    },
  };
}
