import { facilitatorsOf, getFacilitator, getNamed, getPresent, requireOpen } from './access.ts';
import { type Avatar, toAvatar } from './avatars.ts';
import type { Change } from './change.ts';
import { refuse } from './errors.ts';
import type { Participant, Role, SessionAggregate } from './model.ts';
import { toDistinctName } from './names.ts';
import { type Acting, toDiscipline } from './session.ts';
import { findHeir, requireMayOverrule } from './succession.ts';
import { mayVoteIn } from './tracks.ts';

const maxParticipants = 500;
// Those who have left are kept: without a bound whoever has the invite code could make the session as large as they like.
const maxEver = 2_000;

export interface Joining {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly discipline: string | null;
  /** Whom the identity provider vouches for; absent for a guest. */
  readonly subject?: string | null;
  readonly now: Date;
}

/** Refuses with SESSION_CLOSED, SESSION_LOCKED, SESSION_FULL. */
export function requireUnlocked(state: SessionAggregate): void {
  requireOpen(state);
  if (state.session.settings.isLocked) refuse('SESSION_LOCKED', 'The session is locked: nobody new comes in.');
  requirePlace(state);
}

/** Someone new comes in, and leads when nobody else is there; with `lateJoin: NOW` they vote in the open round, too. Refuses as `requireUnlocked`, and with INVALID_INPUT. */
export function joinSession(state: SessionAggregate, joining: Joining): Change {
  requireUnlocked(state);
  return enter(state, joining, joining.id);
}

/** As `joinSession`, by the will of `actorId`: also into a locked session. Refuses with SESSION_FULL, INVALID_INPUT. */
export function enter(state: SessionAggregate, { id, name, role, discipline, subject = null, now }: Joining, actorId: string): Change {
  requirePlace(state);
  if (state.participants.length >= maxEver) refuse('SESSION_FULL', `${maxEver} people have been in the session: open a new one.`);
  const participant: Participant = {
    id,
    name: toDistinctName(name, state.participants, id),
    role,
    discipline: toDiscipline(discipline),
    facilitatorRank: state.participants.every(({ leftAt }) => leftAt !== null) ? 1 : null,
    isSuccessor: false,
    avatar: null,
    subject,
    joinedAt: now,
    leftAt: null,
  };
  const votesNow = role === 'ESTIMATOR' && state.session.settings.lateJoin === 'NOW';
  return {
    event: { type: 'PARTICIPANT_JOINED', at: now, actorId, participantId: id },
    participants: [participant],
    ...(votesNow ? enrol(state, id) : {}),
  };
}

/**
 * The owner is there and facilitates again, whatever a successor has done meanwhile, and also in a locked or closed session; null when nothing
 * is to be done. `owner` is whom `ownerOf` names.
 */
export function reinstateOwner(state: SessionAggregate, owner: Participant, now: Date): Change | null {
  if (owner.leftAt === null && owner.facilitatorRank !== null) return null;
  const firstRank = Math.min(1, ...facilitatorsOf(state).map((facilitator) => facilitator.facilitatorRank ?? 1));
  return {
    event: {
      type: owner.leftAt === null ? 'PARTICIPANT_UPDATED' : 'PARTICIPANT_JOINED',
      at: now,
      actorId: owner.id,
      participantId: owner.id,
    },
    participants: [{ ...owner, leftAt: null, facilitatorRank: firstRank - 1, isSuccessor: false }],
  };
}

/** Somebody signs in who came as a guest; null when they are known already. Refuses with NOT_A_PARTICIPANT, and with NOT_PERMITTED when the place is somebody else's. */
export function vouchFor(state: SessionAggregate, { actorId, now }: Acting, subject: string): Change | null {
  const participant = getPresent(state, actorId);
  if (participant.subject === subject) return null;
  if (participant.subject !== null) refuse('NOT_PERMITTED', 'This place in the session belongs to another account.');
  return { event: { type: 'PARTICIPANT_UPDATED', at: now, actorId, participantId: actorId }, participants: [{ ...participant, subject }] };
}

const formerName = 'Former participant';

/**
 * Takes a name out of the session, one's own, or as a facilitator that of somebody who has left; one's votes stay. Who takes out their own leaves.
 * Also in a closed session. Refuses with NOT_A_PARTICIPANT, NOT_A_FACILITATOR, PARTICIPANT_NOT_FOUND, NOT_PERMITTED (who is still there does it themselves).
 */
