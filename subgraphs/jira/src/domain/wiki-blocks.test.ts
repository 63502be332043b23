import { describe, expect, it } from 'vitest';
import { renderWiki } from './wiki.ts';

const say = (wiki: string) => renderWiki(wiki)?.text;

describe('a line of wiki text', () => {
  it.each([
    ['h2. a', 'a', '<h2>a</h2>'],
    ['bq. a', 'a', '<blockquote>a</blockquote>'],
    ['----', '---', '<hr>'],
  ])('that begins with %j is a block, whatever blanks stand around it, and of two each is one', (line, text, html) => {
    for (const wiki of [line, `  ${line}  `, line.replace(' ', '   ')]) expect(renderWiki(wiki)).toEqual({ text, html });
    expect(renderWiki(`${line}\n${line}`)).toEqual({ text: `${text}\n\n${text}`, html: `${html}${html}` });
  });

  it.each(['see h2. a', 'xh2. a', 'see bq. a', 'xbq. a', 'a ----', 'x----', '----x', '---- a'])(
    'is text with the sign elsewhere: %s',
    (line) => {
      expect(renderWiki(line)?.html).toBe(`<p>${line}</p>`);
    },
  );

  it.each([
    ['blanks', 'a\n  \nb'],
    ['a blank of the editor', 'a\n\n&nbsp;\n\nb'],
    ['a heading of nothing', 'a\nh1.\nb'],
    ['a heading of such a blank', 'a\nh1. &nbsp;\nb'],
    ['a quote of nothing', 'a{quote}{quote}b'],
  ])('says nothing with %s alone', (_name, wiki) => {
    expect(renderWiki(wiki)).toEqual({ text: 'a\n\nb', html: '<p>a</p><p>b</p>' });
  });

  it('is text without the blanks around it, also within a colour', () => {
    expect(say('{color:red} a {color}\n\nb')).toBe('a\n\nb');
  });
});

describe('a macro of wiki text', () => {
  it('of code leaves out the line of its tag, blanks included, and no other', () => {
    expect(say('{code} \n\n a\n\n {code}')).toBe('\n a\n');
  });

  it.each([
    ['{code}\n{noformat}\n{code}\n{noformat}a{noformat}', '{noformat}\n\na'],
    ['{noformat}\n{code}\n{noformat}\n{code}a{code}', '{code}\n\na'],
    ['{code}\n{code:java}\n{code}', '{code:java}'],
  ])('of code takes everything up to its own tag as it is: %j', (wiki, text) => {
    expect(say(wiki)).toBe(text);
  });

  it.each([
    ['several pieces of code, one of them with its tag', '{panel}{code}a{code}{code}{panel}{code}b{panel}c', 'a\n\n{panel}\n\nb\n\nc'],
    ['code, and more of it behind', '{panel}{code}a{code}b{panel}c{code}d{code}', 'a\n\nb\n\nc\n\nd'],
    ['code that nobody closes', '{panel}a {code} b{panel}c', 'a {code} b\n\nc'],
    ['text without markup that holds its tag', '{quote}{noformat}{quote}{noformat}{quote}a', '{quote}\n\na'],
  ])('is closed by its own tag, with %s in it', (_name, wiki, text) => {
    expect(say(wiki)).toBe(text);
  });

  it.each([
    ['on a line of its own in a row that goes on', '|a|see\n{code}x{code}|b|', 'a | see x | b'],
    ['the same after blanks', '|a|see\n  {code}x{code}|b|', 'a | see x | b'],
    ['after an empty line, which ends a row', '|a|see\n\n{code}x{code}', 'a | see\n\nx'],
    ['after a bar in the midst of a line, which is no row', 'a|b {code}x{code} c', 'a|b\n\nx\n\nc'],
    ['after an item, which ends a row', '|a|b\n* c{code}x{code}', 'a | b\n\n- c\n\nx'],
  ])('belongs to a cell or not: %s', (_name, wiki, text) => {
    expect(say(wiki)).toBe(text);
  });
});
