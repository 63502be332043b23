import { type buildConnector, Pool } from 'undici';
import { serviceSecretHeader } from '../../../../kit/process/callers.ts';
import { DomainError } from '../../../../kit/process/errors.ts';
import { refuse, type VotingErrorCode } from '../domain/errors.ts';
import type { Wording, WriteBackReason } from '../domain/model.ts';
import {
  AnswerLost,
  type CatalogIssue,
  type EstimateWriteResult,
  type IssueCatalog,
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
// What trying again does not help.
const refusals = new Map<unknown, WriteBackReason>([
  ['ISSUE_NOT_FOUND', 'ISSUE_NOT_FOUND'],
  ['JIRA_FIELD_MISSING', 'FIELD_MISSING'],
  ['JIRA_FIELD_NOT_ON_SCREEN', 'FIELD_NOT_ON_SCREEN'],
  ['JIRA_FORBIDDEN', 'FORBIDDEN'],
  ['INVALID_INPUT', 'REFUSED'],
  ['CALLER_NOT_ALLOWED', 'REFUSED'],
]);
const pageSize = 100;
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

  return {
    findIssues: async ({ keys, tracks }, onBehalf) => {
      const query = `query VotingIssues($keys: [ID!]!) { issues(keys: $keys) { ${toFields(tracks)} } }`;
      const { data, errors } = await ask<{ issues: (AnsweredIssue | null)[] }>(query, { keys }, onBehalf);
      // One unknown issue is a gap in the list; anything else is a failure of the whole.
      const failure = errors.find(
        (error) => error.extensions?.['code'] !== 'ISSUE_NOT_FOUND' && error.extensions?.['code'] !== 'JIRA_FORBIDDEN',
      );
      if (failure !== undefined) passOn(failure);
      if (data === null) return passOn(errors[0]);
      return data.issues.flatMap((issue, index) =>
        issue === null ? [] : [{ ...toCatalogIssue(issue, tracks), key: keys[index] ?? issue.key }],
      );
    },

    search: async ({ jql, limit, tracks }, onBehalf) => {
      const query = `query VotingSearch($jql: String!, $first: Int!, $after: String) {
        searchIssues(jql: $jql, first: $first, after: $after) { nodes { ${toFields(tracks)} } pageInfo { hasNextPage endCursor } } }`;
      type Page = { searchIssues: { nodes: AnsweredIssue[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } };
      const found: CatalogIssue[] = [];
      let after: string | null = null;
      do {
        const answer: Answer<Page> = await ask<Page>(query, { jql, first: Math.min(pageSize, limit - found.length), after }, onBehalf);
        if (answer.data === null) return passOn(answer.errors[0]);
        const { nodes, pageInfo } = answer.data.searchIssues;
        found.push(...nodes.map((issue) => toCatalogIssue(issue, tracks)));
        // Jira's tokens may promise more for ever: an empty page is the end.
        after = pageInfo.hasNextPage && nodes.length > 0 ? pageInfo.endCursor : null;
      } while (after !== null && found.length < limit);
      return found;
    },

    writeEstimate: async ({ expected, ...write }) => {
      const query = 'mutation VotingWrite($input: WriteEstimateInput!) { writeEstimate(input: $input) { state valueInJira } }';
      const input = { ...write, expected: expected ?? null, hasExpected: expected !== undefined };
      const { data, errors } = await send<{ writeEstimate: EstimateWriteResult }>(query, { input }).catch((error: unknown) => {
        if (isUnsent(error)) return refuse('JIRA_UNAVAILABLE', noAnswer);
        throw new AnswerLost(noAnswer);
      });
      if (data !== null) return data.writeEstimate;
      const [error] = errors;
      const refusal = refusals.get(error?.extensions?.['code']);
      if (refusal !== undefined) throw new WriteRefused(error?.message ?? 'Jira refused the estimate.', refusal);
      return passOn(error);
    },

    close: () => pool.close(),
  };
}

interface AnsweredIssue extends Wording {
  readonly key: string;
  readonly summary: string;
  readonly url: string;
  readonly freshness: { readonly fetchedAt: string };
  /** `track0`, `track1` …, in the asked order. */
  readonly [track: `track${number}`]: number | null;
}

function toFields(tracks: readonly string[]): string {
  const estimates = tracks.map((track, index) => `track${index}: storyPoints(track: ${JSON.stringify(track)})`);
  return ['key', 'summary', 'url', 'summaryFingerprint', 'descriptionFingerprint', 'freshness { fetchedAt }', ...estimates].join(' ');
}

function toCatalogIssue(issue: AnsweredIssue, tracks: readonly string[]): CatalogIssue {
  const { key, summary, url, summaryFingerprint, descriptionFingerprint, freshness } = issue;
  const estimates = Object.fromEntries(tracks.map((track, index) => [track, issue[`track${index}`] ?? null]));
  return { key, summary, url, summaryFingerprint, descriptionFingerprint, estimates, fetchedAt: new Date(freshness.fetchedAt) };
}

function passOn(error: GraphqlError | undefined): never {
  const { code, ...details } = error?.extensions ?? {};
  if (error !== undefined && typeof code === 'string' && passedOn.has(code))
    throw new DomainError<VotingErrorCode>(code as VotingErrorCode, error.message, details);
  return refuse('JIRA_UNAVAILABLE', 'Jira does not answer: try again in a moment.');
}
