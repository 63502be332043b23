import type { PrismaClient } from '../../../../../prisma/generated/client.ts';
import type { Estimate } from '../../domain/model.ts';
import { toSignalMessage } from '../audience.ts';
import { catchUp } from '../catch-up.ts';
import { fromColumns, type JsonRow } from '../rows.ts';
import type { VotingStore } from '../voting-store.ts';
import { createAcross } from './across.ts';
import { createCredentials } from './credentials.ts';
import {
  changesSql,
  dueRevealsSql,
  exportSql,
  revisionsSql,
  stateSql,
  toEvent,
  toKey,
  toLoggedChange,
  toSince,
  toState,
  toStoredSession,
} from './reads.ts';
import { guard } from './unavailable.ts';
import type { RunStatement } from './votes.ts';
import { claimLockSql, claimSql, outboxSql, overtakenSql } from './write-backs.ts';
import { createWrites, transactionLimits } from './writes.ts';
import { createWrittenFields } from './written-fields.ts';

export interface PrismaStoreParts {
  readonly prisma: PrismaClient;
  /** Runs one statement outside of Prisma, on the same connections: the vote path, where Prisma's own cost per query is the larger part. */
  readonly run: RunStatement;
  readonly onChange: VotingStore['onChange'];
  readonly onSignal: VotingStore['onSignal'];
  /** Called after each write that happened, or may have. */
  readonly tell: (sessionId: string) => void;
  /** Sends a message that all replicas hear, this one included. */
  readonly say: (message: string) => Promise<void>;
  readonly check: VotingStore['check'];
  readonly checkSchema: VotingStore['checkSchema'];
  readonly close: () => Promise<void>;
}

const fromNothing = { structure: null, revision: null };

/** The voting store on Postgres; which Postgres, its parts say. */
export function createPrismaStore(parts: PrismaStoreParts): VotingStore {
  const { prisma, run, onChange, onSignal, tell, say, check, checkSchema, close } = parts;
  return {
    ...createWrites(prisma, run, tell),

    ...createCredentials(prisma),

    load: (sessionId, known) =>
      guard(async () => {
        const read = async ({ structure, revision }: { structure: number | null; revision: number | null }) =>
          (await run(stateSql, [toKey(sessionId), structure, revision]))[0];
        const row = await read(known?.session ?? fromNothing);
        const since = row === undefined || known === undefined ? undefined : toSince(row);
        const whole = since === undefined || known === undefined ? undefined : catchUp(known, since);
        if (whole !== undefined) return whole;
        // The log does not tell: everything, then.
        const all = since === undefined ? row : await read(fromNothing);
        return all === undefined ? undefined : toState(all);
      }),

    findSessionId: (inviteCode) =>
      guard(async () => (await prisma.session.findUnique({ where: { inviteCode: toKey(inviteCode) }, select: { id: true } }))?.id),

    findVotes: (roundIds) =>
      guard(() => prisma.vote.findMany({ where: { roundId: { in: [...roundIds] } }, omit: { castAt: true, revision: true } })),

    readEvents: (sessionId, after, limit) =>
      guard(async () =>
        (await prisma.event.findMany({ where: { sessionId, revision: { gt: after } }, orderBy: { revision: 'asc' }, take: limit })).map(
          toEvent,
        ),
      ),

    findRevisions: (sessionIds) =>
      guard(async () => new Map((await run(revisionsSql, [sessionIds])).map(({ id, revision }) => [String(id), Number(revision)]))),

    readChanges: (sessionId, after, limit) =>
      guard(async () => (await run(changesSql, [toKey(sessionId), after, limit])).map(toLoggedChange)),

    claimWriteBacks: ({ now, leasedUntil, limit }) =>
      guard(async () => {
        const rows = await prisma.$transaction(async (tx) => {
          await tx.$executeRawUnsafe(claimLockSql);
          return tx.$queryRawUnsafe<JsonRow[]>(claimSql.text, now, leasedUntil, limit);
        }, transactionLimits);
        return rows.map((row) => ({
          sessionId: String(row['session_id']),
          estimate: fromColumns<Estimate>(row['estimate'] as JsonRow),
          expected: (row['expected'] as { readonly value: number | null } | null)?.value,
          uncertain: row['uncertain'] as readonly number[],
        }));
      }),

    findOvertaken: (limit) =>
      guard(async () =>
        (await run(overtakenSql, [limit])).map((row) => fromColumns<{ sessionId: string; roundId: string; track: string }>(row)),
      ),

    readOutbox: () =>
      guard(async () => {
        const [row] = await run(outboxSql, []);
        return { pending: Number(row?.['pending'] ?? 0), oldestAt: (row?.['oldest_at'] as Date | null | undefined) ?? null };
      }),

    findDueReveals: (until, limit) =>
      guard(async () =>
        (await run(dueRevealsSql, [until, limit])).map((row) => ({
          sessionId: String(row['session_id']),
          roundId: String(row['id']),
          revealsAt: row['reveals_at'] as Date,
        })),
      ),

    ...createAcross(prisma, run, tell),

    ...createWrittenFields(run),

    listSessionIds: (after = '', limit) =>
      guard(async () => {
        const rows = await prisma.session.findMany({
          where: { id: { gt: after } },
          select: { id: true },
          orderBy: { id: 'asc' },
          take: limit,
        });
        return rows.map(({ id }) => id);
      }),

    exportSession: (sessionId) =>
      guard(async () => {
        const [row] = await run(exportSql, [sessionId]);
        return row === undefined ? undefined : toStoredSession(row);
      }),

    onChange,
    onSignal,
    sendSignal: (sessionId, signal) => guard(() => say(toSignalMessage(sessionId, signal))),

    check,
    checkSchema,

    close,
  };
}
