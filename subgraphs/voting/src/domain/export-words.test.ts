import { describe, expect, it } from 'vitest';
import { createSay, type ExportKey, type ExportLanguage, exportWords } from './export-words.ts';

const keys = Object.keys(exportWords.EN) as ExportKey[];
const formsOf = (phrase: (typeof exportWords.EN)[ExportKey]) => (typeof phrase === 'string' ? [phrase] : Object.values(phrase));
const parametersOf = (template: string) => [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe.each(Object.keys(exportWords) as ExportLanguage[])('the words of exports in %s', (language) => {
  it.each(keys)('say %s, with the parameters of the English text', (key) => {
    for (const form of formsOf(exportWords[language][key])) {
      expect(form.trim()).not.toBe('');
      expect(parametersOf(form)).toEqual(parametersOf(formsOf(exportWords.EN[key]).at(-1) ?? ''));
    }
  });

  it('have every plural form that the language needs', () => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    for (const key of keys) {
      const phrase = exportWords[language][key];
      if (typeof phrase !== 'string') expect(Object.keys(phrase).toSorted(), key).toEqual(needed);
    }
  });
});

it.each<[ExportLanguage, readonly string[]]>([
  ['EN', ['in 1 round', 'in 2 rounds', 'in 5 rounds', 'in 21 rounds']],
  ['RU', ['за 1 раунд', 'за 2 раунда', 'за 5 раундов', 'за 21 раунд']],
  ['DE', ['in 1 Runde', 'in 2 Runden', 'in 5 Runden', 'in 21 Runden']],
])('%s: numbers choose their own form', (language, said) => {
  expect([1, 2, 5, 21].map((count) => createSay(language)('inRounds', { count }))).toEqual(said);
});
