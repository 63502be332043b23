import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Said, type ScriptedSubgraphs, type SubgraphRequest, startRouterOn, startScriptedSubgraphs } from '../../test/scripted.ts';
import { composeToy } from '../../test/world.ts';
import { start } from '../main.ts';

// Nothing is swallowed: whatever a subgraph gets wrong is an error with its place, by compiled plans and by the gateway alike.

let subgraphs: ScriptedSubgraphs;
let routers: { readonly way: string; readonly url: string; readonly log: Record<string, unknown>[]; readonly stop: () => Promise<void> }[];
beforeAll(async () => {
  subgraphs = await startScriptedSubgraphs();
  const ways = { compiled: {}, gateway: { HOT_PATH: 'false' } };
  routers = await Promise.all(
    Object.entries(ways).map(async ([way, environment]) => ({
      way,
      ...(await startRouterOn(start, subgraphs, composeToy(), { ...environment, SUBGRAPH_TIMEOUT_MS: '2000' })),
    })),
  );
});
afterAll(async () => {
  await Promise.all((routers ?? []).map(({ stop }) => stop()));
  await subgraphs?.stop();
});
beforeEach(() => {
  for (const { log } of routers) log.length = 0;
});

interface Seen {
  readonly status: number;
  readonly data: unknown;
  readonly errors: readonly (readonly [string, unknown])[];
}

/** What a client gets, the same by both ways: data, and each error's path and code. */
async function ask(query: string, answer: (request: SubgraphRequest) => Said): Promise<Seen> {
  subgraphs.answer = answer;
  const answers = await Promise.all(
    routers.map(async ({ url }): Promise<Seen> => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      const { data, errors = [] } = (await response.json()) as {
        data: unknown;
        errors?: { path?: string[]; extensions: { code: string } }[];
      };
      return {
        status: response.status,
        data,
        errors: errors.map(({ path = [], extensions }) => [path.join('.'), extensions.code] as const),
      };
    }),
  );
  expect(answers[1]).toEqual(answers[0]);
  return answers[0] as Seen;
}

const session = (keys: readonly string[]) => ({
  session: { id: 's1', items: keys.map((key, index) => ({ id: `i${index}`, issue: { __typename: 'Issue', key } })) },
});
/** voting is right; jira says this. */
const jiraSays =
  (said: Said, keys: readonly string[] = ['T-1', 'T-2', 'T-3']) =>
  ({ subgraph }: SubgraphRequest): Said =>
    subgraph === 'jira' ? said : { json: { data: session(keys) } };
const issue = (key: string) => ({ __typename: 'Issue', summary: `About ${key}`, status: 'To Do' });
const invalid = 'SUBGRAPH_INVALID_RESPONSE';

describe('a null where none may be', () => {
  it.each<readonly [string, string, unknown, unknown, readonly string[]]>([
    ['of a field', '{ issue(key: "T-1") { status } }', { issue: { status: null } }, { issue: null }, ['issue.status']],
    ['of a missing field', '{ issue(key: "T-1") { summary status } }', { issue: { summary: 'x' } }, { issue: null }, ['issue.status']],
    ['of a root field', '{ me { id } }', { me: null }, null, ['me']],
    ['of a mutation', 'mutation { createSession(title: "x") { id } }', { createSession: null }, null, ['createSession']],
    ['in a list', '{ search { status } }', { search: [{ status: 'x' }, null] }, null, ['search.1']],
  ])('%s is told with its path', async (_name, query, given, data, paths) => {
    const seen = await ask(query, () => ({ json: { data: given } }));
    expect(seen).toEqual({ status: 200, data, errors: paths.map((path) => [path, invalid]) });
    for (const { log } of routers)
      expect(log.filter(({ level }) => level === 'error')).toEqual([
        expect.objectContaining({ subgraph: expect.stringMatching(/jira|voting/) }),
      ]);
  });

  it('of several entities is told once for each of them', async () => {
    const entities = [issue('T-1'), { ...issue('T-2'), status: null }, { ...issue('T-3'), status: undefined }];
    const seen = await ask('{ session(id: "s1") { items { issue { status } } } }', jiraSays({ json: { data: { _entities: entities } } }));
    expect(seen.data).toEqual({ session: { items: [{ issue: { status: 'To Do' } }, { issue: null }, { issue: null }] } });
    expect(seen.errors).toEqual([
      ['session.items.1.issue.status', invalid],
      ['session.items.2.issue.status', invalid],
    ]);
  });

  it('that the subgraph has told of is told once, as the subgraph has it', async () => {
    const errors = [{ message: 'gone', path: ['issue', 'status'], extensions: { code: 'ISSUE_NOT_FOUND' } }];
    const seen = await ask('{ issue(key: "T-1") { status } }', () => ({ json: { data: { issue: null }, errors } }));
    expect(seen).toEqual({ status: 200, data: { issue: null }, errors: [['issue.status', 'ISSUE_NOT_FOUND']] });
  });
});

