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
  /** Votes that their voter may no longer cast: after leaving or turning spectator all of a round, after a change of discipline those of a track. */
  readonly withdrawnVotes?: readonly { readonly roundId: string; readonly participantId: string; readonly track?: string }[];
  /** What a retry of the same request is told besides the session. */
  readonly answer?: Answer;
}

/** Lists of ids and keys, by what they are: never a token, never a card. */
export type Answer = Readonly<Record<string, readonly string[]>>;

/** The state after a change was committed as `revision`. Lists that the change does not touch stay the same objects. */
export function applyChange(state: SessionAggregate, change: Change, revision: number): SessionAggregate {
  const session = { ...(change.session ?? state.session), revision, structure: state.session.structure + 1 };
  return {
    session,
    participants: put(state.participants, change.participants, (participant) => participant.id),
    items: state.items.with(change.items ?? [], change.removedItemIds),
    rounds: put(state.rounds, change.rounds, (round) => round.id),
    estimates: put(state.estimates, change.estimates, (estimate) => `${estimate.roundId}/${estimate.track}`),
  };
}

/** All of a state as a change puts it. */
export function toLists({ participants, items, rounds, estimates }: SessionAggregate) {
  return { participants, items: items.toArray(), rounds, estimates } satisfies Partial<Change>;
}

/** A state after votes alone: of what it holds they move nothing but the revision. */
export function atRevision(state: SessionAggregate, revision: number): SessionAggregate {
  return state.session.revision === revision ? state : { ...state, session: { ...state.session, revision } };
}

/** Puts rows in the places of those with their ids, new ones at the end. */
function put<Row>(rows: readonly Row[], changed: readonly Row[] | undefined, idOf: (row: Row) => string): readonly Row[] {
  if (changed === undefined || changed.length === 0) return rows;
  const fresh = new Map(changed.map((row) => [idOf(row), row]));
  const after = rows.map((row) => {
    const replacement = fresh.get(idOf(row));
    if (replacement === undefined) return row;
    fresh.delete(idOf(row));
    return replacement;
  });
  return [...after, ...fresh.values()];
}
