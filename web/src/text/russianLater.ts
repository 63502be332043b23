import type { Message } from './catalog.ts';
import type { englishLater } from './englishLater.ts';

/** The texts of parts that are loaded when they are first shown, in Russian. */
export const russianLater: Record<keyof typeof englishLater, Message> = {
  'decision.is': 'Решение:',
  'decision.label': 'Решение своими словами (необязательно)',
  'decision.title': 'Что решили',
  'references.epic': 'тот же эпик',
  'references.similar': 'Похожие задачи и их оценки',
  'references.size': 'Что было на {label}?',
  'references.title': 'Прежние оценки для сравнения',
  'references.words': 'в названии: {words}',
  'settings.commentDecisions': 'Добавлять решение в Jira комментарием',
  'import.jqlUsed': 'Поиск по JQL:',
  'note.label': 'Причина или вопрос к вашей карте, видны после вскрытия',
  'note.placeholder': 'Почему? Или вопрос… (необязательно)',
  'notes.title': 'Что написали',
};
