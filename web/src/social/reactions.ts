import type { Reaction } from '../generated/later.ts';
import { createStore } from '../store.ts';

/** What each reaction looks like, in the order in which they are offered. */
export const emojis = {
  AGREE: '👍',
  APPLAUD: '👏',
  CELEBRATE: '🎉',
  LAUGH: '😂',
  LOVE: '❤️',
  THINK: '🤔',
} as const satisfies Record<Reaction, string>;

export const reactionKinds = Object.keys(emojis) as Reaction[];

const shownMs = 4_000;

/** What somebody shows at this moment; `number` tells the same reaction, sent again, from the one before. */
interface Shown {
  readonly reaction: Reaction;
  readonly number: number;
}

/** By participant. */
export const shownReactions = createStore<ReadonlyMap<string, Shown>>(new Map());
let sent = 0;

/** Shows a reaction at its sender's seat for some seconds, in place of their last one. */
export function showReaction(participantId: string, reaction: Reaction): void {
  sent += 1;
  const number = sent;
  shownReactions.set(new Map([...shownReactions.get(), [participantId, { reaction, number }]]));
  setTimeout(() => {
    if (shownReactions.get().get(participantId)?.number !== number) return;
    shownReactions.set(new Map([...shownReactions.get()].filter(([id]) => id !== participantId)));
  }, shownMs);
}
