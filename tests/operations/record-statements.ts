// `npm run release:statements`: records what this version sends to Postgres, at a release; the next version's schema has to bear it.
import { writeFileSync } from 'node:fs';
import { migratePostgres } from '../../prisma/migrate.ts';
import { createDatabase, startPrivatePostgres } from '../setup/postgres.ts';
import { collectStatements } from './plans.ts';

const postgres = await startPrivatePostgres();
try {
  const { url } = await createDatabase(postgres.url);
  await migratePostgres(url);
  const { statements } = await collectStatements(url);
  const texts = [...new Set(statements.map(({ text }) => text))]
    .filter((text) => /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b/i.test(text))
    .sort();
  writeFileSync(new URL('./released-statements.json', import.meta.url), `${JSON.stringify(texts, undefined, 2)}\n`);
} finally {
  await postgres.stop();
}
