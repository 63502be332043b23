import { toLists } from '../../domain/change.ts';
import type { StoredSession, VotingStore } from '../voting-store.ts';
import type { RedisConnection } from './connection.ts';
import { createCredentials } from './credentials.ts';
import { keysOf, sessionsKey } from './keys.ts';
import type { LeadTo } from './leads.ts';
import * as rows from './rows.ts';
import { guard } from './unavailable.ts';

// Each time somebody has changed the session while it was read.
const mostTries = 50;

interface Needed extends Pick<VotingStore, 'load'> {
  readonly leadTo: LeadTo;
}

/** The part of the store that gives a session whole and takes one whole. */
export function createCopies(redis: RedisConnection, { load, leadTo }: Needed): Pick<VotingStore, 'exportSession' | 'importSession'> {
  const { send, run } = redis;
  const { addCredential, listCredentials } = createCredentials(redis);

  async function exportSession(sessionId: string): Promise<StoredSession | undefined> {
    const { votes, events, requests } = keysOf(sessionId);
    for (let tries = 0; tries < mostTries; tries += 1) {
      const state = await load(sessionId);
      if (state === undefined) return undefined;
      const [votesOfRounds, requestsFound, eventsFound, credentials] = await Promise.all([
        Promise.all(state.rounds.map((round) => send(votes(round.id), 'HVALS', votes(round.id)))),
        send(requests, 'HGETALL', requests),
        send(events, 'XRANGE', events, '-', '+'),
        listCredentials(sessionId),
      ]);
      const found = {
        state,
        votes: rows.toVotes(votesOfRounds),
        events: rows.toEvents(eventsFound),
        requests: rows.toRequests(requestsFound),
        credentials,
      };
      // Every change has its event: with none after the state, all of it is of one moment.
      if (found.events.at(-1)?.revision === state.session.revision) return found;
    }
    throw new Error(`Session ${sessionId} does not keep still, or its log lacks its last change.`);
  }

  async function importSession({ state, votes, events, requests, credentials }: StoredSession): Promise<void> {
    const { session, rounds } = state;
    const keys = keysOf(session.id);
    await Promise.all([leadTo(undefined, state), send(sessionsKey, 'ZADD', sessionsKey, '0', session.id)]);
    const plan = {
      ...rows.toPlan(session),
      revision: session.revision,
      structure: session.structure,
      put: rows.toPut(toLists(state)),
      requests: requests.flatMap((request) => [rows.toRequestField(request), rows.toRequestValue(request, request.answer)]),
      events: events.flatMap(({ revision, ...event }) => [String(revision), JSON.stringify(event)]),
      votes: rounds.map((round) =>
        votes.filter((vote) => vote.roundId === round.id).flatMap((vote) => [rows.toVoteField(vote), JSON.stringify(vote)]),
      ),
    };
    const { participants, items, estimates, requests: requestsKey, events: eventsKey, voters } = keys;
    const named = [keys.session, voters, participants, items, keys.rounds, estimates, requestsKey, eventsKey];
    const reply = await run('import', [...named, ...rounds.map((round) => keys.votes(round.id))], [JSON.stringify(plan)]);
    if (reply !== 1) throw new Error(`There is a session ${session.id} already.`);
    await Promise.all(credentials.map(addCredential));
  }

  return {
    exportSession: (sessionId) => guard(() => exportSession(sessionId)),
    importSession: (session) => guard(() => importSession(session)),
  };
}
