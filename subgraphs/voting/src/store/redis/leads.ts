import type { SessionAggregate } from '../../domain/model.ts';
import type { RedisConnection } from './connection.ts';
import { agesKey, fieldKey, inviteKey, issueKeyOf, ownerKey, revealsKey, roundKey, toOwnedMember, writeBacksKey } from './keys.ts';
import type { Marks } from './marks.ts';

type Leads = Pick<SessionAggregate, 'session' | 'rounds' | 'estimates'>;

/** Writes what leads to a session, before the session itself is written. Returns until when (ms) the commit must come, if it matters. */
export type LeadTo = (before: SessionAggregate | undefined, after: Leads) => Promise<number | undefined>;

export function createLeads({ send }: Pick<RedisConnection, 'send'>, marks: Marks): LeadTo {
  return async (before, { session, rounds, estimates }) => {
    const { id, inviteCode, ownerSubject } = session;
    const newRounds = rounds.filter((round) => !before?.rounds.some(({ id: known }) => known === round.id));
    const indexes = [
      ...(estimates.some((estimate) => estimate.state === 'PENDING') ? [writeBacksKey] : []),
      ...(rounds.some((round) => round.state === 'OPEN' && round.revealsAt !== null) ? [revealsKey] : []),
    ];
    const hints = [
      ...(before === undefined ? [['ZADD', agesKey, 'NX', String(session.createdAt.getTime()), id]] : []),
      ...(inviteCode === before?.session.inviteCode ? [] : [['SET', inviteKey(inviteCode), id]]),
      ...newRounds.map((round) => ['SET', roundKey(round.id), id]),
      ...estimates.flatMap(({ issueKey, track, roundId }) =>
        issueKey === null
          ? []
          : [
              ['SADD', fieldKey(issueKey, track), JSON.stringify([id, roundId])],
              ['SADD', issueKeyOf(issueKey), JSON.stringify([id, roundId, track])],
            ],
      ),
      ...(before !== undefined || ownerSubject === null ? [] : [['ZADD', ownerKey(ownerSubject), '0', toOwnedMember(session)]]),
    ];
    const [notAfter] = await Promise.all([
      Promise.all(indexes.map((index) => marks.set(index, id))),
      ...hints.map((words) => send(words[1] ?? '', ...words)),
    ]);
    return notAfter.length === 0 ? undefined : Math.min(...notAfter);
  };
}