describe('a field that was left out', () => {
  const query = '{ issue(key: "T-1") { key summary } me { id } }';
  it.each<readonly [string, string, unknown, unknown, readonly string[]]>([
    [
      'beside another',
      '{ issue(key: "T-1") { key summary } }',
      { issue: { key: 'T-1' } },
      { issue: { key: 'T-1', summary: null } },
      ['issue.summary'],
    ],
    ['at the root', query, { me: { id: '1' } }, { issue: null, me: { id: '1' } }, ['issue']],
    [
      'under an alias',
      '{ issue(key: "T-1") { key toString: summary } }',
      { issue: { key: 'T-1' } },
      { issue: { key: 'T-1', toString: null } },
      ['issue.toString'],
    ],
    [
      'in lists',
      '{ session(id: "s1") { items { id issue { key } } } }',
      { session: { items: [{ id: '1', issue: null }, { id: '2' }] } },
      {
        session: {
          items: [
            { id: '1', issue: null },
            { id: '2', issue: null },
          ],
        },
      },
      ['session.items.1.issue'],
    ],
  ])('%s is told, though null may stand there', async (_name, asked, given, data, paths) => {
    const says = ({ query: sent }: SubgraphRequest): Said => {
      const held = Object.entries(given as object).filter(([key]) => sent.includes(key));
      return { json: { data: held.length === 0 ? { other: 1 } : Object.fromEntries(held) } };
    };
    expect(await ask(asked, says)).toEqual({ status: 200, data, errors: paths.map((path) => [path, invalid]) });
  });

  const joined = '{ session(id: "s1") { items { issue { summary } } } }';
  it('of an entity is told, of one that the subgraph does not know it is not', async () => {
    const entities = [issue('T-1'), { __typename: 'Issue' }, null];
    const seen = await ask(joined, jiraSays({ json: { data: { _entities: entities } } }));
    expect(seen).toEqual({
      status: 200,
      data: { session: { items: [{ issue: { summary: 'About T-1' } }, { issue: { summary: null } }, { issue: { summary: null } }] } },
      errors: [['session.items.1.issue.summary', invalid]],
    });
  });

  it('of a key is told where something was to be joined to it', async () => {
    const seen = await ask(joined, () => ({ json: { data: { session: { items: [{ issue: { __typename: 'Issue' } }] } } } }));
    expect(seen).toEqual({
      status: 200,
      data: { session: { items: [{ issue: { summary: null } }] } },
      errors: [['session.items.0.issue.summary', invalid]],
    });
  });
});

describe('a fetch without data and with an error of one of its fields', () => {
  const errors = [{ message: 'no', path: ['two'], extensions: { code: 'NOT_A_FACILITATOR' } }];
  it('of a mutation is that error alone', async () => {
    const seen = await ask('mutation { one: createSession(title: "x") { id } two: createSession(title: "y") { id } }', () => ({
      json: { data: null, errors },
    }));
    expect(seen).toEqual({ status: 200, data: null, errors: [['two', 'NOT_A_FACILITATOR']] });
  });

  it('of a query is told for each place that it leaves empty', async () => {
    const seen = await ask('{ one: issue(key: "T-1") { key } two: issue(key: "T-2") { key } }', () => ({ json: { data: null, errors } }));
    expect(seen).toEqual({
      status: 200,
      data: { one: null, two: null },
      errors: [
        ['one', 'NOT_A_FACILITATOR'],
        ['two', 'NOT_A_FACILITATOR'],
      ],
    });
  });
});

