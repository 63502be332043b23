import { describe, expect, it } from 'vitest';
import { renderAdf } from './adf.ts';

const text = (value: string, ...marks: unknown[]) => ({ type: 'text', text: value, marks });
const p = (...content: unknown[]) => ({ type: 'paragraph', content });
const item = (...content: unknown[]) => ({ type: 'listItem', content });
const say = (...content: unknown[]) => renderAdf({ type: 'doc', content })?.text;

describe('an Atlassian document as text', () => {
  it('leaves out what says nothing', () => {
    expect(say(p(text('a')), p(), p(text('b')))).toBe('a\n\nb');
    expect(say({ type: 'bulletList', content: [item(p(text('a'))), item(p()), item(p(text('b')))] })).toBe('- a\n- b');
    expect(say({ type: 'orderedList', content: [item(p(text('a'))), item(p()), item(p(text('b')))] })).toBe('1. a\n3. b');
    expect(say({ type: 'blockquote', content: [{ type: 'expand', content: [p(text('a'))] }] })).toBe('> a');
    expect(say({ type: 'expand', attrs: { title: 'Why' } })).toBe('Why');
    expect(say({ type: 'panel', attrs: { panelType: 'custom' }, content: [p(text('a'))] })).toBe('a');
    expect(say({ type: 'panel', attrs: { panelType: 'note' } })).toBe('Note');
  });

  it('has text beside a block in a paragraph of its own', () => {
    expect(say(text('a'), text('b'), p(text('c')), text('d'))).toBe('ab\n\nc\n\nd');
  });

  it('has a cell in one line, whatever stands in it', () => {
    const list = { type: 'bulletList', content: [item(p(text('b')), { type: 'bulletList', content: [item(p(text('c')))] })] };
    const cell = { type: 'tableCell', content: [p(text('a '), { type: 'hardBreak' }, text('a')), list] };
    expect(say({ type: 'table', content: [{ type: 'tableRow', content: [cell, cell] }] })).toBe('a a - b - c | a a - b - c');
  });

  it.each([
    ['listItem', '- a\n- b'],
    ['taskItem', '[ ] a\n[ ] b'],
    ['blockTaskItem', '[ ] a\n[ ] b'],
    ['decisionItem', '< > a\n< > b'],
    ['tableCell', 'a | b'],
    ['tableHeader', 'a | b'],
  ])('has each %s as it is elsewhere in a list or table of a kind that nobody knows yet', (type, said) => {
    const [one, other] = ['a', 'b'].map((letter) => ({ type, content: [p(text(letter))] }));
    expect(say({ type: 'futureList', content: [one, other] })).toBe(said);
  });

  it('of a panel without a name has no heading, also in HTML', () => {
    const panel = { type: 'panel', attrs: { panelType: 'custom' }, content: [p(text('a'))] };
    expect(renderAdf({ type: 'doc', content: [panel] })?.html).toBe('<blockquote><p>a</p></blockquote>');
  });
});

describe('texts side by side', () => {
  const strong = { type: 'strong' };
  const struck = { type: 'strike' };
  const raised = { type: 'subsup', attrs: { type: 'sup' } };
  const to = (name: string) => ({ type: 'link', attrs: { href: `https://example.com/${name}` } });

  it.each([
    ['a raised one first, under one link', [text('2', raised, to('a')), text(' a', to('a'))], '² a (https://example.com/a)'],
    ['under one link, one of them strong', [text('a', strong, to('a')), text('b', to('a'))], 'ab (https://example.com/a)'],
    [
      'strong, under two links',
      [text('a', strong, to('a')), text('b', strong, to('b'))],
      'a (https://example.com/a)b (https://example.com/b)',
    ],
    ['one strong, one struck', [text('not ', strong), text('this', struck)], 'not ~this~'],
    ['struck, of a letter and of a blank', [text('x', struck), text('y'), text(' ', struck), text('z')], '~x~y z'],
    ['one with a line break after it', [text('a'), { type: 'hardBreak' }, text('b')], 'a\nb'],
    ['an address that is its own link, with a blank', [text('https://example.com/a ', to('a')), text('b')], 'https://example.com/a b'],
  ])('say what they say: %s', (_name, content, said) => {
    expect(say(p(...content))).toBe(said);
  });
});
