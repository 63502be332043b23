import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonExcess, findVariablesExcess } from './variables-size.ts';

/** Each value by the definition: an independent count with recursion. */
const countOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? Object.values(value).reduce((sum: number, inner) => sum + 1 + countOf(inner), 0) : 0;

describe('the size of variables', () => {
  it('is exactly how many values there are, however they are nested', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (variables) => {
        const count = countOf(variables);
        expect(findVariablesExcess(variables, count)).toBeUndefined();
        if (count > 0) expect(findVariablesExcess(variables, count - 1)).toMatchObject({ code: 'OPERATION_TOO_LARGE' });
      }),
    );
  });

  it.each([
    ['200 000 topics', { topics: Array(200_000).fill('t') }],
    ['60 000 cards', { customDeck: Array.from({ length: 60_000 }, (_, at) => ({ label: String(at) })) }],
    ['90 000 tracks', { tracks: Array.from({ length: 90_000 }, () => ({ id: 'x' })) }],
    ['a list 200 000 deep', { deep: JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`) as unknown }],
    ['200 000 keys', Object.fromEntries(Array.from({ length: 200_000 }, (_, at) => [`k${at}`, at]))],
  ])('%s take less than 250 ms of CPU to refuse', (_what, variables) => {
    findVariablesExcess(variables, 5_000);
    const before = process.threadCpuUsage();
    expect(findVariablesExcess(variables, 5_000)).toMatchObject({ code: 'OPERATION_TOO_LARGE', details: { limit: 5_000 } });
    expect(process.threadCpuUsage(before).user).toBeLessThan(250_000);
  });
});

describe('JSON before it is parsed', () => {
  const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
  const padding = ' '.repeat(40_000);

  it('is never refused for what its variables may have, whatever is inside strings', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (variables) => {
        expect(findJsonExcess(bytes({ query: `{ a(b: "[,{\\"") } ${padding}`, variables }), countOf(variables))).toBeUndefined();
      }),
    );
  });

  it.each([
    ['keys', { variables: Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`k${at}`, at])) }],
    ['values in a list', { variables: { a: Array(50_000).fill(1) } }],
    ['empty objects', { variables: { a: Array(50_000).fill({}) } }],
    ['extensions', { extensions: { a: Array(50_000).fill('x') } }],
    ['requests', Array(50_000).fill({})],
  ])('is refused for too many %s', (_what, value) => {
    expect(findJsonExcess(bytes(value), 5_000)).toMatchObject({ code: 'OPERATION_TOO_LARGE' });
  });

  it('is refused for brackets 200 000 deep', () => {
    expect(findJsonExcess(Buffer.from('['.repeat(200_000)), 5_000)).toMatchObject({ code: 'OPERATION_TOO_LARGE' });
  });
});
