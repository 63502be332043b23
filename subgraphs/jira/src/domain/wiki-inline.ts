import { toFileKind, toFileLabel } from './file-kinds.ts';
import { escapeHtml, toLink } from './html.ts';
import type { Description } from './issue.ts';
import { type Files, toPicture } from './pictures.ts';
import { toSubscript, toSuperscript } from './raised.ts';

// All spans are bounded: a text of nothing but beginnings would otherwise be searched to its end from each of them.
const escaped = /\\([\\*_\-+^~{}[\]!|?#])/y;
const lineBreak = /\\\\(?=\s|$)/y;
// Up to the last of a row of braces: `{{{a}}}` is `{a}`.
const mono = /\{\{((?:[^}\n]|\}(?!\}(?!\}))){1,500})\}\}/y;
const linked = /\[(?:([^|\][\n]{1,500})\|)?([^|\][\n]{1,2000})(?:\|(?:smart-(?:link|card|embed|block)|block|embed)[^\]\n]{0,50})?\]/y;
const picture = /!(?! )([^!|\n]{1,300}\.[a-z0-9]{2,5}|https?:\/\/[^!|\s]{1,1000})(?:\|([^!\n]{0,200}))?!/iy;
const address = /https?:\/\/[^\s<>"|\]{}]{1,2000}/iy;
const ignored = /\{(?:color(?::[^}\n]{0,40})?|anchor:[^}\n]{0,100})\}/y;
const sign = /\((?:\/|x|!|i|y|n|\?|\+|-|on|off|\*[rgby]?|flag|flagoff)\)|(?::\)|:\(|:P|:D)(?=[\s.,!?]|$)/y;
// Texts that come from Jira's editor have them in place of signs of the markup.
const entity = /&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]{2,6}));/iy;
const dash = /---?(?=\s|$)/y;

const plain = /(?:(?!https?:)[\p{L}\p{N} ,;])+/iuy;

const signs: Readonly<Record<string, string>> = {
  '(/)': '✔',
  '(x)': '✘',
  '(!)': '⚠',
  '(i)': 'ℹ',
  '(y)': '👍',
  '(n)': '👎',
  '(?)': '❓',
  '(+)': '➕',
  '(-)': '➖',
  '(on)': '💡',
  '(off)': '○',
  '(*)': '★',
  '(*r)': '★',
  '(*g)': '★',
  '(*b)': '★',
  '(*y)': '★',
  '(flag)': '⚑',
  '(flagoff)': '⚐',
  ':)': '🙂',
  ':(': '🙁',
  ':P': '😛',
  ':D': '😀',
};

const named: Readonly<Record<string, string>> = {
  nbsp: '\u00a0',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  mdash: '—',
  ndash: '–',
  hellip: '…',
  bull: '•',
  rarr: '→',
  larr: '←',
  times: '×',
  deg: '°',
  euro: '€',
  copy: '©',
  reg: '®',
  trade: '™',
};

interface Span {
  readonly tag: string;
  readonly toText: (text: string) => string;
}

const same = (text: string): string => text;
const spans: readonly (readonly [mark: string, span: Span])[] = Object.entries({
  '*': { tag: 'strong', toText: same },
  _: { tag: 'em', toText: same },
  '??': { tag: 'em', toText: same },
  '-': { tag: 's', toText: (text) => `~${text}~` },
  '+': { tag: 'u', toText: same },
  '^': { tag: 'sup', toText: toSuperscript },
  '~': { tag: 'sub', toText: toSubscript },
});

const isWordAt = (text: string, at: number): boolean => /[\p{L}\p{N}_]/u.test(text.charAt(at));

/** Letters, digits and blanks up to the first sign that may mean something; the last of them stays, for it may be the beginning of an address. */
function plainText(wiki: string, at: number): string {
  plain.lastIndex = at;
  return plain.exec(wiki)?.[0] ?? '';
}

