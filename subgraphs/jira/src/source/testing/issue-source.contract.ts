import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../simulator/simulator.ts';
import { findIssue, type SimIssue } from '../../../simulator/world.ts';
import type { IssueSource } from '../issue-source.ts';
import { createJiraClient, type JiraClient } from '../jira-client.ts';
import type { RestSourceOptions } from '../rest-source.ts';

const page = { first: 50, cursor: undefined };

/** Every promise of the port, against an adapter that talks to the simulator in its flavour. */
export function describeIssueSource(flavor: 'cloud' | 'data-center', create: (options: RestSourceOptions) => IssueSource): void {
  describe(`IssueSource over ${flavor}`, () => {
    let simulator: Simulator;
    let client: JiraClient;
    let source: IssueSource;
    const open = (estimateFields: Record<string, string> = {}) =>
      create({ client, browseUrl: 'https://jira.example', estimateFields, now: () => 1_000 });
    const simulated = (key: string): SimIssue => {
      const issue = findIssue(simulator.world, key);
      if (issue === undefined) throw new Error(`no ${key}`);
      return issue;
    };

    beforeAll(async () => {
      simulator = await startSimulator({ flavor });
      client = createJiraClient({
        baseUrl: simulator.url,
        authorization: 'Bearer x',
        timeoutMs: 2_000,
        breakerOpenMs: 1,
        now: Date.now,
        random: () => 0,
      });
    });
    beforeEach(() => {
      simulator.faults.clear();
      source = open();
    });
    afterAll(async () => {
      await client.stop();
      await simulator.stop();
    });

    it('finds issues in the asked order, with ISSUE_NOT_FOUND at the place of a missing one', async () => {
      const found = await source.findMany(['SHOP-30', 'NOPE-1', 'APP-5', 'SHOP-2', 'SHOP-30']);
      expect(found.map((entry) => (entry.status === 'found' ? entry.issue.key : entry.error.code))).toEqual([
        'SHOP-30',
        'ISSUE_NOT_FOUND',
        'APP-5',
        'SHOP-2',
        'SHOP-30',
      ]);
    });

    it('reads pictures that an issue has attached, and their thumbnails: PICTURE_NOT_FOUND, PICTURE_TOO_LARGE', async () => {
      const [entry] = await source.findMany(['SHOP-20']);
      const [picture] = entry?.status === 'found' ? entry.issue.pictures : [];
      if (picture === undefined) throw new Error('SHOP-20 has a screenshot');
      const [whole, small] = [await source.readPicture(picture, 'whole'), await source.readPicture(picture, 'thumbnail')];
      expect(Buffer.from(whole).equals(Buffer.from(simulated('SHOP-20').attachments[0]?.bytes ?? []))).toBe(true);
      expect(Buffer.from(small).equals(Buffer.from(whole))).toBe(false);
      await expect(source.readPicture({ ...picture, id: '1' }, 'whole')).rejects.toMatchObject({ code: 'PICTURE_NOT_FOUND' });
      const large = { ...picture, sizeBytes: 100 * 1024 * 1024 };
      expect(Buffer.from(await source.readPicture(large, 'whole')).equals(Buffer.from(small))).toBe(true);
      await expect(async () => source.readPicture({ ...large, hasThumbnail: false }, 'whole')).rejects.toMatchObject({
        code: 'PICTURE_TOO_LARGE',
      });
      const mediaId = flavor === 'cloud' ? simulated('SHOP-20').attachments[0]?.mediaId : undefined;
      expect(await source.findMediaId(picture.id)).toBe(mediaId);
    });

    it('counts the age of what it tells from the moment at which it asked', async () => {
      let time = 1_000;
      const timed = create({ client, browseUrl: 'https://jira.example', estimateFields: {}, now: () => time });
      await timed.findMany(['SHOP-1']);
      simulator.requests.reset();
      simulator.faults.add({ kind: 'slow', delayMs: 200, times: 1 });
      const reading = timed.findMany(['SHOP-1']);
      await expect.poll(() => simulator.requests.total()).toBe(1);
      time = 5_000;
      expect(await reading).toMatchObject([{ fetchedAt: 1_000 }]);
    });

    it('tells all of an issue', async () => {
      const expected = simulator.world.issues.find(
        ({ description, sprints, labels }) => description.length > 2 && sprints.length > 0 && labels.length > 0,
      );
      const [found] = await source.findMany([expected?.key ?? '']);
      if (found?.status !== 'found' || expected === undefined) throw new Error('not found');
      const { issue } = found;
      expect(found.fetchedAt).toBe(1_000);
      expect(issue).toMatchObject({
        id: expected.id,
        url: `https://jira.example/browse/${expected.key}`,
        summary: expected.summary,
        type: { name: expected.type, isSubtask: expected.type === 'Sub-task' },
        labels: expected.labels,
        components: expected.components,
        priority: expected.priority,
        reporter: { name: expected.reporter.displayName },
        sprint: { name: expected.sprints.at(-1)?.name, state: expected.sprints.at(-1)?.state.toUpperCase() },
        created: expected.created.replace('+0000', '.000Z').replace('.000.000', '.000'),
      });
      expect(issue.status.category).toMatch(/TO_DO|IN_PROGRESS|DONE/);
      expect(issue.description?.text).toContain(expected.summary);
      expect(issue.description?.html).toContain('<li>');
    });

    it('tells the parent or epic, and the subtasks of a parent', async () => {
      const { issues, byId } = simulator.world;
      const inEpic = issues.find(({ type, parentId }) => type === 'Story' && parentId !== null);
      const subtask = issues.find(({ type }) => type === 'Sub-task');
      const parentKey = (issue: SimIssue | undefined) => byId.get(issue?.parentId ?? '')?.key ?? '';
      const found = await source.findMany([inEpic?.key ?? '', subtask?.key ?? '', parentKey(subtask)]);
      const all = found.map((entry) => (entry.status === 'found' ? entry.issue : undefined));
      expect(all[0]?.parent?.key).toBe(parentKey(inEpic));
      expect(all[1]?.parent?.key).toBe(parentKey(subtask));
      expect(all[2]?.subtasks.map(({ key }) => key)).toContain(subtask?.key);
    });

    it('tells zero story points from none, in company-managed and team-managed projects', async () => {
      simulated('SHOP-40').numbers.set('customfield_10032', 0);
      simulated('SHOP-41').numbers.set('customfield_10032', null);
      simulated('APP-40').numbers.set('customfield_10048', 0.5);
      const found = await source.findMany(['SHOP-40', 'SHOP-41', 'APP-40']);
      expect(found.map((entry) => entry.status === 'found' && entry.issue.estimates)).toEqual([{ estimate: 0 }, {}, { estimate: 0.5 }]);
    });

    it('reads tracks from the fields that were configured', async () => {
      simulated('SHOP-42').numbers.set('customfield_10061', 3).set('customfield_10032', 8);
      const [found] = await open({ dev: 'customfield_10061' }).findMany(['SHOP-42']);
      expect(found?.status === 'found' && found.issue.estimates).toEqual({ dev: 3, estimate: 8 });
    });

    it('finds moved issues under their old keys, several at once, too', async () => {
      for (const [key, former] of [
        ['SHOP-50', 'GONE-50'],
        ['SHOP-51', 'GONE-51'],
      ] as const) {
        simulated(key).formerKeys.push(former);
        simulator.world.byKey.set(former, simulated(key));
      }
      const found = await source.findMany(['GONE-50', 'SHOP-3', 'GONE-51', 'NOPE-1']);
      expect(found.map((entry) => (entry.status === 'found' ? entry.issue.key : entry.error.code))).toEqual([
        'SHOP-50',
        'SHOP-3',
        'SHOP-51',
        'ISSUE_NOT_FOUND',
      ]);
    });

    it('finds a moved issue under its old key also when the new one is asked for, too', async () => {
      for (const [key, former] of [
        ['SHOP-52', 'GONE-52'],
        ['SHOP-53', 'GONE-53'],
      ] as const) {
        simulated(key).formerKeys.push(former);
        simulator.world.byKey.set(former, simulated(key));
      }
      const keysOf = async (...keys: string[]) =>
        (await source.findMany(keys)).map((entry) => (entry.status === 'found' ? entry.issue.key : entry.error.code));
      expect(await keysOf('GONE-52', 'SHOP-52')).toEqual(['SHOP-52', 'SHOP-52']);
      expect(await keysOf('GONE-52', 'SHOP-52', 'SHOP-3', 'GONE-53', 'NOPE-1')).toEqual([
        'SHOP-52',
        'SHOP-52',
        'SHOP-3',
        'SHOP-53',
        'ISSUE_NOT_FOUND',
      ]);
      const unknown = Array.from({ length: 30 }, (_, at) => `NOPE-${at + 1}`);
      expect(await keysOf('SHOP-53', ...unknown, 'GONE-53')).toEqual(['SHOP-53', ...unknown.map(() => 'ISSUE_NOT_FOUND'), 'SHOP-53']);
    });

    it('asks once for up to 100 issues, and one chunk that fails spoils no other', async () => {
      const keys = simulator.world.issues.slice(0, 150).map(({ key }) => key);
      await source.findMany(['SHOP-1', 'APP-1', 'OPS-1']);
      simulator.requests.reset();
      expect((await source.findMany(keys)).every(({ status }) => status === 'found')).toBe(true);
      expect(simulator.requests.total()).toBe(2);
      simulator.faults.add({ kind: 'status', status: 400, times: 1, method: 'POST' });
      const failed = (await source.findMany(keys)).filter((entry) => entry.status === 'failed');
      expect([50, 100]).toContain(failed.length);
      expect(failed.every((entry) => entry.status === 'failed' && entry.error.code === 'JIRA_UNAVAILABLE')).toBe(true);
    });

    it('searches page by page, every issue once, in the order of the JQL', async () => {
      const keys: string[] = [];
      let cursor: string | undefined;
      do {
        const { found, nextCursor } = await source.search('project = APP ORDER BY key', { first: 40, cursor });
        keys.push(...found.map(({ issue }) => issue.key));
        cursor = nextCursor;
      } while (cursor !== undefined);
      const count = simulator.world.issues.filter(({ project }) => project.key === 'APP').length;
      expect(keys).toEqual(Array.from({ length: count }, (_, at) => `APP-${at + 1}`));
    });

    it("refuses a bad JQL with JQL_INVALID in Jira's own words", async () => {
      await expect(source.search('summary foo', page)).rejects.toMatchObject({
        code: 'JQL_INVALID',
        message: expect.stringContaining('(line 1, character 9)'),
      });
    });

    it('lists boards, sprints, filters and projects', async () => {
      expect((await source.findBoards(undefined)).map(({ type }) => type)).toEqual(['SCRUM', 'SIMPLE', 'KANBAN']);
      expect(await source.findBoards('APP')).toEqual([{ id: '2', name: 'Mobile App', type: 'SIMPLE', projectKey: 'APP' }]);
      expect((await source.findSprints('1')).map(({ state }) => state)).toEqual(['CLOSED', 'CLOSED', 'ACTIVE', 'FUTURE', 'FUTURE']);
      expect(await source.findSprints('3')).toEqual([]);
      expect((await source.findSavedFilters()).map(({ jql }) => jql)).toHaveLength(3);
      expect((await source.findProjects()).map(({ key }) => key)).toEqual(['SHOP', 'APP', 'OPS']);
    });

    it('lists the backlog of a board with whole issues, and refuses an unknown board with BOARD_NOT_FOUND', async () => {
      const first = await source.findBacklog('1', { first: 5, cursor: undefined });
      const second = await source.findBacklog('1', { first: 5, cursor: first.nextCursor });
      expect(new Set([...first.found, ...second.found].map(({ issue }) => issue.key)).size).toBe(10);
      expect(first.found.some(({ issue }) => issue.description?.html.startsWith('<'))).toBe(true);
      await expect(source.findBacklog('99', page)).rejects.toMatchObject({ code: 'BOARD_NOT_FOUND' });
      await expect(source.findSprints('99')).rejects.toMatchObject({ code: 'BOARD_NOT_FOUND' });
    });

    it('writes an estimate by the board, and by the issue where there is no board', async () => {
      const slot = await source.readEstimate('SHOP-60', 'estimate');
      expect(slot).toMatchObject({ fieldId: 'customfield_10032', boardId: '1' });
      await source.writeEstimate(slot, 13);
      expect((await source.readEstimate('SHOP-60', 'estimate')).value).toBe(13);
      const dev = open({ dev: 'customfield_10061' });
      await dev.writeEstimate(await dev.readEstimate('SHOP-60', 'dev'), 0);
      expect((await dev.readEstimate('SHOP-60', 'dev')).value).toBe(0);
      expect(simulated('SHOP-60').numbers.get('customfield_10032')).toBe(13);
    });

    it('writes by the issue when the token may not write by the board', async () => {
      const slot = await source.readEstimate('SHOP-68', 'estimate');
      simulator.faults.add({ kind: 'status', status: 401, reason: 'Unauthorized; scope does not match', path: '/estimation', times: 1 });
      await source.writeEstimate(slot, 34);
      expect(simulated('SHOP-68').numbers.get('customfield_10032')).toBe(34);
    });

    it("reads a board's field whatever it is called, also of projects seen for the first time, by key and by search", async () => {
      const board = simulator.world.boards.find(({ projectKey }) => projectKey === 'SHOP');
      if (board === undefined) throw new Error('no board');
      const { estimationFieldId = '' } = board;
      board.estimationFieldId = 'customfield_10061';
      simulated('SHOP-44').numbers.set('customfield_10061', 7);
      const [byKey] = await open().findMany(['SHOP-44']);
      const { found } = await open().search('key = SHOP-44', page);
      expect([byKey, found[0]]).toMatchObject([{ issue: { estimates: { estimate: 7 } } }, { issue: { estimates: { estimate: 7 } } }]);
      board.estimationFieldId = estimationFieldId;
    });

    it('reads the estimate where it would write it, also when another field of that kind has a number', async () => {
      const { boards, fields, projects } = simulator.world;
      const [board, ops] = [boards.find(({ projectKey }) => projectKey === 'SHOP'), projects.find(({ key }) => key === 'OPS')];
      const twin = fields.find(({ id }) => id === 'customfield_10032');
      if (board === undefined || ops === undefined || twin === undefined) throw new Error('no board, project or field');
      const [{ estimationFieldId = '' }, { fieldIds }] = [board, ops];
      board.estimationFieldId = 'customfield_10061';
      simulated('SHOP-45').numbers.set('customfield_10032', 5).delete('customfield_10061');
      // A second field of the same name, where no board says which one counts.
      Object.assign(simulator.world, { fields: [...fields, { ...twin, id: 'customfield_10099' }] });
      Object.assign(ops, { fieldIds: [...fieldIds, 'customfield_10099'] });
      simulated('OPS-9').numbers.set('customfield_10099', 3).delete('customfield_10032');
      const fresh = open();
      for (const [key, value] of [
        ['SHOP-45', null],
        ['OPS-9', 3],
      ] as const) {
        const [found] = await fresh.findMany([key]);
        expect(found?.status === 'found' && (found.issue.estimates['estimate'] ?? null), key).toBe(value);
        expect((await fresh.readEstimate(key, 'estimate')).value, key).toBe(value);
      }
      board.estimationFieldId = estimationFieldId;
      Object.assign(simulator.world, { fields });
      Object.assign(ops, { fieldIds });
    });

    it('asks nothing about projects of which it found no issue', async () => {
      await source.findMany(['SHOP-1']);
      simulator.requests.reset();
      await source.findMany(['SHOP-1', ...Array.from({ length: 5 }, (_, at) => `UTF${at}-8`)]);
      expect(simulator.requests.total('/board')).toBe(0);
    });

    it('uses a configured story-point field instead of the board', async () => {
      const own = open({ estimate: 'customfield_10062' });
      await own.writeEstimate(await own.readEstimate('SHOP-61', 'estimate'), 5);
      expect(simulated('SHOP-61').numbers.get('customfield_10062')).toBe(5);
    });

    it('writes a configured field by the board, too, when the board estimates by it', async () => {
      const own = open({ estimate: 'customfield_10032' });
      expect(await own.readEstimate('SHOP-69', 'estimate')).toMatchObject({ fieldId: 'customfield_10032', boardId: '1' });
      const boardless = open({ estimate: 'customfield_10032' });
      simulator.faults.add({ kind: 'status', status: 500, path: '/board' });
      expect(await boardless.readEstimate('SHOP-69', 'estimate')).toMatchObject({ fieldId: 'customfield_10032', boardId: undefined });
    });

    it('refuses to write with JIRA_FIELD_NOT_ON_SCREEN, JIRA_FIELD_MISSING, JIRA_FORBIDDEN and ISSUE_NOT_FOUND', async () => {
      await expect(source.writeEstimate(await source.readEstimate('OPS-5', 'estimate'), 3)).rejects.toMatchObject({
        code: 'JIRA_FIELD_NOT_ON_SCREEN',
      });
      await expect(source.readEstimate('SHOP-5', 'design')).rejects.toMatchObject({
        code: 'JIRA_FIELD_MISSING',
        message: expect.stringContaining('JIRA_SP_DESIGN_FIELD'),
      });
      await expect(source.readEstimate('NOPE-5', 'estimate')).rejects.toMatchObject({ code: 'ISSUE_NOT_FOUND' });
      const slot = await source.readEstimate('SHOP-62', 'estimate');
      simulated('SHOP-62').isReadOnly = true;
      await expect(source.writeEstimate(slot, 3)).rejects.toMatchObject({ code: 'JIRA_FORBIDDEN' });
    });

    it('tells before the meeting which issues take no estimate, and why', async () => {
      simulated('SHOP-63').isReadOnly = true;
      const all = await source.findEstimability(['SHOP-64', 'OPS-6', 'SHOP-63', 'NOPE-1'], 'estimate');
      expect(all).toMatchObject([
        { can: true },
        { can: false, reason: 'NOT_ON_SCREEN' },
        { can: false, reason: 'NO_PERMISSION', remedy: expect.stringContaining('SHOP-63') },
        { code: 'ISSUE_NOT_FOUND' },
      ]);
      expect(await source.findEstimability(['SHOP-64'], 'design')).toMatchObject([{ can: false, reason: 'NO_FIELD' }]);
    });

    it('keeps one comment for each track of an issue, also when an answer is lost', async () => {
      simulator.faults.add({ kind: 'cut-after-applying', method: 'POST', path: '/comment', times: 1 });
      await expect(source.writeComment('SHOP-66', 'estimate', 'Estimated: 3')).rejects.toMatchObject({
        code: 'JIRA_UNAVAILABLE',
        details: { retryAfterSeconds: 6 },
      });
      await source.writeComment('SHOP-66', 'estimate', 'Estimated: 3');
      await source.writeComment('SHOP-66', 'estimate', 'Estimated: 5 *now*');
      await source.writeComment('SHOP-66', 'dev', 'Estimated: 2');
      const bodies = simulated('SHOP-66').comments.map(({ body }) => JSON.stringify(body));
      expect(bodies).toHaveLength(2);
      expect(bodies[0]).toContain(flavor === 'cloud' ? 'Estimated: 5 *now*' : 'Estimated: 5 \\\\*now');
      await expect(source.writeComment('NOPE-1', 'estimate', 'x')).rejects.toMatchObject({ code: 'ISSUE_NOT_FOUND' });
      simulated('SHOP-67').isReadOnly = true;
      await expect(source.writeComment('SHOP-67', 'estimate', 'x')).rejects.toMatchObject({ code: 'JIRA_FORBIDDEN' });
    });

    it('does not write a second time by itself when the answer is lost', async () => {
      const slot = await source.readEstimate('SHOP-65', 'estimate');
      simulator.faults.add({ kind: 'cut-after-applying', method: 'PUT', times: 1 });
      const before = simulator.writes().length;
      await expect(source.writeEstimate(slot, 21)).rejects.toMatchObject({ code: 'JIRA_UNAVAILABLE' });
      expect(simulator.writes().length - before).toBe(1);
      expect((await source.readEstimate('SHOP-65', 'estimate')).value).toBe(21);
    });
  });
}
