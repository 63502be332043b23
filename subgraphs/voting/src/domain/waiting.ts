import { getFacilitator, requireOpen } from './access.ts';
import { applyChange, type Change } from './change.ts';
import { refuse } from './errors.ts';
import type { Newcomer, Session, SessionAggregate } from './model.ts';
import { toDistinctName } from './names.ts';
import { enter, type Joining, joinSession, requireUnlocked } from './participants.ts';
import { refuseInput } from './reasons.ts';
import { type Acting, toDiscipline } from './session.ts';

/** How many wait at a time: what a facilitator can still look through. */
export const maxWaiting = 50;

const rushMs = 10 * 60_000;

/** How many newcomers a session takes within ten minutes before the others wait for a facilitator; whoever has been let in counts, too. */
export interface JoinRate {
  readonly joinRate: number;
}

/**
 * Whether who is new waits for a facilitator: because a setting says so, or because so many came in the last ten minutes that they may be bots.
 * Nobody is shut out by others who come: they wait.
 */
export function needsApproval({ session, participants }: SessionAggregate, now: Date, { joinRate }: JoinRate): boolean {
  const since = now.getTime() - rushMs;
  return session.settings.joinByApproval || participants.filter(({ joinedAt }) => joinedAt.getTime() > since).length >= joinRate;
}

/** As `joinSession`, for whom nobody needs to let in. Refuses also with APPROVAL_REQUIRED. */
export function joinFreely(state: SessionAggregate, joining: Joining, rate: JoinRate): Change {
  requireUnlocked(state);
  if (needsApproval(state, joining.now, rate)) refuse('APPROVAL_REQUIRED', 'A facilitator lets people in: ask with askToJoin, and wait.');
  return joinSession(state, joining);
}

/** Asks to be let in; where nobody needs to be asked, one is in at once. Refuses as `joinSession`, and with WAITING_ROOM_FULL. */
export function askToJoin(state: SessionAggregate, joining: Joining, rate: JoinRate): Change {
  requireUnlocked(state);
  const { id, name, role, discipline, subject = null, now } = joining;
  if (!needsApproval(state, now, rate)) return joinSession(state, joining);
  const { waiting } = state.session;
  if (waiting.length >= maxWaiting)
    refuse('WAITING_ROOM_FULL', `${maxWaiting} people wait already: try again when the facilitators have let some in.`);
  const newcomer: Newcomer = {
    id,
    name: toDistinctName(name, state.participants, id),
    role,
    discipline: toDiscipline(discipline),
    subject,
    askedMs: now.getTime(),
  };
  return withWaiting(state, [...waiting, newcomer], { at: now, actorId: null });
}

/**
 * Lets in who waits, all of them unless some are named: whoever has left the queue meanwhile stays out of it. Null when nobody is to be let in.
 * Refuses with NOT_A_FACILITATOR, SESSION_CLOSED, SESSION_FULL, PARTICIPANT_NOT_FOUND.
 */
export function admitWaiting(state: SessionAggregate, { actorId, now }: Acting, ids: readonly string[] | null): Change | null {
  getFacilitator(state, actorId);
  requireOpen(state);
  const admitted = findNamed(state, ids);
  if (admitted.length === 0) return null;
  let inside = state;
  const changes = admitted.map((newcomer) => {
    const entered = enter(inside, { ...newcomer, now }, actorId);
    inside = applyChange(inside, entered, state.session.revision);
    return entered;
  });
  // With `lateJoin: NOW` they are in the open round's roster: the last change of it was decided after the others.
  const rounds = changes.findLast((change) => change.rounds !== undefined)?.rounds;
  const gone = new Set(admitted.map(({ id }) => id));
  const { structure } = state.session;
  const [only] = changes.length === 1 ? admitted : [];
  return {
    event: { type: 'PARTICIPANT_JOINED', at: now, actorId, ...(only === undefined ? {} : { participantId: only.id }) },
    participants: changes.flatMap(({ participants }) => participants ?? []),
    ...(rounds === undefined ? {} : { rounds }),
    session: { ...inside.session, structure, waiting: state.session.waiting.filter(({ id }) => !gone.has(id)) },
  };
}

/** Sends away who waits, all of them unless some are named; they may ask again. Null when nobody waits. Refuses with NOT_A_FACILITATOR, SESSION_CLOSED, PARTICIPANT_NOT_FOUND. */
export function declineWaiting(state: SessionAggregate, { actorId, now }: Acting, ids: readonly string[] | null): Change | null {
  getFacilitator(state, actorId);
  requireOpen(state);
  const declined = new Set(findNamed(state, ids).map(({ id }) => id));
  return declined.size === 0 ? null : without(state, declined, { at: now, actorId });
}

/** Goes on without waiting; null for who does not wait any more. */
export function stopWaiting(state: SessionAggregate, id: string, now: Date): Change | null {
  return isWaiting(state, id) ? without(state, new Set([id]), { at: now, actorId: null }) : null;
}

export function isWaiting({ session }: SessionAggregate, id: string): boolean {
  return session.waiting.some((newcomer) => newcomer.id === id);
}

/** Whom a facilitator names, in the order of asking. Who is in already was let in by somebody else, and is passed over. */
function findNamed({ session, participants }: SessionAggregate, ids: readonly string[] | null): readonly Newcomer[] {
  if (ids === null) return session.waiting;
  if (ids.length > maxWaiting) refuseInput('OUT_OF_RANGE', { field: 'participantIds', least: 0, most: maxWaiting, given: ids.length });
  const named = new Set(ids);
  const isKnown = (id: string) => session.waiting.some((other) => other.id === id) || participants.some((other) => other.id === id);
  if (!ids.every(isKnown)) refuse('PARTICIPANT_NOT_FOUND', 'Nobody who waits has that id.');
  return session.waiting.filter(({ id }) => named.has(id));
}

function without(
  { session }: SessionAggregate,
  ids: ReadonlySet<string>,
  by: { readonly at: Date; readonly actorId: string | null },
): Change {
  return toChange(
    session,
    session.waiting.filter(({ id }) => !ids.has(id)),
    by,
  );
}

const withWaiting = ({ session }: SessionAggregate, waiting: readonly Newcomer[], by: { readonly at: Date; readonly actorId: null }) =>
  toChange(session, waiting, by);

function toChange(session: Session, waiting: readonly Newcomer[], by: { readonly at: Date; readonly actorId: string | null }): Change {
  return { event: { type: 'WAITING_CHANGED', ...by }, session: { ...session, waiting } };
}
