import { z } from 'zod';
import { forwardedNames } from '../context.ts';

/** What the router says itself in each request, or what the connection needs. */
const reserved: ReadonlySet<string> = new Set([
  ...forwardedNames,
  'x-request-id',
  'x-tally-service-secret',
  'x-tally-session',
  'x-tally-revision',
  'accept',
  'content-type',
  'content-length',
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
]);

const rule = 'must be a JSON object of header names and texts, e.g. {"x-api-key":"…"}';

/** Headers for one subgraph, as JSON; none of those that the router sends itself. */
export const ownHeaders = z.string().transform((text, context): Readonly<Record<string, string>> => {
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return refuse(rule);
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return refuse(rule);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const lower = name.toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(lower) || typeof value !== 'string' || !/^[\t\x20-\x7e]*$/.test(value)) return refuse(rule);
    if (reserved.has(lower) || lower.startsWith('sec-websocket')) return refuse(`must not have ${lower}, which the router sends itself`);
    headers[lower] = value;
  }
  return headers;
});
