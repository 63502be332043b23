import { findCurrentRound, getFacilitator, getNamed, requireOpen } from './access.ts';
import type { Change } from './change.ts';
import { isSameTime, timedReveal } from './deadlines.ts';
import { type CardDraft, getDeck, toCustomDeck } from './decks.ts';
import { toItems } from './items.ts';
import type { Deck, Participant, Role, SessionAggregate, Settings } from './model.ts';
import { refuseInput } from './reasons.ts';
import { toName } from './text.ts';
import { defaultTracks, type TrackDraft, toTracks } from './tracks.ts';

/** Who acts, when; identifiers are made outside and passed in. */
export interface Acting {
  readonly actorId: string;
  readonly now: Date;
}

export interface DeckChoice {
  readonly deck?: string | null | undefined;
  readonly customDeck?: readonly CardDraft[] | null | undefined;
}

export type SettingsDraft = { readonly [Key in keyof Settings]?: Settings[Key] | null | undefined };

/** What a session has that says nothing of it; one of before a setting existed has none stored. */
export const defaultSettings: Settings = {
  revealedBy: 'FACILITATORS',
  autoRevealSeconds: null,
  lateJoin: 'NEXT_ROUND',
  policy: 'MEDIAN',
  writeBack: true,
  commentDecisions: false,
  successionSeconds: 120,
  waitForAway: false,
  succession: 'VOTERS',
  successors: [],
  atDeadline: 'NOTHING',
  hideEstimates: true,
  isLocked: false,
  joinByApproval: false,
};

export interface NewSession extends DeckChoice {
  readonly id: string;
  readonly participantId: string;
  readonly inviteCode: string;
  readonly title: string;
  readonly name: string;
  readonly role: Role;
  readonly discipline: string | null;
  readonly tracks?: readonly TrackDraft[] | null | undefined;
  readonly settings?: SettingsDraft | null | undefined;
  /** Whom the identity provider vouches for; absent without one. */
  readonly ownerSubject?: string | null;
  readonly now: Date;
}

/** A new session with its facilitator in it, at revision 1. Refuses with INVALID_INPUT, UNKNOWN_DECK, INVALID_DECK. */
export function createSession(draft: NewSession): SessionAggregate {
  const facilitator: Participant = {
    id: draft.participantId,
    name: toPersonName(draft.name),
    role: draft.role,
    discipline: toDiscipline(draft.discipline),
    facilitatorRank: 1,
    isSuccessor: false,
    avatar: null,
    subject: draft.ownerSubject ?? null,
    joinedAt: draft.now,
    leftAt: null,
  };
  return {
    session: {
      id: draft.id,
      title: toTitle(draft.title),
      state: 'OPEN',
      revision: 1,
      structure: 1,
      inviteCode: draft.inviteCode,
      deck: chooseDeck(draft) ?? getDeck('fibonacci'),
      settings: mergeSettings(defaultSettings, draft.settings),
      tracks: draft.tracks == null ? defaultTracks : toTracks(draft.tracks),
      openRoundId: null,
      openRoundVoters: [],
      createdAt: draft.now,
      closedAt: null,
      ownerSubject: draft.ownerSubject ?? null,
      waiting: [],
    },
    participants: [facilitator],
    items: toItems([]),
    rounds: [],
    estimates: [],
  };
}

export interface SessionUpdate extends DeckChoice {
  readonly title?: string | null | undefined;
  readonly settings?: SettingsDraft | null | undefined;
}

/** Changes title, deck or settings; an open round keeps its own deck, and its countdown stops when nothing reveals by itself any more. Refuses with NOT_A_FACILITATOR, SESSION_CLOSED, INVALID_INPUT, PARTICIPANT_NOT_FOUND, UNKNOWN_DECK, INVALID_DECK. */
export function updateSession(state: SessionAggregate, { actorId, now }: Acting, update: SessionUpdate): Change {
  getFacilitator(state, actorId);
  requireOpen(state);
  const { session } = state;
  const settings = mergeSettings(session.settings, update.settings);
  for (const id of update.settings?.successors ?? []) getNamed(state, id);
  const open = state.rounds.find((round) => round.id === session.openRoundId);
  const isOfTimer =
    open !== undefined && (settings.autoRevealSeconds === null || isSameTime(open.revealsAt, timedReveal(session.settings, open)));
  const moved = isOfTimer && !isSameTime(open.revealsAt, timedReveal(settings, open)) ? open : undefined;
  return {
    event: { type: 'SESSION_UPDATED', at: now, actorId },
    session: {
      ...session,
      title: update.title == null ? session.title : toTitle(update.title),
      deck: chooseDeck(update) ?? session.deck,
      settings,
    },
    ...(moved === undefined ? {} : { rounds: [{ ...moved, revealsAt: timedReveal(settings, moved) }] }),
  };
}

