import { afterEach, describe, expect, it } from 'vitest';
import { createCloudSource } from './cloud.ts';
import { createJiraClient } from './jira-client.ts';
import type { RestSourceOptions } from './rest-source.ts';
import {
  numberField,
  type ScriptedWorld,
  scriptedIssue,
  startScriptedJira,
  storyPointEstimate,
  storyPoints,
} from './testing/scripted-jira.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function open(
  world: Partial<ScriptedWorld>,
  options: Partial<RestSourceOptions> = {},
  ...routes: Parameters<typeof startScriptedJira>[1] & {}
) {
  const jira = await startScriptedJira(world, routes);
  const client = createJiraClient({ baseUrl: jira.url, authorization: 'Bearer x', timeoutMs: 5_000, now: Date.now, random: () => 0 });
  stops.push(client.stop, jira.stop);
  const source = createCloudSource({ client, browseUrl: jira.url, estimateFields: {}, now: Date.now, ...options });
  const read = async (key: string) => {
    const [found] = await source.findMany([key]);
    if (found?.status !== 'found') throw found?.error;
    return found.issue.estimates['estimate'] ?? null;
  };
  const write = async (key: string, value: number) => source.writeEstimate(await source.readEstimate(key, 'estimate'), value);
  const estimability = async (key: string) => (await source.findEstimability([key], 'estimate'))[0];
  return { jira, source, read, write, estimability };
}

const business = numberField('customfield_10200', 'Business Value');
const fields = [storyPoints, storyPointEstimate, business];
const at = (projectKey: string) => ({ location: { projectKey } });

