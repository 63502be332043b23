// `npm run storage:copy -- --from <storage> --to <storage>`: copies all sessions to an empty storage and compares both.
// A storage is a Postgres or Redis URL, or the data folder of the embedded one. Stop voting first: a session that changes meanwhile is an error.
import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { toMessage } from '../kit/errors.ts';
import { createLogger } from '../kit/logging.ts';
import { migratePostgres } from '../prisma/migrate.ts';
import { copySessions } from '../subgraphs/voting/src/store/copy.ts';
import { createEmbeddedStore } from '../subgraphs/voting/src/store/embedded.ts';
import { createPostgresStore } from '../subgraphs/voting/src/store/postgres.ts';
import { createRedisStore } from '../subgraphs/voting/src/store/redis.ts';
import type { VotingStore } from '../subgraphs/voting/src/store/voting-store.ts';

const log = createLogger('storage-copy', 'silent');

async function open(storage: string): Promise<VotingStore> {
  if (/^postgres(ql)?:\/\//.test(storage)) {
    await migratePostgres(storage);
    return createPostgresStore({ url: storage, log });
  }
  if (/^rediss?:\/\//.test(storage)) return createRedisStore({ url: storage, log });
  return createEmbeddedStore({ directory: storage });
}

async function copy(fromStorage: string, toStorage: string): Promise<string> {
  const isFolder = !fromStorage.includes('://');
  // The embedded store makes the folder that it is given: a misspelt source would be an empty one.
  if (isFolder && !(await stat(fromStorage).catch(() => undefined))?.isDirectory()) throw new Error(`There is no folder ${fromStorage}.`);
  const from = await open(fromStorage);
  try {
    const to = await open(toStorage);
    try {
      const { copied, sessions, rounds, votes, estimates, events, checksum } = await copySessions(from, to);
      return `Copied ${copied} of ${sessions} sessions. Both have ${rounds} rounds, ${votes} votes, ${estimates} estimates, ${events} events; checksum ${checksum}.`;
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

try {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
  if (values.from === undefined || values.to === undefined)
    throw new Error('Usage: npm run storage:copy -- --from <url or folder> --to <url or folder>');
  process.stdout.write(`${await copy(values.from, values.to)}\n`);
} catch (error) {
  process.stderr.write(`${toMessage(error)}\n`);
  process.exitCode = 1;
}
