/** Jira's quotas are hourly: whoever asks us to wait longer is not believed. */
const longestWaitMs = 3_600_000;

/**
 * How long Jira asks us to wait, in milliseconds: `Retry-After` (seconds or a date, RFC 9110 §10.2.3), Cloud's `Beta-Retry-After`, and with a 429
 * `X-RateLimit-Reset`, a date such as `2026-11-29T12:30Z`. Undefined when it does not say.
 */
export function toRetryAfterMs(
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  now: number,
): number | undefined {
  const given = [headers['retry-after'], headers['beta-retry-after'], status === 429 ? headers['x-ratelimit-reset'] : undefined];
  const waits = given.map((header) => toWaitMs(header, now)).filter((wait) => wait !== undefined);
  return waits[0] === undefined ? undefined : Math.min(Math.max(0, waits[0]), longestWaitMs);
}

function toWaitMs(header: string | string[] | undefined, now: number): number | undefined {
  if (typeof header !== 'string' || header.trim() === '') return undefined;
  const seconds = Number(header);
  // Seconds since 1970 are a date, too: some gateways write the reset so.
  if (!Number.isNaN(seconds)) return seconds > 1_000_000_000 ? seconds * 1_000 - now : seconds * 1_000;
  const time = Date.parse(header);
  return Number.isNaN(time) ? undefined : time - now;
}
