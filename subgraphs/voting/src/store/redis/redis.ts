import { toLists } from '../../domain/change.ts';
import { toDelta } from '../../domain/delta.ts';
import type { Happening, Round, Session, SessionAggregate, Vote } from '../../domain/model.ts';
import { toSignalMessage } from '../audience.ts';
import { catchUp, mostEventsBehind } from '../catch-up.ts';
import { revisionsLookedThrough } from '../rows.ts';
import type { Commit, CommitOutcome, DueReveal, Retraction, VoteOutcome, VoteWrite, VotingStore } from '../voting-store.ts';
import { createAcross } from './across.ts';
import { connectRedis, type RedisOptions, type Reply } from './connection.ts';
import { createCopies } from './copies.ts';
import { createCredentials } from './credentials.ts';
import { inviteKey, keysOf, revealsKey, roundKey, sessionsKey, voteKeysOf } from './keys.ts';
import { createLeads } from './leads.ts';
import { createMarks } from './marks.ts';
import * as rows from './rows.ts';
import { guard } from './unavailable.ts';
import { createWriteBacks } from './write-backs.ts';
import { createWrittenFields } from './written-fields.ts';

/** The voting store on Redis 6.2 or newer, or a cluster of them. Persistence (AOF) and `noeviction` are expected; at start it warns otherwise. */
export function createRedisStore(options: RedisOptions): VotingStore {
  const redis = connectRedis(options);
  const { send, run } = redis;
  const marks = createMarks(redis);
  const writeBacks = createWriteBacks(redis, marks);
  const leadTo = createLeads(redis, marks);

  /** One script call; `structure` 0 creates. */
  async function apply({ basis, change, expectedRevision, request }: Commit, structure: number): Promise<CommitOutcome> {
    const session = change.session ?? basis.session;
    const { rounds = [], estimates = [], withdrawnVotes = [] } = change;
    const keys = keysOf(session.id);
    for (;;) {
      const notAfter = await leadTo(structure === 0 ? undefined : basis, { session, rounds, estimates });
      const plan = {
        sessionId: session.id,
        structure,
        revision: expectedRevision,
        notAfter,
        session: change.session === undefined ? undefined : rows.toPlan(change.session),
        put: rows.toPut(change),
        removed: change.removedItemIds ?? [],
        withdrawn: withdrawnVotes.map(({ participantId, track }) =>
          track === undefined ? `${participantId}/` : rows.toVoteField({ participantId, track }),
        ),
        request:
          request === undefined
            ? undefined
            : { field: rows.toRequestField(request), value: rows.toRequestValue(request, change.answer), hash: request.inputHash },
        event: JSON.stringify(change.event),
        delta: structure === 0 ? 'null' : JSON.stringify(toDelta(basis, change)),
      };
      const { participants, items, estimates: estimatesKey, requests, events, voters } = keys;
      const named = [keys.session, voters, participants, items, keys.rounds, estimatesKey, requests, events];
      const reply = await run('commit', [...named, ...withdrawnVotes.map(({ roundId }) => keys.votes(roundId))], [JSON.stringify(plan)]);
      // The marks were set too long ago to rely on: again.
      if (reply === 'late') continue;
      return toOutcome<CommitOutcome>(reply);
    }
  }

  async function commit(input: Commit): Promise<CommitOutcome> {
    const { basis, change } = input;
    const outcome = await apply(input, basis.session.structure);
    if (outcome.kind !== 'committed') return outcome;
    // Only tidying from here on: the commit stands, and what is left behind by a crash is harmless.
    const isRotated = change.session !== undefined && change.session.inviteCode !== basis.session.inviteCode;
    const tidying = [
      ...(isRotated ? [send(inviteKey(basis.session.inviteCode), 'DEL', inviteKey(basis.session.inviteCode))] : []),
      ...(change.estimates === undefined ? [] : [writeBacks.release(basis.session.id, change.estimates)]),
    ];
    await Promise.allSettled(tidying);
    return outcome;
  }

  async function writeVote(
    { sessionId, structure, vote, at, request }: VoteWrite | Retraction,
    type: Happening['type'],
    row: string,
  ): Promise<VoteOutcome> {
    const { roundId, participantId } = vote;
    const event: Happening = { type, at, actorId: participantId, roundId, participantId, track: vote.track };
    const args = [sessionId, roundId, participantId, rows.toVoteField(vote), row, JSON.stringify(event), String(structure ?? '')];
    args.push(String(revisionsLookedThrough));
    if (request !== undefined) args.push(rows.toRequestField(request), rows.toRequestValue(request), request.inputHash);
    return toOutcome(await run('vote', voteKeysOf(sessionId, roundId), args));
  }

  async function load(sessionId: string, known?: SessionAggregate): Promise<SessionAggregate | undefined> {
    const { session, participants, items, rounds, estimates, events } = keysOf(sessionId);
    const { structure = '', revision = '' } = known?.session ?? {};
    const args = [sessionId, String(structure), String(revision), String(mostEventsBehind)];
    const reply = await run('load', [session, participants, items, rounds, estimates, events], args);
    const since = known === undefined ? undefined : rows.toSince(reply);
    if (known === undefined || since === undefined) return rows.toState(reply);
    // When the log does not tell: everything.
    return catchUp(known, since) ?? load(sessionId);
  }

  async function readChanges(sessionId: string, after: number, limit: number) {
    const { events } = keysOf(sessionId);
    return rows.toLoggedChanges(await send(events, 'XRANGE', events, `(${after}-0`, '+', 'COUNT', String(limit)));
  }

  async function findCountdown(sessionId: string): Promise<Round | undefined> {
    const keys = keysOf(sessionId);
    const openRoundId = String((await send(keys.session, 'HGET', keys.session, 'openRoundId')) ?? '');
    const json = openRoundId === '' ? null : await send(keys.rounds, 'HGET', keys.rounds, openRoundId);
    const round = json === null ? undefined : rows.parse<Round>(json);
    return round?.state === 'OPEN' && round.revealsAt !== null ? round : undefined;
  }

  async function listSessionIds(after: string | undefined, limit: number): Promise<readonly string[]> {
    const from = after === undefined ? '-' : `(${after}`;
    const page = (await send(sessionsKey, 'ZRANGEBYLEX', sessionsKey, from, '+', 'LIMIT', '0', String(limit))) as readonly string[];
    const exist = await Promise.all(page.map((id) => send(keysOf(id).session, 'EXISTS', keysOf(id).session)));
    const found = page.filter((_, index) => exist[index] === 1);
    // A page of sessions whose creation was never committed is not the end.
    return found.length === 0 && page.length > 0 ? listSessionIds(page.at(-1), limit) : found;
  }

  return {
    create: (state, event, request) =>
      guard(async () => {
        const { session } = state;
        await send(sessionsKey, 'ZADD', sessionsKey, '0', session.id);
        const outcome = await apply({ basis: state, change: { event, session, ...toLists(state) }, request }, 0);
        if (outcome.kind !== 'outdated') return outcome;
        // The invite code was for a session that there is already.
        if (request === undefined) throw new Error(`There is a session ${session.id} already.`);
        return { kind: 'reused' };
      }),

    load: (sessionId, known) => guard(() => load(sessionId, known)),

    findSessionId: (inviteCode) =>
      guard(async () => {
        const found = await send(inviteKey(inviteCode), 'GET', inviteKey(inviteCode));
        if (found === null) return undefined;
        const { session } = keysOf(String(found));
        const data = await send(session, 'HGET', session, 'data');
        return data !== null && rows.parse<Session>(data).inviteCode === inviteCode ? String(found) : undefined;
      }),

    findRequest: (sessionId, request) =>
      guard(async () => {
        const { requests } = keysOf(sessionId);
        const seen = await send(requests, 'HGET', requests, rows.toRequestField(request));
        if (seen === null) return undefined;
        const { inputHash, answer } = rows.parseRequestValue(String(seen));
        return inputHash === request.inputHash ? { kind: 'replayed', answer } : { kind: 'reused' };
      }),

    commit: (input) => guard(() => commit(input)),

    castVote: (write) => guard(() => writeVote(write, 'VOTE_CAST', JSON.stringify({ ...write.vote, castAt: write.at }))),

    retractVote: (retraction) => guard(() => writeVote(retraction, 'VOTE_RETRACTED', '')),

    findVotes: (roundIds) =>
      guard(async () => {
        const found = await Promise.all(
          roundIds.map(async (roundId): Promise<Reply> => {
            const sessionId = await send(roundKey(roundId), 'GET', roundKey(roundId));
            const key = keysOf(String(sessionId)).votes(roundId);
            return sessionId === null ? [] : send(key, 'HVALS', key);
          }),
        );
        return rows.toVotes(found).map(({ castAt: _, ...vote }): Vote => vote);
      }),

    findRevisions: (sessionIds) =>
      guard(async () => {
        const found = await Promise.all(sessionIds.map((id) => send(keysOf(id).session, 'HGET', keysOf(id).session, 'revision')));
        return new Map(sessionIds.flatMap((id, index) => (found[index] === null ? [] : [[id, Number(found[index])] as const])));
      }),

    readEvents: (sessionId, after, limit) => guard(async () => (await readChanges(sessionId, after, limit)).map(({ event }) => event)),

    readChanges: (sessionId, after, limit) => guard(() => readChanges(sessionId, after, limit)),

    claimWriteBacks: (claim) => guard(() => writeBacks.claimWriteBacks(claim)),

    findOvertaken: (limit) => guard(() => writeBacks.findOvertaken(limit)),

    readOutbox: () => guard(() => writeBacks.readOutbox()),

    findDueReveals: (until, limit) =>
      guard(async () => {
        const due: DueReveal[] = [];
        for (const mark of await marks.list(revealsKey)) {
          const round = await findCountdown(mark.sessionId);
          if (round === undefined) await marks.clear(revealsKey, mark);
          else if (round.revealsAt !== null && round.revealsAt <= until)
            due.push({ sessionId: mark.sessionId, roundId: round.id, revealsAt: round.revealsAt });
          if (due.length >= limit) break;
        }
        return due;
      }),

    ...createAcross(redis, { load }),

    ...createCredentials(redis),

    ...createWrittenFields(redis),

    ...createCopies(redis, { load, leadTo }),

    forgetRequests: (before) =>
      guard(async () => {
        for (let page = await listSessionIds(undefined, 100); page.length > 0; page = await listSessionIds(page.at(-1), 100)) {
          await Promise.all(page.map((id) => run('forget', [keysOf(id).requests], [String(before.getTime())])));
        }
        return 0;
      }),

    listSessionIds: (after, limit) => guard(() => listSessionIds(after, limit)),

    onChange: redis.onChange,
    onSignal: redis.onSignal,
    sendSignal: (sessionId, signal) => guard(() => redis.say(toSignalMessage(sessionId, signal))),

    check: async () => {
      await send('', 'PING');
      return { status: 'ok' };
    },

    checkSchema: async () => ({ status: 'ok' }),

    close: redis.close,
  };
}

function toOutcome<Outcome extends CommitOutcome | VoteOutcome>(reply: Reply): Outcome {
  return (typeof reply === 'number' ? { kind: 'committed', revision: reply } : { kind: reply }) as Outcome;
}
