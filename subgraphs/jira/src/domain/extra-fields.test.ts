import { describe, expect, it } from 'vitest';
import { renderAdf } from './adf.ts';
import { toExtraFields } from './extra-fields.ts';
import { renderWiki } from './wiki.ts';

const shown = [{ id: 'customfield_1', name: 'Acceptance criteria' }];
const doc = {
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text: 'a', marks: [{ type: 'strong' }] }] }],
};

describe('a chosen custom field', () => {
  it.each<[string, unknown, string | null]>([
    ['a document', doc, 'a'],
    ['a text', ' <b> ', '<b>'],
    ['a number', 3.5, '3.5'],
    ['an app’s switch', true, 'true'],
    ['a choice of an app that tells its type', { type: 'option', value: 'Gold' }, 'Gold'],
    ['choices of which some say nothing', [{ id: '1' }, 'a', ' ', null, 'b'], 'a, b'],
    ['a choice', { id: '1', value: 'Gold' }, 'Gold'],
    ['several choices', [{ value: 'a' }, { value: 'b' }], 'a, b'],
    ['a cascading choice', { value: 'Europe', child: { value: 'Spain' } }, 'Europe / Spain'],
    ['a person', { accountId: '1', displayName: 'Ada' }, 'Ada'],
    ['a team', { id: '1', name: 'Checkout', title: 'x' }, 'Checkout'],
    ['labels', ['x', 'y'], 'x, y'],
    ['nothing', null, null],
    ['a field that the issue does not have', undefined, null],
    ['an empty text', '  ', null],
    ['an empty list', [], null],
    ['something of an app', { a: { b: 1 } }, null],
  ])('says what is in it: %s', (_name, value, text) => {
    const fields = toExtraFields({ customfield_1: value }, { shown, renderDescription: renderAdf, hasWikiTexts: false });
    expect(fields.map((field) => field.text)).toEqual(text === null ? [] : [text]);
  });

  it.each<[string, (inner: unknown) => unknown]>([
    ['lists', (inner) => [inner]],
    ['choices', (inner) => ({ value: inner })],
    ['choices below choices', (inner) => ({ child: inner })],
  ])('says nothing when it is nested beyond reason in %s', (_name, nest) => {
    let value: unknown = 'deep';
    for (let depth = 0; depth < 20_000; depth++) value = nest(value);
    expect(toExtraFields({ customfield_1: value }, { shown, renderDescription: renderAdf, hasWikiTexts: false })).toEqual([]);
  });

  it('is rendered as safe HTML: documents and wiki text as descriptions, everything else as text', () => {
    const html = (value: unknown, isWiki: boolean) =>
      toExtraFields({ customfield_1: value }, { shown, renderDescription: isWiki ? renderWiki : renderAdf, hasWikiTexts: isWiki })[0]?.html;
    expect(html(doc, false)).toBe('<p><strong>a</strong></p>');
    expect(html('*a* <b>\nc', false)).toBe('<p>*a* &lt;b&gt;<br>c</p>');
    expect(html('*a* <b>', true)).toBe('<p><strong>a</strong> &lt;b&gt;</p>');
    expect(html(3.5, true)).toBe('<p>3.5</p>');
  });
});
