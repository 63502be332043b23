import { describe, expect, it } from 'vitest';
import { DomainError } from '../../../../kit/process/errors.ts';
import { credentialsRefused, isCredentialsRefused, issueNotFound, isTransient, jiraErrorCodes } from './errors.ts';
import { saidByJira, silentJira } from './reasons.ts';

const ofJira = jiraErrorCodes.map((code) => [code, new DomainError(code, 'x')] as const);
const others: readonly (readonly [string, unknown])[] = [
  ['what Jira refuses in its own words', saidByJira('JIRA_FORBIDDEN', 'No.')],
  ['a missing issue', issueNotFound('SHOP-1')],
  ['an error without a code', new Error('JIRA_UNAVAILABLE')],
  ['an answer that looks like one of our errors', { code: 'JIRA_UNAVAILABLE', details: { reason: 'credentials' } }],
  ['nothing', undefined],
];

describe('a failure', () => {
  it('says nothing about the issue when Jira is away, wants fewer requests, or does not know us', () => {
    const transient = [...ofJira, ...others, ['credentials', credentialsRefused('Mend the token.')] as const]
      .filter(([, error]) => isTransient(error))
      .map(([name]) => name);
    expect(transient).toEqual(['JIRA_RATE_LIMITED', 'JIRA_UNAVAILABLE', 'credentials']);
  });

  it.each([...ofJira, ...others])('%s is not about our credentials', (_name, error) => {
    expect(isCredentialsRefused(error)).toBe(false);
  });
});

it('refused credentials are JIRA_FORBIDDEN with the reason `credentials`, and say what to mend', () => {
  const error = credentialsRefused('Mend the token.');
  expect(isCredentialsRefused(error)).toBe(true);
  expect(error).toMatchObject({ code: 'JIRA_FORBIDDEN', message: 'Mend the token.', details: { reason: 'credentials', values: {} } });
});

it('what Jira refuses comes with its words, or with its status when it says none', () => {
  expect(saidByJira('JIRA_FORBIDDEN', 'No.').details).toEqual({ reason: 'JIRA_SAYS', values: { said: 'No.' } });
  expect(silentJira('JIRA_FORBIDDEN', 403, 'Jira answers 403.')).toMatchObject({
    code: 'JIRA_FORBIDDEN',
    message: 'Jira answers 403.',
    details: { reason: 'JIRA_SILENT', values: { status: 403 } },
  });
});

it('ISSUE_NOT_FOUND names the issue', () => {
  expect(issueNotFound('SHOP-1')).toMatchObject({ code: 'ISSUE_NOT_FOUND', message: expect.stringContaining('SHOP-1') });
});
