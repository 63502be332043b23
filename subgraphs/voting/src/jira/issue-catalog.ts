import type { Item, Wording, WriteBackReason } from '../domain/model.ts';

/** An issue as far as voting needs it. */
export interface CatalogIssue extends Wording {
  readonly key: string;
  /** Jira's own number for it. */
  readonly id: string;
  readonly summary: string;
  readonly url: string;
  readonly labels: readonly string[];
  readonly components: readonly string[];
  /** The key of the epic, or of the parent. */
  readonly epic: string | null;
  /** What Jira holds for the tracks that were asked for; null: nothing. */
  readonly estimates: Item['seenInJira'];
  /** When jira read it: a cache may answer. */
  readonly fetchedAt: Date;
}

export interface EstimateWrite {
  readonly key: string;
  readonly track: string;
  readonly value: number;
  /** What Jira should hold; nothing is written when it holds something else. Undefined: whatever it holds. */
  readonly expected: number | null | undefined;
  /** The same for every try at one estimate. */
  readonly idempotencyKey: string;
  /** What a comment of ours beside it says; null: no word of it. */
  readonly comment: string | null;
}

export type EstimateWriteResult =
  /** `fieldId`: of the field that holds it. `currentKey`: of the issue, which may have moved. */
  | { readonly state: 'WRITTEN'; readonly fieldId: string; readonly currentKey: string }
  | { readonly state: 'CONFLICT'; readonly valueInJira: number | null };

/** Why an issue could not be had by its key. */
export type NotFoundReason = 'NOT_A_KEY' | 'NOT_IN_JIRA' | 'NOT_NOW';

export interface FoundIssues {
  readonly issues: readonly CatalogIssue[];
  /** By key. */
  readonly missing: ReadonlyMap<string, NotFoundReason>;
}

export interface SearchedIssues {
  readonly issues: readonly CatalogIssue[];
  /** False when the JQL finds more than that. */
  readonly isComplete: boolean;
}

/** On whose behalf voting asks: the caller's own credential goes along. */
export interface OnBehalf {
  readonly authorization: string | undefined;
  readonly requestId: string;
}

/**
 * The jira subgraph as voting sees it.
 * Every method may refuse with JIRA_UNAVAILABLE, JIRA_RATE_LIMITED (`retryAfterSeconds`), JIRA_FORBIDDEN.
 */
export interface IssueCatalog {
  /** The issues that exist, in the asked order, a moved one under its asked key; and why others could not be had. Fails as a whole when none could be read. */
  findIssues(asked: { readonly keys: readonly string[]; readonly tracks: readonly string[] }, onBehalf: OnBehalf): Promise<FoundIssues>;
  /** What a JQL finds, in Jira's order, `limit` at most. Refuses also with JQL_INVALID (Jira's own message). */
  search(
    asked: { readonly jql: string; readonly limit: number; readonly tracks: readonly string[] },
    onBehalf: OnBehalf,
  ): Promise<SearchedIssues>;
  /** Rejects with `WriteRefused` when trying again cannot help, with `AnswerLost` when the attempt may still be under way. */
  writeEstimate(write: EstimateWrite): Promise<EstimateWriteResult>;
}

/** The project's part of an issue's key. */
export function projectOf(issueKey: string): string {
  return issueKey.slice(0, issueKey.lastIndexOf('-'));
}

/** Nobody knows whether the estimate was written, or still will be. */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost';
}

/** Jira will never take this estimate as things are; the message says why and what to do. */
export class WriteRefused extends Error {
  override readonly name = 'WriteRefused';
  readonly code: WriteBackReason;

  constructor(message: string, code: WriteBackReason) {
    super(message);
    this.code = code;
  }
}
