import type { Prisma, PrismaClient } from '../../../../../prisma/generated/client.ts';
import type { Estimate } from '../../domain/model.ts';
import { awayAfterMs, type Sighting } from '../../domain/presence.ts';
import { fromColumns, type JsonRow } from '../rows.ts';
import type { EstimateScope, VotingStore } from '../voting-store.ts';
import { toKey } from './reads.ts';
import { guard } from './unavailable.ts';
import type { RunStatement, Statement } from './votes.ts';

// What is asked over many sessions, and who is there in one.

/** Parameters: owner, and the creation and id of the session to go on behind ('infinity': from the start), limit. */
const ownedSql: Statement = {
  name: 'tally_owned',
  text: `SELECT id FROM session
    WHERE owner_subject = $1 AND (created_at, id COLLATE "C") < ($2::timestamptz, $3)
    ORDER BY created_at DESC, id COLLATE "C" DESC LIMIT $4`,
};

/** Parameters: session, participant, time, and when a sign of before would have to be for them not to have been away. One row for a return. */
const touchSql: Statement = {
  name: 'tally_touch',
  text: `WITH touched AS (
      INSERT INTO presence (session_id, participant_id, since, seen_at)
      SELECT session_id, id, $3::timestamptz, $3 FROM participant WHERE session_id = $1 AND id = $2
      ON CONFLICT (participant_id) DO UPDATE SET
        since = CASE WHEN presence.seen_at <= $4::timestamptz THEN EXCLUDED.since ELSE presence.since END, seen_at = EXCLUDED.seen_at
      WHERE presence.seen_at < EXCLUDED.seen_at
      RETURNING since = seen_at AS returned)
    SELECT 1 AS returned FROM touched WHERE returned`,
};

/** Parameter: session. */
const sightingsSql: Statement = {
  name: 'tally_sightings',
  text: `SELECT to_jsonb(presence) - 'session_id' AS sighting FROM presence WHERE session_id = $1`,
};

/** Parameters: since when one has to have been seen to be online, limit. */
const unledSql: Statement = {
  name: 'tally_unled',
  text: `SELECT DISTINCT presence.session_id FROM presence JOIN session ON session.id = presence.session_id
    WHERE presence.seen_at > $1 AND session.state = 'OPEN' AND session.settings ->> 'successionSeconds' IS NOT NULL AND NOT EXISTS (
      SELECT FROM participant facilitator JOIN presence sign ON sign.participant_id = facilitator.id
      WHERE facilitator.session_id = session.id AND facilitator.left_at IS NULL
        AND facilitator.facilitator_rank IS NOT NULL AND sign.seen_at > $1)
    LIMIT $2`,
};

/** Parameters: since when one has to have been seen to be online, limit. */
const waitingSql: Statement = {
  name: 'tally_waiting',
  text: `SELECT id FROM session
    WHERE open_round_id IS NOT NULL AND settings ->> 'autoRevealSeconds' IS NOT NULL AND settings ->> 'waitForAway' IS DISTINCT FROM 'true'
      AND EXISTS (SELECT FROM presence WHERE presence.session_id = session.id AND presence.seen_at > $1)
    ORDER BY random() LIMIT $2`,
};

// The longest without a change come first, so that an index ends the search; sessions that began long ago and still change are few.
const forgettable = `FROM session candidate
      WHERE created_at < (SELECT $1::timestamptz)
        AND (SELECT at FROM event WHERE event.session_id = candidate.id ORDER BY event.revision DESC LIMIT 1) < (SELECT $1::timestamptz)
      ORDER BY created_at LIMIT (SELECT $2::int)`;

/** Parameters: time, limit. */
const countForgettableSql: Statement = {
  name: 'tally_count_forgettable',
  text: `SELECT count(*)::int AS count FROM (SELECT ${forgettable}) AS old`,
};

/** Parameters: time, limit. One row for each request deleted. */
const forgetRequestsSql: Statement = {
  name: 'tally_forget_requests',
  text: 'DELETE FROM request WHERE ctid = ANY (ARRAY(SELECT ctid FROM request WHERE at < $1 ORDER BY at LIMIT $2)) RETURNING 1',
};

