import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { jiraError } from '../domain/errors.ts';
import { saidByJira } from '../domain/reasons.ts';
import { findAffectedKeys } from './affected-keys.ts';
import { createCloudSource } from './cloud.ts';
import { createJiraClient, type JiraClient } from './jira-client.ts';

let simulator: Simulator;
let client: JiraClient;
beforeAll(async () => {
  simulator = await startSimulator();
  client = createJiraClient({ baseUrl: simulator.url, authorization: 'Bearer x', timeoutMs: 5_000, now: Date.now, random: () => 0 });
});
afterAll(async () => {
  await client.stop();
  await simulator.stop();
});

it('finds the keys of issues named by number, and of the issues of a sprint', async () => {
  const source = createCloudSource({ client, browseUrl: simulator.url, estimateFields: {}, now: Date.now });
  const { issues, sprints, byKey } = simulator.world;
  const [one, two] = [byKey.get('SHOP-1'), byKey.get('SHOP-2')];
  const change = { keys: ['SHOP-3'], ids: [one?.id ?? '', two?.id ?? '', '999999'], sprintIds: [], at: undefined };
  expect(await findAffectedKeys(source, change)).toEqual(['SHOP-3', 'SHOP-1', 'SHOP-2']);
  const sprint = sprints.find(({ state }) => state === 'active');
  const inSprint = issues.filter((issue) => issue.sprints.some(({ id }) => id === sprint?.id)).map(({ key }) => key);
  const ofSprint = await findAffectedKeys(source, { keys: [], ids: [], sprintIds: [String(sprint?.id)], at: undefined });
  expect(new Set(ofSprint)).toEqual(new Set(inSprint));
  expect(inSprint.length).toBeGreaterThan(0);
});

it('of a sprint that is gone nothing, and of a Jira that is away an error: the webhook is to come again', async () => {
  const source = createCloudSource({ client, browseUrl: simulator.url, estimateFields: {}, now: Date.now });
  const change = { keys: ['SHOP-3'], ids: [], sprintIds: ['999999'], at: undefined };
  expect(await findAffectedKeys(source, change)).toEqual(['SHOP-3']);
  const gone = { ...source, search: () => Promise.reject(saidByJira('JQL_INVALID', 'The sprint 999999 does not exist.')) };
  expect(await findAffectedKeys(gone, change)).toEqual(['SHOP-3']);
  const away = { ...source, search: () => Promise.reject(jiraError('JIRA_UNAVAILABLE', 'Jira does not answer.')) };
  await expect(findAffectedKeys(away, change)).rejects.toMatchObject({ code: 'JIRA_UNAVAILABLE' });
});
