import { toKey } from '../domain/keys.ts';
import type { AnswerMemoOptions } from './answer-memo.ts';
import { type JiraContext, requireCaller } from './context.ts';
import { toView } from './views.ts';

/** Issues out of a cache in this process are the same objects until they are read anew: their answers can be remembered. */
export const rememberedIssues: AnswerMemoOptions<JiraContext> = {
  // It asks Jira each time.
  changing: new Set(['estimability']),
  find: async (representations, context) => {
    requireCaller(context, 'router', 'voting');
    const keys = representations.map(toPlainKey).filter((key) => key !== undefined);
    if (keys.length !== representations.length) return undefined;
    const found = await context.source.findMany(keys);
    for (const [at, entry] of found.entries()) context.issues.prime(keys[at] ?? '', toView(keys[at] ?? '', entry));
    const issues = found.flatMap((entry) => (entry.status === 'found' && !entry.isStale ? [entry.issue] : []));
    // A moved issue's answer has the key that it was asked for.
    return issues.length === keys.length && issues.every(({ key }, at) => key === keys[at]) ? issues : undefined;
  },
};

/** The key of a representation that is nothing but a key in Jira's own form. */
function toPlainKey(representation: unknown): string | undefined {
  const { __typename: type, key, ...rest } = representation as Readonly<Record<string, unknown>>;
  return type === 'Issue' && typeof key === 'string' && toKey(key) === key && Object.keys(rest).length === 0 ? key : undefined;
}
