import pg from 'pg';
import { beginSpan, currentTrace } from '../../../../../kit/process/tracing.ts';

/** Any of the ways to call the driver's `query`: the last argument may be a callback. */
type Query = (...given: readonly unknown[]) => unknown;

function describe(statement: unknown) {
  const text = typeof statement === 'string' ? statement : String((statement as { text?: unknown }).text);
  return [`SQL ${text.trimStart().split(/\s/, 1)[0]}`, { 'db.system.name': 'postgresql', 'db.query.text': text }] as const;
}

/** The driver's client, each statement a span: its text, in which values are placeholders, and never the values. */
export class TracedClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    if (currentTrace() === undefined) return;
    const ask = this.query.bind(this) as Query;
    const query: Query = (...given) => {
      const end = beginSpan(() => describe(given[0]));
      if (end === undefined) return ask(...given);
      const callback = given.at(-1);
      if (typeof callback === 'function') {
        const answered = (error: unknown, ...rest: readonly unknown[]) => {
          end(error);
          callback(error, ...rest);
        };
        return ask(...given.slice(0, -1), answered);
      }
      const answer = ask(...given);
      if (answer instanceof Promise) answer.then(() => end(), end);
      else end();
      return answer;
    };
    this.query = query as typeof this.query;
  }
}
