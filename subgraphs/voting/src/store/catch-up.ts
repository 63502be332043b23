import { atRevision } from '../domain/change.ts';
import { applyDelta, type Delta } from '../domain/delta.ts';
import type { SessionAggregate } from '../domain/model.ts';

/** A state that is known is brought up by changes when there are at most this many events since; with more of them it is read anew. */
export const mostEventsBehind = 256;

export interface Since {
  /** Of the session now. */
  readonly revision: number;
  readonly structure: number;
  /** Of every event after the known state but votes, in order. */
  readonly deltas: readonly { readonly revision: number; readonly delta: Delta | null }[];
}

/** The known state with what came since; undefined when the log does not tell all of it. */
export function catchUp(known: SessionAggregate, { revision, structure, deltas }: Since): SessionAggregate | undefined {
  let state = known;
  for (const { revision: at, delta } of deltas) {
    if (delta === null) return undefined;
    state = applyDelta(state, delta, at);
  }
  return state.session.structure === structure ? atRevision(state, revision) : undefined;
}
