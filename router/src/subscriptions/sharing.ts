import { createHash } from 'node:crypto';
import type { RouterContext } from '../context.ts';
import type { StreamKind } from '../planning/declarations.ts';
import type { PlannedOperation } from '../planning/graph.ts';
import { findCanonical } from './canonical.ts';
import type { Identity } from './gate.ts';
import { planSubscription, type SubscriptionPlan } from './plan.ts';
import type { Shape } from './shape.ts';

/** Whose the payloads are: a session's for all of its participants, else one token's. */
export function toScope(identity: Identity | undefined, { forwarded }: RouterContext): string {
  return (
    identity?.sessionId ??
    `token ${createHash('sha256')
      .update(forwarded['authorization'] ?? '')
      .digest('base64url')}`
  );
}

/** What runs for everybody who asks for the same, and how this client wants to have it; undefined: as it is. */
export interface SharedPlan {
  readonly plan: SubscriptionPlan;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly shape: Shape | undefined;
}

/** Each client's document has few shapes: its conditions make them. */
const mostShapes = 16;
const shapes = new WeakMap<PlannedOperation, Map<string, Shape>>();

/** The plan of the canonical form of a subscription with these coerced variables; its own where there is none. */
export function toShared(planned: PlannedOperation, kind: StreamKind, coerced: Readonly<Record<string, unknown>>): SharedPlan {
  const canonical = findCanonical(planned, coerced, kind.kind === 'cursor' ? kind.argument : undefined);
  if (canonical === undefined) return { plan: planSubscription(planned), variables: coerced, shape: undefined };
  const { document, operationName, text, variables } = canonical;
  const own = shapes.get(planned) ?? new Map<string, Shape>();
  if (own.size >= mostShapes) own.clear();
  shapes.set(planned, own);
  const key = JSON.stringify(canonical.shape);
  // The same object for all who write the same, so that it is made for them once.
  const shape = own.get(key) ?? canonical.shape;
  own.set(key, shape);
  return { plan: planSubscription(planned.graph.plan(document, operationName, text)), variables, shape };
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
