import type { SessionAggregate } from '../../domain/model.ts';
import { mostEventsBehind, type Since } from '../catch-up.ts';
import { completeState, fromColumns, fromJson, fromJsonDelta, type JsonRow } from '../rows.ts';
import type { Credential, LoggedChange, StoredRequest, StoredSession } from '../voting-store.ts';
import type { Statement } from './votes.ts';

// A session is read by one statement, so that what comes back is one moment: with a statement for each table a commit in
// between would show the old session with the new round. (In READ COMMITTED each statement has a snapshot of its own.)
// Ties are ordered by bytes, as the Redis adapter orders them, so that an export is the same from every store.
interface List {
  readonly name: string;
  readonly table: string;
  readonly order: string;
  readonly where?: string;
}

const stateLists: readonly List[] = [
  { name: 'participants', table: 'participant', order: 'joined_at, id COLLATE "C"' },
  { name: 'items', table: 'item', order: 'position' },
  { name: 'rounds', table: 'round', order: 'opened_at, number' },
  { name: 'estimates', table: 'estimate', order: 'settled_at, round_id COLLATE "C", track COLLATE "C"' },
];

const otherLists: readonly List[] = [
  {
    name: 'votes',
    table: 'vote',
    order: 'round_id COLLATE "C", participant_id COLLATE "C", track COLLATE "C"',
    where: 'listed.round_id = ANY (ARRAY(SELECT id FROM round WHERE round.session_id = session.id))',
  },
  { name: 'events', table: 'event', order: 'revision' },
  { name: 'credentials', table: 'credential', order: 'created_at, id COLLATE "C"' },
  { name: 'requests', table: 'request', order: 'at, actor_id COLLATE "C", mutation COLLATE "C", request_id COLLATE "C"' },
];

const wholeSession = { name: 'session', sql: 'to_jsonb(session)' };

const toColumns = (lists: readonly List[]) =>
  lists.map(({ name, table, order, where = 'listed.session_id = session.id' }) => ({
    name,
    sql: `(SELECT COALESCE(jsonb_agg(to_jsonb(listed) - 'session_id' - 'leased_until' ORDER BY ${order}), '[]') FROM ${table} listed WHERE ${where})`,
  }));

const isNear = `session.revision - known.revision <= ${mostEventsBehind} AND session.structure >= known.structure`;

/**
 * Parameters: session, structure and revision of the state that is known already (or nulls). One row, or none. `changes` when that state is
 * not far behind, which costs the same for every size of session; else `toState` reads the row.
 */
export const stateSql: Statement = {
  name: 'tally_load',
  text: `WITH known AS MATERIALIZED (SELECT $2::int AS structure, $3::int AS revision)
    SELECT session.revision, session.structure,
    CASE WHEN ${isNear} THEN (
      SELECT COALESCE(jsonb_agg(jsonb_build_object('revision', event.revision, 'delta', event.delta) ORDER BY event.revision), '[]') FROM event
      WHERE session.structure > known.structure AND event.session_id = session.id AND event.revision > known.revision
        AND event.type NOT IN ('VOTE_CAST', 'VOTE_RETRACTED')
    ) END AS changes,
    ${[wholeSession, ...toColumns(stateLists)]
      .map(({ name, sql }) => `CASE WHEN ${isNear} THEN NULL ELSE ${sql} END AS ${name}`)
      .join(', ')}
    FROM session CROSS JOIN known WHERE session.id = $1`,
};

/** Parameters: session, revision, limit. Rows for `toLoggedChange`. */
export const changesSql: Statement = {
  name: 'tally_changes',
  text: 'SELECT to_jsonb(event) AS event FROM event WHERE session_id = $1 AND revision > $2 ORDER BY revision LIMIT $3',
};

/** Parameters: time, limit. */
export const dueRevealsSql: Statement = {
  name: 'tally_due_reveals',
  text: "SELECT id, session_id, reveals_at FROM round WHERE state = 'OPEN' AND reveals_at <= (SELECT $1::timestamptz) ORDER BY reveals_at LIMIT (SELECT $2::int)",
};

/** Parameter: sessions. */
export const revisionsSql: Statement = {
  name: 'tally_revisions',
  text: 'SELECT id, revision FROM session WHERE id = ANY (ARRAY(SELECT unnest($1::text[])))',
};

/** Parameter: session. One row, or none; `toStoredSession` reads it. */
export const exportSql: Statement = {
  name: 'tally_export',
  text: `SELECT ${[wholeSession, ...toColumns([...stateLists, ...otherLists])].map(({ name, sql }) => `${sql} AS ${name}`).join(', ')} FROM session WHERE id = $1`,
};

/** A client's words as Postgres takes them, which holds no NUL: what has one in it names nothing. */
export function toKey(given: string): string {
  return given.replaceAll('\0', '\uFFFD');
}

export function toState(row: JsonRow): SessionAggregate {
  return completeState({
    session: fromColumns(row['session'] as JsonRow),
    participants: toRows(row['participants']),
    items: toRows(row['items']),
    rounds: toRows(row['rounds']),
    estimates: toRows(row['estimates']),
  });
}

export function toStoredSession(row: JsonRow): StoredSession {
  const state = toState(row);
  const sessionId = state.session.id;
  return {
    state,
    votes: toRows<StoredSession['votes'][number] & { readonly revision: number | null }>(row['votes']).map(
      ({ revision: _, ...vote }) => vote,
    ),
    events: toRows<JsonRow>(row['events']).map(toEvent),
    requests: toRows<StoredRequest & { readonly requestId: string }>(row['requests']).map(toRequest),
    credentials: toRows<Omit<Credential, 'sessionId'>>(row['credentials']).map((credential) => ({ ...credential, sessionId })),
  };
}

/** The column keeps the key's former name: the version before, which runs beside this one during an update, writes to it. */
function toRequest({ requestId: idempotencyKey, ...request }: StoredRequest & { readonly requestId: string }): StoredRequest {
  return { ...request, idempotencyKey };
}

/** What `stateSql` tells of the time since a known state; undefined when it gives the whole state. */
export function toSince({ revision, structure, changes }: JsonRow): Since | undefined {
  if (changes === null) return undefined;
  const deltas = (changes as readonly { readonly revision: number; readonly delta: JsonRow | null }[]).map(({ revision: at, delta }) => ({
    revision: at,
    delta: delta === null ? null : fromJsonDelta(delta),
  }));
  return { revision: Number(revision), structure: Number(structure), deltas };
}

export function toLoggedChange(row: JsonRow): LoggedChange {
  const { delta, ...event } = row['event'] as JsonRow;
  return { event: toEvent(fromColumns(event)), delta: delta === null ? null : fromJsonDelta(delta as JsonRow) };
}

/** An event as the domain has it: what it is not about is absent, not null. */
export function toEvent({ revision, type, at, actorId, itemId, roundId, participantId, track }: JsonRow): StoredSession['events'][number] {
  const about = Object.entries({ itemId, roundId, participantId, track }).filter(([, id]) => id !== null);
  return fromJson({ revision, type, at, actorId, ...Object.fromEntries(about) });
}

function toRows<Row>(rows: unknown): Row[] {
  return (rows as JsonRow[]).map((row) => fromColumns<Row>(row));
}
