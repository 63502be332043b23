import type { Logger } from '../../kit/process/logging.ts';
import { currentTrace } from '../../kit/process/tracing.ts';
import type { RequestContext } from '../../kit/subgraph/graphql.ts';

/** What the router knows of the one who asks; the same on every transport. */
export interface RouterContext extends RequestContext {
  /** The only headers that subgraphs get to see, by lower-case name. */
  readonly forwarded: Readonly<Record<string, string>>;
  /** For limits and logs. */
  readonly clientIp: string;
  /** Whether the client has gone away: what it asked for and was not begun need not be done. */
  readonly isGone: () => boolean;
  /** They sent an Authorization that cannot be passed on. */
  readonly isTokenUnreadable: boolean;
}

/** What clients send and subgraphs get to see, beside the request id. */
export const forwardedNames = ['authorization', 'traceparent', 'tracestate'] as const;

/** Picks what is passed on to subgraphs; `header` reads by lower-case name. */
function toForwarded(requestId: string, header: (name: string) => string | undefined): Readonly<Record<string, string>> {
  const forwarded: Record<string, string> = { 'x-request-id': requestId };
  for (const name of forwardedNames) {
    // The trace goes on with our own spans; the caller's header would stand beside theirs.
    if (name !== 'authorization' && currentTrace() !== undefined) continue;
    const value = header(name);
    if (value !== undefined && isHeaderValue(value)) forwarded[name] = value;
  }
  return forwarded;
}

// Over WebSocket the values are arbitrary JSON strings; a line break in one would be a second header.
function isHeaderValue(value: string): boolean {
  return value.length <= 8_192 && /^[\t\x20-\x7e]*$/.test(value);
}

/** The same asker with more headers for subgraphs. */
export function forwarding(context: RouterContext, headers: Readonly<Record<string, string>>): RouterContext {
  const { requestId, clientIp, isGone, isTokenUnreadable, forwarded } = context;
  return {
    requestId,
    clientIp,
    isGone,
    isTokenUnreadable,
    forwarded: { ...forwarded, ...headers },
    get log() {
      return context.log;
    },
  };
}

/** What transports know of a request when it comes in; `header` reads by lower-case name. */
export interface Arrival {
  readonly requestId: string;
  readonly log: Logger;
  readonly clientIp: string;
  readonly header: (name: string) => string | undefined;
  readonly isGone?: () => boolean;
}

/** The context of one operation. Its logger is made when something is logged, which is seldom. */
export function createContext({ requestId, log, clientIp, header, isGone = () => false }: Arrival): RouterContext {
  let child: Logger | undefined;
  return {
    requestId,
    clientIp,
    isGone,
    forwarded: toForwarded(requestId, header),
    isTokenUnreadable: !isHeaderValue(header('authorization') ?? ''),
    get log() {
      child ??= log.child({ requestId });
      return child;
    },
  };
}
