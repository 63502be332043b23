import { answerWithin } from '../../kit/process/optional-dependency.ts';

/** What a look at one thing came to, in one line. Messages and remedies hold no secret. */
export interface Finding {
  /** What was looked at: `configuration`, `postgres`, `redis`, `jira`, `sign-in`, `certificates`, `clock`. */
  readonly about: string;
  /**
   * - `ok`: as it should be;
   * - `warning`: it works, but not as well as it could, or not for long;
   * - `wrong`: something does not work, or will not;
   * - `unknown`: it could not be looked at, because of something else that is wrong.
   */
  readonly state: 'ok' | 'warning' | 'wrong' | 'unknown';
  readonly message: string;
  /** What to do. */
  readonly remedy?: string;
}

/** Makes the findings about one thing. */
export function about(thing: string) {
  const make =
    (state: Finding['state']) =>
    (message: string, remedy?: string): Finding => ({
      about: thing,
      state,
      message: toLine(message),
      ...(remedy === undefined ? {} : { remedy }),
    });
  return { ok: make('ok'), warning: make('warning'), wrong: make('wrong'), unknown: make('unknown') };
}

const toLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, ' ').trim();

const deadlineMs = 5_000;

/** @throws Error when there is no answer within five seconds. */
export function inTime<Value>(what: string, run: () => Promise<Value>): Promise<Value> {
  return answerWithin(deadlineMs, what, run);
}

/** A server's address as it may be shown: without user, password and database. */
export function toPlace(url: string): string {
  return URL.canParse(url) ? new URL(url).host || 'the local socket' : 'the address given';
}