describe('the field of an estimate', () => {
  it('is that of the board in the project, not that of another project’s board which shows its issues, too', async () => {
    const { jira, read, write, estimability } = await open({
      fields,
      boards: [
        { id: 1, type: 'scrum', ...at('PMO'), fieldId: 'customfield_10200' },
        { id: 7, type: 'scrum', ...at('ABC'), fieldId: 'customfield_10026' },
      ],
      issues: [scriptedIssue('ABC-1', { customfield_10026: 3, customfield_10200: 80 })],
    });
    expect(await read('ABC-1')).toBe(3);
    await write('ABC-1', 5);
    expect(jira.world.issues[0]?.fields).toMatchObject({ customfield_10026: 5, customfield_10200: 80 });
    expect(await estimability('ABC-1')).toEqual({ can: true, field: { id: 'customfield_10026', name: 'Story Points' } });
  });

  it.each([
    ['a board of another project', { ...at('PMO') }],
    ['a board that lies with a person', { location: { userId: 1 }, jql: 'project in (ABC, PMO) ORDER BY Rank' }],
    ['a board of which Jira does not say where it lies', { jql: 'project = PMO OR project = ABC' }],
  ])('is never that of %s alone', async (_name, board) => {
    const { jira, read, write } = await open({
      fields,
      boards: [{ id: 1, type: 'scrum', fieldId: 'customfield_10200', ...board }],
      issues: [scriptedIssue('ABC-1', { customfield_10026: 3, customfield_10200: 80 })],
    });
    expect(await read('ABC-1')).toBe(3);
    await write('ABC-1', 5);
    expect(jira.world.issues[0]?.fields).toMatchObject({ customfield_10026: 5, customfield_10200: 80 });
  });

  it('is that of a board whose filter is about this project alone, where Jira does not say where boards lie', async () => {
    const { read } = await open({
      fields,
      boards: [{ id: 1, type: 'scrum', fieldId: 'customfield_10200', jql: 'project = ABC ORDER BY Rank' }],
      issues: [scriptedIssue('ABC-1', { customfield_10026: 3, customfield_10200: 80 })],
    });
    expect(await read('ABC-1')).toBe(80);
  });

  it('is asked for when the project’s own boards differ, and what is answered wins', async () => {
    const world = () => ({
      fields,
      boards: [
        { id: 1, type: 'scrum', ...at('ABC'), fieldId: 'customfield_10200' },
        { id: 7, type: 'scrum', ...at('ABC'), fieldId: 'customfield_10026' },
      ],
      issues: [scriptedIssue('ABC-1', { customfield_10026: 3, customfield_10200: 80 })],
    });
    const { read, write, estimability, jira } = await open(world());
    expect(await read('ABC-1')).toBeNull();
    expect(await estimability('ABC-1')).toMatchObject({ can: false, reason: 'SEVERAL_FIELDS', field: null });
    await expect(write('ABC-1', 5)).rejects.toMatchObject({
      code: 'JIRA_FIELD_MISSING',
      message: expect.stringMatching(
        /Business Value \(customfield_10200\), Story Points \(customfield_10026\).*STORY_POINTS_FIELD_BY_PROJECT/,
      ),
    });
    expect(jira.requests.some(({ method }) => method === 'PUT')).toBe(false);
    const told = await open(world(), { estimateFieldsByProject: { ABC: 'customfield_10026' } });
    expect(await told.read('ABC-1')).toBe(3);
    await told.write('ABC-1', 5);
    expect(told.jira.world.issues[0]?.fields).toMatchObject({ customfield_10026: 5, customfield_10200: 80 });
  });

  it('is the one on the edit screen among several of one name or of both kinds, in reading and in writing', async () => {
    for (const other of [
      { ...storyPoints, id: 'customfield_10004' },
      { ...storyPointEstimate, id: 'customfield_10004' },
    ])
      for (const [inOther, value] of [
        [null, null],
        [13, null],
        [13, 3],
      ] as const) {
        const { jira, read, write, estimability } = await open({
          fields: [other, storyPoints],
          issues: [scriptedIssue('ABC-1', { customfield_10004: inOther, customfield_10026: value }, { screen: ['customfield_10026'] })],
        });
        expect(await read('ABC-1')).toBe(value);
        expect(await estimability('ABC-1')).toMatchObject({ can: true, field: { id: 'customfield_10026' } });
        await write('ABC-1', 5);
        expect(jira.world.issues[0]?.fields).toMatchObject({ customfield_10004: inOther, customfield_10026: 5 });
      }
  });

  it('is asked for when two of them are on the screen and both or neither have a number', async () => {
    for (const values of [
      { customfield_10016: null, customfield_10026: null },
      { customfield_10016: 5, customfield_10026: 3 },
    ]) {
      const { write, estimability } = await open({ issues: [scriptedIssue('ABC-1', values)] });
      expect(await estimability('ABC-1')).toMatchObject({ can: false, reason: 'SEVERAL_FIELDS' });
      await expect(write('ABC-1', 8)).rejects.toMatchObject({ code: 'JIRA_FIELD_MISSING' });
    }
  });

  it('is found by its name in English, too, where Jira speaks another language', async () => {
    const { read } = await open({
      fields: [{ ...storyPoints, name: 'Точки истории', untranslatedName: 'Story Points' }],
      issues: [scriptedIssue('ABC-1', { customfield_10026: 3 })],
    });
    expect(await read('ABC-1')).toBe(3);
  });

  it('is that of the project an issue has moved to', async () => {
    const { jira, write } = await open(
      {
        fields,
        boards: [{ id: 1, type: 'scrum', ...at('NEW'), fieldId: 'customfield_10026' }],
        issues: [scriptedIssue('NEW-1', { customfield_10026: 3, customfield_10200: 80 }, { id: 'OLD-1' })],
      },
      { estimateFieldsByProject: { OLD: 'customfield_10200' } },
    );
    await write('OLD-1', 5);
    expect(jira.world.issues[0]?.fields).toMatchObject({ customfield_10026: 5, customfield_10200: 80 });
  });

  it('is written by name, and by the board only when it is on no screen and the board still estimates by it', async () => {
    const boards = [{ id: 7, type: 'scrum', ...at('ABC'), fieldId: 'customfield_10026' }];
    const { jira, source } = await open(
      { fields, boards, issues: [scriptedIssue('ABC-1', { customfield_10026: 3 }, { screen: ['summary'] })] },
      {},
      ['PUT', /\/estimation$/, { body: { fieldId: 'customfield_10026', value: '5.0' } }],
    );
    const slot = await source.readEstimate('ABC-1', 'estimate');
    await source.writeEstimate(slot, 5);
    expect(jira.requests.at(-1)).toMatchObject({ path: '/rest/agile/1.0/issue/ABC-1/estimation', body: { value: '5' } });
    jira.world.boards = [{ ...boards[0], id: 7, type: 'scrum', fieldId: 'customfield_10200' }];
    await expect(source.writeEstimate(slot, 5)).rejects.toMatchObject({ code: 'JIRA_FIELD_NOT_ON_SCREEN' });
  });
});

