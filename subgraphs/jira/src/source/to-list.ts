import { z } from 'zod';
import type { Board, Project, SavedFilter } from '../domain/issue.ts';
import { toPerson } from './to-issue.ts';

const id = z.union([z.string(), z.number()]).transform(String);

const projects = z.array(
  z.looseObject({ id, key: z.string(), name: z.string(), simplified: z.boolean().nullish(), style: z.string().nullish() }),
);

/** In Jira’s order. Throws ZodError for what is no list of projects. */
export function toProjects(given: unknown): readonly Project[] {
  return projects.parse(given).map((project) => ({
    id: project.id,
    key: project.key,
    name: project.name,
    isTeamManaged: project.style === 'next-gen' || project.simplified === true,
  }));
}

const filters = z.array(z.looseObject({ id, name: z.string(), jql: z.string().nullish(), owner: z.unknown().optional() }));

/** In Jira’s order, without those whose JQL is hidden. Throws ZodError for what is no list of filters. */
export function toFilters(given: unknown): readonly SavedFilter[] {
  return filters
    .parse(given)
    .flatMap((filter) =>
      filter.jql === undefined || filter.jql === null
        ? []
        : [{ id: filter.id, name: filter.name, jql: filter.jql, owner: toPerson(filter.owner) }],
    );
}

const boards = z.array(
  z.looseObject({ id, name: z.string(), type: z.string(), location: z.looseObject({ projectKey: z.string().nullish() }).nullish() }),
);

/** In Jira’s order. Throws ZodError for what is no list of boards. */
export function toBoards(given: unknown): readonly Board[] {
  const types: Readonly<Record<string, Board['type']>> = { scrum: 'SCRUM', kanban: 'KANBAN' };
  return boards.parse(given).map((board) => ({
    id: board.id,
    name: board.name,
    type: types[board.type] ?? 'SIMPLE',
    projectKey: board.location?.projectKey ?? null,
  }));
}
