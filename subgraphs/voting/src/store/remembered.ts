import { applyChange, atRevision } from '../domain/change.ts';
import type { SessionAggregate } from '../domain/model.ts';
import type { VotingStore } from './voting-store.ts';

/** A store that remembers the states of sessions that passed through it. */
export interface RememberingStore extends VotingStore {
  /**
   * The state that this replica saw last, without asking the store: others may have changed it since. Good for deciding on what is then
   * written behind the session's gate, which refuses what was decided on an outdated state; never for answering.
   */
  recall(sessionId: string): SessionAggregate | undefined;
  /** As `recall`, when it is the state of a moment within the last three seconds: good for letting somebody in who hears of what came since. */
  recallRecent(sessionId: string): SessionAggregate | undefined;
}

export interface RememberOptions {
  /** What all remembered states may take, estimated; default 128 MiB. */
  readonly maxBytes?: number;
}

interface Remembered {
  readonly state: SessionAggregate;
  readonly bytes: number;
  /** By the process's clock: whatever was committed before then is in it. */
  readonly asOfMs: number;
}

/** A little longer than from one sweep of the feed to the next: it finds each two seconds whether the sessions that are followed have changed. */
const recentMs = 3_000;

/**
 * Remembers the newest state of each session that is read or committed, those that were used last: reads then ask only for what has
 * changed, and commands and votes take one call of the store. Each replica has its own; nothing depends on what it holds.
 */
export function remembering(store: VotingStore, { maxBytes = 128 * 1024 * 1024 }: RememberOptions = {}): RememberingStore {
  // In the order of the last use, the oldest first.
  const remembered = new Map<string, Remembered>();
  let bytes = 0;

  function forget(sessionId: string): void {
    bytes -= remembered.get(sessionId)?.bytes ?? 0;
    remembered.delete(sessionId);
  }

  function remember(state: SessionAggregate, sinceMs: number): SessionAggregate {
    const { id, revision } = state.session;
    const before = remembered.get(id);
    // Answers may arrive in another order than that in which they were read; what has a later revision has all that the earlier one had.
    const newest = before !== undefined && before.state.session.revision > revision ? before : { state, bytes: estimateBytes(state) };
    forget(id);
    remembered.set(id, { ...newest, asOfMs: Math.max(sinceMs, before?.asOfMs ?? sinceMs) });
    bytes += newest.bytes;
    for (const oldest of remembered.keys()) {
      if (bytes <= maxBytes) break;
      forget(oldest);
    }
    return state;
  }

  const recall = (sessionId: string) => remembered.get(sessionId)?.state;

  return {
    ...store,

    recall,

    recallRecent: (sessionId) => {
      const known = remembered.get(sessionId);
      return known !== undefined && performance.now() - known.asOfMs <= recentMs ? known.state : undefined;
    },

    create: async (state, event, request) => {
      const sinceMs = performance.now();
      const outcome = await store.create(state, event, request);
      if (outcome.kind === 'committed') remember(state, sinceMs);
      return outcome;
    },

    load: async (sessionId) => {
      const sinceMs = performance.now();
      const state = await store.load(sessionId, recall(sessionId));
      if (state !== undefined) return remember(state, sinceMs);
      forget(sessionId);
      return undefined;
    },

    deleteSession: async (state) => {
      const isDeleted = await store.deleteSession(state);
      if (isDeleted) forget(state.session.id);
      return isDeleted;
    },

    findRevisions: async (sessionIds) => {
      const sinceMs = performance.now();
      const revisions = await store.findRevisions(sessionIds);
      for (const [sessionId, revision] of revisions) {
        const known = remembered.get(sessionId);
        if (known?.state.session.revision === revision) remembered.set(sessionId, { ...known, asOfMs: Math.max(known.asOfMs, sinceMs) });
      }
      return revisions;
    },

    commit: async (commit) => {
      const sinceMs = performance.now();
      const outcome = await store.commit(commit);
      if (outcome.kind === 'committed') remember(applyChange(commit.basis, commit.change, outcome.revision), sinceMs);
      return outcome;
    },

    castVote: async (write) => {
      const sinceMs = performance.now();
      const outcome = await store.castVote(write);
      const known = recall(write.sessionId);
      if (outcome.kind === 'committed' && known !== undefined && known.session.structure === write.structure)
        remember(atRevision(known, Math.max(known.session.revision, outcome.revision)), sinceMs);
      return outcome;
    },
  };
}

// As V8 holds them, roughly, and without looking at each: what counts is that the bound follows what there is. An item is in five indexes.
function estimateBytes({ session, participants, items, rounds, estimates }: SessionAggregate): number {
  const ofRound = 600 + 60 * (session.deck.cards.length + participants.length);
  return 2_000 + 400 * participants.length + 450 * items.length + ofRound * (1 + rounds.length) + 600 * estimates.length;
}
