import type { Estimate, Happening, Item, Participant, Round, Session, SessionAggregate } from './model.ts';

/**
 * What a command decided: rows to put (by id, whole), rows to take away, and the event that tells of it.
 * A store applies all of it in one transaction, or nothing.
 */
export interface Change {
  readonly event: Happening;
  /** The session as it is to be; the store alone counts `revision` and `structure`. */
  readonly session?: Session;
  readonly participants?: readonly Participant[];
  readonly items?: readonly Item[];
  readonly removedItemIds?: readonly string[];
  readonly rounds?: readonly Round[];
  readonly estimates?: readonly Estimate[];
  /** Votes that go with their voter: leaving, or turning spectator. */
  readonly withdrawnVotes?: readonly { readonly roundId: string; readonly participantId: string }[];
  /** What a retry of the same request is told besides the session. */
  readonly answer?: Answer;
}

/** Lists of ids and keys, by what they are: never a token, never a card. */
export type Answer = Readonly<Record<string, readonly string[]>>;

/** The state after a change was committed as `revision`. */
export function applyChange(state: SessionAggregate, change: Change, revision: number): SessionAggregate {
  const session = { ...(change.session ?? state.session), revision, structure: state.session.structure + 1 };
  const removed = new Set(change.removedItemIds);
  return {
    session,
    participants: put(state.participants, change.participants, (participant) => participant.id),
    items: put(state.items, change.items, (item) => item.id)
      .filter((item) => !removed.has(item.id))
      .sort((one, other) => one.position - other.position),
    rounds: put(state.rounds, change.rounds, (round) => round.id),
    estimates: put(state.estimates, change.estimates, (estimate) => `${estimate.roundId}/${estimate.track}`),
  };
}

function put<Row>(rows: readonly Row[], changed: readonly Row[] | undefined, idOf: (row: Row) => string): Row[] {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  for (const row of changed ?? []) byId.set(idOf(row), row);
  return [...byId.values()];
}
