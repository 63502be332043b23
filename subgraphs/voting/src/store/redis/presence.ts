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

    async findUnled(now: Date, limit: number): Promise<readonly string[]> {
      const away = now.getTime() - awayAfterMs;
      await send(presenceKey, 'ZREMRANGEBYSCORE', presenceKey, '-inf', String(away));
      const unled: string[] = [];
      for (const sessionId of (await send(presenceKey, 'ZRANGE', presenceKey, '0', '-1')) as readonly string[]) {
        if (unled.length >= limit) break;
        if (await isUnled(sessionId, now)) unled.push(sessionId);
      }
      return unled;
    },
  };
}
