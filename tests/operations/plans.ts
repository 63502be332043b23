// How Postgres would run what the store sends, on a database that has grown.
import pg from 'pg';
import { createLogger } from '../../kit/process/logging.ts';
import { toItems } from '../../subgraphs/voting/src/domain/items.ts';
import type { Item } from '../../subgraphs/voting/src/domain/model.ts';
import { startRound } from '../../subgraphs/voting/src/domain/rounds.ts';
import { plannerSettings } from '../../subgraphs/voting/src/store/postgres/planner-settings.ts';
import { createPostgresStore } from '../../subgraphs/voting/src/store/postgres/postgres.ts';
import {
  ballot,
  buildSession,
  facilitatorOf,
  newId,
  openRoundOf,
  openTable,
  play,
  queue,
  requestOf,
  reveal,
  settle,
} from '../../subgraphs/voting/src/store/testing/play.ts';
import type { StoredSession, VotingStore } from '../../subgraphs/voting/src/store/voting-store.ts';

export interface SentStatement {
  /** Of one that is prepared, once for a connection; others are planned anew each time. */
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What was sent, and of which methods of the store. */
export interface Sent {
  readonly statements: readonly SentStatement[];
  readonly methods: ReadonlySet<string>;
}

/** A part of a plan that reads a whole table that grows. */
export interface WholeScan {
  readonly table: string;
  readonly node: string;
  readonly statement: string;
}

/** Tables with rows for each session, vote or event: all but Prisma's record of migrations. */
async function readTables(client: pg.Client): Promise<ReadonlySet<string>> {
  const { rows } = await client.query(
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'",
  );
  return new Set(rows.map(({ relname }) => String(relname)));
}

/** Calls every method of the Postgres store once or more, and collects what it sends. `now`: the moment of the fill. */
export async function collectStatements(url: string): Promise<Sent> {
  const statements = new Map<string, SentStatement>();
  const original = pg.Client.prototype.query;
  const record = (query: unknown, values: unknown): void => {
    const { name, text } = (typeof query === 'string' ? { text: query } : query) as Partial<SentStatement>;
    const given = (typeof query === 'object' && query !== null && 'values' in query ? query.values : values) ?? [];
    if (text !== undefined)
      statements.set(text, { ...(name === undefined ? {} : { name }), text, values: Array.isArray(given) ? given : [] });
  };
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    record(given[0], given[1]);
    return Reflect.apply(original, this, given);
  } as typeof original;
  const methods = new Set<string>();
  const opened = createPostgresStore({ url, log: createLogger('plans', 'silent') });
  const store = new Proxy(opened, {
    get: (target, name) => {
      methods.add(String(name));
      return Reflect.get(target, name) as unknown;
    },
  });
  try {
    await callEverything(store);
  } finally {
    await store.close();
    pg.Client.prototype.query = original;
  }
  return { statements: [...statements.values()], methods };
}

