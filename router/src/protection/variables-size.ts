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

const [quote, backslash, comma, bracket, brace] = [...'"\\,[{'].map((each) => each.charCodeAt(0));
/** Reading less than this takes no time worth saving. */
const smallBytes = 32 * 1024;

/**
 * Why a JSON text is not worth being parsed: it has more values than variables may have, and a little more for what is around them. Objects of many
 * keys cost most when they are made, so they are counted before.
 */
export function findJsonExcess(json: Uint8Array, limit: number): RouterError | undefined {
  if (json.length <= smallBytes) return undefined;
  let count = 0;
  let isText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (isText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) isText = false;
    } else if (byte === quote) isText = true;
    else if (byte === comma || byte === bracket || byte === brace) {
      count += 1;
      // A value in a list or an object has a comma or a bracket of its own, an object in a list has both.
      if (count > 2 * limit + aroundVariables)
        return new RouterError('OPERATION_TOO_LARGE', `The request has more than ${limit} values.`, { limit });
    }
  }
  return undefined;
}

const aroundVariables = 100;