export function removeName(state: SessionAggregate, acting: Acting, participantId: string): Change | null {
  const named = state.participants.find(({ id }) => id === participantId);
  const nameless = { name: formerName, discipline: null, subject: null };
  if (participantId === acting.actorId) {
    const { participants = [], ...change } = leaveSession(state, acting);
    return { ...change, participants: participants.map((row) => (row.id === participantId ? { ...row, ...nameless } : row)) };
  }
  getFacilitator(state, acting.actorId);
  if (named === undefined) return refuse('PARTICIPANT_NOT_FOUND', 'Nobody of this session has that id.');
  if (named.leftAt === null) return refuse('NOT_PERMITTED', 'Whoever is in the session takes out their name themselves.');
  return {
    event: { type: 'PARTICIPANT_UPDATED', at: acting.now, actorId: acting.actorId, participantId },
    participants: [{ ...named, ...nameless }],
  };
}

/** Leaves for good; the open vote goes along. A session whose last facilitator leaves is led by `findHeir`'s choice. `voters` are those who have voted. Refuses with NOT_A_PARTICIPANT. */
export function leaveSession(state: SessionAggregate, { actorId, now }: Acting, voters: ReadonlySet<string> = new Set()): Change {
  const leaver = getPresent(state, actorId);
  return depart(state, leaver, { actorId, now }, voters);
}

/** Refuses with NOT_A_FACILITATOR, PARTICIPANT_NOT_FOUND, LAST_FACILITATOR, NOT_PERMITTED. */
export function removeParticipant(state: SessionAggregate, { actorId, now }: Acting, participantId: string): Change {
  const actor = getFacilitator(state, actorId);
  const removed = getNamed(state, participantId);
  requireMayOverrule(state, actor, removed);
  requireAnotherFacilitator(state, removed);
  return depart(state, removed, { actorId, now });
}

/**
 * Lets somebody in again who was removed or has left: their token works again. Null for somebody who is there.
 * Refuses with NOT_A_FACILITATOR, SESSION_CLOSED, PARTICIPANT_NOT_FOUND, SESSION_FULL.
 */
export function readmitParticipant(state: SessionAggregate, { actorId, now }: Acting, participantId: string): Change | null {
  getFacilitator(state, actorId);
  requireOpen(state);
  const named = state.participants.find((candidate) => candidate.id === participantId);
  if (named === undefined) return refuse('PARTICIPANT_NOT_FOUND', 'Nobody of this session has that id.');
  if (named.leftAt === null) return null;
  requirePlace(state);
  return {
    event: { type: 'PARTICIPANT_JOINED', at: now, actorId, participantId },
    participants: [{ ...named, name: toDistinctName(named.name, state.participants, named.id), leftAt: null }],
  };
}

function requirePlace(state: SessionAggregate): void {
  const present = state.participants.filter((participant) => participant.leftAt === null);
  if (present.length >= maxParticipants) refuse('SESSION_FULL', `The session has its ${maxParticipants} participants.`);
}

export interface SelfUpdate {
  readonly name?: string | null | undefined;
  readonly role?: Role | null | undefined;
  readonly discipline?: string | null | undefined;
  readonly avatar?: Avatar | null | undefined;
}

/** Changes one's own name, role, discipline or avatar. Who turns spectator takes back an open vote, who changes their discipline those of the tracks that are others' now. Refuses with NOT_A_PARTICIPANT, SESSION_CLOSED, INVALID_INPUT. */
export function updateMe(state: SessionAggregate, { actorId, now }: Acting, update: SelfUpdate): Change {
  requireOpen(state);
  const before = getPresent(state, actorId);
  const participant: Participant = {
    ...before,
    name: update.name == null ? before.name : toDistinctName(update.name, state.participants, actorId),
    role: update.role ?? before.role,
    discipline: update.discipline === undefined ? before.discipline : toDiscipline(update.discipline),
    ...(update.avatar != null && { avatar: toAvatar(state, before, update.avatar) }),
  };
  const { tracks, openRoundId } = state.session;
  const closedToMe = openRoundId === null ? [] : tracks.filter((track) => mayVoteIn(before, track) && !mayVoteIn(participant, track));
  const steppedBack = before.role === 'ESTIMATOR' && participant.role === 'SPECTATOR';
  const steppedIn = before.role === 'SPECTATOR' && participant.role === 'ESTIMATOR' && state.session.settings.lateJoin === 'NOW';
  return {
    event: { type: 'PARTICIPANT_UPDATED', at: now, actorId, participantId: actorId },
    participants: [participant],
    ...(closedToMe.length === 0
      ? {}
      : { withdrawnVotes: closedToMe.map((track) => ({ roundId: openRoundId ?? '', participantId: actorId, track: track.id })) }),
    ...(steppedBack ? disenrol(state, actorId) : {}),
    ...(steppedIn ? enrol(state, actorId) : {}),
  };
}

