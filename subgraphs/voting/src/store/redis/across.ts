import type { Estimate, Session, SessionAggregate } from '../../domain/model.ts';
import type { EstimateScope, FoundEstimate, VotingStore } from '../voting-store.ts';
import type { RedisConnection } from './connection.ts';
import { agesKey, fieldKey, inviteKey, issueKeyOf, keysOf, ownerKey, presenceKey, roundKey, sessionsKey, toOwnedMember } from './keys.ts';
import { createPresence } from './presence.ts';
import { parse, toEstimateField, toEvents } from './rows.ts';
import { guard } from './unavailable.ts';

type Across = Pick<
  VotingStore,
  | 'findOwned'
  | 'findEstimates'
  | 'touch'
  | 'findSightings'
  | 'findUnled'
  | 'findWaiting'
  | 'forgetSessions'
  | 'deleteSession'
  | 'forgetDeltas'
  | 'countForgettable'
>;

const agesPage = 1_000;

/** The part of the store that looks over many sessions, and at who is there. */
export function createAcross(redis: RedisConnection, { load }: Pick<VotingStore, 'load'>): Across {
  const { send, run } = redis;
  const presence = createPresence(redis);

  async function findEstimates(issueKey: string, scope: EstimateScope): Promise<readonly FoundEstimate[]> {
    const hints = (await send(issueKeyOf(issueKey), 'SMEMBERS', issueKeyOf(issueKey))) as readonly string[];
    const found = await Promise.all(
      hints.map(async (hint): Promise<FoundEstimate[]> => {
        const [sessionId, roundId, track] = JSON.parse(hint) as [string, string, string];
        const { session, estimates } = keysOf(sessionId);
        const data = await send(session, 'HGET', session, 'data');
        const { title, ownerSubject } = data === null ? { title: '', ownerSubject: null } : parse<Session>(data);
        if (!isWithin(scope, sessionId, ownerSubject)) return [];
        const json = await send(estimates, 'HGET', estimates, toEstimateField({ roundId, track }));
        return json === null ? [] : [{ sessionId, sessionTitle: title, estimate: parse<Estimate>(json) }];
      }),
    );
    return found.flat();
  }

  async function findOwned(...[ownerSubject, after, limit]: Parameters<VotingStore['findOwned']>): Promise<readonly string[]> {
    const key = ownerKey(ownerSubject);
    const from = after === undefined ? '+' : `(${toOwnedMember(after)}`;
    const members = (await send(key, 'ZREVRANGEBYLEX', key, from, '-', 'LIMIT', '0', String(limit))) as readonly string[];
    return members.map((member) => member.slice(member.indexOf('/') + 1));
  }

  let filling: Promise<void> | undefined;
  /** Once in each process: sessions of before there was the index get into it, to be looked at. */
  function fillAges(): Promise<void> {
    filling ??= (async () => {
      for (let from = '-'; ; ) {
        const page = (await send(sessionsKey, 'ZRANGEBYLEX', sessionsKey, from, '+', 'LIMIT', '0', String(agesPage))) as readonly string[];
        const last = page.at(-1);
        if (last === undefined) return;
        await send(agesKey, 'ZADD', agesKey, 'NX', ...page.flatMap((id) => ['0', id]));
        from = `(${last}`;
      }
    })().catch((error: unknown) => {
      filling = undefined;
      throw error;
    });
    return filling;
  }

  /** Sessions without a change since `before`, each with the revision that it was judged by. Who has changed since is moved out of the way. */
  async function* listForgettable(before: Date): AsyncGenerator<{ readonly id: string; readonly revision: number }> {
    await fillAges();
    for (let found = 0; found === 0; ) {
      const range = ['-inf', `(${before.getTime()}`, 'LIMIT', '0', String(agesPage)];
      const page = (await send(agesKey, 'ZRANGEBYSCORE', agesKey, ...range)) as readonly string[];
      for (const id of page) {
        const { events } = keysOf(id);
        const [last] = toEvents(await send(events, 'XREVRANGE', events, '+', '-', 'COUNT', '1'));
        if (last !== undefined && last.at < before) {
          found += 1;
          yield { id, revision: last.revision };
        } else if (last !== undefined) await send(agesKey, 'ZADD', agesKey, 'XX', 'GT', String(last.at.getTime()), id);
        // Its creation was never committed.
        else await send(agesKey, 'ZREM', agesKey, id);
      }
      if (page.length < agesPage) return;
    }
  }

  async function forgetSessions(before: Date, limit: number): Promise<number> {
    let count = 0;
    for await (const { id, revision } of listForgettable(before)) {
      const state = await load(id);
      // The event that was judged is the fence: whatever comes after it has another revision.
      if (state !== undefined && (await forgetSession(redis, state, String(revision)))) count += 1;
      if (count >= limit) break;
    }
    return count;
  }

  async function countForgettable(before: Date, limit: number): Promise<number> {
    let count = 0;
    for await (const _ of listForgettable(before)) {
      count += 1;
      if (count >= limit) break;
    }
    return count;
  }

  return {
    findOwned: (...given) => guard(() => findOwned(...given)),

    findEstimates: (issueKeys, scope) =>
      guard(async () => (await Promise.all(issueKeys.map((issueKey) => findEstimates(issueKey, scope)))).flat()),

    touch: (...given) => guard(() => presence.touch(...given)),

    findSightings: (sessionId) => guard(() => presence.findSightings(sessionId)),

    findUnled: (now, limit) => guard(() => presence.findUnled(now, limit)),

    findWaiting: (now, limit) => guard(() => presence.findWaiting(now, limit)),

    deleteSession: (state) =>
      guard(async () => {
        const isDeleted = await forgetSession(redis, state, String(state.session.revision));
        if (isDeleted) await send('', 'PUBLISH', 'tally_session', state.session.id);
        return isDeleted;
      }),

    forgetDeltas: (sessionId) => guard(async () => void (await run('undelta', [keysOf(sessionId).events], []))),

    forgetSessions: (before, limit) => guard(() => forgetSessions(before, limit)),

    countForgettable: (before, limit) => guard(() => countForgettable(before, limit)),
  };
}

