import { refuseInput } from './reasons.ts';

type TextField = 'cardLabel' | 'decision' | 'discipline' | 'name' | 'note' | 'reason' | 'title' | 'topic' | 'trackLabel';

interface NameRule {
  /** For the error: what the text is. */
  readonly field: TextField;
  readonly maxLength: number;
  readonly code?: 'INVALID_INPUT' | 'INVALID_DECK';
}

// Control and format characters, and halves of a character: they would break logs, exports, JSON in a store and what a screen reader says. And what is
// drawn as nothing (UAX 44, Default_Ignorable_Code_Point), e.g. the Hangul fillers, but for variation selectors, which choose a character's form.
const invisible = String.raw`[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]|(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}`;

// Format characters that change what people see, each only where it does:
const meaningful = [
  // the flags of England, Scotland and Wales (UTS 51, ED-14a),
  String.raw`\u{1F3F4}[\u{E0020}-\u{E007E}]{1,6}\u{E007F}`,
  // one emoji made of several, e.g. a woman and a laptop (UTS 51, ED-16),
  String.raw`(?<=\p{Extended_Pictographic}[\uFE0F\p{Emoji_Modifier}]?)\u200D(?=\p{Extended_Pictographic})`,
  // joiners in scripts whose letters join (Persian, Hindi …), not between letters that look the same without them,
  String.raw`(?<=(?![\p{scx=Latn}\p{scx=Grek}\p{scx=Cyrl}\p{scx=Hani}\p{scx=Hang}])[\p{L}\p{M}])[\u200C\u200D\u180E]`,
  // and Arabic and Syriac number signs, which are visible.
  String.raw`[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2]`,
].join('|');

const unwanted = new RegExp(`(${meaningful})|${invisible}`, 'gu');

// Blank in every font, though no white space to Unicode: the empty Braille pattern.
const blanks = /[\s\u2800]+/gu;

// Marks upon marks grow over the lines above and below. No script needs as many (Hebrew with vowels and accents: four).
const mostMarks = 6;
const pile = new RegExp(String.raw`([\p{Mn}\p{Me}]{${mostMarks}})[\p{Mn}\p{Me}]+`, 'gu');

/**
 * A name or title as people see it: what is not seen is gone, white space folded, piles of marks cut, 1 to `maxLength` characters.
 * It stays plain text; whoever renders it escapes it. Refuses with INVALID_INPUT unless another code is given.
 */
export function toName(text: string, { field, maxLength, code = 'INVALID_INPUT' }: NameRule): string {
  const name = text.normalize('NFC').replace(blanks, ' ').replace(unwanted, '$1').replace(pile, '$1').trim();
  const length = [...name].length;
  if (!/[^\p{M}\p{Default_Ignorable_Code_Point}\s]/u.test(name)) refuseInput('EMPTY', { field }, code);
  if (length > maxLength) refuseInput('TOO_LONG', { field, length, most: maxLength }, code);
  return name;
}

/** A line that may be left out, of 280 characters at most unless said otherwise; null when there is nothing to see in it. Refuses with INVALID_INPUT. */
export function toNote(text: string | null | undefined, field: TextField, maxLength = 280): string | null {
  return text == null || toLook(text) === '' ? null : toName(text, { field, maxLength });
}

/** Equal for texts that look the same: variation selectors and joiners between letters say nothing, nor do an accent's two spellings, nor how many blanks there are. */
export function toLook(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\u2800\p{Variation_Selector}]+/gu, (between) => (/[\s\u2800]/u.test(between) ? ' ' : ''))
    .replace(unwanted, '$1')
    .trim();
}

/** The number that a text is, written `0.5`, `0,5`, `1/2`, `½` or `1½`; undefined for anything else. */
export function readNumber(text: string): number | undefined {
  const plain = text
    .replace(/[¼-¾⅐-⅞↉]/gu, ' $&')
    .normalize('NFKC')
    .replaceAll('\u2044', '/')
    .trim();
  const [, whole = '0', above, below] = /^(?:(\d{1,6}) )?(\d{1,6})\/(\d{1,6})$/.exec(plain) ?? [];
  if (above !== undefined) return Number(below) === 0 ? undefined : Number(whole) + Number(above) / Number(below);
  return /^(\d{1,9}([.,]\d{0,9})?|[.,]\d{1,9})$/.test(plain) ? Number(plain.replace(',', '.')) : undefined;
}
