import { boundReasons, type ReasonValues, toReasonedError } from '../../../../kit/process/errors.ts';

/** What the reasons below call `field`: an argument, or a part of one. */
export const inputFields = [
  'autoRevealSeconds',
  'avatarTint',
  'cardLabel',
  'cards',
  'decision',
  'discipline',
  'estimates',
  'first',
  'jql',
  'keys',
  'name',
  'note',
  'participantIds',
  'reason',
  'refreshSecrets',
  'successionSeconds',
  'successors',
  'timerSeconds',
  'title',
  'topic',
  'topics',
  'trackLabel',
  'tracks',
] as const;

type InputField = (typeof inputFields)[number];

/** Why INVALID_INPUT or INVALID_DECK, by `extensions.reason`; docs/errors.md lists them. */
export const inputReasons = {
  ...boundReasons,
  AVATAR_TAKEN: 'Somebody in the session has this avatar already.',
  AVATAR_UNKNOWN: 'An avatar is one of {offered}.',
  CARD_KIND: 'Card "{card}" has a number, so its kind is NUMBER, not {kind}.',
  CARD_TWICE: 'Two cards have the label "{card}".',
  CARD_VALUE: 'Card "{card}" has the value {value}; values are 0 to {most} with at most three decimals.',
  EITHER: 'Give either {one} or {other}.',
  EMPTY: '{field} is empty.',
  ESTIMATE_PER_TRACK: 'The session has several tracks: give estimates, one for each.',
  ESTIMATE_VALUE: 'An estimate is 0 to {most} with at most three decimals.',
  IDEMPOTENCY_KEY_FORM: 'An idempotencyKey is 16 to 64 visible ASCII characters.',
  KEY_GUESSABLE:
    'The {argument} must be unguessable here, because it gives access to a place in a session: use a random UUID, or 32 to 64 random hexadecimal digits.',
  TRACK_ID_FORM: 'A track id is 1 to 32 of a–z, 0–9, - and _.',
  TRACK_TWICE: 'The track "{track}" is named twice.',
  TRACK_WITHOUT_ROUND: 'A track is of a round: give roundId, too.',
} as const;

type InputReason = keyof typeof inputReasons;

/** Refuses an input with its reason; an expression, so that it may stand behind `??`. */
export function refuseInput<Reason extends InputReason>(
  reason: Reason,
  values: ReasonValues<(typeof inputReasons)[Reason], InputField>,
  code: 'INVALID_INPUT' | 'INVALID_DECK' = 'INVALID_INPUT',
): never {
  throw toReasonedError(code, reason, inputReasons[reason], values);
}
