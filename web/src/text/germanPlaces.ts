import type { Catalog } from './catalog.ts';
import type { englishPlaces } from './englishPlaces.ts';

/** The texts of places, links and what is to be forgotten, in German. */
export const germanPlaces: Pick<Catalog, keyof typeof englishPlaces> = {
  'delete.open': 'Sitzung löschen …',
  removeName: 'Namen entfernen',
  'removeName.title': 'Den Namen von {name} entfernen?',
  'removeName.lead': 'Die Stimmen bleiben, als die von „Former participant“. Der Name lässt sich nicht zurückholen.',
  'people.left': { one: '{count} ist gegangen', other: '{count} sind gegangen' },
  'people.readmit': 'Wieder hereinlassen',
  'lead.now': '{name} leitet die Sitzung jetzt.',
  'lead.you': 'Du leitest die Sitzung jetzt.',
  'lead.withoutJira': 'Du leitest ohne Zugriff auf Jira: Melde dich an, um dort zu suchen. Schätzungen werden trotzdem geschrieben.',
  'join.ask': 'Um Einlass bitten',
  'join.byApproval': 'Ein Moderator lässt die Leute herein: Sag, wer du bist, und warte dann hier.',
  'waiting.lead': 'Du hast um Einlass gebeten. Sobald ein Moderator dich hereinlässt, geht es hier von selbst weiter.',
  'waiting.declined': 'Du wurdest nicht hereingelassen. Wenn das ein Versehen war, bitte noch einmal.',
  'waiting.again': 'Noch einmal bitten',
  'waiting.stop': 'Nicht länger warten',
  'waiting.title': { one: '{count} wartet auf Einlass', other: '{count} warten auf Einlass' },
  'waiting.asks': '{name} bittet um Einlass.',
  'waiting.many': { one: '{count} Person bittet um Einlass.', other: '{count} Personen bitten um Einlass.' },
  'waiting.admit': 'Hereinlassen',
  'waiting.admitName': 'Hereinlassen: {name}',
  'waiting.admitAll': 'Alle hereinlassen',
  'waiting.decline': 'Ablehnen',
  'waiting.declineName': 'Ablehnen: {name}',
  'waiting.declineAll': 'Alle ablehnen',
};
