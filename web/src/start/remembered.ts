import { defaultSettings, type SettingsDraft } from './settings.ts';

/** What a new session begins with, beside its title and one's name. */
export interface StartDraft {
  /** A ready-made deck's name, or `custom`. */
  readonly deck: string;
  readonly customDeck: string;
  /** A preset's name, or `custom`. */
  readonly preset: string;
  readonly customTracks: string;
  readonly settings: SettingsDraft;
}

const key = 'tally.start';

const first: StartDraft = { deck: 'fibonacci', customDeck: '1, 2, 4, 8, ?', preset: 'single', customTracks: '', settings: defaultSettings };

/** As the last session on this device was begun, or is to be played again. What is missing or of another shape is as at first. */
export function findStartDraft(): StartDraft {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Record<keyof StartDraft, unknown>>;
    const known = Object.entries(first).map(([name, value]) => {
      const other = kept[name as keyof StartDraft];
      return [name, typeof value === 'string' && typeof other === 'string' ? other : value];
    });
    return { ...(Object.fromEntries(known) as unknown as StartDraft), settings: toSettings(kept.settings) };
  } catch {
    return first;
  }
}

function toSettings(kept: unknown): SettingsDraft {
  if (typeof kept !== 'object' || kept === null) return defaultSettings;
  const isOfShape = ([name, value]: [string, unknown]) => typeof value === typeof defaultSettings[name as keyof SettingsDraft];
  return { ...defaultSettings, ...Object.fromEntries(Object.entries(kept).filter(isOfShape)) };
}

export function keepStartDraft(draft: StartDraft): void {
  // A lock is for the people of one session.
  localStorage.setItem(key, JSON.stringify({ ...draft, settings: { ...draft.settings, isLocked: false } }));
}
