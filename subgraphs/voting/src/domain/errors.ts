import { DomainError } from '../../../../kit/process/errors.ts';

/** Every code that the voting subgraph gives a client; docs/errors.md explains each. */
export const votingErrorCodes = [
  'UNAUTHENTICATED',
  'TOKEN_INVALID',
  'TOKEN_EXPIRED',
  'NOT_PERMITTED',
  'SIGN_IN_REQUIRED',
  'IDENTITY_UNAVAILABLE',
  'CALLER_NOT_ALLOWED',
  'NOT_A_PARTICIPANT',
  'NOT_A_FACILITATOR',
  'SESSION_NOT_FOUND',
  'SESSION_CLOSED',
  'SESSION_PAUSED',
  'SESSION_CHANGED',
  'SESSION_BUSY',
  'SESSION_FULL',
  'SESSION_LOCKED',
  'APPROVAL_REQUIRED',
  'APPROVAL_PENDING',
  'WAITING_ROOM_FULL',
  'INVITE_NOT_FOUND',
  'LINK_NOT_FOUND',
  'WRITE_BACKS_PENDING',
  'PARTICIPANT_NOT_FOUND',
  'LAST_FACILITATOR',
  'ITEM_NOT_FOUND',
  'ITEM_IN_USE',
  'TOO_MANY_ITEMS',
  'INCOMPLETE_ORDER',
  'NOTHING_TO_ESTIMATE',
  'ROUND_NOT_FOUND',
  'ROUND_NOT_OPEN',
  'ROUND_NOT_REVEALED',
  'ROUND_ALREADY_OPEN',
  'ESTIMATE_NOT_FOUND',
  'NO_CONFLICT',
  'NOT_ESTIMATED',
  'ALREADY_ESTIMATED',
  'NOT_IN_ROSTER',
  'CARD_NOT_IN_DECK',
  'UNKNOWN_TRACK',
  'UNKNOWN_DECK',
  'INVALID_DECK',
  'INVALID_INPUT',
  'REQUEST_ID_REUSED',
  'CURSOR_EXPIRED',
  'CURSOR_INVALID',
  'RATE_LIMITED',
  'JQL_INVALID',
  'JIRA_UNAVAILABLE',
  'JIRA_RATE_LIMITED',
  'JIRA_FORBIDDEN',
  'STORE_UNAVAILABLE',
] as const;

export type VotingErrorCode = (typeof votingErrorCodes)[number];

/** Refused by `refuseInput`, whose reasons a client can say in its own language. */
type ReasonedCode = 'INVALID_INPUT' | 'INVALID_DECK';

/** Refuses with a `DomainError`; an expression, so that it may stand behind `??`. `details` are further facts for the client. */
export function refuse(
  code: Exclude<VotingErrorCode, ReasonedCode>,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): never {
  throw new DomainError<VotingErrorCode>(code, message, details);
}
