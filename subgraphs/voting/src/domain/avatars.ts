import type { Participant, SessionAggregate } from './model.ts';
import { refuseInput } from './reasons.ts';

/** What people are shown as beside their name. */
export interface Avatar {
  readonly emoji: string;
  /** 0 to 5: one of six colours, which a client has in its own shades. */
  readonly tint: number;
}

/** To choose from. Nothing that is a flag, a gesture or a person, and nothing that looks like another in 20 pixels. */
export const avatarEmojis: readonly string[] = Array.from('🦊🐸🦉🐙🐝🐢🐧🦁🐼🦄🐳🦋🐨🦀🐘🦜🐞🦔🦩🐬🦥🐿🦓🐌🌵🍄🌻🍀🍋🍒🥑🥕🌶🍉🥐🧀');
export const avatarTints = 6;

/** As it is kept. */
const toStored = ({ emoji, tint }: Avatar) => `${emoji}${tint}`;
const fromStored = (stored: string): Avatar => ({ emoji: stored.slice(0, -1), tint: Number(stored.slice(-1)) });

/** The `step`-th default of whoever came in as the `place`-th: the same emoji on one colour after another. */
function defaultOf(place: number, step: number): Avatar {
  const round = Math.floor(place / avatarEmojis.length);
  return { emoji: avatarEmojis[place % avatarEmojis.length] ?? '', tint: (place + round + step) % avatarTints };
}

/**
 * Everyone's, by id: the one they chose, else one by their place in the order of joining. No two of the first 216 people are alike, and nobody's changes
 * because others come, go or choose: what somebody has already cannot be chosen.
 */
export function avatarsOf({ participants }: Pick<SessionAggregate, 'participants'>): ReadonlyMap<string, Avatar> {
  const chosen = new Set(participants.flatMap(({ avatar }) => avatar ?? []));
  return new Map(
    participants.map(({ id, avatar }, place) => {
      if (avatar != null) return [id, fromStored(avatar)] as const;
      const steps = Array.from({ length: avatarTints }, (_, step) => defaultOf(place, step));
      return [id, steps.find((each) => !chosen.has(toStored(each))) ?? defaultOf(place, 0)] as const;
    }),
  );
}

/** A choice as it is kept. Refuses with INVALID_INPUT what is not offered, and what somebody who is there has already. */
export function toAvatar(state: Pick<SessionAggregate, 'participants'>, participant: Participant, avatar: Avatar): string {
  if (!avatarEmojis.includes(avatar.emoji)) refuseInput('AVATAR_UNKNOWN', { offered: avatarEmojis.join(' ') });
  if (!Number.isInteger(avatar.tint) || avatar.tint < 0 || avatar.tint >= avatarTints)
    refuseInput('OUT_OF_RANGE', { field: 'avatarTint', least: 0, most: avatarTints - 1, given: avatar.tint });
  const stored = toStored(avatar);
  const avatars = avatarsOf(state);
  const isTaken = state.participants.some(({ id, leftAt }) => {
    const other = avatars.get(id);
    return id !== participant.id && leftAt === null && other !== undefined && toStored(other) === stored;
  });
  if (isTaken) refuseInput('AVATAR_TAKEN', {});
  return stored;
}
