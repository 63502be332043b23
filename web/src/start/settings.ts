import type { EstimatePolicy, LateJoin, RevealedBy, SessionLiveFragment, SettingsInput } from '../generated/graph.ts';

/** A session's settings as a form holds them. */
export interface SettingsDraft {
  readonly revealedBy: RevealedBy;
  /** `never`, or seconds. */
  readonly autoReveal: 'never' | '0' | '3' | '5' | '10';
  readonly lateJoin: LateJoin;
  readonly policy: EstimatePolicy;
  readonly writeBack: boolean;
}

export const defaultSettings: SettingsDraft = {
  revealedBy: 'FACILITATORS',
  autoReveal: 'never',
  lateJoin: 'NOW',
  policy: 'MEDIAN',
  writeBack: true,
};

export const autoReveals = ['never', '0', '3', '5', '10'] as const;

export function toSettingsInput({ autoReveal, ...rest }: SettingsDraft): SettingsInput {
  return { ...rest, autoRevealSeconds: autoReveal === 'never' ? null : Number(autoReveal) };
}

/** The form's state of a session; seconds that the form does not offer become the nearest that it does. */
export function toSettingsDraft({ autoRevealSeconds, ...rest }: SessionLiveFragment['settings']): SettingsDraft {
  const { revealedBy, lateJoin, policy, writeBack } = rest;
  const autoReveal =
    autoRevealSeconds === null
      ? 'never'
      : autoReveals
          .slice(1)
          .reduce((best, option) =>
            Math.abs(Number(option) - autoRevealSeconds) < Math.abs(Number(best) - autoRevealSeconds) ? option : best,
          );
  return { revealedBy, lateJoin, policy, writeBack, autoReveal };
}
