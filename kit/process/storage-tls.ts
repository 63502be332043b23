import type { SecureContext } from 'node:tls';
import { isLoopback } from './config.ts';
import type { Tls } from './tls.ts';

/** What says how a Postgres' connection is protected; whoever gives one of the last three has certificates of their own. */
const postgresParameters = ['ssl', 'sslmode', 'sslcert', 'sslkey', 'sslrootcert'];

/**
 * pg's options for a Postgres URL. With TLS every connection shows the service's certificate, and the server's must be of the
 * authority and have the URL's name: `sslmode=verify-full`, also when the URL asks for less or for nothing.
 * `sslmode=disable` and `no-verify`, and certificates that the URL itself names, are left to the driver.
 */
export function toPostgresOptions(url: string, tls: Tls | undefined): { connectionString: string; ssl?: { secureContext: SecureContext } } {
  const given = new URL(url);
  const isOwn = postgresParameters.slice(2).some((name) => given.searchParams.has(name));
  const mode = given.searchParams.get('sslmode');
  const isHere = isLoopback(given.hostname) || /^($|%2f)/i.test(given.hostname);
  if (tls === undefined || isOwn || mode === 'disable' || mode === 'no-verify' || (mode === null && isHere))
    return { connectionString: url };
  // What is in the URL would win over the options beside it.
  for (const name of postgresParameters) given.searchParams.delete(name);
  return { connectionString: given.href, ssl: { secureContext: tls.storage.postgres } };
}

/** The driver's options for the socket of a Redis URL: with TLS and `rediss://` the service's certificate is shown, and the server's is checked. */
export function toRedisSocket(url: string, tls: Tls | undefined): { tls: true; secureContext: SecureContext } | Record<never, never> {
  return tls === undefined || !url.startsWith('rediss:') ? {} : { tls: true, secureContext: tls.storage.redis };
}

export const plainRedisComplaint = 'must be a rediss:// URL, since TLS_CERT is given';

/** Whether a Redis URL, or one of several with commas between, leads over a network without TLS. */
export function isPlainRedis(urls: string): boolean {
  return urls.split(',').some((url) => url.startsWith('redis:') && !isLoopback(new URL(url).hostname));
}
