import { getFacilitator, getItem, getRound, requireOpen } from './access.ts';
import type { Change } from './change.ts';
import { withDecision } from './decisions.ts';
import { isEstimateValue, labelOf, mostEstimate } from './decks.ts';
import { refuse } from './errors.ts';
import type { Estimate, Item, Round, SessionAggregate, Wording } from './model.ts';
import { refuseInput } from './reasons.ts';
import { nextNumber } from './rounds.ts';
import type { Acting } from './session.ts';
import { toNote } from './text.ts';
import { getTrack, requireEachOnce } from './tracks.ts';

export interface Settlement {
  /** The issue's text as it was estimated. */
  readonly wording?: Wording | undefined;
  readonly roundId: string;
  readonly estimate?: number | null | undefined;
  readonly estimates?: readonly { readonly track: string; readonly value: number }[] | null | undefined;
  /** What was decided, in words; what was noted before stays unless given. */
  readonly decision?: string | null | undefined;
}

/**
 * What was agreed; the same transaction puts the value on its way to Jira.
 * Refuses with NOT_A_FACILITATOR, SESSION_CLOSED, ROUND_NOT_FOUND, ROUND_NOT_REVEALED, UNKNOWN_TRACK, INVALID_INPUT.
 */
export function settleRound(state: SessionAggregate, { actorId, now }: Acting, settlement: Settlement): Change {
  getFacilitator(state, actorId);
  requireOpen(state);
  const round = getRound(state, settlement.roundId);
  if (round.state !== 'REVEALED') refuse('ROUND_NOT_REVEALED', 'Only a revealed round can be settled.', { state: round.state });
  const played = getItem(state, round.itemId);
  const item = settlement.decision == null ? played : withDecision(played, settlement.decision);
  const estimates = toSettled(state, settlement).map((agreed) =>
    toEstimate(state, { item, round, agreed, now, wording: settlement.wording }),
  );
  return {
    event: { type: 'ROUND_SETTLED', at: now, actorId, roundId: round.id, itemId: item.id },
    items: [{ ...item, state: 'ESTIMATED' }],
    rounds: [{ ...round, state: 'SETTLED', settledAt: now, settledBy: actorId }],
    estimates: [...overtaken(state, estimates), ...estimates],
  };
}

interface Settling {
  readonly item: Item;
  readonly round: Round;
  readonly agreed: { readonly track: string; readonly value: number };
  readonly now: Date;
  readonly wording: Wording | undefined;
}

function toEstimate(state: SessionAggregate, { item, round, agreed: { track, value }, now, wording }: Settling): Estimate {
  return {
    roundId: round.id,
    track,
    itemId: item.id,
    issueKey: item.issueKey,
    value,
    label: labelOf(round.deck, value),
    settledAt: now,
    state: item.issueKey !== null && state.session.settings.writeBack ? 'PENDING' : 'NOT_NEEDED',
    attempts: 0,
    nextAttemptAt: now,
    reason: null,
    reasonCode: null,
    valueInJira: null,
    overwrite: false,
    isStrict: false,
    writtenAt: null,
    summaryFingerprint: wording?.summaryFingerprint ?? null,
    descriptionFingerprint: wording?.descriptionFingerprint ?? null,
  };
}

/** An estimate without a vote, or the correction of one: an entry of the ledger that is settled as it is made. */
export interface DirectSettlement extends Omit<Settlement, 'roundId' | 'decision'> {
  /** The id of the round to be. */
  readonly id: string;
  readonly itemId: string;
  readonly reason?: string | null | undefined;
}

/**
 * Corrects an item's settled estimate. The rounds of before stay as they were; the new value goes to Jira as any other and takes the place of
 * what has not arrived yet. Tracks that are not named keep theirs.
 * Refuses with NOT_A_FACILITATOR, SESSION_CLOSED, ITEM_NOT_FOUND, NOT_ESTIMATED, ITEM_IN_USE, UNKNOWN_TRACK, INVALID_INPUT.
 */
export function reviseEstimate(state: SessionAggregate, acting: Acting, revision: DirectSettlement): Change {
  const direct = toDirect(state, acting, revision, 'REVISION');
  if (!state.estimates.some((estimate) => estimate.itemId === direct.item.id))
    refuse('NOT_ESTIMATED', 'The item has no estimate yet: there is nothing to correct.', { state: direct.item.state });
  return settleDirectly(state, acting, direct);
}

