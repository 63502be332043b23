import type { ItemState, RoundOrigin, WriteBackState } from './model.ts';

/** The languages that reports are written in: those of the page. */
export type ExportLanguage = 'EN' | 'RU' | 'DE';

/** A text, or its plural forms chosen by the parameter `count`. `{name}` stands for a parameter. */
type Phrase = string | ({ readonly other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);

export type ExportKey =
  | `state.${ItemState}`
  | `origin.${RoundOrigin}`
  | `writeBack.${WriteBackState}`
  | `column.${'item' | 'title' | 'link' | 'state' | 'estimate' | 'origin' | 'reason' | 'rounds' | 'duration' | 'voted' | 'consensus'}`
  | `column.${'jira' | 'settledAt' | 'decision' | 'notes' | 'vote'}`
  | 'yes'
  | 'no'
  | 'turnout'
  | 'estimated'
  | 'inRounds'
  | 'agreed'
  | 'voters';

/** Finds a text and puts the parameters in. */
export type Say = (key: ExportKey, parameters?: Readonly<Record<string, string | number>>) => string;

const english: Readonly<Record<ExportKey, Phrase>> = {
  'state.PENDING': 'Waiting',
  'state.VOTING': 'Being voted on',
  'state.ESTIMATED': 'Estimated',
  'state.SKIPPED': 'Skipped',
  'state.DEFERRED': 'Deferred',
  'origin.VOTE': 'Vote',
  'origin.REVISION': 'Corrected',
  'origin.DIRECT': 'Without a vote',
  'writeBack.PENDING': 'On its way',
  'writeBack.WRITTEN': 'Written',
  'writeBack.SUPERSEDED': 'Replaced',
  'writeBack.CONFLICT': 'Conflict',
  'writeBack.FAILED': 'Failed',
  'writeBack.NOT_NEEDED': 'Not for Jira',
  'column.item': 'Item',
  'column.title': 'Title',
  'column.link': 'Link',
  'column.state': 'State',
  'column.estimate': 'Estimate',
  'column.origin': 'Estimated by',
  'column.reason': 'Reason',
  'column.rounds': 'Rounds',
  'column.duration': 'Duration',
  'column.voted': 'Voted',
  'column.consensus': 'Consensus',
  'column.jira': 'Jira',
  'column.settledAt': 'Settled at',
  'column.decision': 'Decision',
  'column.notes': 'Notes',
  'column.vote': 'Vote: {name}',
  yes: 'yes',
  no: 'no',
  turnout: '{voted} of {voters}',
  estimated: { one: '{done} of {count} item estimated', other: '{done} of {count} items estimated' },
  inRounds: { one: 'in {count} round', other: 'in {count} rounds' },
  agreed: 'Agreed on: {share}',
  voters: 'Voted in rounds: {names}.',
};

const russian: Readonly<Record<ExportKey, Phrase>> = {
  'state.PENDING': 'Ждёт',
  'state.VOTING': 'Голосование',
  'state.ESTIMATED': 'Оценено',
  'state.SKIPPED': 'Пропущено',
  'state.DEFERRED': 'Отложено',
  'origin.VOTE': 'Голосование',
  'origin.REVISION': 'Исправлено',
  'origin.DIRECT': 'Без голосования',
  'writeBack.PENDING': 'Отправляется',
  'writeBack.WRITTEN': 'Записано',
  'writeBack.SUPERSEDED': 'Заменено новым',
  'writeBack.CONFLICT': 'Конфликт',
  'writeBack.FAILED': 'Не записано',
  'writeBack.NOT_NEEDED': 'Не для Jira',
  'column.item': 'Пункт',
  'column.title': 'Название',
  'column.link': 'Ссылка',
  'column.state': 'Состояние',
  'column.estimate': 'Оценка',
  'column.origin': 'Как оценено',
  'column.reason': 'Причина',
  'column.rounds': 'Раунды',
  'column.duration': 'Длительность',
  'column.voted': 'Проголосовали',
  'column.consensus': 'Согласие',
  'column.jira': 'Jira',
  'column.settledAt': 'Когда оценено',
  'column.decision': 'Решение',
  'column.notes': 'Заметки',
  'column.vote': 'Голос: {name}',
  yes: 'да',
  no: 'нет',
  turnout: '{voted} из {voters}',
  estimated: {
    one: 'Оценено: {done} из {count} пункта',
    few: 'Оценено: {done} из {count} пунктов',
    many: 'Оценено: {done} из {count} пунктов',
    other: 'Оценено: {done} из {count} пункта',
  },
  inRounds: { one: 'за {count} раунд', few: 'за {count} раунда', many: 'за {count} раундов', other: 'за {count} раунда' },
  agreed: 'С согласием: {share}',
  voters: 'Голосовали в раундах: {names}.',
};

const german: Readonly<Record<ExportKey, Phrase>> = {
  'state.PENDING': 'Wartet',
  'state.VOTING': 'Abstimmung',
  'state.ESTIMATED': 'Geschätzt',
  'state.SKIPPED': 'Übersprungen',
  'state.DEFERRED': 'Zurückgestellt',
  'origin.VOTE': 'Abstimmung',
  'origin.REVISION': 'Korrigiert',
  'origin.DIRECT': 'Ohne Abstimmung',
  'writeBack.PENDING': 'Unterwegs',
  'writeBack.WRITTEN': 'Eingetragen',
  'writeBack.SUPERSEDED': 'Ersetzt',
  'writeBack.CONFLICT': 'Konflikt',
  'writeBack.FAILED': 'Nicht eingetragen',
  'writeBack.NOT_NEEDED': 'Nicht für Jira',
  'column.item': 'Eintrag',
  'column.title': 'Titel',
  'column.link': 'Link',
  'column.state': 'Status',
  'column.estimate': 'Schätzung',
  'column.origin': 'Geschätzt durch',
  'column.reason': 'Grund',
  'column.rounds': 'Runden',
  'column.duration': 'Dauer',
  'column.voted': 'Abgestimmt',
  'column.consensus': 'Einigung',
  'column.jira': 'Jira',
  'column.settledAt': 'Geschätzt am',
  'column.decision': 'Entscheidung',
  'column.notes': 'Notizen',
  'column.vote': 'Stimme: {name}',
  yes: 'ja',
  no: 'nein',
  turnout: '{voted} von {voters}',
  estimated: { one: '{done} von {count} Eintrag geschätzt', other: '{done} von {count} Einträgen geschätzt' },
  inRounds: { one: 'in {count} Runde', other: 'in {count} Runden' },
  agreed: 'Mit Einigung: {share}',
  voters: 'Abgestimmt in Runden: {names}.',
};

/** Every text of the exports, by language: a further language is a table like these. */
export const exportWords: Readonly<Record<ExportLanguage, Readonly<Record<ExportKey, Phrase>>>> = {
  EN: english,
  RU: russian,
  DE: german,
};

/** The texts of one language. */
export function createSay(language: ExportLanguage): Say {
  const plural = new Intl.PluralRules(language);
  return (key, parameters = {}) => {
    const phrase = exportWords[language][key];
    const template = typeof phrase === 'string' ? phrase : (phrase[plural.select(Number(parameters['count'] ?? 0))] ?? phrase.other);
    return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole));
  };
}
