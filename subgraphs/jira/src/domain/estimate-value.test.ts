import { describe, expect, it } from 'vitest';
import { chooseField, type FieldForm, isUnreadable, toEstimate, toFieldEdit, toFieldForm, toScreenId } from './estimate-value.ts';

const field = 'customfield_10016';
const hours = 'timeoriginalestimate';

describe('the number in a field', () => {
  it.each([
    // A number field, as GET /issue answers it.
    [5, 5],
    [0, 0],
    [0.5, 0.5],
    [-1, -1],
    // A text field. People write decimals with a point or a comma.
    ['8', 8],
    [' 8 ', 8],
    ['+3', 3],
    ['-3', -3],
    ['0.5', 0.5],
    ['0,5', 0.5],
    ['1,25', 1.25],
    // May part thousands as well.
    ['1,000', null],
    ['1,000 ', null],
    ['1.000', 1],
    ['1,0000', 1],
    ['12,3456', 12.3456],
    // No numbers, or more than one.
    ['', null],
    ['XL', null],
    ['5 points', null],
    ['5pt', null],
    ['~5', null],
    ['5-8', null],
    ['5.', null],
    ['.5', null],
    ['1.2.3', null],
    ['1e3', null],
    ['0x10', null],
    ['1234567890123456', null],
    ['0.1234567890123456', null],
    ['Infinity', null],
    // A select list.
    [{ id: '1', value: '13' }, 13],
    [{ id: '1', value: '0,5' }, 0.5],
    [{ id: '1', value: 21 }, 21],
    [{ id: '1', value: 'XL' }, null],
    [{ id: '1', value: null }, null],
    [{ id: '1', value: ['5'] }, null],
    // What no form has.
    [null, null],
    [undefined, null],
    [true, null],
    [['5'], null],
    [{ name: '5' }, null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
  ])('%j is read as %j', (raw, value) => {
    expect(toEstimate(field, raw)).toBe(value);
  });

  it('is hours where Jira keeps seconds', () => {
    expect([14_400, 5_400, 0, null].map((raw) => toEstimate(hours, raw))).toEqual([4, 1.5, 0, null]);
  });

  it.each([
    [null, false],
    [undefined, false],
    ['', false],
    ['  ', false],
    ['5', false],
    [0, false],
    [{ value: '5' }, false],
    ['XL', true],
    ['1,000', true],
    [{ value: 'XL' }, true],
    [[], true],
    [false, true],
  ])('%j stands there unread: %j', (raw, is) => {
    expect(isUnreadable(field, raw)).toBe(is);
  });
});

describe('the form of a field', () => {
  it.each<[string, string | null | undefined, unknown, unknown, FieldForm]>([
    [field, 'number', null, undefined, { kind: 'NUMBER' }],
    [field, 'string', '5', undefined, { kind: 'TEXT', hasDecimalComma: false }],
    [field, 'string', '0,5', undefined, { kind: 'TEXT', hasDecimalComma: true }],
    [field, 'string', null, undefined, { kind: 'TEXT', hasDecimalComma: false }],
    [field, 'option', null, undefined, { kind: 'OPTION', options: undefined }],
    [field, 'option', null, [{ value: '1' }, { value: 2 }, { name: 'x' }, 'y'], { kind: 'OPTION', options: ['1', '2'] }],
    [field, 'option', null, {}, { kind: 'OPTION', options: undefined }],
    [field, 'array', null, undefined, { kind: 'OTHER', type: 'array' }],
    // Without a type the value says it; nothing says a number.
    [field, undefined, 5, undefined, { kind: 'NUMBER' }],
    [field, null, null, undefined, { kind: 'NUMBER' }],
    [field, undefined, '0,5', undefined, { kind: 'TEXT', hasDecimalComma: true }],
    [field, undefined, { value: '5' }, [{ value: '5' }], { kind: 'OPTION', options: ['5'] }],
    // Jira calls its type a number.
    [hours, 'number', 14_400, undefined, { kind: 'HOURS' }],
  ])('%s of type %j, with %j and options %j', (fieldId, type, raw, allowedValues, form) => {
    expect(toFieldForm(fieldId, { type }, raw, allowedValues)).toEqual(form);
    if (type === undefined) expect(toFieldForm(fieldId, undefined, raw, allowedValues)).toEqual(form);
  });
});

describe('an edit of a field', () => {
  const text = (hasDecimalComma: boolean): FieldForm => ({ kind: 'TEXT', hasDecimalComma });
  const option = (...options: string[]): FieldForm => ({ kind: 'OPTION', options });
  it.each<[FieldForm, number, unknown]>([
    [{ kind: 'NUMBER' }, 0.5, 0.5],
    [text(false), 0.5, '0.5'],
    [text(true), 0.5, '0,5'],
    [text(true), 8, '8'],
    // As the list writes it.
    [option('1', '0,5', '8'), 0.5, { value: '0,5' }],
    [option('1', ' 8 '), 8, { value: ' 8 ' }],
    [{ kind: 'OPTION', options: undefined }, 8, { value: '8' }],
  ])('in the form %j puts %d there', (form, value, edit) => {
    expect(toFieldEdit(field, form, value)).toEqual({ [field]: edit });
  });

  it.each<[FieldForm, number]>([
    [option('1', '2', 'XL'), 3],
    [option(), 3],
    [{ kind: 'OTHER', type: 'array' }, 3],
  ])('in the form %j has no way for %d', (form, value) => {
    expect(toFieldEdit(field, form, value)).toBeUndefined();
  });

  // In hours and minutes: how long a day is, is a setting of each Jira.
  it.each([
    [4, '4h'],
    [1.5, '1h 30m'],
    [0.25, '15m'],
    [40, '40h'],
    [0, '0m'],
    [0.999, '1h'],
  ])('of %d hours is a duration, %s', (value, originalEstimate) => {
    expect(toFieldEdit(hours, { kind: 'HOURS' }, value)).toEqual({ timetracking: { originalEstimate } });
  });

  it('stands on the screen under its own name, and time under that of Jira’s time tracking', () => {
    expect([field, hours].map(toScreenId)).toEqual([field, 'timetracking']);
  });
});

describe('of the fields that may hold an estimate', () => {
  const one = (fieldId: string) => ({ kind: 'one', fieldId });
  const several = (...fieldIds: string[]) => ({ kind: 'several', fieldIds });
  it.each([
    ['there is none', [], {}, {}, { kind: 'none' }],
    ['the only one, whatever the issue says', ['a'], {}, {}, one('a')],
    ['the one that the issue has, though it is empty', ['a', 'b'], { b: null }, undefined, one('b')],
    ['the one on the edit screen', ['a', 'b'], { a: 5, b: null }, { b: {} }, one('b')],
    ['time, on the screen as time tracking', ['a', hours], { a: 5, [hours]: null }, { timetracking: {} }, one(hours)],
    ['the one with a number, where both can be edited', ['a', 'b'], { a: null, b: 5 }, { a: {}, b: {} }, one('b')],
    ['the one with a number, where Jira tells of no screen', ['a', 'b'], { a: null, b: 5 }, null, one('b')],
    ['one with a number rather than with a text that is none', ['a', 'b'], { a: 'XL', b: '5' }, null, one('b')],
    ['none decides: both have a number', ['a', 'b'], { a: 3, b: 5 }, null, several('a', 'b')],
    ['none decides: both are empty', ['a', 'b'], { a: null, b: null }, { a: {}, b: {} }, several('a', 'b')],
    ['none decides among those that the issue has', ['a', 'b', 'c'], { b: 1, c: 2 }, {}, several('b', 'c')],
    ['the one on the edit screen, where the issue tells of neither', ['a', 'b'], {}, { b: {} }, one('b')],
  ])('%s', (_, candidates, fields, editable, choice) => {
    expect(chooseField(candidates, fields, editable)).toEqual(choice);
  });
});
