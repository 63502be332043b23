import { type buildConnector, Pool } from 'undici';
import { serviceSecretHeader } from '../../../../kit/process/callers.ts';
import { toChunks } from '../../../../kit/process/chunks.ts';
import { DomainError } from '../../../../kit/process/errors.ts';
import { refuse, type VotingErrorCode } from '../domain/errors.ts';
import type { Wording, WriteBackReason } from '../domain/model.ts';
import {
  AnswerLost,
  type CatalogIssue,
  type EstimateWriteResult,
  type IssueCatalog,
  type NotFoundReason,
  type OnBehalf,
  WriteRefused,
} from './issue-catalog.ts';

export interface CatalogOptions {
  /** The jira subgraph's `/graphql`. */
  readonly url: string;
  readonly secret: string | undefined;
  readonly timeoutMs: number;
  /** Makes the connections, with TLS; undici's own unless given. */
  readonly connect?: buildConnector.connector | undefined;
}

interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

interface Answer<Data> {
  readonly data: Data | null;
  readonly errors: readonly GraphqlError[];
}

const passedOn = new Set<string>([
  'JQL_INVALID',
  'JIRA_RATE_LIMITED',
  'JIRA_FORBIDDEN',
  'JIRA_UNAVAILABLE',
  'INVALID_INPUT',
  'TOKEN_EXPIRED',
  'TOKEN_INVALID',
  'UNAUTHENTICATED',
]);
// What trying again does not help, by the error's reason or else its code.
const refusals = new Map<unknown, WriteBackReason>([
  ['ISSUE_NOT_FOUND', 'ISSUE_NOT_FOUND'],
  ['JIRA_FIELD_MISSING', 'FIELD_MISSING'],
  ['JIRA_FIELD_NOT_ON_SCREEN', 'FIELD_NOT_ON_SCREEN'],
  ['JIRA_FORBIDDEN', 'FORBIDDEN'],
  ['INVALID_INPUT', 'REFUSED'],
  ['CALLER_NOT_ALLOWED', 'REFUSED'],
  ['FIELD_HOLDS_TEXT', 'FIELD_HOLDS_TEXT'],
  ['FIELD_OPTION', 'FIELD_OPTION'],
  ['FIELD_TYPE', 'FIELD_TYPE'],
]);
// As many as jira takes at a time.
const mostKeys = 1_000;
const pageSize = 100;
const mostEmptyPages = 5;
const noAnswer = 'The Jira service does not answer: try again in a moment.';

const noConnection = new Set<unknown>(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** True when there was not even a connection. */
function isUnsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && noConnection.has(error.code);
}

