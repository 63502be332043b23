import { type GraphQLEnumType, type GraphQLLeafType, isEnumType } from 'graphql';
import {
  orNull,
  type Scan,
  scanAny,
  scanBoolean,
  scanEnum,
  scanFloat,
  scanInt,
  scanList,
  scanLiteral,
  scanString,
  unexpected,
} from './json-scan.ts';

/** How a value is read. */
export interface Value {
  readonly scan: Scan;
  /** The same as a regular expression, which V8 compiles to machine code of its own; undefined for what has no bound (lists) or is not regular. */
  readonly pattern?: string;
}

/** A longer one is taken apart: V8 compiles it all at once, and optimizes none of 20 kB. */
const longestPattern = 4_000;
/** Of more names a look at each is as good. */
const mostNames = 30;

// Each escape that a text has takes room on a stack of 64 MB: more of them in one string are read by way of objects.
// No part of these can match in two ways, so that a text which does not fit is found out in one pass.
const digits = '(?:0|-?[1-9][0-9]{0,8}';
const string = String.raw`"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*){0,9999}"`;

export const stringValue: Value = { scan: scanString, pattern: string };
export const intValue: Value = { scan: scanInt, pattern: `${digits}|-?${upTo(String(2 ** 31 - 1))})(?![0-9.eE])` };
export const floatValue: Value = {
  scan: scanFloat,
  pattern: String.raw`(?:0|-?[1-9][0-9]{0,29})(?:\.[0-9]{1,30})?(?![0-9.eE])`,
};
export const booleanValue: Value = { scan: scanBoolean, pattern: '(?:true|false)' };
const anyValue: Value = { scan: scanAny };

/** The numbers of as many digits as `most` has that are no larger. */
function upTo(most: string): string {
  const alternatives = [...most].flatMap((digit, index) => {
    const lowest = index === 0 ? 1 : 0;
    return Number(digit) <= lowest ? [] : [`${most.slice(0, index)}[${lowest}-${Number(digit) - 1}][0-9]{${most.length - index - 1}}`];
  });
  return `(?:${[...alternatives, most].join('|')})`;
}

function enumValue(type: GraphQLEnumType): Value {
  const names = type.getValues().map(({ name }) => name);
  const scan = scanEnum(names);
  return names.length > mostNames ? { scan } : { scan, pattern: `"(?:${names.join('|')})"` };
}

/** A value of a scalar or enum; of custom scalars anything. */
export function leafValue(type: GraphQLLeafType): Value {
  if (isEnumType(type)) return enumValue(type);
  switch (type.name) {
    case 'Int':
      return intValue;
    case 'Float':
      return floatValue;
    case 'String':
    case 'ID':
      return stringValue;
    case 'Boolean':
      return booleanValue;
    default:
      return anyValue;
  }
}

/** Exactly the string of this name. */
export function nameValue(name: string): Value {
  return { scan: scanLiteral(`"${name}"`), pattern: `"${name}"` };
}

export function nullableValue({ scan, pattern }: Value): Value {
  return { scan: orNull(scan), ...(pattern === undefined ? {} : { pattern: `(?:${pattern}|null)` }) };
}

/** Element after element, so that the regular expressions have nothing of unknown length to go back over. */
export function listValue(element: Value): Value {
  return { scan: scanList(element.scan) };
}

/** A field of an object as it is answered: its name with what stands before it, and its value. */
export interface Field {
  readonly literal: string;
  readonly value: Value;
}

/** The name that a field is answered by, with the brace or comma before it; names of GraphQL have no character that needs an escape. */
export function toLiteral(name: string, index: number): string {
  return `${index === 0 ? '{' : ','}"${name}":`;
}

/** An object of exactly these fields. */
export function objectValue(fields: readonly Field[]): Value {
  const pattern = patternOf(fields);
  const scan = sequence(fields, '}');
  return pattern === undefined ? { scan } : { scan, pattern: `${pattern}\\}` };
}

function patternOf(fields: readonly Field[]): string | undefined {
  let pattern = '';
  for (const { literal, value } of fields) {
    if (value.pattern === undefined) return undefined;
    pattern += escaped(literal) + value.pattern;
  }
  return pattern.length > longestPattern ? undefined : pattern;
}

const escaped = (literal: string): string => literal.replace(/[{}]/g, String.raw`\$&`);

/** Reads fields one after the other, and the text behind them. */
export function sequence(fields: readonly Field[], tail: string): Scan {
  const scans: Scan[] = [];
  let pattern = '';
  let literals = '';
  let hasValue = false;
  const flush = (): void => {
    if (hasValue || literals !== '') scans.push(hasValue ? scanPattern(pattern) : scanLiteral(literals));
    [pattern, literals, hasValue] = ['', '', false];
  };
  const add = (literal: string): void => {
    pattern += escaped(literal);
    literals += literal;
  };
  for (const { literal, value } of fields) {
    if (pattern.length + (value.pattern?.length ?? 0) > longestPattern) flush();
    add(literal);
    if (value.pattern !== undefined && value.pattern.length <= longestPattern) {
      pattern += value.pattern;
      hasValue = true;
      continue;
    }
    flush();
    scans.push(value.scan);
  }
  add(tail);
  flush();
  const [only] = scans;
  if (scans.length === 1 && only !== undefined) return only;
  return (reading, at) => {
    let position = at;
    for (const scan of scans) position = scan(reading, position);
    return position;
  };
}

function scanPattern(pattern: string): Scan {
  let known: RegExp | undefined;
  return ({ text }, at) => {
    // Many are parts of others only.
    known ??= new RegExp(pattern, 'y');
    known.lastIndex = at;
    if (!known.test(text)) throw unexpected;
    return known.lastIndex;
  };
}
