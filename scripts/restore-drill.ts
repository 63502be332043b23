// `npm run restore-drill [-- --from URL] [-- --into URL]`: backs the storage up, restores it elsewhere, compares both session by session, removes what
// it has made, and prints the result as JSON. Ends with 1 when a session is missing or different. Voting may go on meanwhile.
// From DATABASE_URL (into a new database of the same server, or of that of `--into`), or from REDIS_URL with VOTING_STORAGE=redis (into a server of its own).
import { parseArgs } from 'node:util';
import type { Environment } from '../kit/process/config.ts';
import { toMessage } from '../kit/process/errors.ts';
import { createLogger } from '../kit/process/logging.ts';
import type { VotingStore } from '../subgraphs/voting/src/store/voting-store.ts';
import { openStore, parseStoreValues } from '../subgraphs/voting/src/stores.ts';
import { type Comparison, compareStorages } from './drill/compare.ts';
import { type Restored, restorePostgres, restoreRedis } from './drill/restored.ts';

/** What the drill found; the seconds are what a real restore of this storage takes at least. */
export interface DrillReport extends Comparison {
  readonly storage: 'postgres' | 'redis';
  readonly bytes: number;
  readonly backupSeconds: number;
  readonly restoreSeconds: number;
}

const log = createLogger('restore-drill', 'silent');

/** As it is: a storage that lacks migrations is not touched. */
function open(url: string): Promise<VotingStore> {
  const isRedis = /^rediss?:/.test(url);
  const environment: Environment = isRedis
    ? { VOTING_STORAGE: 'redis', REDIS_URL: url }
    : { VOTING_STORAGE: 'postgres', DATABASE_URL: url };
  return openStore(parseStoreValues(environment), { log });
}

/** @throws Error when there is no backup, or when it cannot be restored. */
export async function runDrill(url: string, into = url): Promise<DrillReport> {
  const startedAt = new Date();
  const storage = /^rediss?:/.test(url) ? 'redis' : 'postgres';
  const restored: Restored = storage === 'redis' ? await restoreRedis(url) : await restorePostgres(url, into);
  try {
    const [from, to] = [await open(url), await open(restored.url)];
    try {
      const { bytes, backupSeconds, restoreSeconds } = restored;
      return { storage, bytes, backupSeconds, restoreSeconds, ...(await compareStorages(from, to, startedAt)) };
    } finally {
      await Promise.all([from.close(), to.close()]);
    }
  } finally {
    await restored.remove();
  }
}

if (import.meta.main) {
  try {
    const { values } = parseArgs({ options: { from: { type: 'string' }, into: { type: 'string' } } });
    const { DATABASE_URL, POSTGRES_DSN, REDIS_URL, VOTING_STORAGE } = process.env;
    const url = values.from ?? (VOTING_STORAGE === 'redis' ? REDIS_URL : (DATABASE_URL ?? POSTGRES_DSN));
    if (url === undefined || url === '')
      throw new Error('Usage: npm run restore-drill -- [--from URL] [--into URL]   or give DATABASE_URL');
    const report = await runDrill(url, values.into);
    process.stdout.write(`${JSON.stringify(report)}\n`);
    if (report.missing + report.different > 0) process.exitCode = 1;
  } catch (error) {
    process.stderr.write(`${toMessage(error)}\n`);
    process.exitCode = 1;
  }
}
