import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runJql } from '../../simulator/jql/evaluate.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { withinScope } from '../domain/jql.ts';
import { createCloudSource } from '../source/cloud.ts';
import type { IssueSource } from '../source/issue-source.ts';
import { createJiraClient, type JiraClient } from '../source/jira-client.ts';
import { scoped } from './scoped.ts';

describe('a source within a scope', () => {
  let simulator: Simulator;
  let client: JiraClient;
  let jira: IssueSource;
  let source: IssueSource;
  const codes = async (...keys: string[]) =>
    (await source.findMany(keys)).map((found) => (found.status === 'found' ? found.issue.key : found.error.code));

  beforeEach(async () => {
    simulator = await startSimulator();
    client = createJiraClient({ baseUrl: simulator.url, authorization: 'Bearer x', timeoutMs: 5_000, now: Date.now, random: () => 0 });
    jira = createCloudSource({ client, browseUrl: simulator.url, estimateFields: {}, now: Date.now });
    source = scoped(jira, 'project = SHOP');
  });
  afterEach(async () => {
    await client.stop();
    await simulator.stop();
  });

  it('gives ISSUE_NOT_FOUND for what lies outside, and each other issue as it is', async () => {
    expect(await codes('SHOP-1', 'APP-1', 'NOPE-1', 'SHOP-2')).toEqual(['SHOP-1', 'ISSUE_NOT_FOUND', 'ISSUE_NOT_FOUND', 'SHOP-2']);
  });

  it('takes two requests for each hundred issues, and one for each hundred neighbours', async () => {
    await codes('SHOP-1');
    simulator.requests.reset();
    expect(
      (await codes(...simulator.world.issues.slice(0, 150).map(({ key }) => key))).filter((key) => key.startsWith('SHOP')),
    ).toHaveLength(150);
    expect(simulator.requests.total()).toBe(4);
  });

  it('tells nothing of what lies outside, also not as parent, subtask or link of what lies inside', async () => {
    const { byKey } = simulator.world;
    const [inside, sister, outside] = [byKey.get('SHOP-90'), byKey.get('SHOP-91'), byKey.get('APP-1')];
    if (inside === undefined || sister === undefined || outside === undefined) throw new Error('no issues');
    const to = ({ id }: { id: string }) => ({ relation: 'Blocks', direction: 'outward', issueId: id }) as const;
    inside.links.splice(0, Number.POSITIVE_INFINITY, to(outside), to(sister));
    Object.assign(inside, { parentId: outside.id });
    const [byKeys] = await source.findMany(['SHOP-90']);
    const { found: bySearch } = await source.search('key = SHOP-90', { first: 1, cursor: undefined });
    for (const found of [byKeys, bySearch[0]]) {
      expect(found).toMatchObject({ issue: { key: 'SHOP-90', parent: null, links: [{ issue: { key: 'SHOP-91' } }] } });
      expect(JSON.stringify(found)).not.toContain('APP-1"');
    }
    expect((await jira.findMany(['SHOP-90']))[0]).toMatchObject({ issue: { parent: { key: 'APP-1' }, links: [{}, {}] } });
  });

  it('does not lose the others when an issue goes while it is looked up', async () => {
    const gone = simulator.world.byKey.get('SHOP-2');
    const leaving: IssueSource = {
      ...jira,
      findMany: async (keys) => {
        const found = await jira.findMany(keys);
        if (gone !== undefined) gone.isDeleted = true;
        return found;
      },
    };
    source = scoped(leaving, 'project = SHOP');
    expect(await codes('SHOP-1', 'SHOP-2', 'SHOP-3')).toEqual(['SHOP-1', 'ISSUE_NOT_FOUND', 'SHOP-3']);
  });

  it('shows nothing when the scope cannot be asked: JIRA_UNAVAILABLE at each issue', async () => {
    await codes('SHOP-1');
    simulator.faults.add({ kind: 'status', status: 503, path: '/search/jql' });
    expect(await codes('SHOP-1', 'NOPE-1')).toEqual(['JIRA_UNAVAILABLE', 'JIRA_UNAVAILABLE']);
    // Nor from one request to another: inside, outside, missing, and what can be no key.
    for (const keys of [['SHOP-2'], ['APP-1'], ['NOPE-1'], ['APP-1', 'APP-99999'], ['NOPE-1', 'NOPE-2'], ['SHOP-99999']])
      expect([keys, await codes(...keys)]).toEqual([keys, keys.map(() => 'JIRA_UNAVAILABLE')]);
    expect(await source.findEstimability(['SHOP-1'], 'estimate')).toMatchObject([{ code: 'JIRA_UNAVAILABLE' }]);
  });

  it('refuses to say what an issue outside holds with ISSUE_NOT_FOUND', async () => {
    await expect(source.readEstimate('APP-1', 'estimate')).rejects.toMatchObject({ code: 'ISSUE_NOT_FOUND' });
    expect(await source.findEstimability(['APP-1', 'SHOP-1'], 'estimate')).toMatchObject([{ code: 'ISSUE_NOT_FOUND' }, { can: true }]);
  });

  it('tells an issue outside from none by no JQL and by no question for its estimate', async () => {
    const outcome = (run: () => Promise<unknown>) =>
      run().catch(({ code, message }: { code: string; message: string }) => ({ code, message }));
    const search = (jql: string) =>
      outcome(async () => (await source.search(jql, { first: 5, cursor: undefined })).found.map(({ issue }) => issue.key));
    const { id } = simulator.world.byKey.get('APP-1') ?? { id: '' };
    for (const toJql of [
      (key: string) => `key = ${key}`,
      (key: string) => `key in (SHOP-1, ${key})`,
      (key: string) => `key = "${key}" OR key = SHOP-1`,
      (key: string) => `NOT issue = ${key} AND key = SHOP-1`,
    ]) {
      expect(await search(toJql('APP-1'))).toEqual(await search(toJql('APP-99999')));
      expect(await search(toJql('SHOP-2'))).toContain(toJql('').includes('SHOP-1') ? 'SHOP-1' : 'SHOP-2');
    }
    expect(await search(`id = ${id}`)).toEqual(await search('id = 99999999'));
    for (const track of ['estimate', 'nothing']) {
      const read = (key: string) => outcome(() => source.readEstimate(key, track));
      const [outside, missing] = [await read('APP-1'), await read('APP-99999')];
      expect(JSON.stringify(outside).replaceAll('APP-1', 'K')).toBe(JSON.stringify(missing).replaceAll('APP-99999', 'K'));
    }
  });

  it('lets no JQL out, whatever it is made of', () => {
    const pieces = [
      'project = APP',
      'key = APP-1',
      'project = SHOP',
      'summary ~ "a',
      'text ~ x',
      ' OR ',
      ' AND ',
      ' NOT ',
      ' IN (APP)',
      'ORDER BY key',
    ];
    const marks = ['(', ')', '"', "'", '\\', '\\"', '""', '\n', '\u00a0', '--', '//', '/*', '*/', '#', ';', ',', ' order by ', 'rank', ' '];
    let found = 0;
    const findOutside = (jql: string): readonly string[] => {
      try {
        const issues = runJql(simulator.world, withinScope(jql, 'project = SHOP'), {
          mustBeBounded: true,
          isStrict: true,
          now: Date.now(),
        });
        found += issues.length;
        return issues.map(({ key }) => key).filter((key) => !key.startsWith('SHOP-'));
      } catch {
        return [];
      }
    };
    const texts = fc.array(fc.constantFrom(...pieces, ...marks), { maxLength: 10 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, (jql) => findOutside(jql).length === 0),
      { numRuns: 3_000, examples: [['project = APP OR project = SHOP ORDER BY key']] },
    );
    expect(found).toBeGreaterThan(100);
  });
});
