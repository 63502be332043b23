import type { Participant, Session } from './context.ts';

type People = Pick<Session, 'id' | 'participants'>;

/**
 * Who leads after a change because the facilitators were away or have left; empty for those whom a facilitator made one, and for a picture of
 * another session.
 */
export function findSuccessors(before: People, after: People): readonly Participant[] {
  if (before === after || before.id !== after.id) return [];
  const led = new Set(before.participants.filter(({ isFacilitator }) => isFacilitator).map(({ id }) => id));
  const leads = after.participants.filter(({ isFacilitator, isPresent }) => isFacilitator && isPresent);
  const isLedAsBefore = leads.some(({ id }) => led.has(id));
  return leads.filter(({ id, isSuccessor }) => !led.has(id) && (isSuccessor || !isLedAsBefore));
}