async function callEverything(store: VotingStore): Promise<void> {
  const now = new Date();
  const stop = store.onChange(() => undefined);
  await store.check();
  await store.checkSchema();
  let state = await openTable(store, { ownerSubject: 'owner1' });
  const request = requestOf(facilitatorOf(state), 'createSession');
  await store.create(buildSession(), { type: 'SESSION_CREATED', at: now, actorId: facilitatorOf(state) }, request);
  await store.findRequest(state.session.id, request);
  await store.findSessionId(state.session.inviteCode);
  state = await settle(store, state, { issueKey: 'SHOP-17', value: 5 });
  state = await settle(store, state, { issueKey: 'SHOP-18', value: 8 });
  state = await queue(store, state, { issueKey: 'SHOP-19' });
  const acting = { actorId: facilitatorOf(state), now };
  state = await play(store, state, startRound(state, acting, { id: newId('round'), itemId: state.items.at(-1)?.id ?? null }));
  const vote = ballot(state, facilitatorOf(state));
  await store.castVote(vote);
  await store.castVote({ ...vote, request: requestOf(facilitatorOf(state), 'castVote') });
  await store.retractVote(vote);
  await store.retractVote({ ...vote, request: requestOf(facilitatorOf(state), 'retractVote') });
  await store.castVote(vote);
  const loaded = (await store.load(state.session.id)) ?? state;
  await store.findVotes([openRoundOf(loaded)]);
  await reveal(store, loaded);
  const newest = (await store.load(state.session.id)) ?? loaded;
  const [participant] = newest.participants;
  if (participant === undefined) throw new Error('There is nobody in the session.');
  // What a command may carry besides rows: withdrawn votes, removed items, a request.
  await store.commit({
    basis: newest,
    expectedRevision: newest.session.revision,
    change: {
      event: { type: 'PARTICIPANT_LEFT', at: now, actorId: participant.id, participantId: participant.id },
      participants: [{ ...participant, leftAt: now }],
      withdrawnVotes: [{ roundId: openRoundOf(loaded), participantId: participant.id }],
      removedItemIds: [newest.items.at(0)?.id ?? ''],
    },
    request: requestOf(participant.id, 'removeParticipant'),
  });
  await store.readEvents(state.session.id, 0, 100);
  const stopHearing = store.onSignal(() => undefined);
  await store.sendSignal(state.session.id, { kind: 'reaction', by: participant.id, reaction: 'AGREE' });
  stopHearing();
  await store.claimWriteBacks({ now, leasedUntil: new Date(now.getTime() + 60_000), limit: 5 });
  await store.findOvertaken(100);
  await store.readOutbox();
  await store.findDueReveals(now, 100);
  await store.findRevisions([state.session.id]);
  await store.findOwned('owner1', undefined, 20);
  await store.findEstimates(['SHOP-17', 'SHOP-18'], { kind: 'session', sessionId: state.session.id, ownerSubject: 'owner1' });
  await store.findEstimates(['SHOP-17', 'SHOP-18'], { kind: 'tenant' });
  await store.touch(state.session.id, participant.id, now);
  await store.findSightings(state.session.id);
  await store.findUnled(now, 100);
  await store.forgetRequests(new Date(now.getTime() - 86_400_000), 1_000);
  await store.countForgettable(new Date(now.getTime() - 365 * 86_400_000), 1_000);
  await store.listSessionIds(undefined, 50);
  const credential = {
    sessionId: state.session.id,
    id: newId('credential'),
    kind: 'REFRESH' as const,
    participantId: participant.id,
    secretHash: 'hash',
    previousHash: null,
    rotationHash: null,
    createdAt: now,
    usedAt: now,
    expiresAt: null,
  };
  await store.addCredential(credential);
  await store.findCredential(state.session.id, credential.id);
  await store.listCredentials(state.session.id);
  await store.replaceCredential('hash', { ...credential, secretHash: 'other' });
  await store.removeCredential(state.session.id, credential.id);
  await store.readChanges(state.session.id, 0, 100);
  await store.findWaiting(now, 100);
  await store.forgetDeltas(state.session.id);
  await store.noteWrittenField({ projectKey: 'P17', fieldId: 'customfield_10016' });
  await store.findWrittenFields(['P17', 'P18']);
  await store.listWrittenFields({ projectKey: 'P17', fieldId: 'customfield_10016' }, 100);
  await store.load(state.session.id, newest);
  const exported = await store.exportSession(state.session.id);
  await store.forgetSessions(new Date(now.getTime() - 365 * 86_400_000), 10);
  if (exported !== undefined) {
    await store.forgetSessions(new Date(0), 1);
    await store.importSession(withOtherIds(exported));
  }
  const last = await store.load(state.session.id);
  if (last !== undefined) await store.deleteSession(last);
  stop();
}

