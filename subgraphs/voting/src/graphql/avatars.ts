import { type Avatar, avatarsOf } from '../domain/avatars.ts';
import type { SessionAggregate } from '../domain/model.ts';
import { madeOnce } from './made-once.ts';

const avatarsIn = madeOnce((participants: SessionAggregate['participants']) => avatarsOf({ participants }));

/** Somebody's avatar. Everyone's are found together, once for each list of participants: one depends on who chose what. */
export function avatarIn(state: SessionAggregate, participantId: string): Avatar {
  return avatarsIn(state.participants).get(participantId) ?? { emoji: '', tint: 0 };
}
