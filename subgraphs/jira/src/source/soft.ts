import { channel } from 'node:diagnostics_channel';
import { z } from 'zod';

/** Says which parts of Jira's answers were left out because we cannot read them; the metrics listen. Messages are `DroppedParts`. */
export const droppedParts = channel('tally:jira:dropped');

export interface DroppedParts {
  /** One of a few names, e.g. `link`. */
  readonly what: string;
  readonly count: number;
}

/** Those entries that can be read. Sites and apps bend Jira's answers in many ways: an odd entry costs nothing but itself. */
export function parseEntries<Schema extends z.ZodType>(schema: Schema, entries: readonly unknown[], what: string): z.output<Schema>[] {
  const parsed = entries.map((entry) => schema.safeParse(entry));
  const read = parsed.flatMap((result) => (result.success ? [result.data] : []));
  const count = parsed.length - read.length;
  if (count > 0) droppedParts.publish({ what, count } satisfies DroppedParts);
  return read;
}

/** A value that counts as missing (null) when it cannot be read. */
export function soft<Schema extends z.ZodType>(schema: Schema, what: string) {
  return schema.nullish().catch(() => {
    droppedParts.publish({ what, count: 1 } satisfies DroppedParts);
    return null;
  });
}

/** A list of which each entry is read by itself; empty when it is no list. */
export function softList<Schema extends z.ZodType>(schema: Schema, what: string) {
  return soft(z.array(z.unknown()), what).transform((entries) => parseEntries(schema, entries ?? [], what));
}