/** The same session as another one: an import takes only what is not there yet. */
function withOtherIds(session: StoredSession): StoredSession {
  const text = JSON.stringify(session).replaceAll(/"((?:session|facilitator|voter|item|round|invite)-[0-9a-f-]{36})"/g, '"copied-$1"');
  const revive = (_key: string, part: unknown) => (typeof part === 'string' && /^\d{4}-\d\d-\d\dT/.test(part) ? new Date(part) : part);
  const { state, ...rest } = JSON.parse(text, revive) as StoredSession & { readonly state: { readonly items: readonly Item[] } };
  return { ...rest, state: { ...state, items: toItems(state.items) } };
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** Statements that EXPLAIN knows: not those that only open, end or lock. */
const isPlanned = ({ text }: SentStatement): boolean => /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b/i.test(text);

/** The parts of the plans of these statements that read a whole table that grows, on a connection as the store's. */
export async function findWholeScans(url: string, statements: readonly SentStatement[]): Promise<readonly WholeScan[]> {
  return explain(url, statements.filter(isPlanned), ({ text, values }) => [{ text: `EXPLAIN (FORMAT JSON) ${text}`, values: [...values] }]);
}

/** As `findWholeScans`, of the plans that prepared statements keep whatever the values and the tables become. */
export async function findKeptWholeScans(url: string, statements: readonly SentStatement[]): Promise<readonly WholeScan[]> {
  return explain(
    url,
    statements.filter((statement) => isPlanned(statement) && statement.name !== undefined),
    ({ name, text, values }) => [
      { text: 'SET plan_cache_mode = force_generic_plan' },
      { text: `PREPARE ${name} AS ${text}` },
      { text: `EXPLAIN (FORMAT JSON) EXECUTE ${name}${values.length === 0 ? '' : `(${values.map(() => 'NULL').join(', ')})`}` },
    ],
  );
}

/**
 * Names of prepared statements that are planned again at each call: Postgres keeps a plan for all values when it is no more expensive than those that it made for the
 * first five calls, and it is when the values tell more than the statement does.
 */
export async function findReplanned(url: string, statements: readonly SentStatement[]): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`${plannerSettings}; BEGIN`);
    for (const { name, text, values } of statements.filter((statement) => isPlanned(statement) && statement.name !== undefined)) {
      for (let calls = 0; calls < 8; calls += 1) {
        await client.query('SAVEPOINT before');
        // What it was refused for is not asked here: it was planned.
        await client.query({ ...(name === undefined ? {} : { name }), text, values: [...values] }).catch(() => undefined);
        await client.query('ROLLBACK TO before');
      }
    }
    const { rows } = await client.query('SELECT name, generic_plans, custom_plans FROM pg_prepared_statements ORDER BY name');
    return rows.filter(({ generic_plans }) => Number(generic_plans) === 0).map(({ name }) => String(name));
  } finally {
    await client.end();
  }
}

/** `toQueries`: what is sent for a statement; the last one answers its plan. */
async function explain(
  url: string,
  statements: readonly SentStatement[],
  toQueries: (statement: SentStatement) => readonly pg.QueryConfig[],
): Promise<readonly WholeScan[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(plannerSettings);
    const tables = await readTables(client);
    const found: WholeScan[] = [];
    for (const statement of statements) {
      const answers: pg.QueryResult<{ readonly 'QUERY PLAN': readonly [{ readonly Plan: PlanNode }] }>[] = [];
      for (const query of toQueries(statement)) answers.push(await client.query(query));
      const plan = answers.at(-1)?.rows[0]?.['QUERY PLAN'][0].Plan;
      if (plan === undefined) throw new Error(`Postgres says no plan of ${statement.text}.`);
      for (const { table, node } of findIn(plan, tables, false))
        found.push({ table, node, statement: statement.text.replaceAll(/\s+/g, ' ') });
    }
    return found;
  } finally {
    await client.end();
  }
}

function findIn(node: PlanNode, tables: ReadonlySet<string>, isLimited: boolean): readonly Omit<WholeScan, 'statement'>[] {
  const { 'Node Type': kind, 'Relation Name': table, 'Index Cond': condition, Plans: plans = [] } = node;
  const limited = isLimited || kind === 'Limit';
  // An index that is read from end to end is as long as its table, unless a LIMIT stops it.
  const isWhole = kind === 'Seq Scan' || (/^Index (Only )?Scan/.test(kind) && condition === undefined && !limited);
  return [
    ...(table !== undefined && tables.has(table) && isWhole ? [{ table, node: kind }] : []),
    ...plans.flatMap((part) => findIn(part, tables, limited)),
  ];
}

/** Foreign keys whose columns are not the first of any index: a delete in the table that they refer to reads their whole table. */
export async function findUnindexedForeignKeys(url: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(`
      SELECT conrelid::regclass || '(' || (SELECT string_agg(attname, ', ' ORDER BY place) FROM unnest(conkey) WITH ORDINALITY AS key(number, place)
        JOIN pg_attribute ON attrelid = conrelid AND attnum = key.number) || ')' AS key
      FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND NOT EXISTS (
        SELECT FROM pg_index WHERE indrelid = conrelid AND indisvalid AND indpred IS NULL
          AND (indkey::int2[])[0:cardinality(conkey) - 1] @> conkey)
      ORDER BY 1`);
    return rows.map(({ key }) => String(key));
  } finally {
    await client.end();
  }
}
