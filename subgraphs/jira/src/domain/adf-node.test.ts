import { describe, expect, it } from 'vitest';
import { renderAdf } from './adf.ts';

const p = (...content: unknown[]) => ({ type: 'paragraph', content });
const say = (...content: unknown[]) => renderAdf({ type: 'doc', content })?.text;

describe('a node of an Atlassian document that is not as the schema has it', () => {
  const after = p({ type: 'text', text: 'b' });

  it.each([
    ['has no type', { content: [{ type: 'text', text: 'a' }] }],
    ['has a number for its type', { type: 5, content: [{ type: 'text', text: 'a' }] }],
    ['has a number for its text', p({ type: 'text', text: 5 })],
    ['has no attributes where it needs them', p({ type: 'status', attrs: null })],
    ['is a date out of words', p({ type: 'date', attrs: { timestamp: 'tomorrow' } })],
    ['is a date that no calendar has', p({ type: 'date', attrs: { timestamp: '1e300' } })],
  ])('says nothing and costs the others nothing when it %s', (_name, node) => {
    expect(say(node, after)).toBe('b');
  });
});

it.each([
  ['its text', { text: 'a' }, 'a'],
  ['the text among its attributes', { attrs: { text: 'a' } }, 'a'],
  ['the address among its attributes', { attrs: { url: 'https://example.com/a' } }, 'https://example.com/a'],
])('a node that nobody knows says %s', (_what, node, said) => {
  expect(say(p({ type: 'hologram', ...node }))).toBe(said);
});

// https://developer.atlassian.com/cloud/jira/platform/apis/document/nodes/mediaInline/ and the attributes that Atlassian's editor writes besides.
it.each([
  ['an inline picture', { type: 'mediaInline', attrs: { type: 'image', alt: 'shot' } }, '[picture: shot]'],
  ['an inline file', { type: 'mediaInline', attrs: { type: 'file', alt: 'shot' } }, '[file: shot]'],
  ['a file in a group', { type: 'media', attrs: { type: 'file', alt: 'shot' } }, '[picture: shot]'],
  ['a file whose type the editor wrote', { type: 'media', attrs: { type: 'file', alt: 'a', __fileMimeType: 'video/mp4' } }, '[video: a]'],
])('%s is %j', (_name, node, said) => {
  expect(say(p(node))).toBe(said);
});

describe('a smart link', () => {
  it.each([
    ['with a name and an address', { name: 'The plan', url: 'https://example.com/a' }, 'The plan (https://example.com/a)'],
    ['with a name alone', { name: 'The plan' }, 'The plan'],
    ['with a number for its name', { name: 5, url: 'https://example.com/a' }, 'https://example.com/a'],
    ['with nothing', {}, '[link]'],
  ])('%s says what is known of it, in a line or as a block', (_name, data, said) => {
    for (const type of ['inlineCard', 'blockCard', 'embedCard']) expect(say({ type, attrs: { data } })).toBe(said);
  });
});

it('a numbered list may begin at 0', () => {
  const item = { type: 'listItem', content: [p({ type: 'text', text: 'a' })] };
  expect(say({ type: 'orderedList', attrs: { order: 0 }, content: [item, item] })).toBe('0. a\n1. a');
});
