import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, createCluster } from '@redis/client';
import { toRedisSocket } from '../../../../../kit/process/storage-tls.ts';
import type { Tls } from '../../../../../kit/process/tls.ts';
import { createDeadlines, tooLate } from '../deadlines.ts';

/** A client of the driver's, of one server or of a cluster. */
export interface Client {
  /** Called until it succeeds. */
  readonly open: () => Promise<void>;
  readonly ping: () => Promise<unknown>;
  /** Whether it has a connection. */
  readonly isReady: () => boolean;
  readonly close: () => void;
}

export interface Keeping {
  readonly timeoutMs: number;
  readonly tls?: Tls | undefined;
  readonly warn: (error: unknown) => void;
}

export interface Kept<C extends Client> {
  /** @throws Error with code ETIMEDOUT when it takes longer than `timeoutMs`, opening included. */
  use<Value>(ask: (client: C) => Promise<Value>): Promise<Value>;
  isReady(): boolean;
  close(): void;
}

/**
 * Keeps a client that answers. The driver itself connects again after a connection was closed, but not after one went silent: its
 * socket time-out counts what is sent as a sign of life. So a client that twice in a row does not answer a ping is replaced.
 */
export function keepClient<C extends Client>(create: () => C, { timeoutMs, warn }: Keeping): Kept<C> {
  const deadlines = createDeadlines(timeoutMs);
  let isClosed = false;
  let missed = 0;
  let current = start();
  const looking = setInterval(() => void look(), timeoutMs).unref();

  function start() {
    const client = create();
    let isGivenUp = false;
    const open = async () => {
      while (!isGivenUp) {
        try {
          return await client.open();
        } catch (error) {
          if (!isGivenUp) warn(error);
          await sleep(200);
        }
      }
    };
    const giveUp = () => {
      isGivenUp = true;
      client.close();
    };
    const started = { client, isOpen: false, opening: open(), giveUp };
    void started.opening.then(() => {
      started.isOpen = true;
    });
    return started;
  }

  function use<Value>(ask: (client: C) => Promise<Value>): Promise<Value> {
    const { client, isOpen, opening } = current;
    return deadlines.within(isOpen ? askNow() : askAfter(opening));

    function askNow(): Promise<Value> {
      return isClosed ? Promise.reject(new Error('The client is closed.')) : ask(client);
    }

    async function askAfter(opened: Promise<void>): Promise<Value> {
      const lateAt = performance.now() + timeoutMs;
      await opened;
      // Whoever was told meanwhile that it failed must not find it done.
      if (performance.now() >= lateAt) throw tooLate();
      return askNow();
    }
  }

  async function look(): Promise<void> {
    const looked = current;
    const isAlive = await use((client) => client.ping()).then(
      () => true,
      () => false,
    );
    if (isClosed || looked !== current) return;
    missed = isAlive ? 0 : missed + 1;
    if (missed < 2) return;
    missed = 0;
    warn(tooLate());
    looked.giveUp();
    current = start();
  }

  return {
    use,
    isReady: () => current.isOpen && current.client.isReady(),
    close: () => {
      isClosed = true;
      clearInterval(looking);
      deadlines.stop();
      current.giveUp();
    },
  };
}

/** Several clients that take turns; one that has lost its connection is passed over while another has one. */
export function keepClients<C extends Client>(count: number, create: () => C, keeping: Keeping): Kept<C> {
  const first = keepClient(create, keeping);
  const all = [first, ...Array.from({ length: count - 1 }, () => keepClient(create, keeping))];
  let turn = 0;
  const at = (place: number): Kept<C> => all[place % all.length] ?? first;
  return {
    use: (ask) => {
      turn = (turn + 1) % all.length;
      const skipped = all.findIndex((_, step) => at(turn + step).isReady());
      return at(turn + Math.max(0, skipped)).use(ask);
    },
    isReady: () => all.some((kept) => kept.isReady()),
    close: () => {
      for (const kept of all) kept.close();
    },
  };
}

export interface CommandClient extends Client {
  readonly send: (key: string, words: readonly string[]) => Promise<unknown>;
}

// Nothing waits for a connection: a vote that was queued would land after its voter was told that it had failed.
const toSettings = (url: string, { timeoutMs, tls }: Keeping) => ({
  disableOfflineQueue: true,
  socket: { connectTimeout: timeoutMs, reconnectStrategy: 200, ...toRedisSocket(url, tls) },
});

export function createCommandClient(url: string, keeping: Keeping): CommandClient {
  const client = createClient({ url, ...toSettings(url, keeping) }).on('error', keeping.warn);
  return {
    open: async () => {
      if (!client.isOpen) await client.connect();
    },
    ping: () => client.ping(),
    isReady: () => client.isReady,
    close: () => {
      if (client.isOpen) client.destroy();
    },
    send: (_, words) => client.sendCommand(words),
  };
}

export function createClusterClient(urls: readonly string[], keeping: Keeping): CommandClient {
  const cluster = createCluster({ rootNodes: urls.map((url) => ({ url })), defaults: toSettings(urls[0] ?? '', keeping) }).on(
    'error',
    keeping.warn,
  );
  return {
    open: async () => {
      if (!cluster.isOpen) await cluster.connect();
    },
    ping: () => Promise.all(cluster.masters.map(async (node) => (await cluster.nodeClient(node)).ping())),
    isReady: () => cluster.isOpen,
    close: () => {
      if (cluster.isOpen) cluster.destroy();
    },
    // Half a character goes out as U+FFFD: the slot has to be that key's.
    send: (key, words) => cluster.sendCommand(key.toWellFormed(), false, [...words]),
  };
}

export interface Subscription {
  readonly channel: string;
  readonly onMessage: (message: string) => void;
  /** Called when listening begins, again after each loss: what was said meanwhile is unknown. */
  readonly onGap: () => void;
}

export function createSubscriber(url: string, keeping: Keeping, { channel, onMessage, onGap }: Subscription): Client {
  const client = createClient({ url, ...toSettings(url, keeping) }).on('error', keeping.warn);
  let isListening = false;
  // The client subscribes again by itself before it says that it is ready.
  client.on('ready', () => {
    if (isListening) onGap();
  });
  return {
    open: async () => {
      if (!client.isOpen) await client.connect();
      await client.subscribe(channel, onMessage);
      isListening = true;
      onGap();
    },
    ping: () => client.ping(),
    isReady: () => client.isReady,
    close: () => {
      if (client.isOpen) client.destroy();
    },
  };
}
