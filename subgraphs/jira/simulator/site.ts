import { texts } from './backlog.ts';
import type { SimBoard, SimField, SimFilter, SimProject, SimStatus, SimUser } from './world.ts';

// What every simulated site has, whatever its seed.

export const storyPoints = 'customfield_10032';
export const storyPointEstimate = 'customfield_10048';
export const devPoints = 'customfield_10061';
const testPoints = 'customfield_10062';
/** A field for each track of Tally's presets, so that they can be tried out. */
export const trackFields = {
  dev: devPoints,
  test: testPoints,
  front: 'customfield_10063',
  back: 'customfield_10064',
  qa: 'customfield_10065',
} as const;
const trackFieldIds = Object.values(trackFields);
export const sprintField = 'customfield_10020';
export const epicLink = 'customfield_10014';
export const acceptanceCriteria = 'customfield_10070';

const floatType = 'com.atlassian.jira.plugin.system.customfieldtypes:float';
const system = (id: string, name: string, type: string): SimField => ({ id, name, custom: false, type });

export const fields: readonly SimField[] = [
  system('summary', 'Summary', 'string'),
  system('description', 'Description', 'string'),
  system('issuetype', 'Issue Type', 'issuetype'),
  system('status', 'Status', 'status'),
  system('priority', 'Priority', 'priority'),
  system('assignee', 'Assignee', 'user'),
  system('reporter', 'Reporter', 'user'),
  system('labels', 'Labels', 'array'),
  system('components', 'Components', 'array'),
  system('created', 'Created', 'datetime'),
  system('updated', 'Updated', 'datetime'),
  system('subtasks', 'Sub-tasks', 'array'),
  system('issuelinks', 'Linked Issues', 'array'),
  system('project', 'Project', 'project'),
  system('attachment', 'Attachment', 'array'),
  // The id that copied-around clients take for story points.
  {
    id: 'customfield_10016',
    name: 'Target start',
    custom: true,
    type: 'date',
    customType: 'com.atlassian.jpo:jpo-custom-field-baseline-start',
  },
  { id: sprintField, name: 'Sprint', custom: true, type: 'array', customType: 'com.pyxis.greenhopper.jira:gh-sprint' },
  { id: epicLink, name: 'Epic Link', custom: true, type: 'any', customType: 'com.pyxis.greenhopper.jira:gh-epic-link' },
  {
    id: acceptanceCriteria,
    name: 'Acceptance criteria',
    custom: true,
    type: 'string',
    customType: 'com.atlassian.jira.plugin.system.customfieldtypes:textarea',
  },
  { id: storyPoints, name: 'Story Points', custom: true, type: 'number', customType: floatType },
  {
    id: storyPointEstimate,
    name: 'Story point estimate',
    custom: true,
    type: 'number',
    customType: 'com.pyxis.greenhopper.jira:jsw-story-points',
    projectId: '10002',
  },
  { id: devPoints, name: 'Dev Points', custom: true, type: 'number', customType: floatType },
  { id: testPoints, name: 'Test Points', custom: true, type: 'number', customType: floatType },
  { id: trackFields.front, name: 'Frontend Points', custom: true, type: 'number', customType: floatType },
  { id: trackFields.back, name: 'Backend Points', custom: true, type: 'number', customType: floatType },
  { id: trackFields.qa, name: 'QA Points', custom: true, type: 'number', customType: floatType },
];

export const projects: readonly SimProject[] = [
  project('10001', 'SHOP', 'Web Shop', false, [storyPoints, ...trackFieldIds], [storyPoints, ...trackFieldIds]),
  project('10002', 'APP', 'Mobile App', true, [storyPointEstimate, ...trackFieldIds], [storyPointEstimate, ...trackFieldIds]),
  project('10003', 'OPS', 'Platform Operations', false, [storyPoints], []),
];

function project(
  id: string,
  key: string,
  name: string,
  isTeamManaged: boolean,
  fieldIds: string[],
  fieldIdsOnScreen: string[],
): SimProject {
  const components = isTeamManaged ? [] : (texts[key]?.topics.map((topic) => topic.component) ?? []);
  return { id, key, name, isTeamManaged, components, fieldIds, fieldIdsOnScreen };
}

export const statuses: readonly SimStatus[] = [
  { id: '1', name: 'To Do', category: 'new' },
  { id: '2', name: 'In Progress', category: 'indeterminate' },
  { id: '3', name: 'In Review', category: 'indeterminate' },
  { id: '4', name: 'Done', category: 'done' },
];

const names = ['Ada Okafor', 'Björn Lind', 'Chiara Conti', 'Dmitri Ivanov', 'Elif Demir', 'Farah Haddad', 'Goran Petrović', 'Hana Suzuki'];
export const users: readonly SimUser[] = names.map((displayName, index) => ({
  accountId: `5b10a2844c20165700ede${String(index).padStart(3, '0')}`,
  name: displayName.split(' ')[0]?.toLowerCase() ?? '',
  displayName,
}));
export const me: SimUser = { accountId: '5b10a2844c20165700edeb07', name: 'tally', displayName: 'Tally' };

export const boards: readonly SimBoard[] = [
  { id: 1, name: 'Web Shop board', type: 'scrum', projectKey: 'SHOP', estimationFieldId: storyPoints },
  { id: 2, name: 'Mobile App', type: 'simple', projectKey: 'APP', estimationFieldId: storyPointEstimate },
  { id: 3, name: 'Operations kanban', type: 'kanban', projectKey: 'OPS' },
];

export const filters: readonly SimFilter[] = [
  {
    id: '10100',
    name: 'Web Shop: to be estimated',
    jql: 'project = SHOP AND "Story Points" IS EMPTY AND statusCategory != Done ORDER BY Rank',
  },
  { id: '10101', name: 'Open bugs', jql: 'type = Bug AND statusCategory != Done ORDER BY priority DESC' },
  { id: '10102', name: 'Mobile App: next sprint', jql: 'project = APP AND sprint IN futureSprints() ORDER BY Rank' },
];
