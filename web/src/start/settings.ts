import type { AtDeadline, EstimatePolicy, LateJoin, RevealedBy, SessionLiveFragment } from '../generated/graph.ts';
import type { SettingsInput } from '../generated/later.ts';

/** A session's settings as a form holds them. */
export interface SettingsDraft {
  readonly revealedBy: RevealedBy;
  /** `never`, or seconds. */
  readonly autoReveal: 'never' | '0' | '3' | '5' | '10';
  readonly lateJoin: LateJoin;
  readonly policy: EstimatePolicy;
  readonly writeBack: boolean;
  readonly commentDecisions: boolean;
  readonly isLocked: boolean;
  readonly joinByApproval: boolean;
  readonly waitForAway: boolean;
  readonly atDeadline: AtDeadline;
  readonly hideEstimates: boolean;
  /** `never`, or seconds of absence. */
  readonly succession: 'never' | '60' | '300' | '900';
}

export const defaultSettings: SettingsDraft = {
  revealedBy: 'FACILITATORS',
  autoReveal: 'never',
  lateJoin: 'NOW',
  policy: 'MEDIAN',
  writeBack: true,
  commentDecisions: false,
  isLocked: false,
  joinByApproval: false,
  waitForAway: false,
  atDeadline: 'NOTHING',
  hideEstimates: true,
  succession: '300',
};

export const successions = ['never', '60', '300', '900'] as const;
export const autoReveals = ['never', '0', '3', '5', '10'] as const;

export function toSettingsInput({ autoReveal, succession, ...rest }: SettingsDraft): SettingsInput {
  const toSeconds = (choice: string) => (choice === 'never' ? null : Number(choice));
  return { ...rest, autoRevealSeconds: toSeconds(autoReveal), successionSeconds: toSeconds(succession) };
}

/** Only what differs between two states of the form: what somebody else changes meanwhile stays theirs. */
export function toChangedSettings(before: SettingsDraft, after: SettingsDraft): SettingsInput {
  const was = toSettingsInput(before);
  return Object.fromEntries(Object.entries(toSettingsInput(after)).filter(([name, value]) => value !== was[name as keyof SettingsInput]));
}

function toNearest<Choice extends string>(seconds: number | null, choices: readonly Choice[], never: Choice): Choice {
  if (seconds === null) return never;
  const distance = (choice: Choice) => Math.abs(Number(choice) - seconds);
  return choices.filter((choice) => choice !== never).reduce((best, choice) => (distance(choice) < distance(best) ? choice : best));
}

/** The form's state of a session; seconds that the form does not offer become the nearest that it does. */
export function toSettingsDraft(settings: SessionLiveFragment['settings']): SettingsDraft {
  const { revealedBy, lateJoin, policy, writeBack, commentDecisions, isLocked, joinByApproval, waitForAway, atDeadline, hideEstimates } =
    settings;
  const autoReveal = toNearest(settings.autoRevealSeconds, autoReveals, 'never');
  const succession = toNearest(settings.successionSeconds, successions, 'never');
  return {
    revealedBy,
    lateJoin,
    policy,
    writeBack,
    commentDecisions,
    isLocked,
    joinByApproval,
    waitForAway,
    atDeadline,
    hideEstimates,
    autoReveal,
    succession,
  };
}
