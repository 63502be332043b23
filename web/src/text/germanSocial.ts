import type { Message } from './catalog.ts';
import type { englishSocial } from './englishSocial.ts';

/** Die Texte zum Anstupsen, zu Reaktionen, Gesichtern und dazu, wie man Bescheid bekommt. */
export const germanSocial: Record<keyof typeof englishSocial, Message> = {
  avatar: 'Dein Avatar',
  'avatar.colour': 'Farbe {count}',
  'nudge.all': { one: '{count} Person anstupsen', other: '{count} Personen anstupsen' },
  'nudge.nobody': 'Alle haben abgestimmt.',
  'nudge.one': '{name} anstupsen',
  'nudge.received': '{name} wartet auf deine Karte.',
  'nudge.sent': 'Angestupst: {names}',
  'nudge.tooSoon': 'Das letzte Anstupsen ist keine halbe Minute her.',
  'reaction.AGREE': 'Zustimmung',
  'reaction.APPLAUD': 'Applaus',
  'reaction.CELEBRATE': 'Feiern',
  'reaction.LAUGH': 'Lachen',
  'reaction.LOVE': 'Gefällt mir',
  'reaction.THINK': 'Nachdenklich',
  'reaction.menu': 'Reagieren',
  'notices.legend': 'Bescheid geben, wenn eine Runde beginnt, alle abgestimmt haben oder mich jemand anstupst',
  'notices.sound': 'Mit einem Ton',
  'notices.title': 'Im Titel des Browser-Tabs',
  'notices.vibration': 'Mit einer Vibration',
};
