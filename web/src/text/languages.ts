import type { Catalog } from './catalog.ts';
import { english } from './english.ts';

interface LanguageEntry {
  /** In the language itself. */
  readonly name: string;
  readonly load: () => Promise<Catalog>;
}

/** The page's languages: a further one is its catalog, and a line here. */
export const languages = {
  en: { name: 'English', load: async () => english },
  ru: { name: 'Русский', load: async () => (await import('./russian.ts')).russian },
  de: { name: 'Deutsch', load: async () => ({ ...english, ...(await import('./german.ts')).german }) },
} as const satisfies Readonly<Record<string, LanguageEntry>>;

export type Language = keyof typeof languages;

export const languageCodes = Object.keys(languages) as Language[];