describe('the form of an estimate', () => {
  const textField = { ...storyPoints, schema: { type: 'string', custom: 'com.atlassian.jira.plugin.system.customfieldtypes:textfield' } };
  const select = { ...storyPoints, schema: { type: 'option', custom: 'com.atlassian.jira.plugin.system.customfieldtypes:select' } };
  const options = { customfield_10026: { schema: { type: 'option' }, allowedValues: [{ value: '8' }, { value: '5' }, { value: '0,5' }] } };
  it.each([
    ['a text', textField, '3,5', 3.5, 0.5, '0,5'],
    ['a text', textField, '3.5', 3.5, 0.5, '0.5'],
    ['a text', textField, null, null, 5, '5'],
    ['a number as a text', storyPoints, '3', 3, 5, 5],
    ['a select list', select, { id: '1', value: '8' }, 8, 0.5, { value: '0,5' }],
    ['a number', storyPoints, 3, 3, 0, 0],
  ])('is kept in %s: %#', async (_name, field, held, value, written, inJira) => {
    const issue = scriptedIssue('ABC-1', { customfield_10026: held }, field === select ? { meta: options } : {});
    const { jira, read, write } = await open({ fields: [field], issues: [issue] });
    expect(await read('ABC-1')).toBe(value);
    await write('ABC-1', written);
    expect(jira.world.issues[0]?.fields['customfield_10026']).toEqual(inJira);
    expect(await read('ABC-1')).toBe(written);
  });

  it('may be hours in Jira’s own time tracking', async () => {
    const { jira, source, read, write } = await open(
      { issues: [scriptedIssue('ABC-1', { timeoriginalestimate: 5_400 }, { screen: ['timetracking'] })] },
      { estimateFields: { estimate: 'timeoriginalestimate', dev: 'timeoriginalestimate' } },
    );
    expect(await read('ABC-1')).toBe(1.5);
    expect((await source.findEstimability(['ABC-1'], 'dev'))[0]).toMatchObject({ can: true });
    for (const [hours, duration] of [
      [4, '4h'],
      [16, '16h'],
      [0.5, '30m'],
      [1.25, '1h 15m'],
      [0, '0m'],
    ] as const) {
      await write('ABC-1', hours);
      expect(jira.requests.at(-1)?.body).toEqual({ fields: { timetracking: { originalEstimate: duration } } });
    }
  });

  it('is refused with the reason where a field takes no number, and where a list has no such option', async () => {
    const many = { ...storyPoints, schema: { type: 'array', custom: 'x' } };
    const odd = await open(
      { fields: [many], issues: [scriptedIssue('ABC-1', { customfield_10026: ['a'] })] },
      { estimateFields: { estimate: 'customfield_10026' } },
    );
    expect(await odd.estimability('ABC-1')).toMatchObject({ can: false, reason: 'FIELD_TYPE', remedy: expect.stringContaining('“array”') });
    await expect(odd.write('ABC-1', 5)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const list = await open({ fields: [select], issues: [scriptedIssue('ABC-1', { customfield_10026: null }, { meta: options })] });
    await expect(list.write('ABC-1', 13)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('no option for 13'),
    });
  });

  it('is not taken for none where a text says something else', async () => {
    const { source } = await open({
      fields: [textField],
      issues: [scriptedIssue('ABC-1', { customfield_10026: 'XL' }), scriptedIssue('ABC-2', { customfield_10026: '1,000' })],
    });
    expect(await source.readEstimate('ABC-1', 'estimate')).toMatchObject({ value: null, unreadable: 'XL' });
    expect(await source.readEstimate('ABC-2', 'estimate')).toMatchObject({ value: null, unreadable: '1,000' });
  });
});

describe('a refused estimate', () => {
  const refuse = (message: string) =>
    ['PUT', /\/issue\/ABC-1$/, { status: 400, body: { errorMessages: [], errors: { customfield_10026: message } } }] as const;
  it.each([
    ["Field 'customfield_10026' cannot be set. It is not on the appropriate screen, or unknown.", 'JIRA_FIELD_NOT_ON_SCREEN'],
    ['Operation value must be a string', 'INVALID_INPUT'],
    ['Story Points must be one of 1, 2, 3, 5, 8 (see the screen in Confluence)', 'INVALID_INPUT'],
  ])('keeps Jira’s words: “%s” is %s', async (message, code) => {
    const { write } = await open(
      { fields: [storyPoints], issues: [scriptedIssue('ABC-1', { customfield_10026: 3 })] },
      {},
      refuse(message),
    );
    await expect(write('ABC-1', 5)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('is a matter of screens in any language when the field is not on the screen', async () => {
    const issues = [scriptedIssue('ABC-1', { customfield_10026: 3 }, { screen: ['summary'] })];
    const { source } = await open(
      { fields: [storyPoints], issues },
      { estimateFields: { dev: 'customfield_10026' } },
      refuse('Feld kann nicht festgelegt werden.'),
    );
    const slot = await source.readEstimate('ABC-1', 'dev');
    await expect(source.writeEstimate(slot, 5)).rejects.toMatchObject({
      code: 'JIRA_FIELD_NOT_ON_SCREEN',
      message: expect.stringContaining('JIRA_SP_DEV_FIELD'),
    });
  });
});
