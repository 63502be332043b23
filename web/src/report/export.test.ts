import { expect, test } from 'vitest';
import { toCsv } from './csv.ts';
import { toMarkdown } from './markdown.ts';

test('a cell that a spreadsheet would compute is quoted and gets an apostrophe', () => {
  expect(toCsv([['=HYPERLINK("http://x")', '+1', '-2+3', '@SUM(A1)', '\t=1', ' =1']])).toBe(
    '\uFEFF"\'=HYPERLINK(""http://x"")","\'+1","\'-2+3","\'@SUM(A1)","\'\t=1","\' =1"\r\n',
  );
});

test('numbers, also negative ones, stay numbers', () => {
  expect(toCsv([['8', '-0.5', '13']])).toBe('\uFEFF8,-0.5,13\r\n');
});

test('commas, quotes and line breaks stay within their cell', () => {
  expect(toCsv([['a,b', 'say "hi"', 'one\ntwo']])).toBe('\uFEFF"a,b","say ""hi""","one\ntwo"\r\n');
});

test('Markdown shows pipes, stars and tags as they are', () => {
  expect(toMarkdown('A *b*', 'lead', [['k'], ['x | <b>y</b>']])).toBe('# A \\*b\\*\n\nlead\n\n| k |\n| --- |\n| x \\| &lt;b>y&lt;/b> |\n');
});
