import { expect, test } from 'vitest';
import type { EstimatePartsFragment, ResultPartsFragment, SuggestionReason } from '../generated/graph.ts';
import { english } from '../text/english.ts';
import { russian } from '../text/russian.ts';
import { createTranslate } from '../text/text.ts';
import { toSuggestionReason, toWriteBackReason } from './reasons.ts';

const cards = [
  { label: '½', value: 0.5, kind: 'NUMBER' },
  { label: '8', value: 8, kind: 'NUMBER' },
] as const;

function resultOf(reasonCode: SuggestionReason): ResultPartsFragment {
  const suggestion = { value: 8, rule: 'MEDIAN', reason: 'English of the server', reasonCode } as const;
  return {
    median: 4.25,
    min: 0.5,
    max: 8,
    numericCount: 4,
    distribution: [{ count: 3, card: { value: suggestion.value } }],
    suggestion,
  } as unknown as ResultPartsFragment;
}

const writeBack = (fields: Partial<EstimatePartsFragment['writeBack']>): EstimatePartsFragment['writeBack'] => ({
  state: 'FAILED',
  attempts: 1,
  reason: 'English of the server',
  reasonCode: null,
  valueInJira: null,
  writtenAt: null,
  ...fields,
});

test('a suggestion gives its reason in the language of the page, with cards by their labels', () => {
  expect(toSuggestionReason(resultOf('NEAREST_TO_MEDIAN'), cards, createTranslate('en', english))).toBe(
    'The median is 4.25; the nearest card is 8.',
  );
  expect(toSuggestionReason(resultOf('TOO_FAR_APART'), cards, createTranslate('ru', russian))).toContain('от ½ до 8');
  expect(toSuggestionReason(resultOf('MAJORITY'), cards, createTranslate('ru', russian))).toContain('75');
});

test('a failure is said in the language of the page; Jira’s own words follow where only they explain', () => {
  const text = createTranslate('ru', russian);
  for (const reasonCode of ['FIELD_NOT_ON_SCREEN', 'FIELD_HOLDS_TEXT', 'FIELD_OPTION', 'FIELD_TYPE'] as const)
    expect(toWriteBackReason(writeBack({ reasonCode }), text)).not.toContain('English');
  expect(toWriteBackReason(writeBack({ reasonCode: 'REFUSED' }), text)).toMatch(/[а-я].*English of the server/u);
  expect(toWriteBackReason(writeBack({ reason: null }), text)).toBe('Не записано в Jira');
});
