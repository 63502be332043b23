// `npm run plans -- [sessions]`: fills a database of a private Postgres and shows every statement of the store that reads a whole table, there or by a plan that it
// keeps from when the tables were empty; exit code 1 when there is one.
import { migratePostgres } from '../../prisma/migrate.ts';
import { createDatabase, startPrivatePostgres } from '../setup/postgres.ts';
import { createFilledDatabase } from './filled-database.ts';
import { collectStatements, findKeptWholeScans, findUnindexedForeignKeys, findWholeScans } from './plans.ts';

const sessions = Number(process.argv[2] ?? 20_000);
const postgres = await startPrivatePostgres();
try {
  const { url } = await createFilledDatabase(postgres.url, sessions);
  const { statements } = await collectStatements(url);
  const { url: empty } = await createDatabase(postgres.url);
  await migratePostgres(empty);
  const scans = [...(await findWholeScans(url, statements)), ...(await findKeptWholeScans(empty, statements))];
  const keys = await findUnindexedForeignKeys(url);
  for (const { table, statement } of scans) process.stdout.write(`reads all of ${table}: ${statement.slice(0, 200)}\n`);
  for (const key of keys) process.stdout.write(`foreign key without an index: ${key}\n`);
  const result = { sessions, statements: statements.length, wholeScans: scans.length, unindexedForeignKeys: keys.length };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  if (scans.length + keys.length > 0) process.exitCode = 1;
} finally {
  await postgres.stop();
}
