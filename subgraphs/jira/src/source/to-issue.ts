import { z } from 'zod';
import { chooseField, toEstimate } from '../domain/estimate-value.ts';
import { type ExtraFieldOptions, toExtraFields } from '../domain/extra-fields.ts';
import type { FindType } from '../domain/file-kinds.ts';
import {
  type Issue,
  type IssueStatus,
  type IssueStub,
  type JiraPerson,
  type Sprint,
  type StatusCategory,
  toCurrentSprint,
} from '../domain/issue.ts';
import { type AttachedPicture, createPictureFinder, type FindPicture, isShownType } from '../domain/pictures.ts';
import { soft, softList } from './soft.ts';

const text = soft(z.string(), 'text');
const status = z.looseObject({ name: z.string(), statusCategory: soft(z.looseObject({ key: text }), 'status category') });
const person = z.looseObject({
  displayName: text,
  name: text,
  avatarUrls: soft(z.record(z.string(), soft(z.string(), 'avatar')), 'avatar'),
});
const stub = z.looseObject({
  key: z.string(),
  fields: soft(z.looseObject({ summary: text, status: soft(status, 'status') }), 'neighbour'),
});
const attachment = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  filename: z.string(),
  mimeType: text,
  size: soft(z.number(), 'attachment'),
  thumbnail: text,
});
const link = z.looseObject({
  type: soft(z.looseObject({ name: text, inward: text, outward: text }), 'link type'),
  inwardIssue: soft(stub, 'neighbour'),
  outwardIssue: soft(stub, 'neighbour'),
});
const sprint = z.looseObject({
  id: z.union([z.number(), z.string()]),
  name: text,
  state: text,
  startDate: text,
  endDate: text,
  goal: text,
});

/** An issue as every REST endpoint gives it; what is not asked for or unknown to us may be missing, and what is odd costs only itself. */
export const rawIssue = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  key: z.string(),
  fields: z.looseObject({
    summary: text,
    description: z.unknown().optional(),
    issuetype: soft(z.looseObject({ name: text, subtask: soft(z.boolean(), 'issue type') }), 'issue type'),
    status: soft(status, 'status'),
    priority: soft(z.looseObject({ name: text }), 'priority'),
    assignee: soft(person, 'person'),
    reporter: soft(person, 'person'),
    labels: softList(z.string(), 'label'),
    components: softList(z.looseObject({ name: z.string() }), 'component'),
    parent: soft(stub, 'neighbour'),
    created: text,
    updated: text,
    subtasks: softList(stub, 'neighbour'),
    issuelinks: softList(link, 'link'),
    attachment: softList(attachment, 'attachment'),
  }),
  editmeta: soft(z.looseObject({ fields: z.record(z.string(), z.unknown()) }), 'editmeta'),
});

/** A list of them; one that is none is left out, and costs its neighbours nothing. */
export const rawIssues = softList(rawIssue, 'issue');

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
  'attachment',
] as const;

export interface ToIssueOptions {
  /** Where people read issues, without a trailing slash. */
  readonly browseUrl: string;
  readonly renderDescription: (description: unknown, findPicture: FindPicture, findType: FindType) => Issue['description'];
  readonly sprintFieldId: string | undefined;
  readonly epicFieldId: string | undefined;
  /** Custom fields to show besides. */
  readonly extraFields: ExtraFieldOptions['shown'];
  readonly hasWikiTexts: boolean;
  /** The fields that may hold a track's estimate, the best one first. */
  readonly estimateFieldIds: (projectKey: string) => Readonly<Record<string, readonly string[]>>;
}

/** Both REST v3 and v2, and the Agile API's issues. */
export function toIssue({ id, key, fields, editmeta }: RawIssue, options: ToIssueOptions): Issue {
  const sprints = options.sprintFieldId === undefined ? [] : toSprints(fields[options.sprintFieldId]);
  const candidates = options.estimateFieldIds(key.slice(0, key.lastIndexOf('-')));
  const pictures = toPictures(fields.attachment);
  const findPicture = createPictureFinder(key, pictures);
  const types = new Map(fields.attachment.map(({ filename, mimeType }) => [filename, mimeType ?? undefined]));
  const renderDescription = (document: unknown) => options.renderDescription(document, findPicture, (name) => types.get(name));
  return {
    id,
    key,
    url: `${options.browseUrl}/browse/${key}`,
    summary: fields.summary ?? '',
    description: renderDescription(fields.description),
    type: { name: fields.issuetype?.name ?? 'Issue', isSubtask: fields.issuetype?.subtask ?? false },
    status: fields.status === null || fields.status === undefined ? { name: 'Unknown', category: 'UNDEFINED' } : toStatus(fields.status),
    priority: fields.priority?.name ?? null,
    assignee: toPerson(fields.assignee),
    reporter: toPerson(fields.reporter),
    labels: fields.labels,
    components: fields.components.map(({ name }) => name),
    parent: fields.parent === null || fields.parent === undefined ? toEpic(fields, options.epicFieldId) : toStub(fields.parent),
    sprint: toCurrentSprint(sprints),
    estimates: toEstimates({ fields, editmeta }, candidates),
    created: toInstant(fields.created) ?? new Date(0).toISOString(),
    updated: toInstant(fields.updated) ?? new Date(0).toISOString(),
    subtasks: fields.subtasks.map(toStub),
    links: fields.issuelinks.flatMap(toLinks),
    extraFields: toExtraFields(fields, { ...options, renderDescription, shown: options.extraFields }),
    pictures,
  };
}

function toPictures(attachments: RawIssue['fields']['attachment']): readonly AttachedPicture[] {
  return attachments
    .filter(({ id, mimeType }) => /^\d{1,18}$/.test(id) && isShownType(mimeType ?? ''))
    .map(({ id, filename, size, thumbnail }) => ({
      id,
      name: filename,
      hasThumbnail: typeof thumbnail === 'string' && thumbnail !== '',
      ...(size === null || size === undefined ? {} : { sizeBytes: size }),
    }));
}

function toEstimates(
  { fields, editmeta }: Pick<RawIssue, 'fields' | 'editmeta'>,
  candidates: Readonly<Record<string, readonly string[]>>,
): Record<string, number> {
  const editable = editmeta?.fields;
  const estimates: Record<string, number> = {};
  for (const [track, ids] of Object.entries(candidates)) {
    const choice = chooseField(ids, fields, editable);
    const value = choice.kind === 'one' ? toEstimate(choice.fieldId, fields[choice.fieldId]) : null;
    if (value !== null) estimates[track] = value;
  }
  return estimates;
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
    name: parsed.data.displayName || parsed.data.name || 'Unknown',
    avatarUrl: avatars['48x48'] ?? Object.values(avatars).find((url) => typeof url === 'string') ?? null,
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
  if (outwardIssue !== null && outwardIssue !== undefined)
    return [{ relation: type?.outward || type?.name || 'relates to', issue: toStub(outwardIssue) }];
  if (inwardIssue !== null && inwardIssue !== undefined)
    return [{ relation: type?.inward || type?.name || 'relates to', issue: toStub(inwardIssue) }];
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
