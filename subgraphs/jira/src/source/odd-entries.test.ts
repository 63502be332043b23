import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import type { Issue } from '../domain/issue.ts';
import { createCloudSource } from './cloud.ts';
import { createJiraClient } from './jira-client.ts';
import { numberField, scriptedIssue, startScriptedJira, storyPoints } from './testing/scripted-jira.ts';
import { rawIssue, rawIssues, toIssue } from './to-issue.ts';
import { toBoards, toFilters, toProjects } from './to-list.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Path = readonly (string | number)[];

/** Every place in a document, inner ones and leaves. */
function findPlaces(value: Json, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([name, each]) => findPlaces(each, [...path, Array.isArray(value) ? Number(name) : name]));
  return path.length === 0 ? inner : [path, ...inner];
}

const missing = Symbol('missing');
const oddValues = [null, missing, 7, 'odd', true, [], {}, [null], { a: null }] as const;

function change(value: Json, [name, ...rest]: Path, to: Json | typeof missing): Json {
  if (name === undefined) return to as Json;
  const copy = structuredClone(value) as Record<string | number, Json>;
  const changed = change(copy[name] ?? null, rest, to);
  if (changed !== (missing as unknown)) copy[name] = changed;
  else if (Array.isArray(copy)) copy.splice(Number(name), 1);
  else delete copy[name];
  return copy as Json;
}

const person = (name: string) => ({
  accountId: name,
  displayName: name,
  avatarUrls: { '16x16': `https://a/${name}/16`, '48x48': `https://a/${name}/48` },
});
const status = (name: string) => ({ id: '1', name, statusCategory: { id: 2, key: 'new', name: 'To Do' } });
const stub = (key: string) => ({ id: '1', key, fields: { summary: `About ${key}`, status: status('To Do') } });
const issue = {
  id: '10001',
  key: 'ABC-1',
  fields: {
    summary: 'A story',
    description: 'text',
    issuetype: { id: '1', name: 'Story', subtask: false },
    status: status('In Progress'),
    priority: { id: '3', name: 'Medium' },
    assignee: person('Ada'),
    reporter: person('Bo'),
    labels: ['one', 'two'],
    components: [
      { id: '1', name: 'Cart' },
      { id: '2', name: 'Search' },
    ],
    parent: stub('ABC-9'),
    created: '2026-11-22T09:00:00.000+0100',
    updated: '2026-11-22T10:30:00.000+0100',
    subtasks: [stub('ABC-2'), stub('ABC-3')],
    issuelinks: [
      { id: '1', type: { name: 'Blocks', inward: 'is blocked by', outward: 'blocks' }, outwardIssue: stub('ABC-4') },
      { id: '2', type: { name: 'Blocks', inward: 'is blocked by', outward: 'blocks' }, inwardIssue: stub('ABC-5') },
    ],
    customfield_1: [{ id: 4, name: 'Sprint 4', state: 'active', startDate: '2026-11-20T08:00:00.000Z' }],
    customfield_2: 3,
  },
} as const;

/** The part of our issue that a place in Jira's is told in. */
const ours: Readonly<Record<string, keyof Issue>> = {
  issuetype: 'type',
  issuelinks: 'links',
  customfield_1: 'sprint',
  customfield_2: 'estimates',
};

const read = (given: unknown): Issue =>
  toIssue(rawIssue.parse(given), {
    browseUrl: 'https://jira.example',
    renderDescription: (text) => (typeof text === 'string' ? { text, html: text } : null),
    sprintFieldId: 'customfield_1',
    epicFieldId: undefined,
    extraFields: [],
    hasWikiTexts: false,
    estimateFieldIds: () => ({ estimate: ['customfield_2'] }),
  });

