import { z } from 'zod';
import type { Board, Project, SavedFilter } from '../domain/issue.ts';
import { parseEntries, soft } from './soft.ts';
import { toPerson } from './to-issue.ts';

const id = z.union([z.string(), z.number()]).transform(String);

const project = z.looseObject({
  id,
  key: z.string(),
  name: soft(z.string(), 'project'),
  simplified: soft(z.boolean(), 'project'),
  style: soft(z.string(), 'project'),
});

/** In Jira’s order. Throws ZodError for what is no list of projects. */
export function toProjects(given: unknown): readonly Project[] {
  return parseEntries(project, z.array(z.unknown()).parse(given), 'project').map((project) => ({
    id: project.id,
    key: project.key,
    name: project.name ?? project.key,
    isTeamManaged: project.style === 'next-gen' || project.simplified === true,
  }));
}

const filter = z.looseObject({ id, name: soft(z.string(), 'filter'), jql: soft(z.string(), 'filter'), owner: z.unknown().optional() });

/** In Jira’s order, without those whose JQL is hidden. Throws ZodError for what is no list of filters. */
export function toFilters(given: unknown): readonly SavedFilter[] {
  return parseEntries(filter, z.array(z.unknown()).parse(given), 'filter').flatMap(({ id, name, jql, owner }) =>
    jql === undefined || jql === null ? [] : [{ id, name: name ?? id, jql, owner: toPerson(owner) }],
  );
}

const board = z.looseObject({
  id,
  name: soft(z.string(), 'board'),
  type: soft(z.string(), 'board'),
  location: soft(z.looseObject({ projectKey: soft(z.string(), 'board') }), 'board'),
});

/** In Jira’s order. Throws ZodError for what is no list of boards. */
export function toBoards(given: unknown): readonly Board[] {
  const types: Readonly<Record<string, Board['type']>> = { scrum: 'SCRUM', kanban: 'KANBAN' };
  return parseEntries(board, z.array(z.unknown()).parse(given), 'board').map(({ id, name, type, location }) => ({
    id,
    name: name ?? id,
    type: types[type ?? ''] ?? 'SIMPLE',
    projectKey: location?.projectKey ?? null,
  }));
}
