import { facilitatorsOf } from './access.ts';
import type { Change } from './change.ts';
import type { Participant, SessionAggregate } from './model.ts';
import { orderSuccessors } from './succession.ts';

/** A participant's signs of life. Who has one of them is a matter of moments: it is no part of the session's state, nor of its revision. */
export interface Sighting {
  readonly participantId: string;
  /** Since when without a break of `awayAfterMs` or more. */
  readonly since: Date;
  readonly seenAt: Date;
}

export type Sightings = ReadonlyMap<string, Sighting>;

/** Without a sign of life for so long one is away: two heartbeats of the page may be lost. */
export const awayAfterMs = 45_000;

/** In the session, and there at the moment. */
export function isOnline(participant: Participant, sightings: Sightings, now: Date): boolean {
  const seenAt = sightings.get(participant.id)?.seenAt;
  return participant.leftAt === null && seenAt !== undefined && now.getTime() - seenAt.getTime() < awayAfterMs;
}

/** As `isOnline`, but whoever has just joined counts as there: their first sign of life is on its way. */
export function isThere(participant: Participant, sightings: Sightings, now: Date): boolean {
  const seenAt = sightings.get(participant.id)?.seenAt ?? participant.joinedAt;
  return participant.leftAt === null && now.getTime() - seenAt.getTime() < awayAfterMs;
}

/**
 * Lets the next in line facilitate, too, when no facilitator has been there for `successionSeconds`; null when it is not time yet, or nobody may.
 * Next is the first of `orderSuccessors` who has been there all that while: nobody profits from an outage that hid everyone, or from
 * dropping in on a session that is left alone. Whoever comes back still facilitates, ahead of the successor. `voters` are those who have voted.
 */
export function passFacilitation(state: SessionAggregate, sightings: Sightings, voters: ReadonlySet<string>, now: Date): Change | null {
  const [successor] = orderSuccessors(state, findWaiting(state, sightings, now), voters);
  if (successor === undefined) return null;
  const lastRank = Math.max(0, ...facilitatorsOf(state).map((facilitator) => facilitator.facilitatorRank ?? 0));
  return {
    event: { type: 'FACILITATION_PASSED', at: now, actorId: null, participantId: successor.id },
    participants: [{ ...successor, facilitatorRank: lastRank + 1, isSuccessor: true }],
  };
}

/** Those who have waited long enough for a facilitator, in the order of joining; empty while it is not time to pass the facilitation on. */
export function findWaiting(state: SessionAggregate, sightings: Sightings, now: Date): readonly Participant[] {
  const { session, participants } = state;
  const { successionSeconds } = session.settings;
  if (session.state === 'CLOSED' || successionSeconds === null) return [];
  const waitedSince = new Date(now.getTime() - Math.max(successionSeconds * 1000, awayAfterMs));
  if (facilitatorsOf(state).some((facilitator) => (sightings.get(facilitator.id)?.seenAt ?? facilitator.joinedAt) > waitedSince)) return [];
  return participants.filter(
    (participant) => isOnline(participant, sightings, now) && (sightings.get(participant.id)?.since ?? now) <= waitedSince,
  );
}
