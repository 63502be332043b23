import { type JsonRow, revisionsLookedThrough } from '../rows.ts';

/**
 * A statement that is prepared once per connection under its name. Postgres keeps the plan for all values if one for the values of a call seems no cheaper; else it plans each
 * call anew, which for most of ours is more work than the rest. So what would tell it more than it needs, a time or how many, is written `(SELECT $1)`: looked
 * up when the statement runs.
 * (https://www.postgresql.org/docs/current/sql-prepare.html, Notes.)
 */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Runs a statement; gives its rows. */
export type RunStatement = (statement: Statement, values: readonly unknown[]) => Promise<readonly JsonRow[]>;

/**
 * A retraction before this one of the same vote goes, too. No row is left that knows where it is: it is looked for among the newest revisions, as a part
 * of the log's key, so that at most one stays for each so many.
 */
const retracted = `withdrawn AS (
      DELETE FROM event
      WHERE session_id = $1 AND revision > (SELECT revision FROM gate) - ${revisionsLookedThrough} AND type = 'VOTE_RETRACTED'
        AND round_id = $2 AND participant_id = $3 AND track = $4),`;

// The vote and its event in one statement, behind the session's gate. Everything that decides is on the one row that the
// UPDATE locks: a WHERE on another table would be judged by the snapshot from before the wait for that lock, and a vote could
// land after the reveal. (READ COMMITTED, https://www.postgresql.org/docs/current/transaction-iso.html §13.2.1.)
// The event of the same vote of before goes: it is found by the vote's row as it was when the statement began, and of two casts at
// once one may stay in the log.
// The request is no exception: of two copies at once the second violates the key of `request`, and nothing of it stays.
function toVoteStatement(name: string, type: 'VOTE_CAST' | 'VOTE_RETRACTED', effect: string, hasRequest: boolean): Statement {
  const isNew = 'AND NOT EXISTS (SELECT 1 FROM request WHERE session_id = $1 AND actor_id = $3 AND mutation = $7 AND request_id = $8)';
  const remembered = `remembered AS (
    INSERT INTO request (session_id, actor_id, mutation, request_id, input_hash, at) SELECT $1, $3, $7, $8, $9, $5 FROM gate),`;
  return {
    name,
    text: `WITH gate AS (
      UPDATE session SET revision = revision + 1
      WHERE id = $1 AND open_round_id = $2 AND $3 = ANY(open_round_voters) AND ($6::int IS NULL OR structure = $6::int) ${hasRequest ? isNew : ''}
      RETURNING id, revision),
    ${hasRequest ? remembered : ''}
    replaced AS (
      DELETE FROM event
      WHERE EXISTS (SELECT FROM gate) AND session_id = $1 AND type = 'VOTE_CAST' AND round_id = $2
        AND revision = (SELECT revision FROM vote WHERE round_id = $2 AND participant_id = $3 AND track = $4)),
    ${type === 'VOTE_RETRACTED' ? retracted : ''}
    effect AS (${effect}),
    logged AS (
      INSERT INTO event (session_id, revision, type, at, actor_id, participant_id, round_id, track)
      SELECT id, revision, '${type}', $5, $3, $3, $2, $4 FROM gate RETURNING revision)
    SELECT revision FROM logged`,
  };
}

const cast = (card: string, note: string) => `
  INSERT INTO vote (round_id, participant_id, track, cast_at, card, note, revision) SELECT $2, $3, $4, $5, ${card}, ${note}, revision FROM gate
  ON CONFLICT (round_id, participant_id, track) DO UPDATE
    SET card = EXCLUDED.card, note = EXCLUDED.note, cast_at = EXCLUDED.cast_at, revision = EXCLUDED.revision`;

const retract = 'DELETE FROM vote USING gate WHERE round_id = $2 AND participant_id = $3 AND track = $4';

/**
 * Parameters: session, round, participant, track, at, structure or null, then mutation, idempotency key and input hash where there is a request, then card and note where there is a card.
 * One row `revision`, or none when the round takes nothing from this participant, or the request is known.
 */
export const voteStatements = {
  cast: toVoteStatement('tally_cast_vote', 'VOTE_CAST', cast('$7', '$8'), false),
  castOnce: toVoteStatement('tally_cast_vote_once', 'VOTE_CAST', cast('$10', '$11'), true),
  retract: toVoteStatement('tally_retract_vote', 'VOTE_RETRACTED', retract, false),
  retractOnce: toVoteStatement('tally_retract_vote_once', 'VOTE_RETRACTED', retract, true),
} as const;
