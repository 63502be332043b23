import type { GraphQLSchema } from 'graphql';

/** What a subscription field promises, and so how it may be shared, buffered and resumed. */
export type StreamKind =
  /** Every payload is the whole state: the newest replaces older ones, and is replayed to who comes late. */
  | { readonly kind: 'snapshot' }
  /** Ordered events, each with the revision of its session in `field`: resumed after the last one seen, by `argument`. */
  | { readonly kind: 'cursor'; readonly argument: string; readonly field: string }
  /** Events without a cursor: those that fall into a gap upstream are lost. An issue named in `issueArgument` is for those, too, whose session holds it. */
  | { readonly kind: 'event'; readonly issueArgument?: string };

/** All that the router knows of the subgraphs' subscriptions; a field that is not listed is a stream of events. */
const kinds: Readonly<Record<string, StreamKind>> = {
  sessionUpdated: { kind: 'snapshot' },
  sessionEvents: { kind: 'cursor', argument: 'after', field: 'revision' },
  voteResults: { kind: 'cursor', argument: 'after', field: 'revision' },
  issueUpdated: { kind: 'event', issueArgument: 'key' },
};

/** How the subscription field behaves in this graph: one whose graph does not have its cursor yet cannot be resumed by it. */
export function kindOf(fieldName: string, schema: GraphQLSchema): StreamKind {
  const kind = kinds[fieldName] ?? { kind: 'event' };
  if (kind.kind !== 'cursor') return kind;
  const field = schema.getSubscriptionType()?.getFields()[fieldName];
  return field?.args.some(({ name }) => name === kind.argument) === true ? kind : { kind: 'event' };
}
