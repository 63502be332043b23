import type { Participant, Session } from '../../domain/model.ts';
import { awayAfterMs, isOnline, type Sightings } from '../../domain/presence.ts';
import type { RedisConnection } from './connection.ts';
import { keysOf, presenceKey } from './keys.ts';
import { parse, parseAll } from './rows.ts';

/** Who is there: a hash in each session, and an index of the sessions where somebody was lately. */
export function createPresence({ send, run }: Pick<RedisConnection, 'send' | 'run'>) {
  async function findSightings(sessionId: string): Promise<Sightings> {
    const { presence } = keysOf(sessionId);
    const words = (await send(presence, 'HGETALL', presence)) as readonly string[];
    const sightings = words.flatMap((participantId, index) => {
      if (index % 2 === 1) return [];
      const [since = 0, seenAt = 0] = (words[index + 1] ?? '').split(' ').map(Number);
      return [{ participantId, since: new Date(since), seenAt: new Date(seenAt) }];
    });
    return new Map(sightings.map((sighting) => [sighting.participantId, sighting]));
  }

  async function isUnled(sessionId: string, now: Date): Promise<boolean> {
    const keys = keysOf(sessionId);
    const [data, rows, sightings] = await Promise.all([
      send(keys.session, 'HGET', keys.session, 'data'),
      send(keys.participants, 'HVALS', keys.participants),
      findSightings(sessionId),
    ]);
    const session = data === null ? undefined : parse<Session>(data);
    if (session?.state !== 'OPEN' || session.settings.successionSeconds === null) return false;
    const online = parseAll<Participant>(rows).filter((participant) => isOnline(participant, sightings, now));
    return online.length > 0 && online.every((participant) => participant.facilitatorRank === null);
  }

  async function isWaiting(sessionId: string): Promise<boolean> {
    const { session: key } = keysOf(sessionId);
    const data = await send(key, 'HGET', key, 'data');
    const session = data === null ? undefined : parse<Session>(data);
    return session?.openRoundId != null && session.settings.autoRevealSeconds !== null && !session.settings.waitForAway;
  }

  /** The sessions where somebody is online. */
  async function listAttended(now: Date): Promise<readonly string[]> {
    await send(presenceKey, 'ZREMRANGEBYSCORE', presenceKey, '-inf', String(now.getTime() - awayAfterMs));
    return (await send(presenceKey, 'ZRANGE', presenceKey, '0', '-1')) as readonly string[];
  }

  /** The first of them for which it holds, `limit` at most. */
  async function take(ids: readonly string[], limit: number, holds: (sessionId: string) => Promise<boolean>): Promise<readonly string[]> {
    const taken: string[] = [];
    for (const id of ids) {
      if (taken.length >= limit) break;
      if (await holds(id)) taken.push(id);
    }
    return taken;
  }

  return {
    findSightings,

    async touch(sessionId: string, participantId: string, at: Date): Promise<void> {
      const ms = String(at.getTime());
      const { participants, presence } = keysOf(sessionId);
      await Promise.all([
        send(presenceKey, 'ZADD', presenceKey, 'GT', ms, sessionId),
        run('touch', [participants, presence], [sessionId, participantId, ms, String(awayAfterMs)]),
      ]);
    },

    findUnled: async (now: Date, limit: number) => take(await listAttended(now), limit, (id) => isUnled(id, now)),

    findWaiting: async (now: Date, limit: number) => {
      const attended = await listAttended(now);
      const start = Math.floor(Math.random() * attended.length);
      return take([...attended.slice(start), ...attended.slice(0, start)], limit, isWaiting);
    },
  };
}
