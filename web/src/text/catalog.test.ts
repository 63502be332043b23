import { describe, expect, test } from 'vitest';
import type { LaterKey, Message, TextKey } from './catalog.ts';
import { english } from './english.ts';
import { englishLater } from './englishLater.ts';
import { german } from './german.ts';
import { type Language, languageCodes, languages } from './languages.ts';
import { createTranslate } from './text.ts';

// Some English texts come with the parts that show them.
const whole = { ...english, ...englishLater };
const keys = Object.keys(whole) as (TextKey | LaterKey)[];
const load = async (code: Language) => ({ ...(code === 'en' ? englishLater : {}), ...(await languages[code].load()) }) as typeof whole;

const formsOf = (message: Message) => (typeof message === 'string' ? [message] : Object.values(message));
const parametersOf = (template: string) => [...new Set([...template.matchAll(/\{(\w+)\}/gu)].map((match) => match[1]))].sort();

describe.each(languageCodes.map((code) => [languages[code].name, code] as const))('the catalog in %s', (_name, code) => {
  test('has every text, and no other', async () => {
    expect(Object.keys(await load(code)).sort()).toEqual([...keys].sort());
  });

  test('has no empty text', async () => {
    const catalog = await load(code);
    for (const key of keys) for (const form of formsOf(catalog[key])) expect(form.trim(), key).not.toBe('');
  });

  test('has the parameters of the English text in each plural form, but for a number said as a word', async () => {
    const catalog = await load(code);
    for (const key of keys) {
      const wanted = parametersOf(formsOf(whole[key]).at(-1) ?? '');
      expect(parametersOf(formsOf(catalog[key]).at(-1) ?? ''), key).toEqual(wanted);
      for (const form of formsOf(catalog[key])) for (const parameter of parametersOf(form)) expect(wanted, key).toContain(parameter);
    }
  });

  test('has every plural form that the language needs', async () => {
    const catalog = await load(code);
    const needed = new Intl.PluralRules(code).resolvedOptions().pluralCategories;
    for (const key of keys) {
      if (typeof whole[key] !== 'string') expect(Object.keys(catalog[key] as object).sort(), key).toEqual([...needed].sort());
    }
  });
});

test('the catalog in Deutsch has every text of its own', () => {
  expect(keys.filter((key) => german[key] === undefined)).toEqual([]);
});

test.each<[Language, readonly string[]]>([
  ['en', ['1 point', '2 points', '5 points', '21 points']],
  ['ru', ['1 балл', '2 балла', '5 баллов', '21 балл']],
  ['de', ['1 Punkt', '2 Punkte', '5 Punkte', '21 Punkte']],
])('%s: numbers choose their own form', async (code, said) => {
  const translate = createTranslate(code, await languages[code].load());
  expect([1, 2, 5, 21].map((count) => translate('points', { count }))).toEqual(said);
});
