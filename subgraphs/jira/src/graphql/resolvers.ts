import { createHash } from 'node:crypto';
import { DomainError } from '../../../../kit/process/errors.ts';
import { issueNotFound } from '../domain/errors.ts';
import { type Description, defaultTrack, findOfTrack } from '../domain/issue.ts';
import { parseJql } from '../domain/jql.ts';
import { parseKey, toKey } from '../domain/keys.ts';
import { parsePasted } from '../domain/pasted.ts';
import { renamePictures } from '../domain/pictures.ts';
import { inputError } from '../domain/reasons.ts';
import { toConnection } from './connection.ts';
import { type JiraContext, requireCaller, requireReader } from './context.ts';
import type { Resolvers } from './generated/types.ts';
import type { IssueView } from './views.ts';

const mostKeys = 1_000;
const mostTextLength = 100_000;
const mostOfJql = 100;

export const resolvers = {
  Query: {
    issue: async (_root, { key }, context) => {
      await requireReader(context);
      return getIssue(key, context);
    },

    issues: async (_root, { keys }, context) => {
      await requireReader(context);
      requireFewKeys(keys);
      // An error as an entry is null with that error at its own place.
      return keys.map((key) => getIssue(key, context));
    },

    searchIssues: async (_root, { jql, first, after }, context) => {
      await requireReader(context);
      return toConnection(first, after, (page) => context.source.search(parseJql(jql), page));
    },

    parseIssues: async (_root, { text }, context) => {
      await requireReader(context);
      if (text.length > mostTextLength) throw inputError('TOO_LONG', { field: 'text', length: text.length, most: mostTextLength });
      const pasted = parsePasted(text);
      switch (pasted.kind) {
        case 'KEYS':
          return { kind: 'KEYS', jql: null, keys: pasted.keys, ...(await findPasted(pasted.keys, context)) };
        case 'BOARD': {
          const { nodes } = await toConnection(mostOfJql, null, (page) => context.source.findBacklog(pasted.boardId, page));
          return { kind: 'KEYS', jql: null, keys: nodes.map(({ askedKey }) => askedKey), issues: nodes, notFound: [] };
        }
        default: {
          const jql = pasted.kind === 'JQL' ? pasted.jql : await context.source.findFilterJql(pasted.filterId);
          const { nodes } = await toConnection(mostOfJql, null, (page) => context.source.search(jql, page));
          return { kind: 'JQL', jql, keys: nodes.map(({ askedKey }) => askedKey), issues: nodes, notFound: [] };
        }
      }
    },

    boards: async (_root, { projectKey }, context) => {
      await requireReader(context);
      const boards = await context.source.findBoards(projectKey ?? undefined);
      return boards.toSorted((a, b) => a.name.localeCompare(b.name));
    },

    sprints: async (_root, { boardId }, context) => {
      await requireReader(context);
      const sprints = await context.source.findSprints(parseId(boardId));
      const closed = sprints.filter(({ state }) => state === 'CLOSED').toReversed();
      return [...sprints.filter(({ state }) => state === 'ACTIVE'), ...sprints.filter(({ state }) => state === 'FUTURE'), ...closed];
    },

    backlog: async (_root, { boardId, first, after }, context) => {
      await requireReader(context);
      return toConnection(first, after, (page) => context.source.findBacklog(parseId(boardId), page));
    },

    savedFilters: async (_root, _args, context) => {
      await requireReader(context);
      return context.source.findSavedFilters();
    },

    projects: async (_root, _args, context) => {
      await requireReader(context);
      return (await context.source.findProjects()).toSorted((a, b) => a.key.localeCompare(b.key));
    },
  },

  Mutation: {
    writeEstimate: (_root, { input }, context) => {
      requireCaller(context, 'voting');
      return context.writeEstimate(input, context.log);
    },
  },

  Subscription: {
    issueUpdated: {
      subscribe: async (_root, { key }, context) => {
        const issueKey = parseKey(key);
        if (issueKey !== context.vouchedIssue) await requireReader(context);
        // First, so that nothing is missed while Jira is asked.
        const changes = context.feed.follow(issueKey);
        try {
          // News of a moved issue come under the key that it has now: from here on the cache knows both.
          await context.source.findMany([issueKey]);
        } catch (error) {
          await changes.return?.();
          throw error;
        }
        return changes;
      },
      resolve: async (_event: unknown, { key }: { key: string }, { source }: JiraContext): Promise<IssueView> => {
        // Not by the operation's loader: it still has what it saw at the event before.
        const [found] = await source.findMany([parseKey(key)]);
        if (found?.status !== 'found') throw found?.error ?? issueNotFound(key);
        return { askedKey: key, issue: found.issue, fetchedAt: found.fetchedAt, isStale: found.isStale };
      },
    },
  },

  Issue: {
    // Without a reader's token: participants see the issues of their session.
    __resolveReference: ({ key }, context) => {
      requireCaller(context, 'router', 'voting');
      return getIssue(key, context);
    },
    key: ({ askedKey }) => askedKey,
    currentKey: ({ issue }) => issue.key,
    id: ({ issue }) => issue.id,
    url: ({ issue }) => issue.url,
    summary: ({ issue }) => issue.summary,
    description: (view) => (view.issue.description === null ? null : withPictures(view.issue.description, view)),
    type: ({ issue }) => issue.type,
    status: ({ issue }) => issue.status,
    // What was cached by a version that did not have them.
    extraFields: (view) => (view.issue.extraFields ?? []).map((field) => withPictures(field, view)),
    priority: ({ issue }) => issue.priority,
    assignee: ({ issue }) => issue.assignee,
    reporter: ({ issue }) => issue.reporter,
    labels: ({ issue }) => issue.labels,
    components: ({ issue }) => issue.components,
    parent: ({ issue }) => issue.parent,
    sprint: ({ issue }) => issue.sprint,
    storyPoints: ({ issue }, { track }) => findOfTrack(issue.estimates, track) ?? null,
    created: ({ issue }) => issue.created,
    updated: ({ issue }) => issue.updated,
    subtasks: ({ issue }) => issue.subtasks,
    links: ({ issue }) => issue.links,
    summaryFingerprint: ({ issue }) => toFingerprint(issue.summary),
    descriptionFingerprint: ({ issue }) => toFingerprint(issue.description?.text ?? ''),
    freshness: ({ fetchedAt, isStale }) => ({ fetchedAt: new Date(fetchedAt), isStale }),
    estimability: ({ issue }, { track }, context) => context.estimability(track ?? defaultTrack).load(issue.key),
  },

  Estimability: {
    can: (estimability) => estimability.can,
    reason: (estimability) => (estimability.can ? null : estimability.reason),
    remedy: (estimability) => (estimability.can ? null : estimability.remedy),
    field: ({ field }) => field,
  },
} satisfies Resolvers & Required<Pick<Resolvers, 'Query' | 'Mutation' | 'Subscription'>>;

