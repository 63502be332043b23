// `npm run migrate:diff`: the SQL that leads from the migrations to schema.prisma; nothing when they agree (`--check`: exit 1 otherwise).
// Prisma's command line would need its native engine; this is the same engine as WebAssembly, on a throw-away embedded Postgres.
import { readdirSync, readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import { PrismaPGlite } from 'pglite-prisma-adapter';

const folder = new URL('./migrations/', import.meta.url);
const schema = { path: 'prisma/schema.prisma', content: readFileSync(new URL('./schema.prisma', import.meta.url), 'utf8') };

/** The SQL that is missing in the migrations; empty when they lead to schema.prisma. */
export async function diffMigrations(): Promise<string> {
  const database = await PGlite.create();
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(database));
    const engine = await SchemaEngine.new({ datamodels: [[schema.path, schema.content]] }, () => {}, factory);
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...readMigrations() },
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    const sql = stdout ?? '';
    return sql.includes('This is an empty migration') ? '' : sql;
  } finally {
    await database.close();
  }
}

function readMigrations() {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return {
    baseDir: 'prisma/migrations',
    lockfile: { path: 'migration_lock.toml', content: readFileSync(new URL('migration_lock.toml', folder), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: names
      .map(({ name }) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: readFileSync(new URL(`${name}/migration.sql`, folder), 'utf8') },
        },
      }))
      .sort((one, other) => one.path.localeCompare(other.path)),
  };
}

if (import.meta.main) {
  const sql = await diffMigrations();
  process.stdout.write(sql);
  if (process.argv.includes('--check')) process.exitCode = sql === '' ? 0 : 1;
}
