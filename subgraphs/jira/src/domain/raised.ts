const superscripts: Readonly<Record<string, string>> = {
  0: '⁰',
  1: '¹',
  2: '²',
  3: '³',
  4: '⁴',
  5: '⁵',
  6: '⁶',
  7: '⁷',
  8: '⁸',
  9: '⁹',
  '+': '⁺',
  '-': '⁻',
  '−': '⁻',
  '=': '⁼',
  '(': '⁽',
  ')': '⁾',
  n: 'ⁿ',
  i: 'ⁱ',
};
const subscripts: Readonly<Record<string, string>> = {
  0: '₀',
  1: '₁',
  2: '₂',
  3: '₃',
  4: '₄',
  5: '₅',
  6: '₆',
  7: '₇',
  8: '₈',
  9: '₉',
  '+': '₊',
  '-': '₋',
  '−': '₋',
  '=': '₌',
  '(': '₍',
  ')': '₎',
  n: 'ₙ',
  i: 'ᵢ',
  x: 'ₓ',
};

/** Raised text in plain text: `⁶` where Unicode has all of it, else `^(th)`. */
export function toSuperscript(text: string): string {
  return toRaised(text, superscripts, '^');
}

/** Lowered text in plain text: `₂` where Unicode has all of it, else `_(max)`. */
export function toSubscript(text: string): string {
  return toRaised(text, subscripts, '_');
}

function toRaised(text: string, signs: Readonly<Record<string, string>>, sign: string): string {
  const chars = [...text];
  if (chars.every((char) => Object.hasOwn(signs, char))) return chars.map((char) => signs[char]).join('');
  return text.trim() === '' ? text : `${sign}(${text})`;
}
