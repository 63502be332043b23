/**
 * Sent on each connection before its first use. A prepared statement keeps the plan of its first calls, and while a table is small reading all of it is the
 * cheapest: that plan would stay until the next ANALYZE, however much the table has grown since. Everything here is looked up by key, so an index it is
 * from the first row on. Where there is none the table is read all the same, at a cost of 10^10 by which Postgres before 18 would compile the query:
 * hence without JIT. (https://www.postgresql.org/docs/current/runtime-config-query.html, `enable_seqscan`.)
 *
 * Sent, not given at the start of a connection: PgBouncer refuses such parameters unless it was told to ignore each of them.
 */
export const plannerSettings = 'SET enable_seqscan = off; SET jit = off';
