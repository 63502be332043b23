import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { expect, test } from 'vitest';
import { type Language, languages } from '../text/languages.ts';
import { createTranslate } from '../text/text.ts';
import { isPassing, toErrorText } from './errors.ts';

const say = async (language: Language, message: string, extensions: Readonly<Record<string, unknown>>) =>
  toErrorText(
    new CombinedGraphQLErrors({ errors: [{ message, extensions }] }),
    createTranslate(language, await languages[language].load()),
  );

const tooLong = { code: 'INVALID_INPUT', reason: 'TOO_LONG', values: { field: 'title', length: 1300, most: 120 } };

test.each<[Language, string]>([
  ['en', 'Something isn’t valid: “Title” is 1,300 characters long; 120 are allowed.'],
  ['ru', 'Что-то указано неверно: «Название»: длина 1\u00a0300, а можно не больше 120.'],
  ['de', 'Etwas ist nicht gültig: „Titel“ ist 1.300 Zeichen lang; erlaubt sind 120.'],
])('%s: a reason is said in the page’s language, its field by its name', async (language, said) => {
  expect(await say(language, 'title has 1300 characters; 120 are allowed.', tooLong)).toBe(said);
});

test.each<[Language, string]>([
  ['en', 'Jira doesn’t accept this JQL: “Field ‘colour’ does not exist.”'],
  ['ru', 'Jira не принимает этот JQL: «Field ‘colour’ does not exist.»'],
  ['de', 'Jira nimmt diese JQL nicht an: „Field ‘colour’ does not exist.“'],
])('%s: words of Jira are quoted as Jira’s', async (language, said) => {
  const message = 'Field ‘colour’ does not exist.';
  expect(await say(language, message, { code: 'JQL_INVALID', reason: 'JIRA_SAYS', values: { said: message } })).toBe(said);
});

test('a service that names no reason, or one that this page does not know, is quoted only where nothing else says what is wrong', async () => {
  expect(await say('en', 'At most 3.', { code: 'INVALID_INPUT' })).toBe('Something isn’t valid: At most 3.');
  expect(await say('en', 'At most 3.', { code: 'INVALID_INPUT', reason: 'NEWER', values: null })).toBe('Something isn’t valid: At most 3.');
  expect(await say('en', 'Jira refuses.', { code: 'JIRA_FORBIDDEN' })).toBe('Jira does not allow this.');
});

test('what could not be had at a moment is asked for again, in any part of an answer; what is gone or forbidden is not', () => {
  const failed = (...codes: string[]) =>
    new CombinedGraphQLErrors({ errors: codes.map((code) => ({ message: 'no', extensions: { code } })) });
  for (const code of ['JIRA_UNAVAILABLE', 'JIRA_RATE_LIMITED', 'SUBGRAPH_TIMEOUT', 'SUBGRAPH_UNAVAILABLE', 'STORE_UNAVAILABLE'])
    expect(isPassing(failed('ISSUE_NOT_FOUND', code)), code).toBe(true);
  for (const code of ['ISSUE_NOT_FOUND', 'JIRA_FORBIDDEN', 'SESSION_NOT_FOUND', 'TOKEN_EXPIRED'])
    expect(isPassing(failed(code)), code).toBe(false);
  expect(isPassing(undefined)).toBe(false);
});
