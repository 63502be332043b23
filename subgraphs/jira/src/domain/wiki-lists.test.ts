import { describe, expect, it } from 'vitest';
import { renderWiki } from './wiki.ts';

const find = ({ name }: { name: string }) => (name === 'login.png' ? '/pictures/1/x' : undefined);
const shown = '<img src="/pictures/1/x" alt="login.png" loading="lazy">';

// https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=lists and ?section=tables
describe('lists and tables of wiki text', () => {
  it.each<[name: string, wiki: string, text: string, html: string]>([
    ['an item after several blanks', '*   a', '- a', '<ul><li>a</li></ul>'],
    ['an item that goes on in an indented line', '* a\n   b', '- a\n  b', '<ul><li>a<br>b</li></ul>'],
    ['an item that an empty line ends', '* a\n\nb', '- a\n\nb', '<ul><li>a</li></ul><p>b</p>'],
    [
      'numbers below numbers',
      '# a\n## b\n## c\n# d',
      '1. a\n   1. b\n   2. c\n2. d',
      '<ol><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ol>',
    ],
    ['bullets below numbers, then a number', '#* a\n# b', '1. a\n2. b', '<ol><li>a</li><li>b</li></ol>'],
    ['cells with blanks around', ' | a |  b  | ', 'a | b', '<table><tr><td>a</td><td>b</td></tr></table>'],
    ['a row that nothing closes', '|a|b', 'a | b', '<table><tr><td>a</td><td>b</td></tr></table>'],
    ['heads that nothing closes', '||a||b', 'a | b', '<table><tr><th>a</th><th>b</th></tr></table>'],
    [
      'bars in code, in a picture and in a link',
      '|{{a|b}}|!login.png|width=1!|[c|https://example.com/]|',
      'a|b | [picture: login.png] | c (https://example.com/)',
      `<table><tr><td><code>a|b</code></td><td>${shown}</td><td><a href="https://example.com/" rel="noopener noreferrer nofollow" target="_blank">c</a></td></tr></table>`,
    ],
    ['a bar after an exclamation', '|Stop!|Now!|', 'Stop! | Now!', '<table><tr><td>Stop!</td><td>Now!</td></tr></table>'],
    ['a bar after a blank exclamation', '|a ! b|c ! d|', 'a ! b | c ! d', '<table><tr><td>a ! b</td><td>c ! d</td></tr></table>'],
    [
      'a third row that goes on',
      '|a|\n|b|\n|c\nd|',
      'a\nb\nc d',
      '<table><tr><td>a</td></tr><tr><td>b</td></tr><tr><td>c<br>d</td></tr></table>',
    ],
  ])('say what their author wrote: %s', (_name, wiki, text, html) => {
    expect(renderWiki(wiki, find)).toEqual({ text, html });
  });
});
