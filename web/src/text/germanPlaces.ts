import type { Catalog } from './catalog.ts';
import type { englishPlaces } from './englishPlaces.ts';

/** The texts of places, links and what is to be forgotten, in German. */
export const germanPlaces: Pick<Catalog, keyof typeof englishPlaces> = {
  'reportLink.open': 'Bericht teilen',
  'reportLink.title': 'Bericht teilen',
  'reportLink.lead':
    'Wer so einen Link hat, liest den Bericht, ohne teilzunehmen, auch wenn die Sitzung geschlossen ist. Verdeckte Karten bleiben verdeckt.',
  'reportLink.create': 'Link erstellen',
  'reportLink.link': 'Link zum Bericht',
  'reportLink.qr': 'QR-Code des Links zum Bericht',
  'reportLink.once': 'Jetzt kopieren: Der Link wird nicht noch einmal gezeigt.',
  'reportLink.made': 'Erstellt am {when} von {name}',
  'reportLink.none': 'Zu diesem Bericht gibt es keinen Link.',
  'reportLink.revoke': 'Widerrufen',
  'reportLink.revokeOf': 'Link widerrufen: {made}',
  'reportLink.gone':
    'Dieser Link führt zu keinem Bericht mehr: Er wurde widerrufen, oder die Sitzung wurde gelöscht. Lass dir einen neuen geben.',
  'delete.open': 'Sitzung löschen …',
  'delete.title': '„{title}“ löschen?',
  'delete.lead': 'Stimmen, Schätzungen und Namen sind endgültig weg, für alle. Was in Jira steht, bleibt dort.',
  'delete.pending': {
    one: '{count} Schätzung ist noch auf dem Weg zu Jira. Sie kommt nicht an, wenn du jetzt löschst.',
    other: '{count} Schätzungen sind noch auf dem Weg zu Jira. Sie kommen nicht an, wenn du jetzt löschst.',
  },
  'delete.discard': { one: 'Löschen, ohne diese Schätzung zu senden', other: 'Löschen, ohne diese {count} Schätzungen zu senden' },
  'delete.confirm': 'Endgültig löschen',
  'delete.done': '„{title}“ ist gelöscht.',
  signOutElsewhere: 'Überall sonst abmelden',
  'signOutElsewhere.title': 'Überall sonst abmelden?',
  'signOutElsewhere.lead':
    'Deine anderen Geräte und Browser kommen nicht mehr in diese Sitzung zurück; wer gerade drin ist, fliegt innerhalb einer Stunde raus. Dieses Gerät bleibt.',
  'signOutElsewhere.done': 'Nur dieses Gerät kommt jetzt noch zurück.',
  removeName: 'Namen entfernen',
  'removeName.title': 'Den Namen von {name} entfernen?',
  'removeName.lead': 'Die Stimmen bleiben, als die von „Former participant“. Der Name lässt sich nicht zurückholen.',
  'removeName.own': 'Gehen und meinen Namen entfernen',
  'removeName.ownLead':
    'Du verlässt die Sitzung, deine Stimmen bleiben als die von „Former participant“. Der Name lässt sich nicht zurückholen.',
  'removeName.ownConfirm': 'Ohne Namen gehen',
  'people.left': { one: '{count} ist gegangen', other: '{count} sind gegangen' },
  'people.readmit': 'Wieder hereinlassen',
  'lead.now': '{name} leitet die Sitzung jetzt.',
  'lead.you': 'Du leitest die Sitzung jetzt.',
  'lead.withoutJira': 'Du leitest ohne Zugriff auf Jira: Melde dich an, um dort zu suchen. Schätzungen werden trotzdem geschrieben.',
};
