import type { Statement } from './votes.ts';

// The settlement that counts for an issue and track is the last one, of whatever session. NOT_NEEDED ones write nothing, so they overtake nothing.
const overtakes = (later: string, earlier: string) =>
  `${later}.state <> 'NOT_NEEDED' AND (${later}.settled_at, ${later}.round_id) > (${earlier}.settled_at, ${earlier}.round_id)`;

const sameField = (one: string, other: string) =>
  `${one}.issue_key = ${other}.issue_key AND ${one}.track = ${other}.track AND ${one}.round_id <> ${other}.round_id`;

// It was put off since it was leased (for as long as we lease): that attempt has ended, and its own value may follow at once.
const isRepetition = 'next_attempt_at > leased_until - ($2::timestamptz - $1)';

/** Claims go one after the other: two at once could lease two values of one field, each blind to the other's lease. */
export const claimLockSql = "SELECT pg_advisory_xact_lock(hashtext('tally_claim_write_backs'))";

/**
 * Leases what is due, after `claimLockSql` in the same transaction. Parameters: now, leased until, limit. Rows: session_id, estimate, expected, uncertain.
 * `expected` is what Jira should hold, as `{value}`: the newest of what was seen there and what any session has written to the field. Null when
 * nobody knows. `uncertain` has the values of `isUncertain` estimates of the field.
 */
export const claimSql: Statement = {
  name: 'tally_claim_write_backs',
  text: `WITH due AS (
    SELECT round_id, track FROM estimate
    WHERE state = 'PENDING' AND next_attempt_at <= $1::timestamptz AND (leased_until IS NULL OR leased_until <= $1 OR ${isRepetition})
    AND NOT EXISTS (
      SELECT 1 FROM estimate other
      WHERE ${sameField('other', 'estimate')} AND (other.leased_until > $1 OR (${overtakes('other', 'estimate')})))
    ORDER BY settled_at, round_id LIMIT $3::int FOR UPDATE SKIP LOCKED)
  UPDATE estimate SET leased_until = $2::timestamptz FROM due
  WHERE estimate.round_id = due.round_id AND estimate.track = due.track
  RETURNING estimate.session_id, to_jsonb(estimate) - 'session_id' - 'leased_until' AS estimate,
    (SELECT jsonb_build_object('value', known.value) FROM (
       SELECT to_jsonb(value) AS value, written_at AS at, 1 AS rank FROM estimate written
       WHERE written.issue_key = estimate.issue_key AND written.track = estimate.track AND written.state = 'WRITTEN'
       UNION ALL
       SELECT seen_in_jira -> estimate.track, seen_at, 2 FROM item WHERE item.id = estimate.item_id AND seen_in_jira ? estimate.track
     ) known ORDER BY at DESC, rank LIMIT 1) AS expected,
    (SELECT coalesce(jsonb_agg(other.value), '[]') FROM estimate other
     WHERE ${sameField('other', 'estimate')} AND other.state IN ('SUPERSEDED', 'PENDING', 'FAILED')) AS uncertain`,
};

/** Parameter: limit. Rows: session_id, round_id, track. */
export const overtakenSql: Statement = {
  name: 'tally_find_overtaken',
  text: `SELECT session_id, round_id, track FROM estimate
    WHERE state = 'PENDING' AND EXISTS (SELECT 1 FROM estimate other WHERE ${sameField('other', 'estimate')} AND ${overtakes('other', 'estimate')})
    ORDER BY settled_at, round_id LIMIT $1`,
};

export const outboxSql: Statement = {
  name: 'tally_outbox',
  text: "SELECT count(*)::int AS pending, min(settled_at) AS oldest_at FROM estimate WHERE state = 'PENDING'",
};
