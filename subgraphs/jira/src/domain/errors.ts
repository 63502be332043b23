import { DomainError } from '../../../../kit/process/errors.ts';

/** Every code that the jira subgraph gives a client; docs/errors.md explains each. */
export const jiraErrorCodes = [
  'BOARD_NOT_FOUND',
  'CALLER_NOT_ALLOWED',
  'CURSOR_INVALID',
  'IDENTITY_UNAVAILABLE',
  'INVALID_INPUT',
  'ISSUE_NOT_FOUND',
  'JIRA_FIELD_MISSING',
  'JIRA_FIELD_NOT_ON_SCREEN',
  'JIRA_FORBIDDEN',
  'JIRA_RATE_LIMITED',
  'JIRA_UNAVAILABLE',
  'JQL_INVALID',
  'NOT_PERMITTED',
  'PICTURE_NOT_FOUND',
  'PICTURE_TOO_LARGE',
  'TOKEN_EXPIRED',
  'TOKEN_INVALID',
  'UNAUTHENTICATED',
] as const;

export type JiraErrorCode = (typeof jiraErrorCodes)[number];

export type JiraError = DomainError<JiraErrorCode>;

/**
 * An error of any code but those that have reasons (`inputError`, `saidByJira`, `credentialsRefused`). `details.retryAfterSeconds` belongs to JIRA_RATE_LIMITED, and to JIRA_UNAVAILABLE where it is known.
 */
export function jiraError(
  code: Exclude<JiraErrorCode, 'INVALID_INPUT' | 'JQL_INVALID' | 'JIRA_FORBIDDEN'>,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): JiraError {
  return new DomainError(code, message, details);
}

const credentials = 'credentials';

/** JIRA_FORBIDDEN with `reason: credentials`: Jira does not know who we are, so its answer says nothing about what was asked for. */
export function credentialsRefused(message: string): JiraError {
  return new DomainError<JiraErrorCode>('JIRA_FORBIDDEN', message, { reason: credentials, values: {} });
}

/** Whether an operator has to mend our credentials. */
export function isCredentialsRefused(error: unknown): error is JiraError {
  return error instanceof DomainError && error.details['reason'] === credentials;
}

/** ISSUE_NOT_FOUND: Jira does not tell a hidden issue from none. */
export function issueNotFound(key: string): JiraError {
  return jiraError('ISSUE_NOT_FOUND', `Jira has no issue ${key}, or does not show it to us.`);
}

/** True for a failure that says nothing about the issue itself, only that Jira could not be asked now. */
export function isTransient(error: unknown): boolean {
  return (
    error instanceof DomainError && (error.code === 'JIRA_UNAVAILABLE' || error.code === 'JIRA_RATE_LIMITED' || isCredentialsRefused(error))
  );
}
