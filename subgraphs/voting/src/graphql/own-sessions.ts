import { refuse } from '../domain/errors.ts';
import { refuseInput } from '../domain/reasons.ts';
import type { OwnedAfter } from '../store/voting-store.ts';
import { requireCreator, toView, type VotingContext } from './context.ts';
import type { SessionView } from './views.ts';

interface SessionPage {
  readonly nodes: readonly SessionView[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

const mostFirst = 50;

/** A page of the sessions that the bearer created, the newest first. Refuses as `requireCreator`, and with INVALID_INPUT, CURSOR_INVALID. */
export async function findOwnSessions(context: VotingContext, first: number, after: string | null | undefined): Promise<SessionPage> {
  if (first < 1 || first > mostFirst) refuseInput('OUT_OF_RANGE', { field: 'first', least: 1, most: mostFirst, given: first });
  const place = after == null ? undefined : parseCursor(after);
  const owner = await requireCreator(context);
  if (owner === undefined) return { nodes: [], hasNextPage: false, endCursor: null };
  const { store } = context.services;
  const ids = await store.findOwned(owner.subject, place, first + 1);
  // One that was deleted since is left out.
  const states = (await Promise.all(ids.slice(0, first).map((id) => store.load(id)))).filter((state) => state !== undefined);
  const last = states.at(-1)?.session;
  return {
    nodes: states.map((state) => toView(store, state)),
    hasNextPage: ids.length > first,
    endCursor: last === undefined ? null : toCursor(last),
  };
}

function toCursor({ createdAt, id }: OwnedAfter): string {
  return Buffer.from(JSON.stringify([createdAt.getTime(), id])).toString('base64url');
}

function parseCursor(cursor: string): OwnedAfter {
  try {
    const [createdAt, id, ...rest] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (
      Number.isSafeInteger(createdAt) &&
      Number(createdAt) >= 0 &&
      Number(createdAt) < 8.64e15 &&
      typeof id === 'string' &&
      rest.length === 0
    )
      return { createdAt: new Date(Number(createdAt)), id };
  } catch {
    // Answered below, like everything else that is no cursor.
  }
  return refuse('CURSOR_INVALID', 'This cursor was not made by this list.');
}
