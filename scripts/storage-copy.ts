// `npm run storage:copy -- --from <storage> --to <storage>`: copies all sessions to an empty storage and compares both.
// A storage is a Postgres or Redis URL, or the data folder of the embedded one. Stop voting first: a session that changes meanwhile is an error.
import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { toMessage } from '../kit/process/errors.ts';
import { createLogger } from '../kit/process/logging.ts';
import { copySessions } from '../subgraphs/voting/src/store/copy.ts';
import { openStorage } from './open-storage.ts';

const log = createLogger('storage-copy', 'silent');

async function copy(fromStorage: string, toStorage: string): Promise<string> {
  const isFolder = !fromStorage.includes('://');
  // The embedded store makes the folder that it is given: a misspelt source would be an empty one.
  if (isFolder && !(await stat(fromStorage).catch(() => undefined))?.isDirectory()) throw new Error(`There is no folder ${fromStorage}.`);
  const from = await openStorage(fromStorage, log, process.env);
  try {
    const to = await openStorage(toStorage, log, process.env);
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
