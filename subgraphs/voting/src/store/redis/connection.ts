import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { toMessage } from '../../../../../kit/process/errors.ts';
import type { Logger } from '../../../../../kit/process/logging.ts';
import type { Tls } from '../../../../../kit/process/tls.ts';
import { type Audience, createAudience } from '../audience.ts';
import {
  type Client,
  createClusterClient,
  createCommandClient,
  createSubscriber,
  type Keeping,
  type Kept,
  keepClient,
  keepClients,
} from './clients.ts';

export interface RedisOptions {
  /** `redis://…`; several, separated by commas, are nodes of a Redis Cluster. */
  readonly url: string;
  readonly tls?: Tls | undefined;
  /** How long an answer may be waited for; default 5000. */
  readonly timeoutMs?: number;
  readonly log: Logger;
}

export type Reply = string | number | null | readonly Reply[];

const scriptNames = [
  'commit',
  'vote',
  'load',
  'import',
  'mark',
  'unmark',
  'lease',
  'release',
  'forget',
  'touch',
  'credential',
  'undelta',
  'drop',
] as const;
export type ScriptName = (typeof scriptNames)[number];

const scripts = Object.fromEntries(
  scriptNames.map((name) => {
    const source = readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), 'utf8');
    return [name, { source, sha: createHash('sha1').update(source).digest('hex') }];
  }),
) as Readonly<Record<ScriptName, { readonly source: string; readonly sha: string }>>;

const channel = 'tally_session';

// While this process reads the answers of one connection, Redis works on the commands of another.
const connectionCount = 2;

/** A Redis, or a cluster of them. Whatever is not answered in time fails with ETIMEDOUT; while there is no connection everything fails at once. */
export interface RedisConnection extends Pick<Audience, 'onChange' | 'onSignal'> {
  /** One command on the node that has `key`. */
  send(key: string, ...command: readonly string[]): Promise<Reply>;
  /** One of our scripts; all keys are of one slot. */
  run(script: ScriptName, keys: readonly string[], args: readonly string[]): Promise<Reply>;
  /** Sends a message that all replicas hear, this one included. */
  say(message: string): Promise<void>;
  close(): Promise<void>;
}

export function connectRedis({ url, tls, timeoutMs = 5_000, log }: RedisOptions): RedisConnection {
  const urls = url.split(',');
  const [firstUrl = url] = urls;
  const keeping: Keeping = {
    timeoutMs,
    tls,
    warn: (error) => log.warn({ reason: toMessage(error) }, 'the Redis connection was lost; connecting again'),
  };
  const isCluster = urls.length > 1;
  const commands = keepClients(
    // A cluster's client has a connection to each node already.
    isCluster ? 1 : connectionCount,
    () => (isCluster ? createClusterClient(urls, keeping) : createCommandClient(firstUrl, keeping)),
    keeping,
  );
  const changes = listenForChanges(urls, keeping);
  // A store that cannot be reached yet says so itself.
  const checking = warnOfSettings().catch(() => undefined);

  const ask = (key: string, words: readonly string[]) => commands.use((client) => client.send(key, words) as Promise<Reply>);

  async function run(name: ScriptName, keys: readonly string[], args: readonly string[]): Promise<Reply> {
    const { source, sha } = scripts[name];
    const [key = ''] = keys;
    const count = String(keys.length);
    try {
      return await ask(key, ['EVALSHA', sha, count, ...keys, ...args]);
    } catch (error) {
      // A server that was restarted, or that is new, does not know the script yet.
      if (!toMessage(error).startsWith('NOSCRIPT')) throw error;
      return ask(key, ['EVAL', source, count, ...keys, ...args]);
    }
  }

  /** What Redis must not do to a store: evict, or forget at a restart. */
  async function warnOfSettings(): Promise<void> {
    const info = String(await ask('', ['INFO']));
    const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
    if (policy !== undefined && policy !== 'noeviction')
      log.warn({ policy }, 'Redis may evict sessions: set maxmemory-policy to noeviction');
    if (/^aof_enabled:0/m.test(info)) log.warn('Redis loses sessions at a restart: set appendonly to yes');
  }

  return {
    send: (key, ...words) => ask(key, words),
    run,
    onChange: changes.onChange,
    onSignal: changes.onSignal,
    say: async (message) => void (await ask('', ['PUBLISH', channel, message])),
    close: async () => {
      changes.stop();
      commands.close();
      await checking;
    },
  };
}

/** A client that only listens, made with the first listener. What was missed while it was lost is unknown: '*'. In a cluster every node tells of all, so when one is gone the next is listened to. */
function listenForChanges(urls: readonly string[], keeping: Keeping) {
  let tries = 0;
  const listen = () => createSubscriber(urls[tries++ % urls.length] ?? '', keeping, { channel, onMessage: hear, onGap: () => hear('*') });
  let kept: Kept<Client> | undefined;
  const { onChange, onSignal, hear } = createAudience(() => {
    kept ??= keepClient(listen, keeping);
  });
  return { onChange, onSignal, stop: () => kept?.close() };
}
