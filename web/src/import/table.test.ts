import { describe, expect, it } from 'vitest';
import { guessMapping, parseTable, toMapped } from './table.ts';

const mapped = (text: string) => {
  const table = parseTable(text);
  return table && toMapped(table, guessMapping(table));
};

describe('a dropped file', () => {
  it.each([
    [
      'a CSV of Jira',
      '\ufeffIssue key,Summary,Inward issue link (Blocks)\r\nABC-1,"Fix, the ""UTF-8"" thing",XYZ-9\r\nABC-2,Other,\r\n',
      ['ABC-1', 'ABC-2'],
      [],
    ],
    ['a CSV with semicolons and lines in quotes', 'Summary;Issue key\n"a\nb";ABC-1\n"only\na topic";\n', ['ABC-1'], ['only a topic']],
    ['a table of one’s own', 'Story\tPoints\nLog in\t3\nLog out\t5', [], ['Log in', 'Log out']],
    ['a table whose key column has another name', 'Nr,What\nABC-1,x\n,y\nabc-1,z', ['ABC-1'], ['y']],
  ])('becomes issues by key, and topics for rows without one: %s', (_name, text, keys, topics) => {
    expect(mapped(text)).toEqual({ keys, topics });
  });

  it('is no table when it has one line only, or nothing', () => {
    for (const text of ['', 'a,b', '\n\n']) expect(parseTable(text)).toBeUndefined();
  });

  it('is mapped as people choose', () => {
    const table = parseTable('A,B,C\nABC-1,x,DEF-2\n');
    expect(table && toMapped(table, { key: 2, title: 1 })).toEqual({ keys: ['DEF-2'], topics: [] });
    expect(table && toMapped(table, { key: -1, title: 1 })).toEqual({ keys: [], topics: ['x'] });
  });
});
