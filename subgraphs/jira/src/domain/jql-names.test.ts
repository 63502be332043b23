import { expect, it } from 'vitest';
import { findNamedIssues } from './jql-names.ts';

it.each<[string, readonly string[]]>([
  ['key = APP-1', ['APP-1']],
  ['key=app-1', ['APP-1']],
  ['key != "APP-1" AND issue in (APP-2, "APP-3")', ['APP-1', 'APP-2', 'APP-3']],
  ['issuekey not in (APP-1)', ['APP-1']],
  ['(key = APP-1 OR (NOT key > APP-2))', ['APP-1', 'APP-2']],
  ["id = 10023 OR issue in ('10024')", ['10023', '10024']],
  ['"Epic Link" = APP-1 or parent = APP-2 or cf[10014] = APP-3', ['APP-1', 'APP-2', 'APP-3']],
  ['issue in linkedIssues("APP-1", "blocks")', ['APP-1']],
  ['issue IN childIssuesOf(APP-1) ORDER BY key', ['APP-1']],
  ['key = "\\u0041PP-1"', ['APP-1']],
  ['key was APP-1', ['APP-1']],
  ['KEY IN(APP-1,APP-1)', ['APP-1']],
  ['summary ~ "APP-1" AND labels = abc-1 AND sprint = "Sprint-12"', []],
  ['created > -7d AND priority = 3 AND "Story Points" in (1, 2)', []],
  ['key in (APP-1) AND labels in (abc-1)', ['APP-1']],
  ['project = APP ORDER BY key', []],
  ["'Epic Link' = APP-12 AND summary ~ 'see key = X-1'", ['APP-12']],
  ['"Linked teams" in teamsOf(APP-1, A1_B-2)', ['APP-1', 'A1_B-2']],
  ['"Linked teams" in (teamsOf(APP-1), abc-1)', ['APP-1']],
  ['issue in "linkedIssues"(APP-1)', ['APP-1']],
  ['issue in linkedIssues(APP-1) AND labels = abc-1', ['APP-1']],
  ['((labels = abc-1) OR NOT (labels in (abc-2)))', []],
  ['labels = abc-1 AND (labels = abc-2 OR (labels = abc-3))', []],
  ['key in ("a=b", APP-1)', ['APP-1']],
  ['key in (APP-1a, 1APP-2, "APP-3 x", "x APP-4", APP-5)', ['APP-5']],
  ['id in (10023, "x 10024", "10025 x")', ['10023']],
  ['issueFunction in linkedIssuesOf("key = APP-1 AND summary ~ \\"APP-2\\"", "blocks")', ['APP-1']],
  [`issueFunction in subtasksOf('parent in (APP-1, "APP-2")')`, ['APP-1', 'APP-2']],
  ['issueFunction in issuesInEpics("issue in linkedIssues(\\"APP-1\\")")', ['APP-1']],
  ['summary ~ "key = APP-1"', []],
  ['', []],
])('%s names %j', (jql, named) => {
  expect(findNamedIssues(jql)).toEqual(named);
});
