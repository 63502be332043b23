import { describe, expect, it } from 'vitest';
import { renderAdf } from './adf.ts';
import schema from './testing/adf-schema.json' with { type: 'json' };

const text = (value: string, ...marks: unknown[]) => ({ type: 'text', text: value, ...(marks.length === 0 ? {} : { marks }) });
const p = (...content: unknown[]) => ({ type: 'paragraph', content });
const item = (...content: unknown[]) => ({ type: 'listItem', content });
const render = (...content: unknown[]) => renderAdf({ type: 'doc', version: 1, content });
const find = ({ name }: { name: string }) => (name === 'login.png' ? '/pictures/1/x' : undefined);
const link = (href: string, label = href) => `<a href="${href}" rel="noopener noreferrer nofollow" target="_blank">${label}</a>`;

// Every node of the public schema (testing/adf-schema.json says whose list it is) has a rendering that somebody has decided.
const nodes: readonly (readonly [type: string, node: unknown, text: string, html: string])[] = [
  ['paragraph', p(text('a')), 'a', '<p>a</p>'],
  ['text', p(text('a & b')), 'a & b', '<p>a &amp; b</p>'],
  ['hardBreak', p(text('a'), { type: 'hardBreak' }, text('b')), 'a\nb', '<p>a<br>b</p>'],
  ['heading', { type: 'heading', attrs: { level: 4 }, content: [text('a')] }, 'a', '<h4>a</h4>'],
  ['rule', { type: 'rule' }, '---', '<hr>'],
  [
    'blockquote',
    { type: 'blockquote', content: [p(text('a')), p(text('b'))] },
    '> a\n> \n> b',
    '<blockquote><p>a</p><p>b</p></blockquote>',
  ],
  ['codeBlock', { type: 'codeBlock', content: [text('a\n\n\n  b')] }, 'a\n\n\n  b', '<pre><code>a\n\n\n  b</code></pre>'],
  [
    'bulletList',
    { type: 'bulletList', content: [item(p(text('a')), { type: 'bulletList', content: [item(p(text('b')))] }), item(p(text('c')))] },
    '- a\n  - b\n- c',
    '<ul><li><p>a</p><ul><li><p>b</p></li></ul></li><li><p>c</p></li></ul>',
  ],
  [
    'orderedList',
    {
      type: 'orderedList',
      attrs: { order: 4 },
      content: [item(p(text('a')), { type: 'orderedList', content: [item(p(text('b'))), item(p(text('c')))] }), item(p(text('d')))],
    },
    '4. a\n   1. b\n   2. c\n5. d',
    '<ol start="4"><li><p>a</p><ol><li><p>b</p></li><li><p>c</p></li></ol></li><li><p>d</p></li></ol>',
  ],
  ['listItem', { type: 'bulletList', content: [item(p(text('a')), p(text('b')))] }, '- a\n  b', '<ul><li><p>a</p><p>b</p></li></ul>'],
  [
    'taskList',
    {
      type: 'taskList',
      content: [
        { type: 'taskItem', attrs: { state: 'DONE' }, content: [text('a')] },
        { type: 'taskItem', attrs: { state: 'TODO' }, content: [text('b')] },
      ],
    },
    '[x] a\n[ ] b',
    '<ul><li><input type="checkbox" disabled checked> a</li><li><input type="checkbox" disabled> b</li></ul>',
  ],
  [
    'taskItem',
    { type: 'taskList', content: [{ type: 'taskItem', attrs: {}, content: [text('a')] }] },
    '[ ] a',
    '<ul><li><input type="checkbox" disabled> a</li></ul>',
  ],
  [
    'blockTaskItem',
    { type: 'taskList', content: [{ type: 'blockTaskItem', attrs: { state: 'DONE' }, content: [p(text('a'))] }] },
    '[x] a',
    '<ul><li><input type="checkbox" disabled checked> <p>a</p></li></ul>',
  ],
  [
    'decisionList',
    { type: 'decisionList', content: [{ type: 'decisionItem', attrs: { state: 'DECIDED' }, content: [text('a')] }] },
    '<> a',
    '<ul><li>a</li></ul>',
  ],
  [
    'decisionItem',
    { type: 'decisionList', content: [{ type: 'decisionItem', attrs: {}, content: [text('a')] }] },
    '< > a',
    '<ul><li>a</li></ul>',
  ],
  [
    'expand',
    { type: 'expand', attrs: { title: 'Why' }, content: [p(text('a'))] },
    'Why\n\na',
    '<details open><summary>Why</summary><p>a</p></details>',
  ],
  [
    'nestedExpand',
    { type: 'nestedExpand', attrs: { title: 'Why' }, content: [p(text('a'))] },
    'Why\n\na',
    '<details open><summary>Why</summary><p>a</p></details>',
  ],
  [
    'panel',
    { type: 'panel', attrs: { panelType: 'warning' }, content: [p(text('a'))] },
    'Warning: a',
    '<blockquote><p><strong>Warning</strong></p><p>a</p></blockquote>',
  ],
  [
    'table',
    {
      type: 'table',
      content: [
        { type: 'tableRow', content: [{ type: 'tableHeader', attrs: { colspan: 2 }, content: [p(text('a'))] }] },
        {
          type: 'tableRow',
          content: [
            { type: 'tableCell', content: [p(text('b')), p(text('c'))] },
            { type: 'tableCell', content: [p()] },
            { type: 'tableCell', content: [p(text('d'))] },
          ],
        },
      ],
    },
    'a\nb c |  | d',
    '<table><tr><th colspan="2"><p>a</p></th></tr><tr><td><p>b</p><p>c</p></td><td><p></p></td><td><p>d</p></td></tr></table>',
  ],
  [
    'tableRow',
    { type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableCell', content: [p(text('a'))] }] }] },
    'a',
    '<table><tr><td><p>a</p></td></tr></table>',
  ],
  [
    'tableHeader',
    { type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableHeader', content: [p(text('a'))] }] }] },
    'a',
    '<table><tr><th><p>a</p></th></tr></table>',
  ],
  [
    'tableCell',
    { type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableCell', attrs: { rowspan: 3 }, content: [p(text('a'))] }] }] },
    'a',
    '<table><tr><td rowspan="3"><p>a</p></td></tr></table>',
  ],
  [
    'mediaSingle',
    { type: 'mediaSingle', content: [{ type: 'media', attrs: { type: 'file', id: 'x', alt: 'login.png' } }] },
    '[picture: login.png]',
    '<p><img src="/pictures/1/x" alt="login.png" loading="lazy"></p>',
  ],
  [
    'media',
    { type: 'mediaSingle', content: [{ type: 'media', attrs: { type: 'file', id: 'x' } }] },
    '[picture]',
    '<p><em>[picture]</em></p>',
  ],
  [
    'mediaGroup',
    {
      type: 'mediaGroup',
      content: [
        { type: 'media', attrs: { type: 'file', alt: 'a.pdf' } },
        { type: 'media', attrs: { type: 'file', alt: 'b.pdf' } },
      ],
    },
    '[document: a.pdf]\n[document: b.pdf]',
    '<p><em>[document: a.pdf]</em><em>[document: b.pdf]</em></p>',
  ],
  [
    'mediaInline',
    p(text('see '), { type: 'mediaInline', attrs: { alt: 'login.png' } }),
    'see [picture: login.png]',
    '<p>see <img src="/pictures/1/x" alt="login.png" loading="lazy"></p>',
  ],
  [
    'caption',
    {
      type: 'mediaSingle',
      content: [
        { type: 'media', attrs: { type: 'external', url: 'https://example.com/a.png' } },
        { type: 'caption', content: [text('b')] },
      ],
    },
    '[picture]\nb',
    `<p>${link('https://example.com/a.png', '[picture]')}<p>b</p></p>`,
  ],
  ['image', { type: 'image', attrs: { alt: 'a' } }, '[picture: a]', '<em>[picture: a]</em>'],
  [
    'inlineCard',
    p({ type: 'inlineCard', attrs: { url: 'https://example.com/a' } }),
    'https://example.com/a',
    `<p>${link('https://example.com/a')}</p>`,
  ],
  [
    'inlineCard (data)',
    p({ type: 'inlineCard', attrs: { data: { '@type': 'Document', name: 'The plan', url: 'https://example.com/a' } } }),
    'The plan (https://example.com/a)',
    `<p>${link('https://example.com/a', 'The plan')}</p>`,
  ],
  [
    'blockCard',
    { type: 'blockCard', attrs: { url: 'https://example.com/a' } },
    'https://example.com/a',
    `<p>${link('https://example.com/a')}</p>`,
  ],
  [
    'embedCard',
    { type: 'embedCard', attrs: { url: 'https://example.com/a', layout: 'wide' } },
    'https://example.com/a',
    `<p>${link('https://example.com/a')}</p>`,
  ],
  [
    'mention',
    p(text('Ask '), { type: 'mention', attrs: { id: '1', text: '' } }, text(' first')),
    'Ask @somebody first',
    '<p>Ask @somebody first</p>',
  ],
  ['emoji', p({ type: 'emoji', attrs: { shortName: ':tada:', text: '🎉' } }), '🎉', '<p>🎉</p>'],
  ['date', p({ type: 'date', attrs: { timestamp: '1700000000000' } }), '2023-11-14', '<p>2023-11-14</p>'],
  ['status', p({ type: 'status', attrs: { text: 'IN REVIEW', color: 'blue' } }), 'IN REVIEW', '<p>IN REVIEW</p>'],
  ['placeholder', p({ type: 'placeholder', attrs: { text: 'Type here' } }), 'Type here', '<p>Type here</p>'],
  [
    'layoutSection',
    {
      type: 'layoutSection',
      content: [
        { type: 'layoutColumn', content: [p(text('a'))] },
        { type: 'layoutColumn', content: [p(text('b'))] },
      ],
    },
    'a\n\nb',
    '<p>a</p><p>b</p>',
  ],
  ['layoutColumn', { type: 'layoutColumn', content: [p(text('a'))] }, 'a', '<p>a</p>'],
  ['extension', { type: 'extension', attrs: { extensionType: 'com.x', extensionKey: 'chart' } }, '[chart]', '[chart]'],
  ['inlineExtension', p({ type: 'inlineExtension', attrs: { extensionKey: 'chart', text: 'A chart' } }), 'A chart', '<p>A chart</p>'],
  ['bodiedExtension', { type: 'bodiedExtension', attrs: { extensionKey: 'x' }, content: [p(text('a'))] }, 'a', '<p>a</p>'],
  [
    'multiBodiedExtension',
    { type: 'multiBodiedExtension', attrs: {}, content: [{ type: 'extensionFrame', content: [p(text('a'))] }] },
    'a',
    '<p>a</p>',
  ],
  ['extensionFrame', { type: 'extensionFrame', content: [p(text('a'))] }, 'a', '<p>a</p>'],
  ['syncBlock', { type: 'syncBlock', attrs: { resourceId: 'x' } }, '[extension]', '[extension]'],
  ['bodiedSyncBlock', { type: 'bodiedSyncBlock', attrs: {}, content: [p(text('a'))] }, 'a', '<p>a</p>'],
  ['confluenceUnsupportedBlock', { type: 'confluenceUnsupportedBlock', attrs: { cxhtml: '<b>' } }, '', ''],
  ['bodiedRule', { type: 'bodiedRule', content: [p(text('a'))] }, 'a', '<p>a</p>'],
  ['an unknown one', { type: 'hologram', content: [p(text('a'))] }, 'a', '<p>a</p>'],
];

describe('a node of an Atlassian document', () => {
  it.each(nodes)('%s says what it says', (_type, node, said, html) => {
    const rendered = renderAdf({ type: 'doc', version: 1, content: [node] }, find);
    if (said === '') expect(rendered).toBeNull();
    else expect(rendered).toEqual({ text: said, html });
  });

  it('of every kind of the public schema is among these', () => {
    const decided = new Set(['doc', ...nodes.map(([name]) => name.split(' ', 1)[0])]);
    expect([...schema.nodes, ...schema.nodesOfStage0].filter((type) => !decided.has(type))).toEqual([]);
  });
});

describe('a mark of an Atlassian document', () => {
  const sup = { type: 'subsup', attrs: { type: 'sup' } };
  const sub = { type: 'subsup', attrs: { type: 'sub' } };
  const toDoc = { type: 'link', attrs: { href: 'https://example.com/d' } };
  const struck = { type: 'strike' };
  const marks: readonly (readonly [name: string, node: unknown, said: string, html: string | undefined])[] = [
    ['strong', text('a', { type: 'strong' }), 'a', '<strong>a</strong>'],
    ['em', text('a', { type: 'em' }), 'a', '<em>a</em>'],
    ['code', text('a', { type: 'code' }), 'a', '<code>a</code>'],
    ['underline', text('a', { type: 'underline' }), 'a', '<u>a</u>'],
    ['strike', text('not ', { type: 'strike' }), '~not~', '<s>not </s>'],
    ['subsup of digits', text('6', sup), '⁶', '<sup>6</sup>'],
    ['subsup of words', text('th', sup), '^(th)', '<sup>th</sup>'],
    ['subsup below', text('2', sub), '₂', '<sub>2</sub>'],
    [
      'link',
      text('the notes', { type: 'link', attrs: { href: 'https://example.com/n' } }),
      'the notes (https://example.com/n)',
      link('https://example.com/n', 'the notes'),
    ],
    [
      'link that says its address',
      text('https://example.com/n', { type: 'link', attrs: { href: 'https://example.com/n' } }),
      'https://example.com/n',
      link('https://example.com/n'),
    ],
    [
      'link over several texts',
      [text('see ', toDoc), text('the', toDoc, { type: 'strong' }), text(' doc ', toDoc), text('now')],
      'see the doc (https://example.com/d) now',
      undefined,
    ],
    [
      'strike over several texts',
      [text('Do ', struck), text('not', struck, { type: 'strong' }), text(' ship', struck), text('!')],
      '~Do not ship~!',
      undefined,
    ],
    [
      'two links side by side',
      [text('a', toDoc), text('b', { type: 'link', attrs: { href: 'https://example.com/b' } })],
      'a (https://example.com/d)b (https://example.com/b)',
      undefined,
    ],
    ['textColor', text('a', { type: 'textColor', attrs: { color: '#ff0000' } }), 'a', 'a'],
    ['backgroundColor', text('a', { type: 'backgroundColor', attrs: { color: '#ff0000' } }), 'a', 'a'],
    ['annotation', text('a', { type: 'annotation', attrs: { id: 'x' } }), 'a', 'a'],
    ['fontSize', text('a', { type: 'fontSize', attrs: { fontSize: 'small' } }), 'a', 'a'],
  ];
  it.each(marks)('%s says what it says', (_name, node, said, html) => {
    const content = Array.isArray(node) ? node : [node];
    expect(render(p(...content))).toEqual({ text: said, html: html === undefined ? expect.any(String) : `<p>${html}</p>` });
  });

  const ofLayout = ['alignment', 'indentation', 'border', 'breakout', 'dataConsumer', 'fragment'];
  it.each(ofLayout)('%s is about the place of a block, or about other services, and changes nothing that it says', (type) => {
    expect(render({ ...p(text('a')), marks: [{ type, attrs: { align: 'center', level: 2, size: 1 } }] })).toEqual({
      text: 'a',
      html: '<p>a</p>',
    });
  });

  it('of every kind of the public schema is among these', () => {
    const decided = new Set([...ofLayout, ...marks.map(([name]) => name.split(' ', 1)[0])]);
    expect(schema.marks.filter((type) => !decided.has(type))).toEqual([]);
  });
});

it('a task below a task is one', () => {
  const task = (state: string, said: string) => ({ type: 'taskItem', attrs: { state }, content: [text(said)] });
  const below = { type: 'taskList', content: [task('DONE', 'b'), task('TODO', 'c')] };
  expect(render({ type: 'taskList', content: [task('TODO', 'a'), below] })?.text).toBe('[ ] a\n  [x] b\n  [ ] c');
});
