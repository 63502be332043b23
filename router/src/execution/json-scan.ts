/** The text that is read, and what of it goes into the answer. */
export interface Reading {
  readonly text: string;
  /** The answer so far: stretches of the text, and what stands between them. */
  readonly pieces: string[];
  /** Up to here the text is in the pieces, or left out of them. */
  copied: number;
}

/** Reads one value that begins at `at`, and returns where it ends; throws `unexpected` for anything but what it is for. */
export type Scan = (reading: Reading, at: number) => number;

/** The text is not what was expected, down to its spaces: it has to be parsed. One for all, since it needs no stack. */
export const unexpected = new Error('a text that has to be parsed');

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const minus = 0x2d;
const dot = 0x2e;
const zero = 0x30;
const lowerU = 0x75;

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Puts the text up to `to` into the pieces. */
export function copyTo(reading: Reading, to: number): void {
  if (to > reading.copied) reading.pieces.push(reading.text.slice(reading.copied, to));
  reading.copied = to;
}

/** A string as RFC 8259 has it. */
export const scanString: Scan = ({ text }, at) => {
  if (text.charCodeAt(at) !== quote) throw unexpected;
  const { length } = text;
  for (let position = at + 1; position < length; position += 1) {
    const code = text.charCodeAt(position);
    if (code === quote) return position + 1;
    if (code === backslash) position = scanEscape(text, position + 1);
    else if (code < 0x20) throw unexpected;
  }
  throw unexpected;
};

/** Of the escape whose second character is at `at`, the last character. */
function scanEscape(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code !== lowerU) {
    if (!'"\\/bfnrt'.includes(text.charAt(at)) || Number.isNaN(code)) throw unexpected;
    return at;
  }
  if (!/^[0-9a-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) throw unexpected;
  return at + 4;
}

/** Digits without a zero in front, after a sign perhaps. */
function scanDigits(text: string, at: number): number {
  let position = text.charCodeAt(at) === minus ? at + 1 : at;
  const first = text.charCodeAt(position);
  // Minus zero is zero to clients.
  if (!isDigit(first) || (first === zero && position > at)) throw unexpected;
  position += 1;
  if (first === zero) return position;
  while (isDigit(text.charCodeAt(position))) position += 1;
  return position;
}

/** A GraphQL Int; `5.0` and `5e0` are Ints as well, in a form that clients do not get. */
export const scanInt: Scan = ({ text }, at) => {
  const end = scanDigits(text, at);
  // Of nine digits nobody need ask how large they are.
  if (end - at > 9 && !(Math.abs(Number(text.slice(at, end))) < 2 ** 31)) throw unexpected;
  const next = text.charCodeAt(end);
  if (next === dot || next === 0x65 || next === 0x45) throw unexpected;
  return end;
};

/** A number without exponent. */
export const scanFloat: Scan = ({ text }, at) => {
  let end = scanDigits(text, at);
  if (text.charCodeAt(end) === dot) {
    const start = end + 1;
    end = start;
    while (isDigit(text.charCodeAt(end))) end += 1;
    if (end === start) throw unexpected;
  }
  const next = text.charCodeAt(end);
  // Three hundred digits may be more than any Float.
  if (next === 0x65 || next === 0x45 || end - at > 300) throw unexpected;
  return end;
};

export const scanBoolean: Scan = ({ text }, at) => {
  if (text.startsWith('true', at)) return at + 4;
  if (text.startsWith('false', at)) return at + 5;
  throw unexpected;
};

const mostDepth = 100;

/** Any JSON value without spaces. */
export const scanAny: Scan = (reading, at) => scanValue(reading, at, 0);

function scanValue(reading: Reading, at: number, depth: number): number {
  const { text } = reading;
  const code = text.charCodeAt(at);
  if (code === quote) return scanString(reading, at);
  if (code === openBracket || code === openBrace) {
    const close = code === openBracket ? closeBracket : closeBrace;
    if (text.charCodeAt(at + 1) === close) return at + 2;
    if (depth >= mostDepth) throw unexpected;
    let position = at;
    do {
      position += 1;
      if (code === openBrace) {
        position = scanString(reading, position);
        if (text.charCodeAt(position) !== 0x3a) throw unexpected;
        position += 1;
      }
      position = scanValue(reading, position, depth + 1);
    } while (text.charCodeAt(position) === comma);
    if (text.charCodeAt(position) !== close) throw unexpected;
    return position + 1;
  }
  if (text.startsWith('null', at)) return at + 4;
  return code === minus || isDigit(code) ? scanFloat(reading, at) : scanBoolean(reading, at);
}

/** One of these names. */
export function scanEnum(names: readonly string[]): Scan {
  const literals = names.map((name) => JSON.stringify(name));
  return ({ text }, at) => {
    for (const literal of literals) if (text.startsWith(literal, at)) return at + literal.length;
    throw unexpected;
  };
}

/** The same, or null. */
export const orNull =
  (scan: Scan): Scan =>
  (reading, at) =>
    reading.text.charCodeAt(at) === 0x6e && reading.text.startsWith('null', at) ? at + 4 : scan(reading, at);

export function scanList(element: Scan): Scan {
  return (reading, at) => {
    const { text } = reading;
    if (text.charCodeAt(at) !== openBracket) throw unexpected;
    if (text.charCodeAt(at + 1) === closeBracket) return at + 2;
    let position = at;
    do position = element(reading, position + 1);
    while (text.charCodeAt(position) === comma);
    if (text.charCodeAt(position) !== closeBracket) throw unexpected;
    return position + 1;
  };
}

/** Exactly this text. */
export function scanLiteral(literal: string): Scan {
  return ({ text }, at) => {
    if (!text.startsWith(literal, at)) throw unexpected;
    return at + literal.length;
  };
}
