import type { IncomingMessage } from 'node:http';
import { isLoopback } from './config.ts';

/** Names by which this machine calls itself. */
const ownNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a plain server on this `host` answers requests by the name in their Host header. A server that listens on loopback answers by
 * loopback's names only, and by `others`: a page of a foreign site can have its own name point to this machine (DNS rebinding), and its
 * requests then count as that page's own.
 */
export function createHostCheck(host: string, others: readonly string[] = []): (request: IncomingMessage) => boolean {
  if (!isLoopback(host)) return () => true;
  const names = new Set([...ownNames, ...[host, ...others].map(toName)]);
  return ({ headers }) => headers.host === undefined || names.has(toName(headers.host));
}

/** The name in a Host header, without its port. */
function toName(host: string): string {
  return host.trim().toLowerCase().replace(/:\d+$/, '');
}

/** Whether a browser sent this from a page of the very address that it asks. */
export function isSameOrigin({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  if (origin === undefined || host === undefined || !URL.canParse(origin)) return false;
  const own = new URL(origin);
  return own.host === host.toLowerCase() || own.host === stripDefaultPort(own.protocol, host.toLowerCase());
}

function stripDefaultPort(protocol: string, host: string): string {
  return host.replace(protocol === 'https:' ? /:443$/ : /:80$/, '');
}
