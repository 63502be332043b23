import { createClient } from '@redis/client';
import { describe, expect, inject, it } from 'vitest';
import { createDatabase, findPostgres, queryRows, startPrivatePostgres } from './postgres.ts';
import { findRedis, startPrivateRedis } from './redis.ts';

const adminUrl = inject('TEST_DATABASE_URL');
const redisUrl = inject('TEST_REDIS_URL');
const canStartPostgres = (await findPostgres()) !== undefined;
const canStartRedis = (await findRedis()) !== undefined;

async function command(url: string, words: string[]): Promise<unknown> {
  const client = createClient({ url });
  await client.connect();
  try {
    return await client.sendCommand(words);
  } finally {
    client.destroy();
  }
}

describe('the services that tests are given', () => {
  it.skipIf(adminUrl === undefined)('are a PostgreSQL on which every test file can have a database of its own', async () => {
    const [one, other] = await Promise.all([createDatabase(adminUrl ?? ''), createDatabase(adminUrl ?? '')]);
    await queryRows(one.url, 'CREATE TABLE vote (card text)');
    expect(await queryRows(other.url, "SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname = 'public'")).toEqual([
      { tables: 0 },
    ]);
    await one.drop();
    await other.drop();
    await expect(queryRows(one.url, 'SELECT 1')).rejects.toThrow('does not exist');
  });

  it.skipIf(redisUrl === undefined)('are a Redis that answers', async () => {
    expect(await command(redisUrl ?? '', ['PING'])).toBe('PONG');
  });
});

describe('a private server for fault tests', () => {
  it.skipIf(!canStartPostgres)('is a PostgreSQL that can be killed and comes back with its data on the same port', async () => {
    const server = await startPrivatePostgres();
    try {
      await queryRows(server.url, 'CREATE TABLE vote (card text)');
      await queryRows(server.url, "INSERT INTO vote VALUES ('5')");
      await server.kill();
      await expect(queryRows(server.url, 'SELECT 1')).rejects.toThrow();
      await server.restart();
      expect(await queryRows(server.url, 'SELECT card FROM vote')).toEqual([{ card: '5' }]);
    } finally {
      await server.stop();
    }
  });

  it.skipIf(!canStartRedis)('is a Redis that keeps its data over a kill only when it is append-only', async () => {
    for (const appendOnly of [true, false]) {
      const server = await startPrivateRedis({ appendOnly });
      try {
        await command(server.url, ['SET', 'vote', '5']);
        await server.kill();
        await server.restart();
        expect(await command(server.url, ['GET', 'vote'])).toBe(appendOnly ? '5' : null);
      } finally {
        await server.stop();
      }
    }
  });
});
