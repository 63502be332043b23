import { createStore, useStore } from '../store.ts';
import type { Catalog, LaterKey, Message, TextKey } from './catalog.ts';
import { english } from './english.ts';
import { type Language, languageCodes, languages } from './languages.ts';

export type Parameters = Readonly<Record<string, string | number>>;
export type Translate<Later extends LaterKey = never> = (key: TextKey | Later, parameters?: Parameters) => string;

interface Spoken {
  readonly language: Language;
  readonly translate: Translate<LaterKey>;
}

const storageKey = 'tally.language';

const laterEnglish: Partial<Record<LaterKey, Message>> = {};

/** English texts that came with a part of the page. */
export function addEnglish(texts: Readonly<Partial<Record<LaterKey, Message>>>): void {
  Object.assign(laterEnglish, texts);
}

/** A function that finds a text of the catalog and puts the parameters in; numbers are written as the language does. */
export function createTranslate(language: Language, catalog: Catalog): Translate<LaterKey> {
  const plural = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  return (key, parameters = {}) => {
    const message = catalog[key] ?? laterEnglish[key as LaterKey] ?? key;
    const template = typeof message === 'string' ? message : (message[plural.select(Number(parameters['count'] ?? 0))] ?? message.other);
    return template.replace(/\{(\w+)\}/gu, (whole, name: string) => {
      const value = parameters[name];
      return typeof value === 'number' ? number.format(value) : (value ?? whole);
    });
  };
}

const spoken = createStore<Spoken>({ language: 'en', translate: createTranslate('en', english) });

/** The texts of the current language, for components. */
export function useText(): Translate {
  return useStore(spoken).translate;
}

/** The texts of the current language at this moment, outside components. */
export function currentText(): Translate {
  return spoken.get().translate;
}

export function useLanguage(): Language {
  return useStore(spoken).language;
}

/** Switches the language and remembers it; its catalog is loaded when it is first needed. */
export async function setLanguage(language: Language): Promise<void> {
  const catalog = await languages[language].load();
  localStorage.setItem(storageKey, language);
  document.documentElement.lang = language;
  spoken.set({ language, translate: createTranslate(language, catalog) });
}

/** The language chosen before, else the browser's when we have it, else English. */
export function findPreferredLanguage(): Language {
  const wanted = (localStorage.getItem(storageKey) ?? navigator.language).toLowerCase();
  return languageCodes.find((code) => wanted.startsWith(code)) ?? 'en';
}
