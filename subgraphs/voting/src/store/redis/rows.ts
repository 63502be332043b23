import type { Answer, Change } from '../../domain/change.ts';
import type { Estimate, Happening, Item, Participant, Round, Session, SessionAggregate, SessionEvent, Vote } from '../../domain/model.ts';
import type { Since } from '../catch-up.ts';
import { completeState, fromJson, fromJsonDelta, type JsonRow } from '../rows.ts';
import type { KeyedRequest, LoggedChange, StoredRequest, StoredSession } from '../voting-store.ts';
import type { Reply } from './connection.ts';

// Rows are stored as JSON, opaque to the scripts; what a script decides by is a hash field or a set of its own.

type Lists = Pick<Change, 'participants' | 'items' | 'rounds' | 'estimates'>;

/** A session as the scripts take it; the counters are theirs alone. */
export function toPlan({ revision: _, structure: __, ...session }: Session) {
  return { data: JSON.stringify(session), openRoundId: session.openRoundId ?? '', voters: session.openRoundVoters };
}

/** Rows as the scripts take them: field, row, field, row … of each list. */
export function toPut({ participants = [], items = [], rounds = [], estimates = [] }: Lists) {
  const flat = <Row>(rows: readonly Row[], fieldOf: (row: Row) => string) => rows.flatMap((row) => [fieldOf(row), JSON.stringify(row)]);
  return {
    participants: flat(participants, (row) => row.id),
    items: flat(items, (row) => row.id),
    rounds: flat(rounds, (row) => row.id),
    estimates: flat(estimates, toEstimateField),
  };
}

export const toEstimateField = ({ roundId, track }: Pick<Estimate, 'roundId' | 'track'>) => `${roundId}/${track}`;

export const toVoteField = ({ participantId, track }: Pick<Vote, 'participantId' | 'track'>) => `${participantId}/${track}`;

export const toRequestField = ({ actorId, mutation, idempotencyKey }: KeyedRequest) => JSON.stringify([actorId, mutation, idempotencyKey]);

/** The answer of `load`: hashes have no order, so the lists get theirs here. */
export function toState(reply: Reply): SessionAggregate | undefined {
  if (!Array.isArray(reply)) return undefined;
  const [data, revision, structure, participants, items, rounds, estimates] = reply as readonly Reply[];
  return completeState({
    session: { ...parse<Session>(data ?? null), revision: Number(revision), structure: Number(structure) },
    participants: parseAll<Participant>(participants).sort(by((row) => [row.joinedAt.getTime(), row.id])),
    items: parseAll<Item>(items),
    rounds: parseAll<Round>(rounds)
      .map(withLedger)
      .sort(by((row) => [row.openedAt.getTime(), row.number])),
    estimates: parseAll<Estimate>(estimates).sort(by((row) => [row.settledAt.getTime(), row.roundId, row.track])),
  });
}

/** Rounds of before there were corrections say nothing of how they came about: they were votes. */
function withLedger(round: Round): Round {
  return {
    ...round,
    origin: round.origin ?? 'VOTE',
    reason: round.reason ?? null,
    settledBy: round.settledBy ?? null,
    timerLeftSeconds: round.timerLeftSeconds ?? null,
  };
}

export function parse<Row>(json: Reply): Row {
  return fromJson<Row>(JSON.parse(String(json)) as JsonRow);
}

export function parseAll<Row>(reply: Reply | undefined): Row[] {
  return ((reply ?? []) as readonly Reply[]).map((json) => parse<Row>(json));
}

/** The answer of XRANGE. */
export function toEvents(reply: Reply): SessionEvent[] {
  return toLoggedChanges(reply).map(({ event }) => event);
}

/** The answer of XRANGE, with what each event changed. */
export function toLoggedChanges(reply: Reply): LoggedChange[] {
  return (reply as readonly (readonly [string, readonly string[]])[]).map(([id, [, event, , delta = 'null']]) => ({
    event: { revision: Number.parseInt(id, 10), ...parse<Happening>(event ?? null) },
    delta: delta === 'null' ? null : fromJsonDelta(JSON.parse(delta) as JsonRow),
  }));
}

/** What `load` tells of the time since a known state; undefined when it gives the whole state. */
export function toSince(reply: Reply): Since | undefined {
  if (!Array.isArray(reply) || reply[0] !== 'since') return undefined;
  const [, revision, structure, events] = reply as readonly Reply[];
  const deltas = toLoggedChanges(events ?? []).flatMap(({ event, delta }) =>
    event.type === 'VOTE_CAST' || event.type === 'VOTE_RETRACTED' ? [] : [{ revision: event.revision, delta }],
  );
  return { revision: Number(revision), structure: Number(structure), deltas };
}

/** Time, hash and, if there is one, the answer as JSON, with spaces between. */
export function toRequestValue({ at, inputHash }: KeyedRequest, answer: Answer | null = null): string {
  return [at.getTime(), inputHash, ...(answer === null ? [] : [JSON.stringify(answer)])].join(' ');
}

export function parseRequestValue(value: string): Pick<StoredRequest, 'at' | 'inputHash' | 'answer'> {
  const [, at, inputHash = '', answer] = /^(\d+) (\S+)(?: (.*))?$/.exec(value) ?? [];
  return { at: new Date(Number(at)), inputHash, answer: answer === undefined ? null : (JSON.parse(answer) as Answer) };
}

/** The answer of HGETALL on requests. */
export function toRequests(reply: Reply): StoredRequest[] {
  const words = reply as readonly string[];
  const requests = words.flatMap((field, index): StoredRequest[] => {
    if (index % 2 === 1) return [];
    const [actorId, mutation, idempotencyKey] = JSON.parse(field) as [string, string, string];
    return [{ actorId, mutation, idempotencyKey, ...parseRequestValue(words[index + 1] ?? '') }];
  });
  return requests.sort(by((row) => [row.at.getTime(), row.actorId, row.mutation, row.idempotencyKey]));
}

export function toVotes(replies: readonly Reply[]): StoredSession['votes'] {
  const votes = replies.flatMap((reply) => parseAll<StoredSession['votes'][number] & { readonly revision?: number }>(reply));
  // The revision is the script's. Votes of before there were notes have none.
  return votes
    .map(({ revision: _, ...vote }) => ({ ...vote, note: vote.note ?? null }))
    .sort(by((row) => [row.roundId, row.participantId, row.track]));
}

function by<Row>(keysOfRow: (row: Row) => readonly (number | string)[]): (one: Row, other: Row) => number {
  return (one, other) => {
    const others = keysOfRow(other);
    for (const [index, key] of keysOfRow(one).entries()) {
      const against = others[index] ?? '';
      if (key !== against) return key < against ? -1 : 1;
    }
    return 0;
  };
}
