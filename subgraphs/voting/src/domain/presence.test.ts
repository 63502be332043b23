import { describe, expect, it } from 'vitest';
import { advance, buildTable, facilitatorOf } from '../store/testing/play.ts';
import type { SessionAggregate } from './model.ts';
import { grantFacilitation, leaveSession, updateMe } from './participants.ts';
import { awayAfterMs, isOnline, passFacilitation, type Sighting } from './presence.ts';
import { closeSession } from './session.ts';

const start = new Date('2026-06-07T08:09:10.011Z');
const at = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const by = (state: SessionAggregate, actorId = facilitatorOf(state)) => ({ actorId, now: start });
const idOf = (state: SessionAggregate, place: number) => state.participants[place]?.id ?? '';

const everyone = (state: SessionAggregate) => new Set(state.participants.map(({ id }) => id));

/** Signs of life, in seconds from the start: [place of the participant, since when, the last one]. */
function seen(state: SessionAggregate, ...given: readonly (readonly [number, number, number])[]): ReadonlyMap<string, Sighting> {
  return new Map(
    given.map(([place, since, last]) => {
      const participantId = idOf(state, place);
      return [participantId, { participantId, since: at(since), seenAt: at(last) }];
    }),
  );
}

describe('being online', () => {
  it('ends 45 seconds after the last sign of life, and with leaving', () => {
    const state = buildTable({ now: start });
    const [ada, eve] = state.participants;
    if (ada === undefined || eve === undefined) throw new Error('empty table');
    const sightings = seen(state, [0, 0, 0]);
    expect(isOnline(ada, sightings, new Date(start.getTime() + awayAfterMs - 1))).toBe(true);
    expect(isOnline(ada, sightings, new Date(start.getTime() + awayAfterMs))).toBe(false);
    expect(isOnline(eve, sightings, start)).toBe(false);
    expect(isOnline({ ...ada, leftAt: start }, sightings, start)).toBe(false);
  });
});

describe('the facilitation', () => {
  it('stays while any facilitator has been there in the last successionSeconds', () => {
    let state = buildTable({ voters: 3, now: start });
    state = advance(state, grantFacilitation(state, by(state), idOf(state, 1)));
    expect(passFacilitation(state, seen(state, [0, 0, 0], [1, 0, 1], [2, 0, 119]), everyone(state), at(120))).toBeNull();
    expect(passFacilitation(state, seen(state, [0, 0, 0], [1, 0, 0], [2, 0, 119]), everyone(state), at(120))).not.toBeNull();
  });

  it('passes to the first estimator by joining who was there all the while, behind those who are away', () => {
    let state = buildTable({ voters: 4, now: start });
    state = advance(state, updateMe(state, by(state, idOf(state, 1)), { role: 'SPECTATOR' }));
    const sightings = seen(state, [0, 0, 0], [1, 0, 119], [2, 0, 60], [3, 0, 119], [4, 0, 119]);
    const change = passFacilitation(state, sightings, everyone(state), at(120));
    expect(change?.event).toEqual({ type: 'FACILITATION_PASSED', at: at(120), actorId: null, participantId: idOf(state, 3) });
    const after = advance(state, change);
    expect(after.participants.map(({ facilitatorRank }) => facilitatorRank)).toEqual([1, null, null, 2, null]);
    expect(passFacilitation(after, sightings, everyone(after), at(121))).toBeNull();
  });

  it('passes to a spectator when no estimator is there', () => {
    let state = buildTable({ voters: 2, now: start });
    state = advance(state, updateMe(state, by(state, idOf(state, 1)), { role: 'SPECTATOR' }));
    const passedOn = passFacilitation(state, seen(state, [1, 0, 119], [2, 0, 60]), everyone(state), at(120));
    expect(passedOn?.participants?.map(({ id }) => id)).toEqual([idOf(state, 1)]);
  });

  it('passes to nobody who came back a moment ago: after an outage the first to reconnect does not win', () => {
    const state = buildTable({ now: start });
    expect(passFacilitation(state, seen(state, [0, 0, 0], [1, 300, 310]), everyone(state), at(310))).toBeNull();
    expect(passFacilitation(state, seen(state, [0, 0, 0], [1, 300, 419]), everyone(state), at(420))).not.toBeNull();
  });

  it('never passes with successionSeconds null, in a closed session, to who has left, or when nobody is there', () => {
    const sightings = (state: SessionAggregate) => seen(state, [1, 0, 119]);
    const endless = buildTable({ voters: 1, settings: { successionSeconds: null }, now: start });
    expect(passFacilitation(endless, sightings(endless), everyone(endless), at(120))).toBeNull();
    const open = buildTable({ voters: 1, now: start });
    const closed = advance(open, closeSession(open, by(open)));
    expect(passFacilitation(closed, sightings(closed), everyone(closed), at(120))).toBeNull();
    const left = advance(open, leaveSession(open, by(open, idOf(open, 1))));
    expect(passFacilitation(left, sightings(open), everyone(left), at(120))).toBeNull();
    expect(passFacilitation(open, new Map(), everyone(open), at(120))).toBeNull();
  });
});
