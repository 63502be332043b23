import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScriptedSubgraphs, startRouterOn, startScriptedSubgraphs } from '../../test/scripted.ts';
import { composeToy } from '../../test/world.ts';
import { start } from '../main.ts';

// Texts of subgraphs that are copied into the answer, and texts that have to be parsed first: clients see no difference.

let subgraphs: ScriptedSubgraphs;
let routers: { readonly url: string; readonly stop: () => Promise<void> }[];
beforeAll(async () => {
  const supergraph = composeToy();
  subgraphs = await startScriptedSubgraphs();
  routers = await Promise.all([{}, { HOT_PATH: 'false' }].map((way) => startRouterOn(start, subgraphs, supergraph, way)));
});
afterAll(async () => {
  await Promise.all((routers ?? []).map(({ stop }) => stop()));
  await subgraphs?.stop();
});

const query = '{ session(id: "s1") { title items { revision issue { summary key status } id } revision } }';
const voting =
  '{"data":{"session":{"title":"One","items":[{"revision":1,"issue":{"__typename":"Issue","key":"T-1"},"id":"i1"},{"revision":2,"issue":{"__typename":"Issue","key":"T-2"},"id":"i2"},{"revision":3,"issue":{"__typename":"Issue","key":"T-1"},"id":"i3"}],"revision":7}}}';
const jira = '{"data":{"_entities":[{"summary":"First","status":"To Do"},{"summary":"Second","status":"Done"}]}}';

async function ask(url: string, said: { readonly voting: string; readonly jira: string }) {
  subgraphs.seen.length = 0;
  subgraphs.answer = ({ subgraph }) => ({ text: subgraph === 'jira' ? said.jira : said.voting });
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
  const text = await response.text();
  const { data, errors = [] } = JSON.parse(text) as { data: unknown; errors?: { path?: unknown[]; extensions: { code: string } }[] };
  const told = errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions.code}`).sort();
  return { text, shown: { data: JSON.stringify(data), errors: told }, asked: subgraphs.seen.map(({ subgraph }) => subgraph).sort() };
}

const [first = '', second = ''] = ['T-1', 'T-2'];

it('is put together from their texts: letters stay as the subgraph wrote them, and entities stand in each place', async () => {
  const { text, asked } = await ask(routers[0]?.url ?? '', {
    voting: voting.replace('"One"', '"\\u004fne"'),
    jira: jira.replace('First', 'F\\u0069rst'),
  });
  expect(text).toContain('\\u004fne');
  expect(text.match(/F\\u0069rst/g)).toHaveLength(2);
  expect(JSON.parse(text).data.session.items.map(({ issue }: { issue: unknown }) => issue)).toEqual([
    { summary: 'First', key: first, status: 'To Do' },
    { summary: 'Second', key: second, status: 'Done' },
    { summary: 'First', key: first, status: 'To Do' },
  ]);
  expect(asked).toEqual(['jira', 'voting']);
});

describe.each([
  ['voting', (text: string) => ({ voting: text, jira }), voting],
  ['jira', (text: string) => ({ voting, jira: text }), jira],
] as const)('a text of %s', (_name, say, plain) => {
  const swap = (from: string, to: string): string => plain.replace(from, to);
  const changes: readonly (readonly [string, string])[] = [
    ['as it is expected', plain],
    ['with a line end', `${plain}\n`],
    ['with spaces', JSON.stringify(JSON.parse(plain), null, 2)],
    ['with an empty list of errors', swap('{"data"', '{"errors":[],"data"')],
    ['with extensions', `${plain.slice(0, -1)},"extensions":{"cost":1}}`],
    ['with errors beside its data', `${plain.slice(0, -1)},"errors":[{"message":"half"}]}`],
    ['without data', '{"data":null,"errors":[{"message":"nothing"}]}'],
    ['with null for data', '{"data":null}'],
    ['that is cut', plain.slice(0, -5)],
    ['with more behind it', `${plain}x`],
    ['with an escape that is none', swap('"First"', '"F\\x"').replace('"One"', '"O\\x"')],
    ['with a line end in a string', swap('"First"', '"F\n"').replace('"One"', '"O\n"')],
    ['with a number for a string', swap('"First"', '1').replace('"One"', '1')],
    ['with null for a string', swap('"First"', 'null').replace('"One"', 'null')],
    ['with null where none may be', swap('"To Do"', 'null').replace('"revision":7', '"revision":null')],
    ['with a float for an Int', swap('"revision":7', '"revision":7.5')],
    ['with an Int written as a float', swap('"revision":7', '"revision":7.0')],
    ['with an Int that is none', swap('"revision":7', '"revision":7000000000')],
    ['with an unknown enum value', swap('"Done"', '"Undone"')],
    ['with null for an object', swap('{"summary":"First","status":"To Do"}', 'null').replace('{"__typename":"Issue","key":"T-1"}', 'null')],
    ['with a list for an object', swap('{"summary":"First","status":"To Do"}', '[]').replace('{"__typename":"Issue","key":"T-1"}', '[]')],
    ['with an empty list', plain.replace(/\[.*\]/, '[]')],
    ['with null for the list', plain.replace(/\[.*\]/, 'null')],
    ['with another type', swap('"__typename":"Issue"', '"__typename":"Other"')],
    [
      'with another order of fields',
      swap('"summary":"First","status":"To Do"', '"status":"To Do","summary":"First"').replace(
        '"revision":7',
        '"revision":7,"title":"Two"',
      ),
    ],
    ['with a field too many', swap('"summary":"First"', '"extra":{"a":[1]},"summary":"First"').replace('"title"', '"extra":1,"title"')],
    ['with a field missing', swap('"summary":"First",', '').replace('"title":"One",', '')],
    ['with a key that has letters beyond ASCII', plain.replaceAll('T-1', 'Ü-1')],
    ['with a key in escapes', plain.replaceAll('T-1', 'T\\u002d1')],
    ['of nothing', ''],
  ];
  it.each(changes)('%s gives what the uncompiled way gives', async (_case, text) => {
    const [hot, plainWay] = routers;
    const one = await ask(hot?.url ?? '', say(text));
    const other = await ask(plainWay?.url ?? '', say(text));
    expect(one.shown).toEqual(other.shown);
    expect(one.asked).toEqual(other.asked);
  });
});
