import { refuse } from '../domain/errors.ts';
import type { ReactionKind, Signal } from '../domain/signals.ts';
import type { VotingStore } from '../store/voting-store.ts';
import { createWokenStream } from './woken-stream.ts';

/** Nudges and reactions, between the replicas' stores and the streams. Nothing of them is kept but when somebody had one last. */
export interface Signals {
  /** Asks them to vote, leaving out whom somebody has just asked. Returns who was asked. Refuses with RATE_LIMITED when nobody is left, STORE_UNAVAILABLE. */
  nudge(sessionId: string, by: string, participantIds: readonly string[]): Promise<readonly string[]>;
  /** Refuses with RATE_LIMITED, STORE_UNAVAILABLE. */
  react(sessionId: string, by: string, reaction: ReactionKind): Promise<void>;
  /** What comes from now on; whoever reads too slowly misses the oldest. */
  watch(sessionId: string): AsyncIterableIterator<Signal>;
  /** Ends every stream. */
  stop(): void;
}

interface SignalsOptions {
  readonly store: Pick<VotingStore, 'sendSignal' | 'onSignal'>;
  readonly now: () => Date;
}

/** Nobody is nudged more often, by whomever. */
export const nudgePauseMs = 30_000;
/** So many reactions may somebody send in `reactionSpanMs`. */
export const reactionsAtOnce = 6;
export const reactionSpanMs = 6_000;

const mostRemembered = 10_000;
const mostWaiting = 100;
// A notification of Postgres has 8000 bytes.
const nudgedPerSignal = 100;

/**
 * Each replica hears what all of them send, so each knows when somebody was nudged last without a row of it anywhere; in the milliseconds
 * that it takes two replicas may nudge one person, once each.
 */
export function createSignals({ store, now }: SignalsOptions): Signals {
  const nudgedAt = new Map<string, number>();
  const reactedAt = new Map<string, readonly number[]>();
  const streams = new Map<string, Set<Inbox>>();
  let isStopped = false;

  const keyOf = (sessionId: string, participantId: string) => `${sessionId}/${participantId}`;
  function remember<Value>(memory: Map<string, Value>, key: string, value: Value): void {
    if (memory.size >= mostRemembered) memory.clear();
    memory.set(key, value);
  }

  function open(sessionId: string, inbox: Inbox): () => void {
    const inboxes = streams.get(sessionId) ?? new Set();
    streams.set(sessionId, inboxes.add(inbox));
    return () => {
      inboxes.delete(inbox);
      if (inboxes.size === 0 && streams.get(sessionId) === inboxes) streams.delete(sessionId);
    };
  }

  const forget = store.onSignal((sessionId, signal) => {
    if (signal.kind === 'nudge')
      for (const participantId of signal.participantIds) remember(nudgedAt, keyOf(sessionId, participantId), now().getTime());
    for (const inbox of streams.get(sessionId) ?? []) inbox.put(signal);
  });

  return {
    nudge: async (sessionId, by, participantIds) => {
      if (participantIds.length === 0) return [];
      const waits = participantIds.map(
        (id) => (nudgedAt.get(keyOf(sessionId, id)) ?? Number.NEGATIVE_INFINITY) + nudgePauseMs - now().getTime(),
      );
      const asked = participantIds.filter((_, index) => (waits[index] ?? 0) <= 0);
      if (asked.length === 0) refuseFor(Math.min(...waits), 'They were nudged a moment ago.');
      for (const id of asked) remember(nudgedAt, keyOf(sessionId, id), now().getTime());
      for (let from = 0; from < asked.length; from += nudgedPerSignal)
        await store.sendSignal(sessionId, { kind: 'nudge', by, participantIds: asked.slice(from, from + nudgedPerSignal) });
      return asked;
    },

    react: async (sessionId, by, reaction) => {
      const at = now().getTime();
      const key = keyOf(sessionId, by);
      const recent = (reactedAt.get(key) ?? []).filter((before) => at - before < reactionSpanMs);
      if (recent.length >= reactionsAtOnce) refuseFor((recent[0] ?? at) + reactionSpanMs - at, 'That is enough for a moment.');
      remember(reactedAt, key, [...recent, at]);
      await store.sendSignal(sessionId, { kind: 'reaction', by, reaction });
    },

    watch: (sessionId) => {
      const waiting: Signal[] = [];
      return createWokenStream({
        subscribe: (wake) =>
          open(sessionId, {
            put: (signal) => {
              waiting.push(signal);
              if (waiting.length > mostWaiting) waiting.shift();
              wake();
            },
            wake,
          }),
        read: async (again) => {
          const next = waiting.splice(0, 1);
          if (waiting.length > 0) again();
          return next;
        },
        isOver: () => isStopped,
      });
    },

    stop: () => {
      forget();
      isStopped = true;
      for (const inboxes of streams.values()) for (const { wake } of inboxes) wake();
    },
  };
}

interface Inbox {
  readonly put: (signal: Signal) => void;
  readonly wake: () => void;
}

function refuseFor(waitMs: number, message: string): never {
  return refuse('RATE_LIMITED', message, { retryAfterSeconds: Math.ceil(waitMs / 1_000) });
}
