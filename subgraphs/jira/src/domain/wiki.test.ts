import { describe, expect, it } from 'vitest';
import { renderWiki } from './wiki.ts';

const link = (href: string, label = href) => `<a href="${href}" rel="noopener noreferrer nofollow" target="_blank">${label}</a>`;
const find = ({ name }: { name: string }) => (name === 'login.png' ? '/pictures/1/x' : undefined);

// The cases of https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all, and how they are met in practice.
describe('wiki text', () => {
  it.each<[name: string, wiki: string, text: string, html: string]>([
    ['signs', '(/) (?) (*r) (flag) (on) :) :(', '✔ ❓ ★ ⚑ 💡 🙂 🙁', '<p>✔ ❓ ★ ⚑ 💡 🙂 🙁</p>'],
    ['no signs', 'f(x) a:Design std::Dx :)x', 'f(x) a:Design std::Dx :)x', '<p>f(x) a:Design std::Dx :)x</p>'],
    ['not raised', 'a^b c^d ~/x~y 2^', 'a^b c^d ~/x~y 2^', '<p>a^b c^d ~/x~y 2^</p>'],
    [
      'entities',
      '&#91;a&#93; &nbsp;&amp; &lt;b&gt; &#x1F600; &unknown; R&D;',
      '[a] \u00a0& <b> 😀 &unknown; R&D;',
      '<p>[a] \u00a0&amp; &lt;b&gt; 😀 &amp;unknown; R&amp;D;</p>',
    ],
    [
      'entities that are no characters',
      '&#0; &#xD800; &#9999999;',
      '&#0; &#xD800; &#9999999;',
      '<p>&amp;#0; &amp;#xD800; &amp;#9999999;</p>',
    ],
    ['braces in fixed width', '{{{"a":1}}} {{a}b}}', '{"a":1} a}b', '<p><code>{&quot;a&quot;:1}</code> <code>a}b</code></p>'],
    ['titled code', '{code:java|title=Foo.java}\na;\n{code}', 'Foo.java\na;', '<p><strong>Foo.java</strong></p><pre><code>a;</code></pre>'],
    ['a list right after a line', 'Steps:\n* one\n* two', 'Steps:\n\n- one\n- two', '<p>Steps:</p><ul><li>one</li><li>two</li></ul>'],
    ['a nested list', '* a\n** a1\n* b', '- a\n  - a1\n- b', '<ul><li>a<ul><li>a1</li></ul></li><li>b</li></ul>'],
    ['a mixed list', '# a\n#* b\n#* c\n# d', '1. a\n   - b\n   - c\n2. d', '<ol><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ol>'],
    ['a list of dashes', '- a\n-- b\n- c', '- a\n  - b\n- c', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>'],
    ['a list that begins deep', '** a\n* b', '- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
    ['two kinds of list one after the other', '* a\n# b', '- a\n1. b', '<ul><li>a</li></ul><ol><li>b</li></ol>'],
    ['an item of two lines', '* a\nb\n* c', '- a\n  b\n- c', '<ul><li>a<br>b</li><li>c</li></ul>'],
    [
      'a table',
      '||Case||Result||\n|a|b|',
      'Case | Result\na | b',
      '<table><tr><th>Case</th><th>Result</th></tr><tr><td>a</td><td>b</td></tr></table>',
    ],
    [
      'a table right after a line, with heads aside',
      'T:\n||x|1|\n||y|[a|https://example.com/]|',
      'T:\n\nx | 1\ny | a (https://example.com/)',
      `<p>T:</p><table><tr><th>x</th><td>1</td></tr><tr><th>y</th><td>${link('https://example.com/', 'a')}</td></tr></table>`,
    ],
    [
      'a cell of two lines, an empty one and an escaped bar',
      '|a\nb| |c\\|d|',
      'a b |  | c|d',
      '<table><tr><td>a<br>b</td><td></td><td>c|d</td></tr></table>',
    ],
    [
      'a panel',
      '{panel:title=Note|borderStyle=dashed}\nInside\n{panel}',
      'Note\n\nInside',
      '<blockquote><p><strong>Note</strong></p><p>Inside</p></blockquote>',
    ],
    [
      'a panel with a list and code that holds its name',
      '{panel}\n* a\n{code}{panel}{code}\n{panel}',
      '- a\n\n{panel}',
      '<blockquote><ul><li>a</li></ul><pre><code>{panel}</code></pre></blockquote>',
    ],
    ['a quote', '{quote}\na\n\nb\n{quote}', 'a\n\nb', '<blockquote><p>a</p><p>b</p></blockquote>'],
    ['a quote of one line', 'bq. a *b*', 'a b', '<blockquote>a <strong>b</strong></blockquote>'],
    ['an admonition', '{warning}a{warning}', 'Warning\n\na', '<blockquote><p><strong>Warning</strong></p><p>a</p></blockquote>'],
    ['colour', '{color:red}a{color} {color:#ff0000}*b*{color}', 'a b', '<p>a <strong>b</strong></p>'],
    [
      '{noformat} inside {code}',
      '{code:java}\n{noformat}\n*x*\n{noformat}\n{code}',
      '{noformat}\n*x*\n{noformat}',
      '<pre><code>{noformat}\n*x*\n{noformat}</code></pre>',
    ],
    ['blank lines inside code', '{noformat}\na\n\n\n  b\n{noformat}', 'a\n\n\n  b', '<pre><code>a\n\n\n  b</code></pre>'],
    ['code that nobody closes', 'a {code} b', 'a {code} b', '<p>a {code} b</p>'],
    ['a mention', 'Ask [~jdoe] first, then [~accountid:5b1]', 'Ask @jdoe first, then @somebody', '<p>Ask @jdoe first, then @somebody</p>'],
    ['escapes', 'Use \\*stars\\* and \\{code\\}', 'Use *stars* and {code}', '<p>Use *stars* and {code}</p>'],
    [
      'a smart link',
      '[https://example.com/a|https://example.com/a|smart-link]',
      'https://example.com/a',
      `<p>${link('https://example.com/a')}</p>`,
    ],
    [
      'a bare address',
      'See https://example.com/a_b_c?x=1.',
      'See https://example.com/a_b_c?x=1.',
      `<p>See ${link('https://example.com/a_b_c?x=1')}.</p>`,
    ],
    ['an address within a word', 'xhttps://example.com', 'xhttps://example.com', '<p>xhttps://example.com</p>'],
    ['struck and inserted text', 'Do -not- +really+ ship', 'Do ~not~ really ship', '<p>Do <s>not</s> <u>really</u> ship</p>'],
    [
      'raised and lowered text',
      '10^6^ H~2~O and 10{^}6{^} H{~}2{~}O',
      '10^6^ H~2~O and 10⁶ H₂O',
      '<p>10^6^ H~2~O and 10<sup>6</sup> H<sub>2</sub>O</p>',
    ],
    ['marks in the midst of words', 'a-b-c 2*3*4 snake_case_name', 'a-b-c 2*3*4 snake_case_name', '<p>a-b-c 2*3*4 snake_case_name</p>'],
    ['marks in braces', 'un{*}believ{*}able', 'unbelievable', '<p>un<strong>believ</strong>able</p>'],
    ['nested marks', '*a _b_*', 'a b', '<p><strong>a <em>b</em></strong></p>'],
    ['a rule', 'a\n----\nb', 'a\n\n---\n\nb', '<p>a</p><hr><p>b</p>'],
    ['a heading right after a line', 'a\nh2. b\nc', 'a\n\nb\n\nc', '<p>a</p><h2>b</h2><p>c</p>'],
    ['a line break', 'a\\\\ b', 'a\n b', '<p>a<br> b</p>'],
    [
      'a picture',
      'See !login.png|thumbnail! and !other.png!',
      'See [picture: login.png] and [picture: other.png]',
      '<p>See <img src="/pictures/1/x" alt="login.png" loading="lazy"> and <em>[picture: other.png]</em></p>',
    ],
    [
      'a picture from elsewhere',
      '!https://example.com/a.png!',
      '[picture: https://example.com/a.png]',
      `<p>${link('https://example.com/a.png', '[picture]')}</p>`,
    ],
    ['an exclamation', 'Hello! Wait! Now!', 'Hello! Wait! Now!', '<p>Hello! Wait! Now!</p>'],
    ['an attachment', 'See [^log.txt]', 'See [document: log.txt]', '<p>See <em>[document: log.txt]</em></p>'],
    ['signs', '(/) done (x) not, f(x) is', '✔ done ✘ not, f(x) is', '<p>✔ done ✘ not, f(x) is</p>'],
    ['brackets that are no link', 'a[0] and [todo]', 'a[0] and [todo]', '<p>a[0] and [todo]</p>'],
    [
      'a link with marks in its label',
      '[*a*|https://example.com/]',
      'a (https://example.com/)',
      `<p>${link('https://example.com/', '<strong>a</strong>')}</p>`,
    ],
    [
      'code with a bar in a cell',
      '|a|{code}x | y{code}|b|',
      'a | x | y | b',
      '<table><tr><td>a</td><td><pre><code>x | y</code></pre></td><td>b</td></tr></table>',
    ],
    [
      'code of several lines in a cell, an empty one and a row among them',
      '||Case||Code||\n|a|{code:java}\nif (x || y) {\n\n| no row |\n}\n{code}|\n|b|c|',
      'Case | Code\na | if (x || y) { | no row | }\nb | c',
      '<table><tr><th>Case</th><th>Code</th></tr><tr><td>a</td><td><pre><code>if (x || y) {\n\n| no row |\n}</code></pre></td></tr><tr><td>b</td><td>c</td></tr></table>',
    ],
    [
      'text without markup in a cell, between words',
      '|see {noformat}a|*b*{noformat} there|c|',
      'see a|*b* there | c',
      '<table><tr><td><p>see</p><pre><code>a|*b*</code></pre><p>there</p></td><td>c</td></tr></table>',
    ],
    [
      'a panel with a title and a table in a cell',
      '|{panel:title=T|borderStyle=dashed}\n|x|y|\n{panel}|z|',
      'T x | y | z',
      '<table><tr><td><blockquote><p><strong>T</strong></p><table><tr><td>x</td><td>y</td></tr></table></blockquote></td><td>z</td></tr></table>',
    ],
    [
      'several macros in one row, the second in a line that goes on',
      '|{code}\na|b\n{code}|{quote}c{quote}\nand {info}d|e{info}|\nafter',
      'a|b | c and Info d|e\n\nafter',
      '<table><tr><td><pre><code>a|b</code></pre></td><td><blockquote><p>c</p></blockquote><p>and</p><blockquote><p><strong>Info</strong></p><p>d|e</p></blockquote></td></tr></table><p>after</p>',
    ],
    [
      'code after a table, which is in no cell',
      '|a|b|\n{code}x|y{code}',
      'a | b\n\nx|y',
      '<table><tr><td>a</td><td>b</td></tr></table><pre><code>x|y</code></pre>',
    ],
    [
      'code in a cell that is never closed',
      '|a|{code}x|y|',
      'a | {code}x | y',
      '<table><tr><td>a</td><td>{code}x</td><td>y</td></tr></table>',
    ],
    ['an unsafe link', '[a|javascript:alert(1)]', 'a (javascript:alert(1))', '<p>a</p>'],
  ])('says what its author wrote: %s', (_name, wiki, text, html) => {
    expect(renderWiki(wiki, find)).toEqual({ text, html });
  });
});