describe('an odd entry in an answer of Jira', () => {
  const whole = read(issue);
  const places = findPlaces(issue as unknown as Json).filter(([first, second]) => first === 'fields' && second !== undefined);

  it.each(places.map((path) => [path.join('.'), path] as const))('costs only itself at %s', (_name, path) => {
    const [, field = '', entry] = path;
    const part = ours[field] ?? (field as keyof Issue);
    for (const odd of oddValues) {
      const bent = read(change(issue as unknown as Json, path, odd as Json));
      for (const [name, value] of Object.entries(whole))
        if (name !== part) expect(bent[name as keyof Issue], `${name} with ${String(odd)}`).toEqual(value);
      // In a list the other entries stay as they are.
      const [before, after] = [whole[part], bent[part]];
      if (Array.isArray(before) && typeof entry === 'number' && path.length > 2)
        expect(after, String(odd)).toEqual(expect.arrayContaining(before.filter((_each, at) => at !== entry)));
    }
  });

  it('costs a person no more than the avatar, and a neighbour no more than what is told of it', () => {
    const bent = read(
      change(
        change(issue as unknown as Json, ['fields', 'assignee', 'avatarUrls', '48x48'], null),
        ['fields', 'issuelinks', 0, 'type'],
        missing as never,
      ),
    );
    expect(bent.assignee).toEqual({ name: 'Ada', avatarUrl: 'https://a/Ada/16' });
    expect(bent.links.map(({ relation, issue: { key } }) => [relation, key])).toEqual([
      ['relates to', 'ABC-4'],
      ['is blocked by', 'ABC-5'],
    ]);
    expect(read(change(issue as unknown as Json, ['fields', 'subtasks', 0, 'fields', 'status', 'name'], 7)).subtasks[0]).toEqual({
      key: 'ABC-2',
      summary: 'About ABC-2',
      status: null,
    });
  });

  it('costs a list of issues, boards, projects or filters no other entry, and is counted', () => {
    const dropped: unknown[] = [];
    const listen = (message: unknown) => dropped.push(message);
    subscribe('tally:jira:dropped', listen);
    for (const odd of [null, 7, 'x', [], {}]) {
      expect(rawIssues.parse([odd, issue]).map(({ key }) => key)).toEqual(['ABC-1']);
      expect(toBoards([odd, { id: 1, name: null, type: 'scrum' }]).map(({ name }) => name)).toEqual(['1']);
      expect(toProjects([odd, { id: '1', key: 'ABC', name: null }]).map(({ name }) => name)).toEqual(['ABC']);
      expect(toFilters([odd, { id: '1', name: 'F', jql: 'x = 1', owner: 7 }])).toEqual([{ id: '1', name: 'F', jql: 'x = 1', owner: null }]);
    }
    unsubscribe('tally:jira:dropped', listen);
    expect(dropped).toContainEqual({ what: 'issue', count: 1 });
  });

  it('costs nothing in the list of fields', async () => {
    const odd = [
      { ...numberField('customfield_1', 'x'), name: null },
      { ...numberField('customfield_2', 'x'), schema: 'x' },
      { id: null, name: 'y' },
      null,
      7,
    ];
    const jira = await startScriptedJira({ fields: [...odd, storyPoints], issues: [scriptedIssue('ABC-1', { customfield_10026: 3 })] });
    const client = createJiraClient({ baseUrl: jira.url, authorization: 'Bearer x', timeoutMs: 5_000, now: Date.now, random: () => 0 });
    const source = createCloudSource({ client, browseUrl: jira.url, estimateFields: {}, now: Date.now });
    expect(await source.findMany(['ABC-1'])).toMatchObject([{ issue: { estimates: { estimate: 3 } } }]);
    await client.stop();
    await jira.stop();
  });
});

describe('an issue as the simulator gives it', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator();
  });
  afterAll(() => simulator.stop());

  it('stays whole but for the part that is odd, whatever leaf it is', async () => {
    const response = await fetch(`${simulator.url}/rest/api/3/issue/SHOP-90`, { headers: { authorization: 'Bearer x' } });
    const given = (await response.json()) as Json;
    const whole = read(given);
    for (const path of findPlaces(given).filter(([first, second]) => first === 'fields' && second !== undefined))
      for (const odd of oddValues) {
        const bent = read(change(given, path, odd as Json));
        const part = ours[String(path[1])] ?? path[1];
        for (const [name, value] of Object.entries(whole))
          if (name !== part) expect(bent[name as keyof Issue], `${name} after ${path.join('.')}`).toEqual(value);
      }
  });
});
