import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { toMessage } from '../../../../../kit/process/errors.ts';
import type { Logger } from '../../../../../kit/process/logging.ts';
import { type Audience, createAudience } from '../audience.ts';
import { endClient } from './end-client.ts';

interface ChannelOptions {
  readonly server: pg.ClientConfig;
  readonly timeoutMs: number;
  readonly log: Logger;
}

export interface ChangeChannel extends Pick<Audience, 'onChange' | 'onSignal'> {
  /** Call it after a commit: tells the listeners of this process at once, and those of other replicas within some milliseconds. Never throws. */
  readonly tell: (sessionId: string) => void;
  /** Tells what was not told yet, then closes the connection. */
  readonly stop: () => Promise<void>;
}

const reconnectDelayMs = 500;
/** From one notifying statement to the next: changes of that time share one. */
const pauseMs = 10;

/** One notification for each session, as the version before sends them: both may run beside each other. */
const notifySql = "SELECT pg_notify('tally_session', id) FROM unnest($1::text[]) AS id";

/**
 * One connection that listens and notifies, opened with the first use and opened again when it is lost.
 *
 * Notifying in a write's own transaction would make the commits of all sessions queue for one lock of the whole cluster, and share no flush
 * of the log. A statement that only notifies writes nothing, so it waits for no disk. What a replica that dies does not tell any more,
 * followers find by `findRevisions`. What was missed while the connection was lost is unknown, so after a reconnect every listener is told
 * of every session that it may care about: the id '*'.
 */
export function openChangeChannel({ server, timeoutMs, log }: ChannelOptions): ChangeChannel {
  const { onChange, onSignal, hear } = createAudience(() => open());
  const untold = new Set<string>();
  let client: pg.Client | undefined;
  let connecting: Promise<void> | undefined;
  /** The backend that says what we have said ourselves; undefined while there is none. */
  let ownPid: number | undefined;
  let sending: Promise<void> | undefined;
  let isStopped = false;
  let retry: NodeJS.Timeout | undefined;
  let asking: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const next = new pg.Client({ ...server, connectionTimeoutMillis: timeoutMs, query_timeout: timeoutMs });
    client = next;
    retry = undefined;
    next.on('notification', ({ payload, processId }) => {
      if (payload !== undefined && processId !== ownPid) hear(payload);
    });
    next.on('error', (error) => reconnect(next, error));
    next.on('end', () => reconnect(next));
    try {
      await next.connect();
      await next.query('LISTEN tally_session');
      const { rows } = await next.query('SELECT pg_backend_pid() AS pid');
      // Lost meanwhile, and another one is on its way.
      if (client !== next) return;
      ownPid = rows[0]?.pid;
      hear('*');
      // A server that is gone without a word would be listened to for ever.
      asking = setInterval(() => next.query('SELECT 1').catch((error: unknown) => reconnect(next, error)), 3 * timeoutMs).unref();
      send();
    } catch (error) {
      reconnect(next, error);
    }
  }

  function open(): void {
    if (client === undefined && retry === undefined && !isStopped) connecting = connect();
  }

  function reconnect(lost: pg.Client, error?: unknown): void {
    if (isStopped || client !== lost) return;
    client = undefined;
    ownPid = undefined;
    clearInterval(asking);
    log.warn({ reason: toMessage(error) }, 'the Postgres connection for changes was lost; connecting again');
    lost.end().catch(() => {});
    retry = setTimeout(() => {
      connecting = connect();
    }, reconnectDelayMs);
  }

  function send(): void {
    // A stopped channel tries once more by itself: a connection that has ended refuses at once, and for ever.
    if (untold.size === 0 || ownPid === undefined || isStopped) return;
    sending ??= sendAll().finally(() => {
      sending = undefined;
      // What came while this one ended.
      send();
    });
  }

  async function sendAll(): Promise<void> {
    while (untold.size > 0 && client !== undefined) {
      const [told, by] = [[...untold], client];
      untold.clear();
      try {
        await by.query(notifySql, [told]);
      } catch (error) {
        for (const sessionId of told) untold.add(sessionId);
        reconnect(by, error);
        return;
      }
      if (!isStopped) await sleep(pauseMs);
    }
  }

  return {
    onChange,
    onSignal,
    tell: (sessionId) => {
      hear(sessionId);
      if (isStopped) return;
      untold.add(sessionId);
      open();
      send();
    },
    stop: async () => {
      isStopped = true;
      clearTimeout(retry);
      await connecting;
      await sending;
      await sendAll();
      clearInterval(asking);
      if (client !== undefined) await endClient(client);
    },
  };
}
