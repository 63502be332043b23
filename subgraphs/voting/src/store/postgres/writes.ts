import { Prisma, type PrismaClient } from '../../../../../prisma/generated/client.ts';
import { type Answer, toLists } from '../../domain/change.ts';
import { toDelta } from '../../domain/delta.ts';
import type { Happening, Session, SessionAggregate } from '../../domain/model.ts';
import type {
  Commit,
  CommitOutcome,
  KeyedRequest,
  LoggedChange,
  Replay,
  Retraction,
  VoteOutcome,
  VoteWrite,
  VotingStore,
  WriteOutcome,
} from '../voting-store.ts';
import { guard } from './unavailable.ts';
import { toUpserts } from './upserts.ts';
import { type RunStatement, type Statement, voteStatements } from './votes.ts';

type Transaction = Prisma.TransactionClient;

type Writes = Pick<VotingStore, 'create' | 'findRequest' | 'commit' | 'castVote' | 'retractVote' | 'importSession'>;

// A queue for the session's row must outlast a burst of votes, and end in an error rather than in a hang.
export const transactionLimits = { maxWait: 5_000, timeout: 10_000 };

// A copied session has thousands of rows.
const importLimits = { maxWait: 5_000, timeout: 120_000 };

const uniqueViolation = '23505';

/** The part of the store that writes sessions, and knows what it has written for whom. `tell` is called after each write that happened, or may have. */
export function createWrites(prisma: PrismaClient, run: RunStatement, tell: (sessionId: string) => void): Writes {
  /** A write that failed may have been committed all the same: its answer was lost. */
  async function telling<Outcome extends { readonly kind: string }>(sessionId: string, write: () => Promise<Outcome>): Promise<Outcome> {
    try {
      const outcome = await write();
      if (outcome.kind === 'committed') tell(sessionId);
      return outcome;
    } catch (error) {
      tell(sessionId);
      throw error;
    }
  }

  async function logChange(tx: Transaction, sessionId: string, { event, delta }: LoggedChange): Promise<void> {
    await tx.event.create({ data: { sessionId, ...event, delta: toNullable(delta) } });
  }

  async function findRequest(tx: Transaction, sessionId: string, request: KeyedRequest): Promise<Replay | undefined> {
    const { actorId, mutation, idempotencyKey } = request;
    const seen = await tx.request.findUnique({
      where: { sessionId_actorId_mutation_idempotencyKey: { sessionId, actorId, mutation, idempotencyKey } },
    });
    if (seen === null) return undefined;
    return seen.inputHash === request.inputHash ? { kind: 'replayed', answer: seen.answer as Answer | null } : { kind: 'reused' };
  }

  async function create(state: SessionAggregate, event: Happening, request: KeyedRequest | undefined): Promise<WriteOutcome> {
    const { session, participants } = state;
    try {
      await prisma.$transaction(async (tx) => {
        await tx.session.create({ data: toData(session) });
        for (const { sql, rows } of toUpserts({ participants })) await tx.$executeRawUnsafe(sql, session.id, rows);
        if (request !== undefined) await tx.request.create({ data: { sessionId: session.id, ...request } });
        await logChange(tx, session.id, { event: { ...event, revision: session.revision }, delta: null });
      }, transactionLimits);
      return { kind: 'committed', revision: session.revision };
    } catch (error) {
      // A session id is made from its request, so a retry meets its own session here.
      if (request === undefined || !(error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')) throw error;
      return toOutcome((await findRequest(prisma, session.id, request)) ?? { kind: 'reused' });
    }
  }

  async function commit({ basis, change, expectedRevision, request }: Commit): Promise<CommitOutcome> {
    const { id } = basis.session;
    return prisma
      .$transaction(async (tx): Promise<CommitOutcome> => {
        const session = change.session ?? basis.session;
        // The row lock is the gate: whoever comes second waits here, then finds the structure changed.
        const { count } = await tx.session.updateMany({
          where: { id, structure: basis.session.structure, ...(expectedRevision === undefined ? {} : { revision: expectedRevision }) },
          data: {
            revision: { increment: 1 },
            structure: { increment: 1 },
            title: session.title,
            state: session.state,
            inviteCode: session.inviteCode,
            deck: toJson(session.deck),
            settings: toJson(session.settings),
            openRoundId: session.openRoundId,
            openRoundVoters: [...session.openRoundVoters],
            closedAt: session.closedAt,
            waiting: toJson(session.waiting),
          },
        });
        if (request !== undefined) {
          const seen = await findRequest(tx, id, request);
          if (seen !== undefined && count === 1) throw new RolledBack(toOutcome(seen));
          if (seen !== undefined) return toOutcome(seen);
        }
        if (count === 0) return { kind: 'outdated' };
        const { revision } = await tx.session.findUniqueOrThrow({ where: { id }, select: { revision: true } });
        for (const withdrawn of change.withdrawnVotes ?? []) await tx.vote.deleteMany({ where: withdrawn });
        for (const { sql, rows } of toUpserts(change)) await tx.$executeRawUnsafe(sql, id, rows);
        if (change.removedItemIds !== undefined)
          await tx.item.deleteMany({ where: { sessionId: id, id: { in: [...change.removedItemIds] } } });
        if (request !== undefined) await tx.request.create({ data: { sessionId: id, ...request, answer: toNullable(change.answer) } });
        await logChange(tx, id, { event: { ...change.event, revision }, delta: toDelta(basis, change) });
        return { kind: 'committed', revision };
      }, transactionLimits)
      .catch((error: unknown) => {
        if (error instanceof RolledBack) return error.outcome;
        throw error;
      });
  }

  async function writeVote(
    statement: Statement,
    values: readonly unknown[],
    { sessionId, request }: VoteWrite | Retraction,
  ): Promise<VoteOutcome> {
    return telling(sessionId, async () => {
      const rows = await run(statement, values).catch((error: unknown) => {
        // Two copies of one request at once: the second meets the first's row.
        if (request !== undefined && (error as { code?: unknown }).code === uniqueViolation) return [];
        throw error;
      });
      const revision = rows[0]?.['revision'];
      if (typeof revision === 'number') return { kind: 'committed', revision };
      const seen = request === undefined ? undefined : await findRequest(prisma, sessionId, request);
      return seen === undefined ? { kind: 'closed' } : toOutcome(seen);
    });
  }

  return {
    create: (state, event, request) => guard(() => telling(state.session.id, () => create(state, event, request))),

    findRequest: (sessionId, request) => guard(() => findRequest(prisma, sessionId, request)),

    commit: (input) => guard(() => telling(input.basis.session.id, () => commit(input))),

    castVote: (write) =>
      guard(() => {
        const { cast, castOnce } = voteStatements;
        return writeVote(write.request === undefined ? cast : castOnce, [...voteValues(write), write.vote.card, write.vote.note], write);
      }),

    retractVote: (retraction) =>
      guard(() => {
        const { retract, retractOnce } = voteStatements;
        return writeVote(retraction.request === undefined ? retract : retractOnce, voteValues(retraction), retraction);
      }),

    importSession: ({ state, votes, events, requests, credentials }) =>
      guard(() =>
        prisma.$transaction(async (tx) => {
          const { session } = state;
          await tx.session.create({ data: toData(session) });
          for (const { sql, rows } of toUpserts(toLists(state))) await tx.$executeRawUnsafe(sql, session.id, rows);
          await tx.vote.createMany({ data: [...votes] });
          await tx.event.createMany({ data: events.map((event) => ({ ...event, sessionId: session.id })) });
          await tx.request.createMany({
            data: requests.map((request) => ({ ...request, answer: toNullable(request.answer), sessionId: session.id })),
          });
          await tx.credential.createMany({ data: [...credentials] });
        }, importLimits),
      ),
  };
}

function voteValues({
  sessionId,
  structure,
  vote: { roundId, participantId, track },
  at,
  request,
}: VoteWrite | Retraction): readonly unknown[] {
  return [
    sessionId,
    roundId,
    participantId,
    track,
    at,
    structure ?? null,
    ...(request === undefined ? [] : [request.mutation, request.idempotencyKey, request.inputHash]),
  ];
}

function toOutcome({ kind }: Replay): Exclude<WriteOutcome, { kind: 'committed' }> {
  return { kind };
}

/** Carries the outcome out of a transaction that has to be undone. */
class RolledBack extends Error {
  readonly outcome: WriteOutcome;

  constructor(outcome: WriteOutcome) {
    super('rolled back');
    this.outcome = outcome;
  }
}

function toData(session: Session) {
  return {
    ...session,
    deck: toJson(session.deck),
    settings: toJson(session.settings),
    tracks: toJson(session.tracks),
    openRoundVoters: [...session.openRoundVoters],
    waiting: toJson(session.waiting),
  };
}

function toNullable(value: unknown) {
  return value == null ? Prisma.DbNull : toJson(value);
}

function toJson(value: unknown): Prisma.InputJsonValue {
  return value as Prisma.InputJsonValue;
}
