import { boundReasons, DomainError, type ReasonValues, toReasonedError } from '../../../../kit/process/errors.ts';

/** What the reasons below call `field`: an argument, or a part of one. */
export const inputFields = ['comment', 'estimate', 'first', 'jql', 'keys', 'text'] as const;

type InputField = (typeof inputFields)[number];

/** Why INVALID_INPUT, JQL_INVALID or JIRA_FORBIDDEN, by `extensions.reason`; docs/errors.md lists them. */
export const inputReasons = {
  ...boundReasons,
  BOARD_ID: "A board's id is a number; got: {given}",
  FIELD_HOLDS_TEXT: '{fieldName} of {key} holds “{held}”, which is no number: clear it in Jira first.',
  FIELD_OPTION: '{fieldName} has no option for {value}: it has {options}.',
  FIELD_TYPE: '{fieldName} is a field of the type “{type}”, which takes no number: name another field in {variable}.',
  ISSUE_KEY: 'An issue key looks like PROJ-123; got: {given}',
  JQL_NAMES_TOO_MANY: 'A JQL names at most {most} issues.',
  JQL_NAMES_UNKNOWN: 'The JQL names an issue that does not exist, or that Jira does not show to us.',
  JQL_ORDER: 'ORDER BY takes fields only, no parentheses.',
  JQL_PARENTHESES_OPEN: 'Parentheses that are not closed: {open}.',
  JQL_PARENTHESIS_CLOSES: "The ')' at character {character} closes nothing.",
  JQL_QUOTE_OPEN: 'A quoted string has not been completed.',
  JQL_TOO_DEEP: 'Parentheses may be {most} deep.',
  NOTHING_RECOGNISED: 'The text has neither a JQL, an issue key nor plain words in it.',
  TOKEN_SCOPE: 'Jira knows the token, but the token lacks the scope for this: make one that has it.',
  TRACK_ID_FORM: 'A track is 1 to 32 letters, digits, - and _.',
} as const;

/** Reasons whose message is made elsewhere, with the values that they come with. */
export const jiraReasons = { JIRA_SAYS: '{said}', JIRA_SILENT: '{status}', credentials: '' } as const;

type InputReason = keyof typeof inputReasons;
type ReasonedCode = 'INVALID_INPUT' | 'JQL_INVALID' | 'JIRA_FORBIDDEN';

/** An input that is refused, with its reason. */
export function inputError<Reason extends InputReason>(
  reason: Reason,
  values: ReasonValues<(typeof inputReasons)[Reason], InputField>,
  code: ReasonedCode = 'INVALID_INPUT',
): DomainError<ReasonedCode> {
  return toReasonedError(code, reason, inputReasons[reason], values);
}

/** What Jira refuses without a word. */
export function silentJira<Code extends string>(code: Code, status: number, message: string): DomainError<Code> {
  return new DomainError(code, message, { reason: 'JIRA_SILENT', values: { status } });
}

/** What Jira itself refuses, in its words; `message` has them, too. */
export function saidByJira<Code extends string>(code: Code, said: string, message = said): DomainError<Code> {
  return new DomainError(code, message, { reason: 'JIRA_SAYS', values: { said } });
}
