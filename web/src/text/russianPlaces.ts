import type { Catalog } from './catalog.ts';
import type { englishPlaces } from './englishPlaces.ts';

/** The texts of places, links and what is to be forgotten, in Russian. */
export const russianPlaces: Pick<Catalog, keyof typeof englishPlaces> = {
  'delete.open': 'Удалить сессию…',
  removeName: 'Удалить имя',
  'removeName.title': 'Удалить имя {name}?',
  'removeName.lead': 'Голоса останутся как голоса «Former participant». Имя вернуть нельзя.',
  'people.left': { one: '{count} вышел', few: '{count} вышли', many: '{count} вышли', other: '{count} вышли' },
  'people.readmit': 'Впустить снова',
  'lead.now': 'Теперь сессию ведёт {name}.',
  'lead.you': 'Теперь сессию ведёте вы.',
  'lead.withoutJira': 'Вы ведёте без доступа к Jira: войдите, чтобы искать в ней. Оценки всё равно записываются.',
  'join.ask': 'Попроситься',
  'join.byApproval': 'Участников впускает ведущий: представьтесь и подождите здесь.',
  'waiting.lead': 'Вы попросились войти. Когда ведущий вас впустит, страница продолжит сама.',
  'waiting.declined': 'Вас не впустили. Если это ошибка, попроситесь ещё раз.',
  'waiting.again': 'Попроситься ещё раз',
  'waiting.stop': 'Больше не ждать',
  'waiting.title': { one: 'Ждёт входа: {count}', few: 'Ждут входа: {count}', many: 'Ждут входа: {count}', other: 'Ждут входа: {count}' },
  'waiting.asks': '{name} просится войти.',
  'waiting.many': {
    one: '{count} человек просится войти.',
    few: '{count} человека просятся войти.',
    many: '{count} человек просятся войти.',
    other: '{count} человека просятся войти.',
  },
  'waiting.admit': 'Впустить',
  'waiting.admitName': 'Впустить: {name}',
  'waiting.admitAll': 'Впустить всех',
  'waiting.decline': 'Отказать',
  'waiting.declineName': 'Отказать: {name}',
  'waiting.declineAll': 'Отказать всем',
};
