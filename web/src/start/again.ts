import type { SessionLiveFragment } from '../generated/graph.ts';
import type { StartDraft } from './remembered.ts';
import { toSettingsDraft } from './settings.ts';

/** The title of the next session like it: `Sprint 43` after `Sprint 42`. One without a number, or with a date's, stays as it is. */
export function toNextTitle(title: string): string {
  if (/\b(19|20)\d\d\b/u.test(title)) return title;
  return title.replace(/\d{1,6}(?!.*\d)/u, (number) => String(Number(number) + 1).padStart(number.length, '0'));
}

/** Deck, tracks and settings of a session, as the form for a new one holds them; its people are not among them. */
export function toStartDraft({ deck, tracks, settings }: SessionLiveFragment): StartDraft {
  const [only] = tracks;
  const isSingle = tracks.length === 1 && only?.discipline === null;
  return {
    deck: deck.name,
    customDeck: deck.cards.map(({ label, value }) => (value === null || String(value) === label ? label : `${label}=${value}`)).join(', '),
    preset: isSingle ? 'single' : 'custom',
    customTracks: tracks.map(({ label, discipline }) => (discipline === null ? label : `${label}=${discipline}`)).join(', '),
    settings: toSettingsDraft(settings),
  };
}