/** Refuses with NOT_A_FACILITATOR, PARTICIPANT_NOT_FOUND. */
export function grantFacilitation(state: SessionAggregate, { actorId, now }: Acting, participantId: string): Change | null {
  const actor = getFacilitator(state, actorId);
  const named = getNamed(state, participantId);
  // What was a matter of absence is now somebody's will.
  if (named.facilitatorRank !== null)
    return named.isSuccessor && !actor.isSuccessor ? withRank(named, named.facilitatorRank, { actorId, now }) : null;
  const lastRank = Math.max(...facilitatorsOf(state).map((facilitator) => facilitator.facilitatorRank ?? 0));
  return withRank(named, lastRank + 1, { actorId, now });
}

/** Refuses with NOT_A_FACILITATOR, PARTICIPANT_NOT_FOUND, LAST_FACILITATOR, NOT_PERMITTED. */
export function revokeFacilitation(state: SessionAggregate, { actorId, now }: Acting, participantId: string): Change | null {
  const actor = getFacilitator(state, actorId);
  const named = getNamed(state, participantId);
  if (named.facilitatorRank === null) return null;
  requireMayOverrule(state, actor, named);
  requireAnotherFacilitator(state, named);
  return withRank(named, null, { actorId, now });
}

function withRank(participant: Participant, facilitatorRank: number | null, { actorId, now }: Acting): Change {
  return {
    event: { type: 'PARTICIPANT_UPDATED', at: now, actorId, participantId: participant.id },
    participants: [{ ...participant, facilitatorRank, isSuccessor: false }],
  };
}

function requireAnotherFacilitator(state: SessionAggregate, leaving: Participant): void {
  const others = facilitatorsOf(state).filter((facilitator) => facilitator.id !== leaving.id);
  if (others.length === 0) refuse('LAST_FACILITATOR', 'The session needs a facilitator: make somebody else one first.');
}

function depart(state: SessionAggregate, leaver: Participant, { actorId, now }: Acting, voters: ReadonlySet<string> = new Set()): Change {
  const staying = state.participants.filter((participant) => participant.leftAt === null && participant.id !== leaver.id);
  const isLed = staying.some((participant) => participant.facilitatorRank !== null);
  const heir = isLed ? undefined : findHeir(state, staying, voters);
  return {
    event: { type: 'PARTICIPANT_LEFT', at: now, actorId, participantId: leaver.id },
    participants: [
      { ...leaver, leftAt: now, facilitatorRank: null, isSuccessor: false },
      ...(heir === undefined ? [] : [{ ...heir, facilitatorRank: 1 }]),
    ],
    ...disenrol(state, leaver.id),
  };
}

function enrol(state: SessionAggregate, participantId: string): Partial<Change> {
  return withRoster(state, (roster) => [...roster, participantId]);
}

function disenrol(state: SessionAggregate, participantId: string): Partial<Change> {
  const { openRoundId } = state.session;
  if (openRoundId === null) return {};
  return {
    ...withRoster(state, (roster) => roster.filter((id) => id !== participantId)),
    withdrawnVotes: [{ roundId: openRoundId, participantId }],
  };
}

function withRoster(state: SessionAggregate, edit: (roster: readonly string[]) => readonly string[]): Partial<Change> {
  const round = state.rounds.find((candidate) => candidate.id === state.session.openRoundId);
  if (round === undefined) return {};
  const roster = edit(round.roster);
  return { session: { ...state.session, openRoundVoters: roster }, rounds: [{ ...round, roster }] };
}
