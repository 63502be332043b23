import { DomainError } from '../../../../../kit/process/errors.ts';
import { issueNotFound, type JiraErrorCode } from '../../domain/errors.ts';
import type { Issue } from '../../domain/issue.ts';
import type { EstimateSlot, Found, IssueSource } from '../issue-source.ts';

/** An issue out of nothing. */
export const createIssue = (key: string, summary = key): Issue => ({
  id: key,
  key,
  url: `https://jira.example/browse/${key}`,
  summary,
  description: { text: 'text', html: '<p>text</p>' },
  type: { name: 'Story', isSubtask: false },
  status: { name: 'To Do', category: 'TO_DO' },
  priority: null,
  assignee: null,
  reporter: null,
  labels: [],
  components: [],
  parent: null,
  sprint: null,
  estimates: { estimate: 0 },
  created: '2026-01-01T00:00:00.000Z',
  updated: '2026-01-01T00:00:00.000Z',
  subtasks: [],
  links: [],
  extraFields: [],
  pictures: [],
});

const unused = () => Promise.reject(new Error('not asked here'));

/** A source that knows nothing. */
export const emptySource: IssueSource = {
  findMany: unused,
  search: unused,
  findBacklog: unused,
  findBoards: unused,
  findSprints: unused,
  findFilterJql: unused,
  findSavedFilters: unused,
  findProjects: unused,
  findEstimability: unused,
  readPicture: unused,
  findMediaId: unused,
  readEstimate: unused,
  writeComment: unused,
  writeEstimate: unused,
};

/** A source of which tests say what it knows and whether it works; `asked` has every question. */
export function createCountedSource(now: () => number) {
  const asked: string[][] = [];
  const state: { failsWith: JiraErrorCode | undefined; missing: Set<string>; version: number; gate: Promise<void> } = {
    failsWith: undefined,
    missing: new Set(),
    version: 1,
    gate: Promise.resolve(),
  };
  const source: IssueSource = {
    ...emptySource,
    findMany: async (keys) => {
      asked.push([...keys]);
      const { version, failsWith } = state;
      await state.gate;
      return keys.map((key): Found => {
        if (failsWith !== undefined) return { status: 'failed', error: new DomainError(failsWith, 'it fails') };
        if (state.missing.has(key)) return { status: 'failed', error: issueNotFound(key) };
        return { status: 'found', issue: createIssue(key, `${key} v${version}`), fetchedAt: now(), isStale: false };
      });
    },
    search: async () => ({
      found: [{ status: 'found', issue: { ...createIssue('A-1', 'A-1 from search') }, fetchedAt: now(), isStale: false }],
      nextCursor: undefined,
      isTruncated: false,
    }),
    writeEstimate: async () => {},
  };
  return { source, asked, state };
}

export const slot: EstimateSlot = {
  key: 'A-1',
  track: 'estimate',
  fieldId: 'customfield_1',
  form: { kind: 'NUMBER' },
  boardId: undefined,
  isOnScreen: true,
  value: null,
  unreadable: undefined,
};