describe('an unusable answer', () => {
  const query = '{ issue(key: "T-1") { status } }';
  it.each<readonly [string, Said]>([
    ['"data": {}', { json: { data: {} } }],
    ['"data": []', { json: { data: [] } }],
    ['"data": "x"', { json: { data: 'x' } }],
    ['"data": null without errors', { json: { data: null } }],
    ['"data": null with no error in "errors"', { json: { data: null, errors: [] } }],
    ['data of nothing that was asked for', { json: { data: { other: 1 } } }],
    ['data under `__proto__`', { text: '{"data":{"__proto__":{"issue":{"status":"To Do"}}}}' }],
    ['a cut-off text', { text: '{"data":{"issue":{"status"' }],
    ['NaN', { text: '{"data":{"issue":{"status":NaN}}}' }],
    ['nothing with 204', { text: '', status: 204 }],
    ['a redirect', { text: '', status: 302 }],
    ['neither data nor errors', { json: { message: 'hello' } }],
    ['a list', { json: [] }],
    ['no JSON', { text: '<html>' }],
    ['HTML with 500', { text: '<html>', status: 500 }],
    ['data with 500', { text: '{"data":{"issue":{"status":"To Do"}}}', status: 500 }],
    ['data with 403', { text: '{"data":{"issue":{"status":"To Do"}}}', status: 403 }],
    ['data with 302', { text: '{"data":{"issue":{"status":"To Do"}}}', status: 302 }],
  ])('%s is told as reached, but unusable', async (_name, said) => {
    const seen = await ask(query, () => said);
    expect(seen).toEqual({ status: 200, data: { issue: null }, errors: [['issue', invalid]] });
    for (const { log } of routers) expect(JSON.stringify(log)).toMatch(/reached, but its answer is unusable|does not fit the schema/);
  });

  it('of a mutation is an error, never `data: null` alone', async () => {
    const seen = await ask('mutation { createSession(title: "x") { id } }', () => ({ json: { data: null } }));
    expect(seen).toEqual({ status: 200, data: null, errors: [['createSession', invalid]] });
  });
});

