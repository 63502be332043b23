import { createHash } from 'node:crypto';
import type { StoredSession, VotingStore } from './voting-store.ts';

type SessionSource = Pick<VotingStore, 'listSessionIds' | 'exportSession' | 'listWrittenFields'>;
type SessionTarget = SessionSource & Pick<VotingStore, 'importSession' | 'noteWrittenField'>;

/** What was found in both storages, and what of it was copied this time. */
export interface CopyCount {
  readonly sessions: number;
  readonly rounds: number;
  readonly votes: number;
  readonly estimates: number;
  readonly events: number;
  /** Sessions that were not in the target before. */
  readonly copied: number;
  /** SHA-256, hexadecimal, over all sessions of the source; the target's is the same. */
  readonly checksum: string;
}

const pageSize = 50;

/**
 * Copies every session that the target does not have, then compares all of them; and which fields of Jira took an estimate. Nobody may write meanwhile. Run it again after a
 * failure: it goes on where it was.
 *
 * @throws Error naming the first session that differs, or that the target has besides.
 */
export async function copySessions(from: SessionSource, to: SessionTarget): Promise<CopyCount> {
  const [ids, before] = await Promise.all([readIds(from), readIds(to)]);
  const known = new Set(before);
  const strange = before.find((id) => !ids.includes(id));
  if (strange !== undefined) throw new Error(`The target has a session of its own, ${strange}: copy to an empty storage.`);
  const missing = ids.filter((id) => !known.has(id));
  for (const id of missing) await to.importSession(await getSession(from, id));
  await copyWrittenFields(from, to);

  const count = { sessions: 0, rounds: 0, votes: 0, estimates: 0, events: 0 };
  const all = createHash('sha256');
  for (const id of ids) {
    const session = await getSession(from, id);
    const checksum = checksumOf(session);
    if (checksumOf(await getSession(to, id)) !== checksum) throw new Error(`Session ${id} is not the same in both storages.`);
    all.update(checksum);
    count.sessions += 1;
    count.rounds += session.state.rounds.length;
    count.votes += session.votes.length;
    count.estimates += session.state.estimates.length;
    count.events += session.events.length;
  }
  const now = await readIds(to);
  if (now.length !== ids.length) throw new Error(`The target has ${now.length} sessions, not ${ids.length}.`);
  return { ...count, copied: missing.length, checksum: all.digest('hex') };
}

async function copyWrittenFields(from: SessionSource, to: SessionTarget): Promise<void> {
  let page = await from.listWrittenFields(undefined, pageSize);
  while (page.length > 0) {
    for (const field of page) await to.noteWrittenField(field);
    page = await from.listWrittenFields(page.at(-1), pageSize);
  }
}

/** In one order for every store. */
async function readIds(store: SessionSource): Promise<readonly string[]> {
  const ids: string[] = [];
  for (
    let page = await store.listSessionIds(undefined, pageSize);
    page.length > 0;
    page = await store.listSessionIds(ids.at(-1), pageSize)
  ) {
    ids.push(...page);
  }
  return ids.sort();
}

async function getSession(store: SessionSource, id: string): Promise<StoredSession> {
  const session = await store.exportSession(id);
  if (session === undefined) throw new Error(`Session ${id} is gone: somebody is writing meanwhile.`);
  return session;
}

/** Of the content, whatever the order of its fields. */
function checksumOf(session: StoredSession): string {
  const inOrder = (_: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value;
  return createHash('sha256').update(JSON.stringify(session, inOrder)).digest('hex');
}
