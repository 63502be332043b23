import { toMessage } from '../../../../kit/process/errors.ts';
import type { Logger } from '../../../../kit/process/logging.ts';
import type { VotingStore } from '../store/voting-store.ts';

/** Takes down signs of life. */
export interface Presence {
  /** A heartbeat. Refuses with STORE_UNAVAILABLE. */
  touch(sessionId: string, participantId: string): Promise<void>;
  /** Somebody did something: noted in passing, not for every card they try, and never in the way of what they did. */
  notice(sessionId: string, participantId: string): void;
}

interface PresenceOptions {
  readonly store: VotingStore;
  readonly log: Logger;
  readonly now: () => Date;
}

const noticeEveryMs = 10_000;
const mostRemembered = 10_000;

/** Presence, kept in the store for all replicas. */
export function createPresence({ store, log, now }: PresenceOptions): Presence {
  // When this replica last wrote a participant down; only to write less, so it may be forgotten at any time.
  const written = new Map<string, number>();

  async function touch(sessionId: string, participantId: string): Promise<void> {
    const at = now();
    if (written.size >= mostRemembered) written.clear();
    written.set(participantId, at.getTime());
    await store.touch(sessionId, participantId, at);
  }

  return {
    touch,
    notice: (sessionId, participantId) => {
      if (now().getTime() - (written.get(participantId) ?? 0) < noticeEveryMs) return;
      touch(sessionId, participantId).catch((error: unknown) => log.debug({ reason: toMessage(error) }, 'a sign of life was not noted'));
    },
  };
}
