import type { english } from './english.ts';
import type { englishLater } from './englishLater.ts';

export type TextKey = keyof typeof english;
/** Of texts that come with the parts that show them. */
export type LaterKey = keyof typeof englishLater;
/** A text, or its plural forms chosen by the parameter `count`. `{name}` stands for a parameter. */
export type Message = string | ({ readonly other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);
export type Catalog = Readonly<Record<TextKey, Message> & Partial<Record<LaterKey, Message>>>;
