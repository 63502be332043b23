import { describe, expect, it } from 'vitest';
import { renderWiki } from './wiki.ts';

const link = (href: string, label = href) => `<a href="${href}" rel="noopener noreferrer nofollow" target="_blank">${label}</a>`;

// https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=texteffects and ?section=links
describe('wiki text within a line', () => {
  it.each<[name: string, wiki: string, text: string, html: string]>([
    ['dashes', 'a -- b --- c', 'a – b — c', 'a – b — c'],
    ['entities at the borders of what is a character', '&#32;a&#33; &#xDFFF;', 'a! &#xDFFF;', ' a! &amp;#xDFFF;'],
    ['marks that no line closes', 'a *b\nc* d', 'a *b\nc* d', 'a *b<br>c* d'],
    ['an escaped mark between marks', '*2\\* 3*', '2* 3', '<strong>2* 3</strong>'],
    ['a mark in a brace that nothing closes', 'a {* x {*} b', 'a {* x {*} b', 'a {* x {*} b'],
    ['marks around nothing', 'a{*}{*}b', 'ab', 'a<strong></strong>b'],
    [
      'a picture from elsewhere without TLS',
      '!http://example.com/a.png!',
      '[picture: http://example.com/a.png]',
      link('http://example.com/a.png', '[picture]'),
    ],
    ['a file by its own name', '[a.pdf|^a.pdf]', '[document: a.pdf]', '<em>[document: a.pdf]</em>'],
    ['an address alone', '[https://example.com/a]', 'https://example.com/a', link('https://example.com/a')],
    ['a link to a home page', '[a|https://example.com/~ada]', 'a (https://example.com/~ada)', link('https://example.com/~ada', 'a')],
    ['a link with a raised sign', '[a|https://example.com/x^2]', 'a (https://example.com/x^2)', link('https://example.com/x%5E2', 'a')],
    ['brackets around words with a colon', '[see note: x]', '[see note: x]', '[see note: x]'],
    [
      'a link that is labelled with an address',
      '[http://example.com/_a_|https://example.com/b]',
      'http://example.com/_a_ (https://example.com/b)',
      link('https://example.com/b', 'http://example.com/_a_'),
    ],
    [
      'a link whose label holds an address, which is no link of its own',
      '[see https://example.com/a|https://example.com/b]',
      'see https://example.com/a (https://example.com/b)',
      link('https://example.com/b', 'see https://example.com/a'),
    ],
    [
      'an address at the end of a sentence in brackets',
      '(see https://example.com/a).',
      '(see https://example.com/a).',
      `(see ${link('https://example.com/a')}).`,
    ],
  ])('says what its author wrote: %s', (_name, wiki, text, html) => {
    expect(renderWiki(wiki)).toEqual({ text, html: `<p>${html}</p>` });
  });
});
