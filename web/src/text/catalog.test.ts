import { expect, test } from 'vitest';
import type { Message, TextKey } from './catalog.ts';
import { english } from './english.ts';
import { russian } from './russian.ts';
import { createTranslate } from './text.tsx';

const keys = Object.keys(english) as TextKey[];
const formsOf = (message: Message) => (typeof message === 'string' ? [message] : Object.values(message));
const parametersOf = (template: string) => [...new Set([...template.matchAll(/\{(\w+)\}/gu)].map((match) => match[1]))].sort();

test('both catalogs have the same texts', () => {
  expect(Object.keys(russian).sort()).toEqual([...keys].sort());
});

test('no text is empty', () => {
  for (const key of keys) for (const form of [...formsOf(english[key]), ...formsOf(russian[key])]) expect(form.trim(), key).not.toBe('');
});

test('a text has the same parameters in both languages, in each plural form', () => {
  for (const key of keys) {
    const wanted = parametersOf(formsOf(english[key]).at(-1) ?? '');
    for (const form of formsOf(russian[key])) expect(parametersOf(form), key).toEqual(wanted);
  }
});

test('a text with plural forms has every form that Russian needs', () => {
  const needed = new Intl.PluralRules('ru').resolvedOptions().pluralCategories;
  for (const key of keys) {
    if (typeof english[key] !== 'string') expect(Object.keys(russian[key] as object).sort(), key).toEqual([...needed].sort());
  }
});

test('Russian numbers choose their own form', () => {
  const translate = createTranslate('ru', russian);
  expect([1, 2, 5, 21].map((count) => translate('points', { count }))).toEqual(['1 балл', '2 балла', '5 баллов', '21 балл']);
});
