import { z } from 'zod';
import {
  type Issue,
  type IssueStatus,
  type IssueStub,
  type JiraPerson,
  type Sprint,
  type StatusCategory,
  toCurrentSprint,
} from '../domain/issue.ts';

const text = z.string().nullish();
const status = z.looseObject({ name: z.string(), statusCategory: z.looseObject({ key: text }).nullish() });
const person = z.looseObject({ displayName: text, name: text, avatarUrls: z.record(z.string(), z.string()).nullish() });
const stub = z.looseObject({ key: z.string(), fields: z.looseObject({ summary: text, status: status.nullish() }).nullish() });
const link = z.looseObject({
  type: z.looseObject({ inward: text, outward: text }),
  inwardIssue: stub.nullish(),
  outwardIssue: stub.nullish(),
});
const sprint = z.looseObject({
  id: z.union([z.number(), z.string()]),
  name: text,
  state: text,
  startDate: text,
  endDate: text,
  goal: text,
});

/** Sites and apps bend fields in many ways: one that we cannot read counts as empty, and never costs the issue or its neighbours. */
function soft<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().catch(null);
}

/** An issue as every REST endpoint gives it; what is not asked for or unknown to us may be missing. */
export const rawIssue = z.looseObject({
  id: z.string(),
  key: z.string(),
  fields: z.looseObject({
    summary: soft(z.string()),
    description: z.unknown().optional(),
    issuetype: soft(z.looseObject({ name: z.string(), subtask: z.boolean().nullish() })),
    status: soft(status),
    priority: soft(z.looseObject({ name: text })),
    assignee: soft(person),
    reporter: soft(person),
    labels: soft(z.array(z.string())),
    components: soft(z.array(z.looseObject({ name: z.string() }))),
    parent: soft(stub),
    created: soft(z.string()),
    updated: soft(z.string()),
    subtasks: soft(z.array(stub)),
    issuelinks: soft(z.array(link)),
  }),
  editmeta: soft(z.looseObject({ fields: z.record(z.string(), z.unknown()) })),
});

/** A list of them; one that is none is left out, and costs its neighbours nothing. */
export const rawIssues = z.array(soft(rawIssue)).transform((issues) => issues.filter((issue) => issue !== null && issue !== undefined));

export type RawIssue = z.infer<typeof rawIssue>;

/** The fields that `toIssue` reads, but for those of sprint and estimates. */
export const issueFields = [
  'summary',
  'description',
  'issuetype',
  'status',
  'priority',
  'assignee',
  'reporter',
  'labels',
  'components',
  'parent',
  'created',
  'updated',
  'subtasks',
  'issuelinks',
] as const;

export interface ToIssueOptions {
  /** Where people read issues, without a trailing slash. */
  readonly browseUrl: string;
  readonly renderDescription: (description: unknown) => Issue['description'];
  readonly sprintFieldId: string | undefined;
  readonly epicFieldId: string | undefined;
  /** The fields that may hold a track's estimate, the best one first. */
  readonly estimateFieldIds: (projectKey: string) => Readonly<Record<string, readonly string[]>>;
}

/** Both REST v3 and v2, and the Agile API's issues. */
export function toIssue({ id, key, fields }: RawIssue, options: ToIssueOptions): Issue {
  const sprints = options.sprintFieldId === undefined ? [] : toSprints(fields[options.sprintFieldId]);
  const candidates = options.estimateFieldIds(key.slice(0, key.lastIndexOf('-')));
  return {
    id,
    key,
    url: `${options.browseUrl}/browse/${key}`,
    summary: fields.summary ?? '',
    description: options.renderDescription(fields.description),
    type: { name: fields.issuetype?.name ?? 'Issue', isSubtask: fields.issuetype?.subtask ?? false },
    status: fields.status === null || fields.status === undefined ? { name: 'Unknown', category: 'UNDEFINED' } : toStatus(fields.status),
    priority: fields.priority?.name ?? null,
    assignee: toPerson(fields.assignee),
    reporter: toPerson(fields.reporter),
    labels: fields.labels ?? [],
    components: (fields.components ?? []).map(({ name }) => name),
    parent: fields.parent === null || fields.parent === undefined ? toEpic(fields, options.epicFieldId) : toStub(fields.parent),
    sprint: toCurrentSprint(sprints),
    estimates: toEstimates(fields, candidates),
    created: toInstant(fields.created) ?? new Date(0).toISOString(),
    updated: toInstant(fields.updated) ?? new Date(0).toISOString(),
    subtasks: (fields.subtasks ?? []).map(toStub),
    links: (fields.issuelinks ?? []).flatMap(toLinks),
  };
}

