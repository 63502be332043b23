import { refuse, type VotingErrorCode } from './errors.ts';

interface NameRule {
  /** For the error: what the text is. */
  readonly what: string;
  readonly maxLength: number;
  readonly code?: VotingErrorCode;
}

// Control and format characters, and halves of a character: they would break logs, exports, JSON in a store and what a screen reader says.
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/**
 * A name or title as people see it: control characters gone, white space folded, 1 to `maxLength` characters.
 * It stays plain text; whoever renders it escapes it. Refuses with INVALID_INPUT unless another code is given.
 */
export function toName(text: string, { what, maxLength, code = 'INVALID_INPUT' }: NameRule): string {
  const name = text.normalize('NFC').replace(/\s+/gu, ' ').replace(invisible, '').trim();
  const length = [...name].length;
  if (length === 0) refuse(code, `The ${what} is empty.`);
  if (length > maxLength) refuse(code, `The ${what} has ${length} characters; ${maxLength} are allowed.`);
  return name;
}