describe('odd `errors`', () => {
  const query = '{ issue(key: "T-1") { status } }';
  const data = { issue: { status: 'To Do' } };
  it.each([
    ['a negative index in the path', { path: ['issue', -1], extensions: { code: 'A' } }, 'A'],
    ['a fraction in the path', { path: ['issue', 0.5], extensions: { code: 'A' } }, 'A'],
    ['null in the path', { path: [null], extensions: { code: 'A' } }, 'A'],
    ['an object as the path', { path: { issue: 1 }, extensions: { code: 'A' } }, 'A'],
    ['a number as the code', { extensions: { code: 5 } }, 'INTERNAL_SERVER_ERROR'],
    ['an object as the code', { extensions: { code: { a: 1 } } }, 'INTERNAL_SERVER_ERROR'],
    ['null as the code', { extensions: { code: null } }, 'INTERNAL_SERVER_ERROR'],
    ['a list as extensions', { extensions: ['A'] }, 'INTERNAL_SERVER_ERROR'],
    ['null as extensions', { extensions: null }, 'INTERNAL_SERVER_ERROR'],
  ])('%s is not handed on', async (_name, error, code) => {
    const errors = [{ message: 'm', ...error }];
    expect(await ask(query, () => ({ json: { data, errors } }))).toEqual({ status: 200, data, errors: [['', code]] });
    expect(await ask(query, () => ({ json: { data: null, errors } }))).toEqual({
      status: 200,
      data: { issue: null },
      errors: [['issue', code]],
    });
  });

  it('for an entity that nobody asked for has no path', async () => {
    const errors = [{ message: 'm', path: ['_entities', 99], extensions: { code: 'A' } }];
    const seen = await ask(
      '{ session(id: "s1") { items { issue { status } } } }',
      jiraSays({ json: { data: { _entities: [issue('T-1')] }, errors } }, ['T-1']),
    );
    expect(seen).toEqual({ status: 200, data: { session: { items: [{ issue: { status: 'To Do' } }] } }, errors: [['', 'A']] });
  });

  it('a message of two megabytes is cut', async () => {
    subgraphs.answer = () => ({ json: { data, errors: [{ message: 'm'.repeat(2_000_000), extensions: { code: 'A' } }] } });
    for (const { url } of routers) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      expect((await response.text()).length).toBeLessThan(12_000);
    }
  });

  it.each<readonly [string, object]>([
    ['as many as one likes', { message: 'm' }],
    ['with long messages', { message: 'm'.repeat(20_000) }],
    ['with large extensions', { message: 'm', extensions: { code: 'A', all: 'x'.repeat(2_000) } }],
    ['with larger extensions', { message: 'm', extensions: { code: 'A', all: 'x'.repeat(20_000) } }],
    ['with long codes', { message: 'm', extensions: { code: 'C'.repeat(20_000) } }],
    ['with long paths', { message: 'm', path: Array.from({ length: 5_000 }, () => 'a') }],
  ])('%s are told up to a hundred, and how many more', async (_name, error) => {
    const errors = Array.from({ length: 130 }, () => error);
    subgraphs.answer = () => ({ json: { data, errors } });
    const answers = await Promise.all(
      routers.map(async ({ url }) => {
        const headers = { 'content-type': 'application/json' };
        const text = await (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })).text();
        expect(text.length).toBeLessThan(350_000);
        return JSON.parse(text);
      }),
    );
    for (const answer of answers) {
      expect(answer.data).toEqual(data);
      expect(answer.errors.length).toBe(101);
    }
  });

  it('say in the last one how many there were, with the code that all have', async () => {
    const errors = Array.from({ length: 20_000 }, (_, index) => ({ message: `${index}`, extensions: { code: 'ISSUE_NOT_FOUND' } }));
    subgraphs.answer = () => ({ json: { data, errors } });
    for (const { url } of routers) {
      const headers = { 'content-type': 'application/json' };
      const answer = (await (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })).json()) as {
        errors: { message: string; extensions: object }[];
      };
      expect(answer.errors.at(-2)?.message).toBe('99');
      expect(answer.errors.at(-1)).toEqual({
        message: 'The service told 19900 more errors.',
        extensions: { code: 'ISSUE_NOT_FOUND' },
      });
    }
  });

  it('of our own for each place of a long list end at a thousand', async () => {
    const search = Array.from({ length: 1_500 }, () => ({ key: 'T-1' }));
    const seen = await ask('{ search(first: 10) { key summary } }', () => ({ json: { data: { search } } }));
    expect(seen.errors.length).toBe(1_001);
  });

  it.each([
    ['null', null],
    ['an empty list', []],
  ])('%s beside data count as none', async (_name, errors) => {
    expect(await ask(query, () => ({ json: { data, errors } }))).toEqual({ status: 200, data, errors: [] });
    const created = { createSession: { id: 'new' } };
    expect(await ask('mutation { createSession(title: "x") { id } }', () => ({ json: { data: created, errors } }))).toEqual({
      status: 200,
      data: created,
      errors: [],
    });
  });

  it.each([
    ['an object', { message: 'x' }],
    ['a string', 'x'],
    ['a list of strings', ['x']],
    ['a list of null', [null]],
    ['an error without a message', [{ code: 'X' }]],
    ['an error whose path is no path', [{ message: 'x', path: 'issue', extensions: 'none' }]],
  ])('%s are an error beside the data', async (_name, errors) => {
    const seen = await ask(query, () => ({ json: { data, errors } }));
    expect({ ...seen, errors: seen.errors.length }).toEqual({ status: 200, data, errors: 1 });
  });
});