function toEstimates(fields: RawIssue['fields'], candidates: Readonly<Record<string, readonly string[]>>): Record<string, number> {
  const estimates: Record<string, number> = {};
  for (const [track, ids] of Object.entries(candidates)) {
    const value = toNumber(fields[chooseField(ids, fields) ?? '']);
    if (value !== null) estimates[track] = value;
  }
  return estimates;
}

/**
 * Which of several fields holds an issue's estimate: the first with a number, else the first that the issue has at all (Jira leaves out fields
 * that do not apply to it), else the first. Reading and writing agree on it, or every number in another field would be a conflict.
 */
export function chooseField(candidates: readonly string[], fields: RawIssue['fields']): string | undefined {
  return candidates.find((id) => toNumber(fields[id]) !== null) ?? candidates.find((id) => fields[id] !== undefined) ?? candidates[0];
}

/** A number field's value; null when it is empty or no number. */
export function toNumber(value: unknown): number | null {
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

const categories: Readonly<Record<string, StatusCategory>> = { new: 'TO_DO', indeterminate: 'IN_PROGRESS', done: 'DONE' };

function toStatus({ name, statusCategory }: z.infer<typeof status>): IssueStatus {
  return { name, category: categories[statusCategory?.key ?? ''] ?? 'UNDEFINED' };
}

/** Null for nobody. */
export function toPerson(given: unknown): JiraPerson | null {
  const parsed = person.safeParse(given);
  if (!parsed.success) return null;
  const avatars = parsed.data.avatarUrls ?? {};
  return {
    name: parsed.data.displayName ?? parsed.data.name ?? 'Unknown',
    avatarUrl: avatars['48x48'] ?? Object.values(avatars)[0] ?? null,
  };
}

function toStub({ key, fields }: z.infer<typeof stub>): IssueStub {
  return {
    key,
    summary: fields?.summary ?? '',
    status: fields?.status === null || fields?.status === undefined ? null : toStatus(fields.status),
  };
}

function toEpic(fields: RawIssue['fields'], epicFieldId: string | undefined): IssueStub | null {
  const key = epicFieldId === undefined ? undefined : fields[epicFieldId];
  return typeof key === 'string' && key !== '' ? { key, summary: '', status: null } : null;
}

function toLinks({ type, inwardIssue, outwardIssue }: z.infer<typeof link>): Issue['links'] {
  if (outwardIssue !== null && outwardIssue !== undefined) return [{ relation: type.outward ?? 'relates to', issue: toStub(outwardIssue) }];
  if (inwardIssue !== null && inwardIssue !== undefined) return [{ relation: type.inward ?? 'relates to', issue: toStub(inwardIssue) }];
  return [];
}

function toSprints(value: unknown): readonly Sprint[] {
  if (!Array.isArray(value)) return [];
  return value.map((entry) => toSprint(typeof entry === 'string' ? parseSprintText(entry) : entry)).filter((entry) => entry !== null);
}

/** A sprint as the Agile API and Cloud's sprint field give it; null when it is none. */
export function toSprint(given: unknown): Sprint | null {
  const parsed = sprint.safeParse(given);
  if (!parsed.success) return null;
  const { id, name, state, startDate, endDate, goal } = parsed.data;
  const known = (state ?? '').toUpperCase();
  return {
    id: String(id),
    name: name ?? '',
    state: known === 'ACTIVE' || known === 'FUTURE' ? known : 'CLOSED',
    startDate: toInstant(startDate),
    endDate: toInstant(endDate),
    goal: goal === undefined || goal === null || goal === '' ? null : goal,
  };
}

/** Data Center's sprint field holds texts like `…Sprint@1f2e[id=1,state=ACTIVE,name=Sprint 1,…]`. */
function parseSprintText(value: string): Record<string, string> {
  const inside = value.slice(value.indexOf('[') + 1, value.lastIndexOf(']'));
  const entries = inside
    .split(/,(?=[A-Za-z]+=)/)
    .map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] as const);
  return Object.fromEntries(entries.filter(([, entry]) => entry !== '<null>'));
}

/** Jira writes `2026-11-22T09:30:00.000+0100`; null when it is no date. */
function toInstant(value: string | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  const time = Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
