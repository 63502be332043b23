import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderAdf } from './adf.ts';
import { renderWiki } from './wiki.ts';

const text = (value: string, ...marks: unknown[]) => ({ type: 'text', text: value, ...(marks.length === 0 ? {} : { marks }) });
const doc = (...content: unknown[]) => ({ type: 'doc', version: 1, content });
const paragraph = (...content: unknown[]) => ({ type: 'paragraph', content });

/** Every tag in it stands on our list, and no attribute but those of our links. */
const isSafe = (html: string) =>
  html
    .replace(/<\/?(p|h[1-6]|ul|ol|li|blockquote|table|tr|th|td|strong|em|code|s|u|sup|sub|pre|br|hr|details|summary)>/g, '')
    .replace(
      /<details open>|<ol start="\d+">|<t[hd](?: colspan="\d+")?(?: rowspan="\d+")?>|<input type="checkbox" disabled(?: checked)?>/g,
      '',
    )
    .replace(/<img src="\/pictures\/[\w/?=&;.-]+" alt="[^"<>]*" loading="lazy">/g, '')
    .replace(/<a href="(https?|mailto):[^"<>]*" rel="noopener noreferrer nofollow" target="_blank">|<\/a>/g, '')
    .match(/[<>"]/) === null;

describe('an Atlassian document', () => {
  it('is text and HTML', () => {
    const rendered = renderAdf(
      doc(
        { type: 'heading', attrs: { level: 2 }, content: [text('Why')] },
        paragraph(text('It is '), text('slow', { type: 'strong' }), text(' & old.'), { type: 'hardBreak' }, text('Really.')),
        {
          type: 'bulletList',
          content: [
            { type: 'listItem', content: [paragraph(text('one'))] },
            { type: 'listItem', content: [paragraph(text('two'))] },
          ],
        },
        { type: 'orderedList', content: [{ type: 'listItem', content: [paragraph(text('first'))] }] },
        { type: 'codeBlock', attrs: { language: 'js' }, content: [text('a < b')] },
      ),
    );
    expect(rendered?.text).toBe('Why\n\nIt is slow & old.\nReally.\n\n- one\n- two\n\n1. first\n\na < b');
    expect(rendered?.html).toBe(
      '<h2>Why</h2><p>It is <strong>slow</strong> &amp; old.<br>Really.</p><ul><li><p>one</p></li><li><p>two</p></li></ul><ol><li><p>first</p></li></ol><pre><code>a &lt; b</code></pre>',
    );
  });

  it('tells mentions, dates, emoji and cards, and keeps the content of nodes it does not know', () => {
    const rendered = renderAdf(
      doc(
        paragraph(
          { type: 'mention', attrs: { id: '1', text: '@Ada' } },
          { type: 'date', attrs: { timestamp: '1700000000000' } },
          { type: 'emoji', attrs: { shortName: ':tada:' } },
        ),
        { type: 'holographicPanel', content: [paragraph(text('inside'))] },
        { type: 'blockCard', attrs: { url: 'https://example.com/x' } },
      ),
    );
    expect(rendered?.text).toBe('@Ada2023-11-14:tada:\n\ninside\n\nhttps://example.com/x');
  });

  it.each(['javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' data:text/html,x', 'vbscript:x', '//evil.example', '/relative', 42, null])(
    'makes no link of %j',
    (href) => {
      const html = renderAdf(doc(paragraph(text('click', { type: 'link', attrs: { href } }))))?.html;
      expect(html).toBe('<p>click</p>');
    },
  );

  it('is null when there is nothing in it', () => {
    for (const nothing of [null, undefined, 'text', {}, doc(), doc(paragraph())]) expect(renderAdf(nothing)).toBeNull();
  });

  it('leaves out what is nested beyond reason', () => {
    let node: unknown = paragraph(text('deep'));
    for (let depth = 0; depth < 20_000; depth++) node = { type: 'bulletList', content: [node] };
    expect(renderAdf(doc(paragraph(text('above')), node))?.text).toBe('above');
  });

  it.each([
    ['2', ' colspan="2"'],
    [100, ' colspan="100"'],
    [1, ''],
    [0, ''],
    [-2, ''],
    [1.5, ''],
    [101, ''],
    ['many', ''],
  ])('has cells over %j columns, when there are 2 to 100 of them', (colspan, attribute) => {
    const cell = { type: 'tableCell', attrs: { colspan }, content: [paragraph(text('a'))] };
    const html = renderAdf(doc({ type: 'table', content: [{ type: 'tableRow', content: [cell] }] }))?.html;
    expect(html).toBe(`<table><tr><td${attribute}><p>a</p></td></tr></table>`);
  });

  it('never throws, and never makes HTML that is not ours', () => {
    const node = fc.letrec((tie) => ({
      node: fc.record(
        {
          type: fc.constantFrom(
            'paragraph',
            'text',
            'heading',
            'codeBlock',
            'table',
            'inlineCard',
            'mention',
            'taskItem',
            'x"><script>',
            'panel',
            'expand',
            'media',
            'orderedList',
            'tableCell',
            'constructor',
          ),
          text: fc.oneof(fc.string(), fc.constant('<img src=x onerror=alert(1)>')),
          attrs: fc.dictionary(
            fc.constantFrom(
              'level',
              'url',
              'href',
              'text',
              'language',
              'timestamp',
              'title',
              'alt',
              'order',
              'colspan',
              'data',
              'panelType',
            ),
            fc.oneof(fc.string(), fc.integer(), fc.constant('https://a.example/"onload="x')),
          ),
          marks: fc.array(
            fc.record({
              type: fc.constantFrom('link', 'strong', 'textColor', 'toString'),
              attrs: fc.dictionary(fc.constant('href'), fc.oneof(fc.webUrl(), fc.string())),
            }),
            { maxLength: 2 },
          ),
          content: fc.array(tie('node'), { maxLength: 3 }),
        },
        { requiredKeys: ['type'] },
      ),
    })).node;
    fc.assert(
      fc.property(fc.array(node, { maxLength: 4 }), (content) => isSafe(renderAdf({ type: 'doc', content })?.html ?? '')),
      { numRuns: 500 },
    );
  });
});

describe('wiki text', () => {
  it('is text and HTML', () => {
    const rendered = renderWiki(
      'h3. Done when\r\n* It *works*.\r\n* See [the notes|https://example.com/a?b=1&c=2]\r\n\r\n{code:json}\r\n{"a": "<b>"}\r\n{code}\r\nThe _end_.',
    );
    expect(rendered?.text).toBe('Done when\n\n- It works.\n- See the notes (https://example.com/a?b=1&c=2)\n\n{"a": "<b>"}\n\nThe end.');
    expect(rendered?.html).toBe(
      '<h3>Done when</h3><ul><li>It <strong>works</strong>.</li><li>See <a href="https://example.com/a?b=1&amp;c=2" rel="noopener noreferrer nofollow" target="_blank">the notes</a></li></ul><pre><code>{&quot;a&quot;: &quot;&lt;b&gt;&quot;}</code></pre><p>The <em>end</em>.</p>',
    );
  });

  it.each([
    '*',
    ' *a',
    '_a ',
    '{{a',
    '{code:',
    '[a|',
    '[http:',
    '* a\n',
    'h1. x\n',
    ' ',
    '|',
    '||a',
    '|a|\n',
    '{panel}',
    '{quote:',
    '*** a\n# b\n',
    '!a',
    '!a.png',
    '\\\\',
    '-a',
    '??',
    '{*}',
    'http://',
    '{color:',
  ])('takes less than 5 s of CPU when it is nothing but %j, 50 000 times', (piece) => {
    const startedAt = process.threadCpuUsage();
    renderWiki(piece.repeat(50_000));
    expect(process.threadCpuUsage(startedAt).user).toBeLessThan(5_000_000);
  });

  it('never makes HTML that is not ours', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '<script>',
        '[x|javascript:alert(1)]',
        '[a|https://x.example/"><b>]',
        '*',
        '_',
        '{code}',
        'h1. ',
        '\n',
        '{{',
        '}}',
        '\n* ',
        '[https://a.example]',
        '|',
        '||',
        '\n|',
        '\n## ',
        '{panel:title=<b>}',
        '{panel}',
        '{quote}',
        '!a.png!',
        '!x"y.png|width=1!',
        '[~<b>]',
        '\\',
        '{*}',
        '??',
        '-',
        '^',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => isSafe(renderWiki(pieces.join(''))?.html ?? '')),
      { numRuns: 1_000 },
    );
  });

  it('is null when there is none', () => {
    for (const nothing of [null, undefined, '', '  \n', 3]) expect(renderWiki(nothing)).toBeNull();
  });
});
