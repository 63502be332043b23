import { type Avatar, avatarsOf } from '../domain/avatars.ts';
import type { SessionAggregate } from '../domain/model.ts';

const known = new WeakMap<SessionAggregate['participants'], ReadonlyMap<string, Avatar>>();

/** Somebody's avatar. Everyone's are found together, once for each list of participants: one depends on who chose what. */
export function avatarIn(state: SessionAggregate, participantId: string): Avatar {
  const avatars = known.get(state.participants) ?? avatarsOf(state);
  known.set(state.participants, avatars);
  return avatars.get(participantId) ?? { emoji: '', tint: 0 };
}