/** A session may hold a moved issue under its old key, and is shown pictures of what it holds. */
function withPictures<Shown extends Description>(shown: Shown, { issue, askedKey }: IssueView): Shown {
  const key = toKey(askedKey) ?? issue.key;
  return key === issue.key ? shown : { ...shown, html: renamePictures(shown.html, issue.key, key) };
}

async function getIssue(asked: string, context: JiraContext): Promise<IssueView> {
  const key = parseKey(asked);
  const view = await context.issues.load(key);
  return key === asked ? view : { ...view, askedKey: asked };
}

async function findPasted(keys: readonly string[], context: JiraContext) {
  requireFewKeys(keys);
  const found = await context.issues.loadMany(keys);
  const isNotFound = (entry: IssueView | Error) => entry instanceof DomainError && entry.code === 'ISSUE_NOT_FOUND';
  const broken = found.find((entry) => entry instanceof Error && !isNotFound(entry));
  if (broken !== undefined) throw broken;
  return {
    issues: found.filter((entry): entry is IssueView => !(entry instanceof Error)),
    notFound: keys.filter((_key, at) => found[at] instanceof Error),
  };
}

function requireFewKeys(keys: readonly string[]): void {
  if (keys.length > mostKeys) throw inputError('OUT_OF_RANGE', { field: 'keys', least: 0, most: mostKeys, given: keys.length });
}

function parseId(id: string): string {
  if (!/^\d{1,12}$/.test(id)) throw inputError('BOARD_ID', { given: id.slice(0, 40) });
  return id;
}

// White space is left aside: Jira's editor changes it without being asked.
function toFingerprint(text: string): string {
  return createHash('sha256').update(text.replace(/\s+/g, ' ').trim()).digest('base64url').slice(0, 22);
}
