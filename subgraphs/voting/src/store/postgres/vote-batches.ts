import { apart } from '../../../../../kit/process/tracing.ts';
import type { JsonRow } from '../rows.ts';
import { type RunStatement, type Statement, voteStatements } from './votes.ts';

// Votes of different sessions in one statement, each behind the gate of its own session as in `votes.ts`: what decides is on the row that is
// locked. A row that somebody else has locked is skipped, so that no session's command holds up the others' votes, and no two batches wait for
// each other; a vote that is not among the answered was skipped or refused, and its own statement says which.
/** Parameter: the votes as JSON, of as many sessions. Rows: session_id, revision. */
const castManySql: Statement = {
  name: 'tally_cast_votes',
  text: `WITH given AS (
      SELECT * FROM json_to_recordset($1::json) AS given(session_id text, round_id text, participant_id text, track text, at timestamptz,
        structure int, mutation text, request_id text, input_hash text, card text, note text)),
    open AS MATERIALIZED (
      SELECT given.* FROM given CROSS JOIN LATERAL (
        SELECT 1 FROM session
        WHERE session.id = given.session_id AND open_round_id = given.round_id AND given.participant_id = ANY(open_round_voters)
          AND (given.structure IS NULL OR session.structure = given.structure)
          AND NOT EXISTS (SELECT 1 FROM request WHERE request.session_id = given.session_id AND request.actor_id = given.participant_id
            AND request.mutation = given.mutation AND request.request_id = given.request_id)
        FOR UPDATE SKIP LOCKED) AS locked),
    counted AS (
      UPDATE session SET revision = revision + 1 WHERE id = ANY(ARRAY(SELECT session_id FROM open)) RETURNING id, revision),
    gate AS (SELECT counted.revision, open.* FROM open JOIN counted ON counted.id = open.session_id),
    remembered AS (
      INSERT INTO request (session_id, actor_id, mutation, request_id, input_hash, at)
      SELECT session_id, participant_id, mutation, request_id, input_hash, at FROM gate WHERE request_id IS NOT NULL),
    replaced AS (
      DELETE FROM event WHERE ctid = ANY (ARRAY(SELECT (
        SELECT event.ctid FROM event
        WHERE event.session_id = gate.session_id AND event.type = 'VOTE_CAST' AND event.round_id = gate.round_id AND event.revision = (
          SELECT vote.revision FROM vote
          WHERE vote.round_id = gate.round_id AND vote.participant_id = gate.participant_id AND vote.track = gate.track)) FROM gate))),
    effect AS (
      INSERT INTO vote (round_id, participant_id, track, cast_at, card, note, revision)
      SELECT round_id, participant_id, track, at, card, note, revision FROM gate
      ON CONFLICT (round_id, participant_id, track) DO UPDATE
        SET card = EXCLUDED.card, note = EXCLUDED.note, cast_at = EXCLUDED.cast_at, revision = EXCLUDED.revision)
    INSERT INTO event (session_id, revision, type, at, actor_id, participant_id, round_id, track)
    SELECT session_id, revision, 'VOTE_CAST', at, participant_id, participant_id, round_id, track FROM gate RETURNING session_id, revision`,
};

const common = ['session_id', 'round_id', 'participant_id', 'track', 'at', 'structure'];
/** The parameters of the statements that are batched, as columns. */
const columns = new Map<Statement, readonly string[]>([
  [voteStatements.cast, [...common, 'card', 'note']],
  [voteStatements.castOnce, [...common, 'mutation', 'request_id', 'input_hash', 'card', 'note']],
]);

/** Statements under way at once; while they are, votes gather for the next one. */
const lanes = 2;
const mostInBatch = 64;
/** The statement was refused for one of its rows, and has left nothing behind: data, a constraint, a lock. Each vote then goes alone. */
const refusedForOne = /^(22|23|40)/;

interface WaitingVote {
  readonly sessionId: string;
  readonly statement: Statement;
  readonly values: readonly unknown[];
  readonly resolve: (rows: readonly JsonRow[] | Promise<readonly JsonRow[]>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs statements as `run` does, those that cast votes together with what else is cast at the same moment: a transaction, its messages and its
 * wait for the disk are shared. A vote that comes while few are under way goes at once.
 */
export function batchingVotes(run: RunStatement): RunStatement {
  const waiting: WaitingVote[] = [];
  const busySessions = new Set<string>();
  let underWay = 0;

  function next(): void {
    while (underWay < lanes) {
      const batch = take();
      if (batch.length === 0) return;
      underWay += 1;
      void apart(() => send(batch)).finally(() => {
        underWay -= 1;
        for (const { sessionId } of batch) busySessions.delete(sessionId);
        next();
      });
    }
  }

  /** Those that wait longest, one of a session. */
  function take(): readonly WaitingVote[] {
    const batch: WaitingVote[] = [];
    for (let index = 0; index < waiting.length && batch.length < mostInBatch; ) {
      const vote = waiting[index];
      if (vote === undefined || busySessions.has(vote.sessionId)) {
        index += 1;
        continue;
      }
      busySessions.add(vote.sessionId);
      batch.push(vote);
      waiting.splice(index, 1);
    }
    return batch;
  }

  /** Never rejects. What goes alone may wait for a session's lock, so it is not waited for. */
  async function send(batch: readonly WaitingVote[]): Promise<void> {
    const alone = ({ statement, values, resolve }: WaitingVote) => resolve(run(statement, values));
    const rows = batch.map(({ statement, values }) =>
      Object.fromEntries((columns.get(statement) ?? []).map((column, index) => [column, values[index] ?? null])),
    );
    try {
      const answers = await run(castManySql, [JSON.stringify(rows)]);
      const revisions = new Map(answers.map((row) => [row['session_id'], row]));
      for (const vote of batch) {
        const answer = revisions.get(vote.sessionId);
        if (answer === undefined) alone(vote);
        else vote.resolve([answer]);
      }
    } catch (error) {
      for (const vote of batch) {
        if (refusedForOne.test(String((error as { readonly code?: unknown }).code))) alone(vote);
        else vote.reject(error);
      }
    }
  }

  return (statement, values) => {
    if (!columns.has(statement)) return run(statement, values);
    return new Promise((resolve, reject) => {
      waiting.push({ sessionId: String(values[0]), statement, values, resolve, reject });
      next();
    });
  };
}
