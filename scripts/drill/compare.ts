import { createHash } from 'node:crypto';
import type { StoredSession, VotingStore } from '../../subgraphs/voting/src/store/voting-store.ts';

type Source = Pick<VotingStore, 'listSessionIds' | 'exportSession'>;

/** What the restored storage holds, and how it differs from the one that was backed up, which may go on meanwhile. */
export interface Comparison {
  readonly sessions: number;
  readonly rounds: number;
  readonly votes: number;
  readonly estimates: number;
  readonly events: number;
  /** Sessions that have changed since the backup; their events up to it are the same. */
  readonly movedOn: number;
  /** Sessions that were made since the backup. */
  readonly newer: number;
  /** Sessions that were deleted since the backup. */
  readonly deleted: number;
  /** Sessions that the backup should have. */
  readonly missing: number;
  /** Sessions whose rounds, votes, estimates or events are not those that were backed up. */
  readonly different: number;
}

const pageSize = 200;

async function* readIds(store: Source): AsyncGenerator<string> {
  let last: string | undefined;
  for (;;) {
    const page = await store.listSessionIds(last, pageSize);
    yield* page;
    last = page.at(-1);
    if (last === undefined) return;
  }
}

const inOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value;
const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value, inOrder)).digest('hex');

/** Whether what was backed up is the beginning of what is there now. */
function isBeginning({ events: before }: StoredSession, { events: now }: StoredSession): boolean {
  // The log may have been trimmed at its beginning since, and of votes that were changed only the last is kept.
  const [from, until] = [now[0]?.revision ?? Number.POSITIVE_INFINITY, before.at(-1)?.revision ?? 0];
  const kept = new Set(now.map(({ revision }) => revision));
  const common = before.filter(({ revision, type }) => revision >= from && (!isVote(type) || kept.has(revision)));
  return digest(common) === digest(now.filter(({ revision }) => revision <= until));
}

/** Compares a restored storage with the one that it comes from; `startedAt` is when the backup began. */
export async function compareStorages(from: Source, restored: Source, startedAt: Date): Promise<Comparison> {
  const count = { sessions: 0, rounds: 0, votes: 0, estimates: 0, events: 0, movedOn: 0, newer: 0, deleted: 0, missing: 0, different: 0 };
  const seen = new Set<string>();
  for await (const id of readIds(restored)) {
    seen.add(id);
    const [kept, now] = [await restored.exportSession(id), await from.exportSession(id)];
    if (kept === undefined) continue;
    count.sessions += 1;
    count.rounds += kept.state.rounds.length;
    count.votes += kept.votes.length;
    count.estimates += kept.state.estimates.length;
    count.events += kept.events.length;
    if (now === undefined) count.deleted += 1;
    else if (digest(kept) === digest(now)) continue;
    else if (now.state.session.revision > kept.state.session.revision && isBeginning(kept, now)) count.movedOn += 1;
    else count.different += 1;
  }
  for await (const id of readIds(from)) {
    if (seen.has(id)) continue;
    const session = await from.exportSession(id);
    if (session === undefined) continue;
    if (session.state.session.createdAt >= startedAt) count.newer += 1;
    else count.missing += 1;
  }
  return count;
}

/** Of a vote that is changed or retracted in an open round the log keeps the newest event only. */
function isVote(type: string): boolean {
  return type === 'VOTE_CAST' || type === 'VOTE_RETRACTED';
}
