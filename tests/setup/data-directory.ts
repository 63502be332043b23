import { createHash } from 'node:crypto';
import { cpSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMigrations } from '../../prisma/migrate.ts';
import { createEmbeddedStore } from '../../subgraphs/voting/src/store/postgres/embedded.ts';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

/**
 * A temporary DATA_DIRECTORY whose embedded store has been started once, and holds nothing. The first start of a Postgres takes several seconds of work,
 * a copy of one takes none; tests of the first start itself take an empty folder.
 */
export async function createDataDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'tally-test-data-'));
  cpSync(await findTemplate(), directory, { recursive: true });
  return directory;
}

/** The folder to copy: made once for all test runs with these migrations and this Postgres. */
async function findTemplate(): Promise<string> {
  const contents = createHash('sha256').update(manifest.dependencies['@electric-sql/pglite'] ?? '');
  for (const { name, checksum } of readMigrations()) contents.update(name).update(checksum);
  const template = join(tmpdir(), `tally-test-template-${contents.digest('hex').slice(0, 16)}`);
  const isThere = await stat(template).then(
    () => true,
    () => false,
  );
  if (!isThere) await make(template);
  return template;
}

/** Several may make it at the same time: the first that is ready is taken. */
async function make(template: string): Promise<void> {
  const making = await mkdtemp(`${template}-`);
  const store = await createEmbeddedStore({ directory: making });
  await store.close();
  await rename(making, template).catch(() => rm(making, { recursive: true, force: true }));
}
