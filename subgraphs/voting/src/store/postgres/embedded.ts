import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { PrismaClient } from '../../../../../prisma/generated/client.ts';
import { migrate } from '../../../../../prisma/migrate.ts';
import { createAudience } from '../audience.ts';
import type { JsonRow } from '../rows.ts';
import type { VotingStore } from '../voting-store.ts';
import { lockFolder } from './folder-lock.ts';
import { createPrismaStore } from './prisma-store.ts';
import { type Statement, voteStatements } from './votes.ts';

// The whole cache is written over at the start, which with Postgres' own 128 MB was half of a start's work, and its memory is never given back.
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=32MB'];

// When V8 frees machine code that WebAssembly no longer runs, it now and then ends the whole process (“Check failed:
// jit_page_->allocations_.erase(addr) == 1”, https://github.com/nodejs/node/issues/64500). PGlite is what makes such code; what is kept is some megabytes.
setFlagsFromString('--no-wasm-code-gc');

/**
 * The voting store on a Postgres inside this process, in a folder; migrated on the way.
 *
 * @throws Error when another process has the folder: two would silently lose each other's data.
 */
export async function createEmbeddedStore({ directory }: { readonly directory: string }): Promise<VotingStore> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const unlock = await lockFolder(directory);
  try {
    const lite = await PGlite.create({ dataDir: join(directory, 'postgres'), startParams });
    await migrate({
      query: (sql, parameters) => lite.query<Record<string, unknown>>(sql, [...parameters]),
      runScript: async (sql) => void (await lite.exec(sql)),
    });
    const calls = await prepareVotes(lite);
    // All who may listen are in this process.
    const { onChange, onSignal, hear } = createAudience();
    const prisma = new PrismaClient({ adapter: new PrismaPGlite(lite) });
    return createPrismaStore({
      prisma,
      run: async (statement, values) => (await lite.query<JsonRow>(calls.get(statement) ?? statement.text, [...values])).rows,
      onChange,
      onSignal,
      tell: hear,
      say: async (message) => hear(message),
      check: async () => {
        await lite.query('SELECT 1');
        return { status: 'ok' };
      },
      // It was migrated when it was opened.
      checkSchema: async () => ({ status: 'ok' }),
      close: async () => {
        await prisma.$disconnect();
        await lite.close();
        await unlock();
      },
    });
  } catch (error) {
    await unlock();
    throw error;
  }
}

/**
 * PGlite plans every statement anew, which is two thirds of a vote's cost. A function's statements are planned once, so each vote
 * statement becomes the body of one; returns how to call it.
 */
async function prepareVotes(lite: PGlite): Promise<ReadonlyMap<Statement, string>> {
  const calls = new Map<Statement, string>();
  for (const statement of Object.values(voteStatements)) {
    const count = Math.max(...Array.from(statement.text.matchAll(/\$(\d+)/g), ([, place]) => Number(place)));
    const places = Array.from({ length: count }, (_, index) => index + 1);
    const types = places.map((place) => typesByPlace.get(place) ?? 'text');
    await lite.exec(`CREATE FUNCTION pg_temp.${statement.name}(${types.join(', ')}) RETURNS int LANGUAGE plpgsql AS $body$
      DECLARE told record;
      BEGIN ${statement.text} INTO told; RETURN told.revision; END $body$`);
    calls.set(statement, `SELECT pg_temp.${statement.name}(${places.map((place) => `$${place}`).join(', ')}) AS revision`);
  }
  return calls;
}

// Of the vote statements' parameters the fifth is the time, the sixth the structure; the others are text.
const typesByPlace = new Map([
  [5, 'timestamptz'],
  [6, 'int'],
]);
