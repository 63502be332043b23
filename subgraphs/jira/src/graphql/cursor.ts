import { jiraError } from '../domain/errors.ts';

/** A place in a paged list: so many entries after the beginning of the page that `source` leads to. */
export interface Place {
  readonly source: string | undefined;
  readonly skip: number;
}

/** Opaque for clients. */
export function toCursor({ source, skip }: Place): string {
  return Buffer.from(JSON.stringify([skip, ...(source === undefined ? [] : [source])])).toString('base64url');
}

/**
 * @throws CURSOR_INVALID when it was not made by `toCursor`.
 */
export function parseCursor(cursor: string): Place {
  try {
    const [skip, source, ...rest] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (
      Number.isInteger(skip) &&
      Number(skip) >= 0 &&
      Number(skip) <= 100 &&
      (source === undefined || typeof source === 'string') &&
      rest.length === 0
    )
      return { skip: Number(skip), source };
  } catch {
    // Answered below, like everything else that is no cursor.
  }
  throw jiraError('CURSOR_INVALID', 'This cursor was not made by this list.');
}
