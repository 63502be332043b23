import type { RequestContext } from '../../../kit/graphql.ts';

/** What the router knows of the one who asks; the same on every transport. */
export interface RouterContext extends RequestContext {
  /** The only headers that subgraphs get to see, by lower-case name. */
  readonly forwarded: Readonly<Record<string, string>>;
  /** For limits and logs. */
  readonly clientIp: string;
}

const forwardedNames = ['authorization', 'traceparent', 'tracestate'] as const;

/** Picks what is passed on to subgraphs; `header` reads by lower-case name. */
export function toForwarded(requestId: string, header: (name: string) => string | undefined): Readonly<Record<string, string>> {
  const forwarded: Record<string, string> = { 'x-request-id': requestId };
  for (const name of forwardedNames) {
    const value = header(name);
    if (value !== undefined && isHeaderValue(value)) forwarded[name] = value;
  }
  return forwarded;
}

// Over WebSocket the values are arbitrary JSON strings; a line break in one would be a second header.
function isHeaderValue(value: string): boolean {
  return value.length <= 8_192 && /^[\t\x20-\x7e]*$/.test(value);
}
