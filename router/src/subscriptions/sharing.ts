import { createHash } from 'node:crypto';
import type { RouterContext } from '../context.ts';
import type { Identity } from './gate.ts';
import type { SubscriptionPlan } from './plan.ts';

/** Whose the payloads are: a session's for all of its participants, else one token's. */
export function toScope(identity: Identity | undefined, { forwarded }: RouterContext): string {
  return (
    identity?.sessionId ??
    `token ${createHash('sha256')
      .update(forwarded['authorization'] ?? '')
      .digest('base64url')}`
  );
}

/**
 * Equal for subscriptions that can share one upstream: the same operation, variables and scope.
 * Who starts from now on must not get the past that another one resumes through, so the two do not share.
 */
export function toSharingKey(
  { normalised, ownCursorVariable }: SubscriptionPlan,
  coerced: Readonly<Record<string, unknown>>,
  scope: string,
  after: number | undefined,
): string {
  const variables = Object.entries(coerced).filter(([name]) => name !== ownCursorVariable);
  return JSON.stringify([normalised, sorted(Object.fromEntries(variables)), scope, after !== undefined]);
}

/** The same value with the keys of all objects in order, so that equal variables give equal text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