/** One or several lines of wiki text as text and HTML: https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=texteffects */
export function renderInline(wiki: string, files: Files): Description {
  let text = '';
  let html = '';
  let at = 0;
  const add = (said: string, shown = escapeHtml(said)): void => {
    text += said;
    html += shown;
  };
  const isEdge = (): boolean => at === 0 || /[\s(]/.test(wiki.charAt(at - 1));
  const isNoWord = (): boolean => !isWordAt(wiki, at - 1);
  const always = (): boolean => true;
  /** In this order; the first whose form is found here has it. */
  const rules: readonly (readonly [form: RegExp, isHere: () => boolean, add: (found: RegExpExecArray) => void])[] = [
    [lineBreak, always, () => add('\n', '<br>')],
    [escaped, always, ([, char = '']) => add(char)],
    [mono, always, ([, code = '']) => add(code, `<code>${escapeHtml(code)}</code>`)],
    [entity, always, addEntity],
    [ignored, always, () => undefined],
    [picture, always, ([, name = '', attributes = '']) => addPicture(name, /(?:^|,)\s*thumbnail\s*(?:,|$)/i.test(attributes))],
    [linked, always, addLink],
    [address, isNoWord, ([given]) => addAddress(given)],
    [sign, isEdge, ([given]) => add(signs[given] ?? '')],
    [dash, isEdge, ([given]) => add(given === '---' ? '—' : '–')],
  ];
  const takeRule = (): boolean =>
    rules.some(([form, isHere, render]) => {
      form.lastIndex = at;
      const found = isHere() ? form.exec(wiki) : null;
      if (found === null) return false;
      at += found[0].length;
      render(found);
      return true;
    });
  while (at < wiki.length) {
    const plain = plainText(wiki, at);
    if (plain !== '') {
      add(plain);
      at += plain.length;
    } else if (!takeRule() && !takeSpan()) {
      const char = wiki.charAt(at);
      add(char, char === '\n' ? '<br>' : escapeHtml(char));
      at += 1;
    }
  }
  return { text, html };

  /** Text between two marks, which stand at the edges of words, or in braces (`{*}`) anywhere; none of the same mark stands in it: that would end it. */
  function takeSpan(): boolean {
    const isBraced = wiki.charAt(at) === '{';
    const start = at + (isBraced ? 1 : 0);
    const found = spans.find(([mark]) => wiki.startsWith(mark, start));
    if (found === undefined) return false;
    const [mark, span] = found;
    if (isBraced && wiki.charAt(start + mark.length) !== '}') return false;
    const opening = isBraced ? `{${mark}}` : mark;
    const inside = at + opening.length;
    if (!isBraced && (isWordAt(wiki, at - 1) || /\s|^$/.test(wiki.charAt(inside)) || wiki.startsWith(mark, inside))) return false;
    const end = findEnd(opening, inside, isBraced);
    if (end === undefined) return false;
    const inner = renderInline(wiki.slice(inside, end), files);
    add(span.toText(inner.text), `<${span.tag}>${inner.html}</${span.tag}>`);
    at = end + opening.length;
    return true;
  }

  function findEnd(mark: string, from: number, isBraced: boolean): number | undefined {
    const lineEnd = wiki.indexOf('\n', from);
    const limit = Math.min(from + 500, lineEnd === -1 ? wiki.length : lineEnd);
    for (let end = wiki.indexOf(mark, from); end !== -1 && end < limit; end = wiki.indexOf(mark, end + 1)) {
      if (wiki.charAt(end - 1) === '\\') continue;
      if (isBraced || (!/\s/.test(wiki.charAt(end - 1)) && !isWordAt(wiki, end + mark.length))) return end;
    }
    return undefined;
  }

  function addPicture(name: string, isThumbnail: boolean): void {
    const isElsewhere = /^https?:/i.test(name);
    const kind = toFileKind({ name, mediaType: isElsewhere ? undefined : files.findType(name) }, 'picture');
    const shown = { name: isElsewhere ? '' : name, kind, isThumbnail, href: isElsewhere ? name : '', find: files.findPicture };
    add(toFileLabel(kind, name), toPicture(shown));
  }

  /** An attached file, with the words of the link before it. */
  function addFile(name: string, label: string | undefined): void {
    const said = toFileLabel(toFileKind({ name, mediaType: files.findType(name) }, 'file'), name);
    if (label !== undefined && label !== name) {
      const shown = renderLabel(label);
      add(`${shown.text} `, `${shown.html} `);
    }
    add(said, `<em>${escapeHtml(said)}</em>`);
  }

  /** Also the signs that are markup when they stand for themselves. */
  function addEntity([given, decimal, hex, name = '']: RegExpExecArray): void {
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    const isChar = code >= 32 && !(code >= 0xd800 && code <= 0xdfff);
    add(isChar ? String.fromCodePoint(code) : (named[name.toLowerCase()] ?? given));
  }

  function addLink([whole, label, target = '']: RegExpExecArray): void {
    const user = /^~(.+)/.exec(target)?.[1];
    const file = /^\^(.+)/.exec(target)?.[1];
    if (user !== undefined) add(user.startsWith('accountid:') ? '@somebody' : `@${user}`);
    else if (file !== undefined) addFile(file, label);
    else if (!/^(?:[a-z][a-z0-9+.-]{1,20}:|\/\/)/i.test(target)) add(label ?? whole);
    else {
      const shown = renderLabel(label ?? target);
      add(label === undefined || label === target ? target : `${shown.text} (${target})`, toLink(target, shown.html));
    }
  }

  /** An address in it is none of its own: links do not nest. */
  function renderLabel(label: string): Description {
    return /https?:/i.test(label) ? { text: label, html: escapeHtml(label) } : renderInline(label, files);
  }

  function addAddress(given: string): void {
    const href = given.replace(/[.,;:!?)*_]+$/, '');
    at -= given.length - href.length;
    add(href, toLink(href, escapeHtml(href)));
  }
}
