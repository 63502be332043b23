import { getFacilitator, getItem, getRound, requireOpen } from './access.ts';
import type { Change } from './change.ts';
import { isEstimateValue } from './decks.ts';
import { refuse } from './errors.ts';
import type { Estimate, SessionAggregate, Wording } from './model.ts';
import type { Acting } from './session.ts';
import { getTrack } from './tracks.ts';

export interface Settlement {
  /** The issue's text as it was estimated. */
  readonly wording?: Wording | undefined;
  readonly roundId: string;
  readonly estimate?: number | null | undefined;
  readonly estimates?: readonly { readonly track: string; readonly value: number }[] | null | undefined;
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
  const item = getItem(state, round.itemId);
  const isWritten = item.issueKey !== null && state.session.settings.writeBack;
  const estimates = toSettled(state, settlement).map(
    ({ track, value }): Estimate => ({
      roundId: round.id,
      track,
      itemId: item.id,
      issueKey: item.issueKey,
      value,
      settledAt: now,
      state: isWritten ? 'PENDING' : 'NOT_NEEDED',
      attempts: 0,
      nextAttemptAt: now,
      reason: null,
      reasonCode: null,
      valueInJira: null,
      overwrite: false,
      isStrict: false,
      writtenAt: null,
      summaryFingerprint: settlement.wording?.summaryFingerprint ?? null,
      descriptionFingerprint: settlement.wording?.descriptionFingerprint ?? null,
    }),
  );
  return {
    event: { type: 'ROUND_SETTLED', at: now, actorId, roundId: round.id, itemId: item.id },
    items: [{ ...item, state: 'ESTIMATED' }],
    rounds: [{ ...round, state: 'SETTLED', settledAt: now }],
    estimates: [...overtaken(state, estimates), ...estimates],
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

function toSettled(state: SessionAggregate, { estimate, estimates }: Settlement): readonly { track: string; value: number }[] {
  const { tracks } = state.session;
  if ((estimate == null) === (estimates == null)) refuse('INVALID_INPUT', 'Give either estimate or estimates.');
  if (estimate != null && tracks.length > 1) refuse('INVALID_INPUT', 'The session has several tracks: give estimates, one for each.');
  const settled = estimates ?? [{ track: getTrack(tracks, null).id, value: estimate ?? 0 }];
  if (settled.length === 0) refuse('INVALID_INPUT', 'There is no estimate to settle.');
  for (const { track, value } of settled) {
    getTrack(tracks, track);
    if (!isEstimateValue(value)) refuse('INVALID_INPUT', 'An estimate is 0 to 10000 with at most three decimals.');
  }
  if (new Set(settled.map(({ track }) => track)).size < settled.length) refuse('INVALID_INPUT', 'A track is named twice.');
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
