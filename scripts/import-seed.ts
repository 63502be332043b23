// `npm run import:seed -- --file <export.json> --to <storage>`: brings the seed system's exported sessions into a storage of ours
// (a Postgres or Redis URL, or the data folder of the embedded one) and prints an invite code for each. Sessions that are there already stay.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { toMessage } from '../kit/process/errors.ts';
import { createLogger } from '../kit/process/logging.ts';
import { parseSeedFile } from '../subgraphs/voting/src/seed/seed-file.ts';
import { toStoredSession } from '../subgraphs/voting/src/seed/stored-session.ts';
import { openStorage } from './open-storage.ts';

try {
  const { values } = parseArgs({ options: { file: { type: 'string' }, to: { type: 'string' } } });
  if (values.file === undefined || values.to === undefined)
    throw new Error('Usage: npm run import:seed -- --file <export.json> --to <url or folder>');
  const sessions = parseSeedFile(await readFile(values.file, 'utf8')).map((seed) => toStoredSession(seed, new Date()));
  const store = await openStorage(values.to, createLogger('import-seed', 'silent'), process.env);
  try {
    for (const session of sessions) {
      const { id, title, inviteCode } = session.state.session;
      const isThere = (await store.load(id)) !== undefined;
      if (!isThere) await store.importSession(session);
      process.stdout.write(`${isThere ? 'there already' : `invite code ${inviteCode}`}: ${title} (${session.state.items.length} items)\n`);
    }
  } finally {
    await store.close();
  }
} catch (error) {
  process.stderr.write(`${toMessage(error)}\n`);
  process.exitCode = 1;
}
