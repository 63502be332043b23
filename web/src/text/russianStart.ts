import type { Message } from './catalog.ts';
import type { englishStart } from './englishStart.ts';

/** Тексты о том, как сессия начинается, продолжается в следующей и получает очередь. */
export const russianStart: Record<keyof typeof englishStart, Message> = {
  'import.topicTooLong': 'В строке {line} больше {length} символов.',
  quickAdd: 'Добавить в очередь',
  'quickAdd.hint': 'Ключ, ссылка или тема',
  'quickAdd.known': 'Уже в очереди: {keys}',
  'session.again': 'Ещё раз так же',
  'start.firstTopic': 'Тема без названия',
  'start.search': 'Поиск по названию',
  'start.voteNow': 'Голосовать сразу',
};
