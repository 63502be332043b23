import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { PrismaClient } from '../../../../prisma/generated/client.ts';
import { migrate } from '../../../../prisma/migrate.ts';
import { createPrismaStore } from './prisma-store.ts';
import type { JsonRow } from './rows.ts';
import type { VotingStore } from './voting-store.ts';

/**
 * The voting store on a Postgres inside this process, in a folder; migrated on the way.
 *
 * @throws Error when another process has the folder: two would silently lose each other's data.
 */
export async function createEmbeddedStore({ directory }: { readonly directory: string }): Promise<VotingStore> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const unlock = await lock(directory);
  try {
    const lite = await PGlite.create({ dataDir: join(directory, 'postgres') });
    await migrate({
      query: (sql, parameters) => lite.query<Record<string, unknown>>(sql, [...parameters]),
      runScript: async (sql) => void (await lite.exec(sql)),
    });
    const prisma = new PrismaClient({ adapter: new PrismaPGlite(lite) });
    return createPrismaStore({
      prisma,
      run: async ({ text }, values) => (await lite.query<JsonRow>(text, [...values])).rows,
      onChange: (listener) => {
        const listening = lite.listen('tally_session', listener);
        return () => void listening.then((stop) => stop());
      },
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

const heldHere = new Set<string>();

/** Takes the folder for this process; a lock left by a process that is gone is taken over. */
async function lock(directory: string): Promise<() => Promise<void>> {
  const path = resolve(directory, 'lock');
  const mine = `${path}.${process.pid}`;
  // A link appears whole, with its content: nobody reads a lock without its holder.
  await writeFile(mine, String(process.pid), { mode: 0o600 });
  try {
    for (;;) {
      try {
        await link(mine, path);
        heldHere.add(path);
        return async () => {
          heldHere.delete(path);
          await rm(path, { force: true });
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = Number(await readFile(path, 'utf8').catch(() => ''));
      // In a container every process is number 1: one's own number in a lock that one does not hold is a former life's.
      const isHeld = holder === process.pid ? heldHere.has(path) : isRunning(holder);
      if (isHeld)
        throw new Error(`The data folder ${directory} is in use by process ${holder}: stop it, or set DATA_DIRECTORY to another folder.`);
      await rm(path, { force: true });
    }
  } finally {
    await rm(mine, { force: true });
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