/**
 * Parameters: time, limit. One row for each session deleted; the rest goes by its foreign keys.
 * The revision is the fence: a session that somebody changes at this moment has another one when the delete gets its row.
 */
const forgetSessionsSql: Statement = {
  name: 'tally_forget_sessions',
  text: `WITH old AS MATERIALIZED (SELECT id, revision ${forgettable})
    DELETE FROM session WHERE id = ANY (ARRAY(SELECT id FROM old)) AND revision = (SELECT old.revision FROM old WHERE old.id = session.id)
    RETURNING id`,
};

/** Parameters: session, revision. One row when it was deleted. */
const deleteSessionSql: Statement = {
  name: 'tally_delete_session',
  text: 'DELETE FROM session WHERE id = $1 AND revision = $2 RETURNING id',
};

/** Parameter: session. */
const forgetDeltasSql: Statement = {
  name: 'tally_forget_deltas',
  text: 'UPDATE event SET delta = NULL WHERE session_id = $1 AND delta IS NOT NULL',
};

type Across = Pick<
  VotingStore,
  | 'findOwned'
  | 'findEstimates'
  | 'touch'
  | 'findSightings'
  | 'findUnled'
  | 'findWaiting'
  | 'forgetRequests'
  | 'forgetSessions'
  | 'deleteSession'
  | 'forgetDeltas'
  | 'countForgettable'
>;

/** The part of the store that looks over many sessions, and at who is there. */
export function createAcross(prisma: PrismaClient, run: RunStatement, tell: (sessionId: string) => void): Across {
  return {
    findOwned: (ownerSubject, after, limit) =>
      guard(async () => {
        const rows = await run(ownedSql, [ownerSubject, after?.createdAt ?? 'infinity', toKey(after?.id ?? ''), limit]);
        return rows.map(({ id }) => String(id));
      }),

    findEstimates: (issueKeys, scope) =>
      guard(async () =>
        (
          await prisma.estimate.findMany({
            where: { issueKey: { in: issueKeys.map(toKey) }, session: toSessionFilter(scope) },
            omit: { leasedUntil: true },
            include: { session: { select: { title: true } } },
          })
        ).map(({ sessionId, session, ...estimate }) => ({ sessionId, sessionTitle: session.title, estimate: estimate as Estimate })),
      ),

    touch: (sessionId, participantId, at) =>
      guard(async () => {
        const returns = await run(touchSql, [sessionId, participantId, at, new Date(at.getTime() - awayAfterMs)]);
        if (returns.length > 0) tell(sessionId);
      }),

    findSightings: (sessionId) =>
      guard(async () => {
        const sightings = (await run(sightingsSql, [sessionId])).map(({ sighting }) => fromColumns<Sighting>(sighting as JsonRow));
        return new Map(sightings.map((sighting) => [sighting.participantId, sighting]));
      }),

    findUnled: (now, limit) =>
      guard(async () => (await run(unledSql, [new Date(now.getTime() - awayAfterMs), limit])).map((row) => String(row['session_id']))),

    findWaiting: (now, limit) =>
      guard(async () => (await run(waitingSql, [new Date(now.getTime() - awayAfterMs), limit])).map((row) => String(row['id']))),

    forgetRequests: (before, limit) => guard(async () => (await run(forgetRequestsSql, [before, limit])).length),

    deleteSession: ({ session }) =>
      guard(async () => {
        const isDeleted = (await run(deleteSessionSql, [session.id, session.revision])).length === 1;
        if (isDeleted) tell(session.id);
        return isDeleted;
      }),

    forgetDeltas: (sessionId) => guard(async () => void (await run(forgetDeltasSql, [sessionId]))),

    forgetSessions: (before, limit) => guard(async () => (await run(forgetSessionsSql, [before, limit])).length),

    countForgettable: (before, limit) => guard(async () => Number((await run(countForgettableSql, [before, limit]))[0]?.['count'] ?? 0)),
  };
}

function toSessionFilter(scope: EstimateScope): Prisma.SessionWhereInput {
  if (scope.kind === 'tenant') return { ownerSubject: { not: null } };
  return { OR: [{ id: scope.sessionId }, ...(scope.ownerSubject === null ? [] : [{ ownerSubject: scope.ownerSubject }])] };
}