/** The issue catalog over the jira subgraph's GraphQL. Close it with `close`. */
export function createGraphqlCatalog({ url, secret, timeoutMs, connect }: CatalogOptions): IssueCatalog & { close(): Promise<void> } {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, {
    connections: 16,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: connect ?? { timeout: timeoutMs },
  });

  async function send<Data>(query: string, variables: object, onBehalf?: OnBehalf): Promise<Answer<Data>> {
    const response = await pool.request({
      method: 'POST',
      path: pathname,
      headers: {
        'content-type': 'application/json',
        ...(secret === undefined ? {} : { [serviceSecretHeader]: secret }),
        ...(onBehalf === undefined ? {} : { 'x-request-id': onBehalf.requestId }),
        ...(onBehalf?.authorization === undefined ? {} : { authorization: onBehalf.authorization }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.body.json()) as { data?: Data | null; errors?: GraphqlError[] };
    // A root field that failed is null on its own; each of our operations has one, and is nothing without it.
    const isWhole = data !== undefined && data !== null && Object.values(data).every((field) => field !== null);
    return { data: isWhole ? data : null, errors: errors ?? [] };
  }

  async function ask<Data>(...asked: Parameters<typeof send>): Promise<Answer<Data>> {
    try {
      return await send(...asked);
    } catch {
      return refuse('JIRA_UNAVAILABLE', noAnswer);
    }
  }

  async function readSome(keys: readonly string[], tracks: readonly string[], onBehalf: OnBehalf) {
    const query = `query VotingIssues($keys: [ID!]!) { issues(keys: $keys) { ${toFields(tracks)} } }`;
    const { data, errors } = await ask<{ issues: (AnsweredIssue | null)[] }>(query, { keys }, onBehalf);
    // An issue that cannot be had is a gap in the list; what says nothing about issues is a failure of the whole.
    const missing: (readonly [string, NotFoundReason])[] = [];
    for (const error of errors) {
      const [, place] = error.path ?? [];
      const key = typeof place === 'number' ? keys[place] : undefined;
      const reason = toNotFoundReason(error);
      if (key === undefined || reason === undefined) return passOn(error);
      missing.push([key, reason]);
    }
    if (data === null) return passOn(errors[0]);
    const issues = data.issues.flatMap((issue, index) =>
      issue === null ? [] : [{ ...toCatalogIssue(issue, tracks), key: keys[index] ?? issue.key }],
    );
    return { issues, missing, unread: errors.find((error) => toNotFoundReason(error) === 'NOT_NOW') };
  }

  return {
    findIssues: async ({ keys, tracks }, onBehalf) => {
      const parts = await Promise.all(toChunks(keys, mostKeys).map((chunk) => readSome(chunk, tracks, onBehalf)));
      const issues = parts.flatMap((part) => part.issues);
      const unread = parts.find((part) => part.unread !== undefined)?.unread;
      if (issues.length === 0 && unread !== undefined) return passOn(unread);
      return { issues, missing: new Map(parts.flatMap((part) => part.missing)) };
    },

    search: async ({ jql, limit, tracks }, onBehalf) => {
      const query = `query VotingSearch($jql: String!, $first: Int!, $after: String) {
        searchIssues(jql: $jql, first: $first, after: $after) { nodes { ${toFields(tracks)} } pageInfo { hasNextPage endCursor isTruncated } } }`;
      type PageInfo = { hasNextPage: boolean; endCursor: string | null; isTruncated: boolean };
      type Page = { searchIssues: { nodes: AnsweredIssue[]; pageInfo: PageInfo } };
      const found: CatalogIssue[] = [];
      const seen = new Set<string>();
      let after: string | null = null;
      let isTruncated = false;
      let emptyPages = 0;
      do {
        const answer: Answer<Page> = await ask<Page>(query, { jql, first: Math.min(pageSize, limit - found.length), after }, onBehalf);
        if (answer.data === null) return passOn(answer.errors[0]);
        const { nodes, pageInfo } = answer.data.searchIssues;
        found.push(...nodes.map((issue) => toCatalogIssue(issue, tracks)));
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
        emptyPages = nodes.length === 0 ? emptyPages + 1 : 0;
        // Jira's tokens may promise more for ever, by one token again and again or by pages with nothing on them.
        isTruncated = pageInfo.isTruncated || (after !== null && (seen.has(after) || emptyPages > mostEmptyPages));
        if (after !== null) seen.add(after);
      } while (after !== null && !isTruncated && found.length < limit);
      return { issues: found.slice(0, limit), isComplete: !isTruncated && after === null && found.length <= limit };
    },

    writeEstimate: async ({ expected, comment, ...write }) => {
      const query =
        'mutation VotingWrite($input: WriteEstimateInput!) { writeEstimate(input: $input) { state valueInJira fieldId currentKey } }';
      const input = { ...write, expected: expected ?? null, hasExpected: expected !== undefined, ...(comment === null ? {} : { comment }) };
      const { data, errors } = await send<{ writeEstimate: EstimateWriteResult }>(query, { input }).catch((error: unknown) => {
        if (isUnsent(error)) return refuse('JIRA_UNAVAILABLE', noAnswer);
        throw new AnswerLost(noAnswer);
      });
      if (data !== null) return data.writeEstimate;
      const [error] = errors;
      const { code, reason } = error?.extensions ?? {};
      const refusal = isCredentials(error) ? undefined : (refusals.get(reason) ?? refusals.get(code));
      if (refusal !== undefined) throw new WriteRefused(error?.message ?? 'Jira refused the estimate.', refusal);
      return passOn(error);
    },

    close: () => pool.close(),
  };
}

/** Jira does not know who we are: an operator mends that, and says nothing about any issue. */
function isCredentials(error: GraphqlError | undefined): boolean {
  return error?.extensions?.['reason'] === 'credentials';
}

/** Undefined when it says nothing about one issue. */
function toNotFoundReason(error: GraphqlError): NotFoundReason | undefined {
  switch (error.extensions?.['code']) {
    case 'INVALID_INPUT':
      return 'NOT_A_KEY';
    case 'ISSUE_NOT_FOUND':
      return 'NOT_IN_JIRA';
    case 'JIRA_FORBIDDEN':
      return isCredentials(error) ? undefined : 'NOT_IN_JIRA';
    case 'JIRA_UNAVAILABLE':
      return 'NOT_NOW';
    default:
      return undefined;
  }
}

interface AnsweredIssue extends Wording {
  readonly id: string;
  readonly key: string;
  readonly summary: string;
  readonly url: string;
  readonly labels: readonly string[];
  readonly components: readonly string[];
  readonly parent: { readonly key: string } | null;
  readonly freshness: { readonly fetchedAt: string };
  /** `track0`, `track1` …, in the asked order. */
  readonly [track: `track${number}`]: number | null;
}

function toFields(tracks: readonly string[]): string {
  const estimates = tracks.map((track, index) => `track${index}: storyPoints(track: ${JSON.stringify(track)})`);
  const text = ['key', 'id', 'summary', 'url', 'labels', 'components', 'parent { key }', 'summaryFingerprint', 'descriptionFingerprint'];
  return [...text, 'freshness { fetchedAt }', ...estimates].join(' ');
}

function toCatalogIssue(issue: AnsweredIssue, tracks: readonly string[]): CatalogIssue {
  const { parent, freshness, ...text } = issue;
  const { key, id, summary, url, labels, components, summaryFingerprint, descriptionFingerprint } = text;
  const estimates = Object.fromEntries(tracks.map((track, index) => [track, issue[`track${index}`] ?? null]));
  return {
    ...{ key, id, summary, url, labels, components, summaryFingerprint, descriptionFingerprint, estimates },
    epic: parent?.key ?? null,
    fetchedAt: new Date(freshness.fetchedAt),
  };
}

function passOn(error: GraphqlError | undefined): never {
  const { code, ...details } = error?.extensions ?? {};
  if (error !== undefined && typeof code === 'string' && passedOn.has(code))
    throw new DomainError<VotingErrorCode>(code as VotingErrorCode, error.message, details);
  return refuse('JIRA_UNAVAILABLE', 'Jira does not answer: try again in a moment.');
}