describe('entities', () => {
  const query = '{ session(id: "s1") { items { issue { key summary } } } }';
  const without = { session: { items: ['T-1', 'T-2', 'T-3'].map((key) => ({ issue: { key, summary: null } })) } };
  it.each([
    ['one of three', [issue('T-1')]],
    ['four of three', ['T-1', 'T-2', 'T-3', 'T-4'].map(issue)],
    ['none', []],
    ['no list', { 0: issue('T-1') }],
    ['null', null],
  ])('%s are no data, and an error for each place', async (_name, entities) => {
    const seen = await ask(query, jiraSays({ json: { data: { _entities: entities } } }));
    expect(seen).toEqual({
      status: 200,
      data: without,
      errors: [0, 1, 2].map((index) => [`session.items.${index}.issue.summary`, invalid]),
    });
  });

  it('of a subgraph that is not there are an error for each place that stays empty', async () => {
    const seen = await ask(query, jiraSays({ text: '', status: 503 }));
    expect(seen).toEqual({
      status: 200,
      data: without,
      errors: [0, 1, 2].map((index) => [`session.items.${index}.issue.summary`, 'SUBGRAPH_UNAVAILABLE']),
    });
  });

  it('one that is not an object is null with an error, beside the others', async () => {
    const seen = await ask(query, jiraSays({ json: { data: { _entities: [issue('T-1'), 'x', issue('T-3')] } } }));
    expect(seen.data).toEqual({
      session: { items: ['T-1', 'T-2', 'T-3'].map((key) => ({ issue: { key, summary: key === 'T-2' ? null : `About ${key}` } })) },
    });
    expect(seen.errors).toEqual([['session.items.1.issue.summary', invalid]]);
  });
});

describe('a value of another form', () => {
  it.each<readonly [string, string, unknown, unknown, readonly string[]]>([
    [
      'an object for a list',
      '{ session(id: "s1") { title items { id } } }',
      { session: { title: 'x', items: {} } },
      { session: null },
      ['session.items'],
    ],
    [
      'a string for an object',
      '{ session(id: "s1") { title } me { id } }',
      { session: 'x', me: { id: '1' } },
      { session: null, me: { id: '1' } },
      ['session'],
    ],
    [
      'a list for an object',
      '{ session(id: "s1") { title } me { id } }',
      { session: [], me: { id: '1' } },
      { session: null, me: { id: '1' } },
      ['session'],
    ],
    [
      'a string for a joined object',
      '{ session(id: "s1") { items { id issue { summary } } } }',
      { session: { items: [{ id: '1', issue: 'x' }] } },
      { session: { items: [{ id: '1', issue: null }] } },
      ['session.items.0.issue'],
    ],
    [
      'an object for a string',
      '{ issue(key: "T-1") { key summary } }',
      { issue: { key: 'T-1', summary: {} } },
      { issue: { key: 'T-1', summary: null } },
      ['issue.summary'],
    ],
    [
      'a fraction for an Int',
      '{ session(id: "s1") { revision } }',
      { session: { revision: 1.5 } },
      { session: null },
      ['session.revision'],
    ],
    [
      'another type',
      '{ session(id: "s1") { __typename title } }',
      { session: { __typename: 'Issue', title: 'x' } },
      { session: null },
      ['session'],
    ],
    ['a number for an ID', '{ me { id } }', { me: { id: 7 } }, { me: { id: '7' } }, []],
  ])('%s', async (_name, query, given, data, paths) => {
    const seen = await ask(query, () => ({ json: { data: given } }));
    expect(seen).toEqual({ status: 200, data, errors: paths.map((path) => [path, invalid]) });
  });
});

it('counts it as failed', async () => {
  await ask('query Counted { issue(key: "T-1") { status } }', () => ({ json: { data: { issue: {} } } }));
  const metrics = await (await fetch(new URL('/metrics', routers[0]?.url))).text();
  expect(metrics).toMatch(/tally_router_operations_total\{operation="Counted",kind="query",outcome="failed"\} 2/);
});
