import { RouterError } from '../errors.ts';

/**
 * Why the variables are not worth reading any further; undefined when they are. Each value counts, also those inside lists and objects, as it would
 * count as a token of the document. Without recursion, and over as soon as there are too many.
 */
export function findVariablesExcess(variables: unknown, limit: number): RouterError | undefined {
  let count = 0;
  const stack: unknown[] = [variables];
  while (stack.length > 0) {
    const value = stack.pop();
    if (typeof value !== 'object' || value === null) continue;
    count += Array.isArray(value) ? value.length : Object.keys(value).length;
    if (count > limit) return new RouterError('OPERATION_TOO_LARGE', `The variables have more than ${limit} values.`, { limit });
    for (const inner of Object.values(value)) if (typeof inner === 'object') stack.push(inner);
  }
  return undefined;
}
