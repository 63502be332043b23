import { createClient } from '@redis/client';
import { toMessage } from '../../kit/process/errors.ts';
import { toRedisSocket } from '../../kit/process/storage-tls.ts';
import type { Tls } from '../../kit/process/tls.ts';
import { about, type Finding, inTime, toPlace } from './finding.ts';
import type { Looked } from './postgres.ts';

export interface RedisQuestion {
  /** `REDIS_URL` or `CACHE_REDIS_URL`. */
  readonly variable: string;
  readonly url: string;
  /** What it is used for: sessions are kept in it, it must not forget, or it is a cache and should. */
  readonly use: keyof typeof contents;
  readonly tls: Tls | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const contents = { sessions: 'sessions', limits: 'rate limits and registered operations', cache: 'issues' } as const;

const { ok, warning, wrong } = about('redis');

/** Looks at one Redis; changes nothing in it. */
export async function checkRedis({ variable, url, use, tls, now }: RedisQuestion): Promise<Looked> {
  const place = toPlace(url);
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { reconnectStrategy: false, connectTimeout: 5_000, ...toRedisSocket(url, tls) },
  });
  client.on('error', () => undefined);
  try {
    await inTime('Redis', () => client.connect());
    const askedAt = now();
    const [seconds, microseconds] = await inTime('Redis', () => client.sendCommand<[string, string]>(['TIME']));
    const clock = {
      of: `Redis at ${place}`,
      theirs: Number(seconds) * 1_000 + Number(microseconds) / 1_000,
      askedAt,
      answeredAt: now(),
      precisionMs: 1,
    };
    // INFO is allowed where CONFIG is not, as with hosted ones.
    const info = parseInfo(await inTime('Redis', () => client.info()));
    const findings = [...checkMemory(info, use), ...checkPersistence(info, use)];
    if (info.get('role') === 'slave') findings.push(wrong('it is a replica, and takes no writes', `point ${variable} to the primary`));
    if (info.get('loading') === '1') findings.push(warning('it still loads its data', 'wait until it has'));
    const told = findings.map((finding) => ({ ...finding, message: `${variable} (${place}): ${finding.message}` }));
    return { findings: told.length === 0 ? [ok(`${variable} (${place}) is set up for ${contents[use]}`)] : told, clock };
  } catch (error) {
    return {
      findings: [wrong(`${variable} (${place}) does not let us in: ${toMessage(error)}`, toRemedy(variable, error))],
      clock: undefined,
    };
  } finally {
    if (client.isOpen) client.destroy();
  }
}

function toRemedy(variable: string, error: unknown): string {
  const text = toMessage(error);
  if (/NOAUTH|WRONGPASS|invalid (?:username|password)/i.test(text)) return `put the password into ${variable}: redis://:PASSWORD@host:port`;
  if (/NOPERM/.test(text)) return 'let the user of the URL run TIME and INFO, and what docs/deployment.md lists';
  if (/certificate|SSL|TLS/i.test(text)) return `check TLS_CA or STORAGE_TLS_CA, and that ${variable} is rediss://`;
  return `is it running, is ${variable} right, does a firewall stand between?`;
}

type Info = ReadonlyMap<string, string>;

function parseInfo(text: string): Info {
  const pairs = text.split(/\r?\n/).map((line) => line.split(/:(.*)/s));
  return new Map(pairs.flatMap(([name = '', value]) => (value === undefined ? [] : [[name, value] as const])));
}

function checkMemory(info: Info, use: RedisQuestion['use']): readonly Finding[] {
  const policy = info.get('maxmemory_policy') ?? 'unknown';
  const [most, used] = [Number(info.get('maxmemory') ?? 0), Number(info.get('used_memory') ?? 0)];
  const findings: Finding[] = [];
  if (use === 'cache') {
    if (most === 0)
      findings.push(warning('maxmemory is 0: the cache grows without end', 'set maxmemory, and maxmemory-policy allkeys-lru'));
    else if (policy === 'noeviction')
      findings.push(warning('maxmemory-policy is noeviction: a full cache takes nothing new', 'set maxmemory-policy allkeys-lru'));
    return findings;
  }
  const isLossy = policy !== 'noeviction' && policy !== 'unknown';
  if (isLossy)
    findings.push(wrong(`maxmemory-policy is ${policy}: when it is full it forgets ${contents[use]}`, 'set maxmemory-policy noeviction'));
  if (most > 0 && used > 0.9 * most)
    findings.push(wrong(`it uses ${Math.round((100 * used) / most)} % of maxmemory: soon it takes nothing new`, 'raise maxmemory'));
  return findings;
}

function checkPersistence(info: Info, use: RedisQuestion['use']): readonly Finding[] {
  const findings: Finding[] = [];
  if (use === 'sessions' && info.get('aof_enabled') === '0')
    findings.push(wrong('appendonly is off: a restart loses sessions', 'set appendonly yes, and appendfsync everysec or always'));
  const failing = [
    ['aof_last_write_status', 'appendonly file'],
    ['aof_last_bgrewrite_status', 'rewriting of the appendonly file'],
    ['rdb_last_bgsave_status', 'snapshot'],
  ].filter(([name = '']) => info.get(name) === 'err');
  for (const [, what] of failing)
    findings.push(
      wrong(`its last ${what} failed: it may take no writes now, and loses them at a restart`, 'is its disk full, or read-only?'),
    );
  return findings;
}
