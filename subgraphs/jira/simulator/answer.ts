import type { RenderContext } from './render.ts';
import type { SimIssue } from './world.ts';

/** What an endpoint answers; no body for 204. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** In place of a body: a file. */
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Call extends RenderContext {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Milliseconds. */
  readonly now: number;
  /** Told of each change of an issue, after it was made. */
  readonly changed: (write: Write) => void;
  /** Sends webhooks about an issue. */
  readonly notify: (event: 'issue_updated' | 'issue_deleted', issue: SimIssue, items: readonly ChangeItem[]) => void;
}

/** As in a webhook's changelog. */
export interface ChangeItem {
  readonly field: string;
  readonly fromString: string | null;
  readonly toString: string | null;
}

/** One applied change of a number field. */
export interface Write {
  readonly key: string;
  readonly fieldId: string;
  readonly value: number | null;
  readonly at: string;
}

/** 200 with a body. */
export const ok = (body: unknown): Answer => ({ status: 200, body });

/** An error in Jira's form. */
export function jiraError(status: number, message: string | readonly string[], errors: Readonly<Record<string, string>> = {}): Answer {
  return { status, body: { errorMessages: typeof message === 'string' ? [message] : message, errors } };
}

/** What Jira says of an issue that is missing or hidden. */
export const notFound = (): Answer => jiraError(404, 'Issue does not exist or you do not have permission to see it.');

/** The body as an object; anything else is an empty one. */
export function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};
}

/** A list of texts given as an array or, as in queries, with commas. */
export function toList(given: unknown): readonly string[] {
  if (Array.isArray(given)) return given.map(String);
  return typeof given === 'string' && given !== '' ? given.split(',') : [];
}
