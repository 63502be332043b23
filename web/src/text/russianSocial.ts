import type { Message } from './catalog.ts';
import type { englishSocial } from './englishSocial.ts';

/** Тексты о напоминаниях, реакциях, лицах и о том, как сообщать. */
export const russianSocial: Record<keyof typeof englishSocial, Message> = {
  avatar: 'Ваш аватар',
  'avatar.colour': 'Цвет {count}',
  'nudge.all': {
    one: 'Поторопить {count} человека',
    few: 'Поторопить {count} человек',
    many: 'Поторопить {count} человек',
    other: 'Поторопить {count} человека',
  },
  'nudge.nobody': 'Проголосовали все.',
  'nudge.one': 'Поторопить: {name}',
  'nudge.received': '{name} ждёт вашу карту.',
  'nudge.sent': 'Напомнили: {names}',
  'nudge.tooSoon': 'Им напоминали меньше полминуты назад.',
  'reaction.AGREE': 'Согласие',
  'reaction.APPLAUD': 'Аплодисменты',
  'reaction.CELEBRATE': 'Ура',
  'reaction.LAUGH': 'Смех',
  'reaction.LOVE': 'Нравится',
  'reaction.THINK': 'Задумался',
  'reaction.menu': 'Реакция',
  'notices.legend': 'Сообщать, когда начался раунд, все проголосовали или меня торопят',
  'notices.sound': 'Звуком',
  'notices.title': 'В заголовке вкладки',
  'notices.vibration': 'Вибрацией',
};
