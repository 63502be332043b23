import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withGrace } from '../../../../../kit/process/health.ts';
import { createLogger } from '../../../../../kit/process/logging.ts';
import { migratePostgres } from '../../../../../prisma/migrate.ts';
import { createDatabase, findPostgres, query, startPrivatePostgres } from '../../../../../tests/setup/postgres.ts';
import type { PrivateServer } from '../../../../../tests/setup/private-server.ts';
import { openValve } from '../../../../../tests/setup/valve.ts';
import { responsive } from '../responsive.ts';
import { ballot, facilitatorOf, open, openTable, play, queue } from '../testing/play.ts';
import { createPostgresStore } from './postgres.ts';

const log = createLogger('test', 'silent');
const hasPostgres = (await findPostgres()) !== undefined;

describe.skipIf(!hasPostgres)('a Postgres', () => {
  let server: PrivateServer;
  beforeAll(async () => {
    server = await startPrivatePostgres();
  });
  afterAll(() => server?.stop());

  it('without our tables is not ready, and says what to run; with those of an older version, too', async () => {
    const { url } = await createDatabase(server.url);
    const store = createPostgresStore({ url, log });
    expect(await store.check()).toEqual({ status: 'ok' });
    expect(await store.checkSchema()).toEqual({ status: 'down', reason: expect.stringContaining('npm run migrate') });
    await migratePostgres(url);
    expect(await store.checkSchema()).toEqual({ status: 'ok' });
    await query(url, `DELETE FROM "_prisma_migrations" WHERE migration_name LIKE '%session_created_index'`);
    expect(await store.checkSchema()).toEqual({
      status: 'down',
      reason: 'the database lacks 20261129000200_session_created_index: run `npm run migrate`',
    });
    await store.close();
  });

  it('that takes no writes says STORE_UNAVAILABLE and is not well; its connections are dropped, and a writable one is found', async () => {
    const { url } = await createDatabase(server.url);
    await migratePostgres(url);
    const store = createPostgresStore({ url, log });
    const state = await open(store, await queue(store, await openTable(store)));
    const name = new URL(url).pathname.slice(1);
    await query(server.url, `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await query(server.url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
    await expect
      .poll(() => store.check(), { timeout: 5_000 })
      .toMatchObject({ status: 'down', reason: expect.stringContaining('read-only') });
    const writes = [
      () => store.castVote(ballot(state, facilitatorOf(state))),
      () => play(store, state, { event: { type: 'SESSION_UPDATED', at: new Date(), actorId: null } }),
      () => store.touch(state.session.id, facilitatorOf(state), new Date(Date.now() + 3_600_000)),
    ];
    for (const write of writes) await expect(write()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(await store.load(state.session.id)).toEqual(state);
    await query(server.url, `ALTER DATABASE ${name} RESET default_transaction_read_only`);
    await expect.poll(() => writes[0]?.().catch(() => 'away'), { timeout: 5_000 }).toMatchObject({ kind: 'committed' });
    expect(await store.check()).toEqual({ status: 'ok' });
    await store.close();
  });

  it('that cancels a statement is not said to be unreachable', async () => {
    const { url } = await createDatabase(server.url);
    await migratePostgres(url);
    const store = createPostgresStore({ url, log, timeoutMs: 1_000 });
    const state = await open(store, await queue(store, await openTable(store)));
    const { default: pg } = await import('pg');
    const holder = new pg.Client(url);
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM session FOR UPDATE');
    await expect(store.castVote(ballot(state, facilitatorOf(state)))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/cancelled it: nothing was changed/),
    });
    await holder.end();
    await store.close();
  });

  it('that hangs is noticed within two seconds, fails what comes at once, and is used again when it answers', async () => {
    const { url } = await createDatabase(server.url);
    await migratePostgres(url);
    const valve = await openValve(url);
    const store = responsive(createPostgresStore({ url: valve.url, log }));
    const state = await open(store, await queue(store, await openTable(store)));
    valve.shut();
    const startedAt = performance.now();
    await expect(store.castVote(ballot(state, facilitatorOf(state)))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    const againAt = performance.now();
    for (let count = 0; count < 50; count += 1)
      await expect(store.load(state.session.id)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(performance.now() - againAt).toBeLessThan(500);
    valve.open();
    await expect
      .poll(
        () =>
          store.load(state.session.id).then(
            () => 'there',
            () => 'away',
          ),
        { timeout: 5_000 },
      )
      .toBe('there');
    await store.close();
    await valve.stop();
  });

  it('that is slow with one statement is not taken for one that hangs', async () => {
    const { url } = await createDatabase(server.url);
    await migratePostgres(url);
    const store = responsive(createPostgresStore({ url, log }), { suspectAfterMs: 200 });
    const state = await open(store, await queue(store, await openTable(store)));
    const { default: pg } = await import('pg');
    const holder = new pg.Client(url);
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM session FOR UPDATE');
    const vote = store.castVote(ballot(state, facilitatorOf(state)));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await holder.query('COMMIT');
    expect(await vote).toMatchObject({ kind: 'committed' });
    await holder.end();
    await store.close();
  });
});

describe('readiness by a dependency that all replicas share', () => {
  it('is down before it was ever there, degraded for half a minute after it went, then down', async () => {
    let [time, isThere] = [0, false];
    const check = withGrace(
      async () => (isThere ? { status: 'ok' } : { status: 'down', reason: 'away' }),
      () => time,
    );
    expect((await check()).status).toBe('down');
    isThere = true;
    expect((await check()).status).toBe('ok');
    isThere = false;
    time = 29_000;
    expect(await check()).toEqual({ status: 'degraded', reason: 'away' });
    time = 31_000;
    expect((await check()).status).toBe('down');
  });
});
