/** What a subscription field promises, and so how it may be shared, buffered and resumed. */
export type StreamKind =
  /** Every payload is the whole state: the newest replaces older ones, and is replayed to who comes late. */
  | { readonly kind: 'snapshot' }
  /** Ordered events with a gap-free cursor: resumed after the last one seen. */
  | { readonly kind: 'cursor'; readonly argument: string; readonly field: string }
  /** Events without a cursor: those that fall into a gap upstream are lost. An issue named in `issueArgument` is for those, too, whose session holds it. */
  | { readonly kind: 'event'; readonly issueArgument?: string };

const kinds: ReadonlyMap<string, StreamKind> = new Map<string, StreamKind>([
  ['sessionUpdated', { kind: 'snapshot' }],
  ['sessionEvents', { kind: 'cursor', argument: 'after', field: 'revision' }],
  ['issueUpdated', { kind: 'event', issueArgument: 'key' }],
]);

/** How the subscription field behaves, as the subgraphs' SDL describes it. */
export function kindOf(fieldName: string): StreamKind {
  return kinds.get(fieldName) ?? { kind: 'event' };
}