/** The old code stops working. Refuses with NOT_A_FACILITATOR, SESSION_CLOSED. */
export function rotateInviteCode(state: SessionAggregate, { actorId, now }: Acting, inviteCode: string): Change {
  getFacilitator(state, actorId);
  requireOpen(state);
  return { event: { type: 'SESSION_UPDATED', at: now, actorId }, session: { ...state.session, inviteCode } };
}

/** Ends the sitting: an unsettled round is abandoned, its item and all unplayed ones stay unplayed, and nobody waits any more. Refuses with NOT_A_FACILITATOR. */
export function closeSession(state: SessionAggregate, { actorId, now }: Acting): Change | null {
  getFacilitator(state, actorId);
  if (state.session.state === 'CLOSED') return null;
  const round = findCurrentRound(state);
  const item = round && state.items.get(round.itemId);
  return {
    event: { type: 'SESSION_CLOSED', at: now, actorId },
    session: { ...state.session, state: 'CLOSED', closedAt: now, openRoundId: null, openRoundVoters: [], waiting: [] },
    ...(round === undefined ? {} : { rounds: [{ ...round, state: 'ABANDONED', revealsAt: null }] }),
    ...(item === undefined ? {} : { items: [{ ...item, state: 'PENDING' }] }),
  };
}

/** Refuses with NOT_A_FACILITATOR. */
export function reopenSession(state: SessionAggregate, { actorId, now }: Acting): Change | null {
  getFacilitator(state, actorId);
  if (state.session.state !== 'CLOSED') return null;
  return { event: { type: 'SESSION_REOPENED', at: now, actorId }, session: { ...state.session, state: 'OPEN', closedAt: null } };
}

function chooseDeck({ deck, customDeck }: DeckChoice): Deck | undefined {
  if (deck != null && customDeck != null) refuseInput('EITHER', { one: 'deck', other: 'customDeck' });
  if (customDeck != null) return toCustomDeck(customDeck);
  return deck == null ? undefined : getDeck(deck);
}

function mergeSettings(settings: Settings, draft: SettingsDraft | null | undefined): Settings {
  if (draft == null) return settings;
  // What may be null: absent leaves it, null switches it off.
  const { autoRevealSeconds = settings.autoRevealSeconds, successionSeconds = settings.successionSeconds } = draft;
  requireBetween('autoRevealSeconds', autoRevealSeconds, [0, 600]);
  requireBetween('successionSeconds', successionSeconds, [60, 86_400]);
  requireBetween('successors', draft.successors?.length ?? 0, [0, 50]);
  return {
    revealedBy: draft.revealedBy ?? settings.revealedBy,
    autoRevealSeconds,
    lateJoin: draft.lateJoin ?? settings.lateJoin,
    policy: draft.policy ?? settings.policy,
    writeBack: draft.writeBack ?? settings.writeBack,
    commentDecisions: draft.commentDecisions ?? settings.commentDecisions,
    successionSeconds,
    waitForAway: draft.waitForAway ?? settings.waitForAway,
    succession: draft.succession ?? settings.succession,
    successors: draft.successors ?? settings.successors,
    atDeadline: draft.atDeadline ?? settings.atDeadline ?? 'NOTHING',
    hideEstimates: draft.hideEstimates ?? settings.hideEstimates ?? true,
    isLocked: draft.isLocked ?? settings.isLocked,
    joinByApproval: draft.joinByApproval ?? settings.joinByApproval,
  };
}

type BoundedSetting = 'autoRevealSeconds' | 'successionSeconds' | 'successors';

function requireBetween(field: BoundedSetting, value: number | null, [least, most]: readonly [number, number]): void {
  if (value !== null && (value < least || value > most)) refuseInput('OUT_OF_RANGE', { field, least, most, given: value });
}

function toTitle(text: string): string {
  return toName(text, { field: 'title', maxLength: 120 });
}

/** A person's name: 1–60 characters. Refuses with INVALID_INPUT. */
export function toPersonName(text: string): string {
  return toName(text, { field: 'name', maxLength: 60 });
}

/** What somebody works on: null, or 1–40 characters. Refuses with INVALID_INPUT. */
export function toDiscipline(text: string | null): string | null {
  return text === null ? null : toName(text, { field: 'discipline', maxLength: 40 });
}