/**
 * Estimates an item without a vote. Refuses with NOT_A_FACILITATOR, SESSION_CLOSED, ITEM_NOT_FOUND, ITEM_IN_USE (being voted on),
 * ALREADY_ESTIMATED, UNKNOWN_TRACK, INVALID_INPUT.
 */
export function estimateItem(state: SessionAggregate, acting: Acting, settlement: DirectSettlement): Change {
  const direct = toDirect(state, acting, settlement, 'DIRECT');
  if (direct.item.state === 'ESTIMATED') refuse('ALREADY_ESTIMATED', 'The item has an estimate: correct it, or open it again.');
  return settleDirectly(state, acting, direct);
}

interface Direct {
  readonly item: Item;
  readonly round: Round;
  readonly agreed: readonly Settling['agreed'][];
  readonly wording: Wording | undefined;
}

/** What is to be settled, on an item that no round is played on. */
function toDirect(state: SessionAggregate, { actorId, now }: Acting, given: DirectSettlement, origin: 'REVISION' | 'DIRECT'): Direct {
  getFacilitator(state, actorId);
  requireOpen(state);
  const item = getItem(state, given.itemId);
  const agreed = toSettled(state, given);
  const reason = toNote(given.reason, 'reason');
  if (item.state === 'VOTING') refuse('ITEM_IN_USE', 'The item is being voted on.');
  const { deck, settings } = state.session;
  const last = state.rounds.findLast((played) => played.itemId === item.id);
  const round: Round = {
    id: given.id,
    itemId: item.id,
    number: nextNumber(state, item.id),
    state: 'SETTLED',
    origin,
    reason,
    settledBy: actorId,
    // A correction is in the cards that were played.
    deck: origin === 'REVISION' ? (last?.deck ?? deck) : deck,
    policy: settings.policy,
    roster: [],
    openedAt: now,
    revealsAt: null,
    deadlineAt: null,
    timerLeftSeconds: null,
    revealedAt: null,
    settledAt: now,
  };
  return { item, round, agreed, wording: given.wording };
}

function settleDirectly(state: SessionAggregate, { actorId, now }: Acting, { item, round, agreed, wording }: Direct): Change {
  const estimates = agreed.map((value) => toEstimate(state, { item, round, agreed: value, now, wording }));
  const type = round.origin === 'REVISION' ? 'ESTIMATE_REVISED' : 'ITEM_ESTIMATED';
  return {
    event: { type, at: now, actorId, roundId: round.id, itemId: item.id },
    items: [{ ...item, state: 'ESTIMATED' }],
    rounds: [round],
    estimates: [...overtaken(state, estimates), ...estimates],
    answer: { settled: [round.id] },
  };
}

/** Earlier write-backs of the same field that are still waiting: the new value takes their place. */
function overtaken(state: SessionAggregate, estimates: readonly Estimate[]): readonly Estimate[] {
  return state.estimates
    .filter(
      (earlier) =>
        earlier.state === 'PENDING' && estimates.some((later) => later.issueKey === earlier.issueKey && later.track === earlier.track),
    )
    .map((earlier) => ({ ...earlier, state: 'SUPERSEDED' }));
}

function toSettled(
  state: SessionAggregate,
  { estimate, estimates }: Omit<Settlement, 'roundId' | 'decision'>,
): readonly { track: string; value: number }[] {
  const { tracks } = state.session;
  if ((estimate == null) === (estimates == null)) refuseInput('EITHER', { one: 'estimate', other: 'estimates' });
  if (estimate != null && tracks.length > 1) refuseInput('ESTIMATE_PER_TRACK', {});
  const settled = estimates ?? [{ track: getTrack(tracks, null).id, value: estimate ?? 0 }];
  if (settled.length === 0) refuseInput('EMPTY', { field: 'estimates' });
  for (const { track, value } of settled) {
    getTrack(tracks, track);
    if (!isEstimateValue(value)) refuseInput('ESTIMATE_VALUE', { most: mostEstimate });
  }
  requireEachOnce(settled.map(({ track }) => track));
  return settled.map(({ track, value }) => ({ track, value }));
}

/** What was reworded since an estimate was made; nothing when the wording of then is not known. */
export function findChanges(estimate: Estimate, now: Wording): readonly ('SUMMARY' | 'DESCRIPTION')[] {
  const { summaryFingerprint: summary, descriptionFingerprint: description } = estimate;
  const isOther = (then: string | null, today: string) => then !== null && then !== today;
  return [
    ...(isOther(summary, now.summaryFingerprint) ? (['SUMMARY'] as const) : []),
    ...(isOther(description, now.descriptionFingerprint) ? (['DESCRIPTION'] as const) : []),
  ];
}