/** Deletes a session that is still at `revision`; false when it is not. What leads to it goes after it: a crash between leaves only hints to nothing. */
async function forgetSession(
  { send, run }: Pick<RedisConnection, 'send' | 'run'>,
  state: SessionAggregate,
  revision: string,
): Promise<boolean> {
  const { session, rounds, estimates } = state;
  const { votes, ...keys } = keysOf(session.id);
  const { session: gate, ...others } = keys;
  const all = [gate, ...Object.values(others), ...rounds.map((round) => votes(round.id))];
  if ((await run('drop', all, [revision])) !== 1) return false;
  const { id, inviteCode, ownerSubject } = session;
  const hints = [
    ['DEL', inviteKey(inviteCode)],
    ['ZREM', sessionsKey, id],
    ['ZREM', agesKey, id],
    ['ZREM', presenceKey, id],
    ...(ownerSubject === null ? [] : [['ZREM', ownerKey(ownerSubject), toOwnedMember(session)]]),
    ...rounds.map((round) => ['DEL', roundKey(round.id)]),
    ...estimates.flatMap(({ issueKey, track, roundId }) =>
      issueKey === null
        ? []
        : [
            ['SREM', fieldKey(issueKey, track), JSON.stringify([id, roundId])],
            ['SREM', issueKeyOf(issueKey), JSON.stringify([id, roundId, track])],
          ],
    ),
  ];
  await Promise.all(hints.map((words) => send(words[1] ?? '', ...words)));
  return true;
}

function isWithin(scope: EstimateScope, sessionId: string, ownerSubject: string | null): boolean {
  if (scope.kind === 'session' && scope.sessionId === sessionId) return true;
  return ownerSubject !== null && (scope.kind === 'tenant' || scope.ownerSubject === ownerSubject);
}
