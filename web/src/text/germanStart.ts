import type { Message } from './catalog.ts';
import type { englishStart } from './englishStart.ts';

/** Die Texte dazu, wie eine Sitzung beginnt, in der nächsten weitergeht und zu ihrer Warteschlange kommt. */
export const germanStart: Record<keyof typeof englishStart, Message> = {
  'import.topicTooLong': 'Zeile {line} ist länger als {length} Zeichen.',
  quickAdd: 'In die Warteschlange',
  'quickAdd.hint': 'Schlüssel, Link oder Thema',
  'quickAdd.known': 'Schon in der Warteschlange: {keys}',
  'session.again': 'Noch einmal so',
  'start.firstTopic': 'Thema ohne Titel',
  'start.search': 'Nach Titel suchen',
  'start.voteNow': 'Sofort abstimmen',
};
