import type { english } from './english.ts';

export type TextKey = keyof typeof english;
/** A text, or its plural forms chosen by the parameter `count`. `{name}` stands for a parameter. */
export type Message = string | ({ readonly other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);
export type Catalog = Readonly<Record<TextKey, Message>>;
