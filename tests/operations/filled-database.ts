// For tests and benchmarks: a database as it is after weeks of use, filled by SQL, since playing it through the product would take hours.
import pg from 'pg';
import { migratePostgres } from '../../prisma/migrate.ts';
import { createDatabase, type TestDatabase } from '../setup/postgres.ts';

/** People of a session, and the items that it estimated in one round each. */
const people = 8;
const itemsOfSession = 20;
const eventsOfSession = 229;
/** How far back the sessions lie, in days: a tenth of them is beyond the retention. */
const days = 400;

/**
 * Parameter: how many sessions. Each has 8 people, 20 settled items, 160 votes and 229 events; every tenth is open, every thousandth estimate
 * waits for Jira, and every fourth session has a request key of the last 24 hours for each of its people.
 */
const fillSql = [
  `INSERT INTO session (id, title, state, revision, structure, invite_code, deck, settings, tracks, open_round_voters, created_at, owner_subject)
   SELECT 's'||s, 'Session '||s, CASE WHEN s % 10 = 0 THEN 'OPEN' ELSE 'CLOSED' END, ${eventsOfSession}, 69, 'invite'||s,
     '{"name":"fibonacci","cards":[]}',
     '{"policy":"MODE","revealedBy":"FACILITATOR","lateJoin":"JOIN","writeBack":true,"autoRevealSeconds":null,"successionSeconds":120,"isLocked":false}',
     '[{"id":"estimate","label":"estimate","discipline":null}]', '{}', now() - (s % ${days}) * interval '1 day', 'owner'||(s % 300)
   FROM generate_series(1, $1::int) s`,
  `INSERT INTO participant (id, session_id, name, role, facilitator_rank, joined_at)
   SELECT 'p'||s||'_'||p, 's'||s, 'P'||p, 'ESTIMATOR', CASE WHEN p = 1 THEN 0 END, now() - (s % ${days}) * interval '1 day'
   FROM generate_series(1, $1::int) s, generate_series(1, ${people}) p`,
  `INSERT INTO presence (participant_id, session_id, since, seen_at)
   SELECT 'p'||s||'_'||p, 's'||s, now() - (s % ${days}) * interval '1 day', now() - (s % ${days}) * interval '1 day'
   FROM generate_series(1, $1::int) s, generate_series(1, ${people}) p`,
  `INSERT INTO item (id, session_id, position, state, issue_key, seen_in_jira, seen_at)
   SELECT 'i'||s||'_'||i, 's'||s, i, 'ESTIMATED', 'SHOP-'||((s * ${itemsOfSession} + i) % 40000), '{"estimate":null}', now()
   FROM generate_series(1, $1::int) s, generate_series(1, ${itemsOfSession}) i`,
  `INSERT INTO round (id, session_id, item_id, number, state, deck, policy, roster, opened_at, revealed_at, settled_at)
   SELECT 'r'||s||'_'||i, 's'||s, 'i'||s||'_'||i, 1, 'SETTLED', '{"name":"fibonacci","cards":[]}', 'MODE',
     (SELECT array_agg('p'||s||'_'||p) FROM generate_series(1, ${people}) p), now() - (s % ${days}) * interval '1 day', now(), now()
   FROM generate_series(1, $1::int) s, generate_series(1, ${itemsOfSession}) i`,
  `INSERT INTO vote (round_id, participant_id, track, card, cast_at)
   SELECT 'r'||s||'_'||i, 'p'||s||'_'||p, 'estimate', '5', now()
   FROM generate_series(1, $1::int) s, generate_series(1, ${itemsOfSession}) i, generate_series(1, ${people}) p`,
  `INSERT INTO estimate (round_id, track, session_id, item_id, issue_key, value, settled_at, state, attempts, next_attempt_at, written_at)
   SELECT 'r'||s||'_'||i, 'estimate', 's'||s, 'i'||s||'_'||i, 'SHOP-'||((s * ${itemsOfSession} + i) % 40000), 5,
     now() - (s % ${days}) * interval '1 day', CASE WHEN (s * ${itemsOfSession} + i) % 1000 = 0 THEN 'PENDING' ELSE 'WRITTEN' END, 1, now(), now()
   FROM generate_series(1, $1::int) s, generate_series(1, ${itemsOfSession}) i`,
  `INSERT INTO event (session_id, revision, type, at, actor_id, participant_id)
   SELECT 's'||s, e, 'VOTE_CAST', now() - (s % ${days}) * interval '1 day', 'p'||s||'_1', 'p'||s||'_1'
   FROM generate_series(1, $1::int) s, generate_series(1, ${eventsOfSession}) e`,
  `INSERT INTO credential (session_id, id, kind, participant_id, secret_hash, created_at, used_at)
   SELECT 's'||s, 'c'||p, 'REFRESH', 'p'||s||'_'||p, 'hash', now(), now() FROM generate_series(1, $1::int) s, generate_series(1, ${people}) p`,
  `INSERT INTO written_field (project_key, field_id) SELECT 'P'||p, 'customfield_'||f FROM generate_series(1, $1::int) p, generate_series(1, 2) f`,
  `INSERT INTO request (session_id, actor_id, mutation, request_id, input_hash, at)
   SELECT 's'||s, 'p'||s||'_'||p, 'castVote', 'request-'||s||'-'||p, 'hash', now() - (p * 3.5) * interval '1 hour'
   FROM generate_series(1, $1::int) s, generate_series(1, ${people}) p WHERE s % 4 = 0`,
];

/** Puts so many sessions of the past into a migrated database. */
export async function fillDatabase(url: string, sessions: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Each row of each table would otherwise be looked up in the table that it refers to.
    await client.query('SET session_replication_role = replica');
    for (const statement of fillSql) await client.query(statement.replaceAll('$1', String(sessions)));
    await client.query('VACUUM (ANALYZE)');
  } finally {
    await client.end();
  }
}

/** A migrated database with so many sessions of the past. */
export async function createFilledDatabase(adminUrl: string, sessions: number): Promise<TestDatabase> {
  const database = await createDatabase(adminUrl);
  await migratePostgres(database.url);
  await fillDatabase(database.url, sessions);
  return database;
}
