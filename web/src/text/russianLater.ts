import type { Message } from './catalog.ts';
import type { englishLater } from './englishLater.ts';

/** The texts of parts that are loaded when they are first shown, in Russian. */
export const russianLater: Record<keyof typeof englishLater, Message> = {
  'note.label': 'Причина или вопрос к вашей карте, видны после вскрытия',
  'note.placeholder': 'Почему? Или вопрос… (необязательно)',
  'notes.title': 'Что написали',
};
