import { getState } from '../commands/commands.ts';
import { getRound } from '../domain/access.ts';
import { refuse } from '../domain/errors.ts';
import type { SessionAggregate, SessionEvent } from '../domain/model.ts';
import { asRevealed } from '../domain/rounds.ts';
import { type ChangesView, toChangesView } from './changes.ts';
import { getSeat, toView, type VotingContext } from './context.ts';
import type { SubscriptionResolvers } from './generated/types.ts';
import type { EventView, RoundView, SessionView } from './views.ts';
import { createVoteNews } from './vote-news.ts';

const resultEvents = new Set<SessionEvent['type']>(['ROUND_REVEALED', 'ROUND_SETTLED']);

// Payloads are the same for every viewer: nothing here looks at who subscribed, once they may.
export const subscriptions = {
  sessionUpdated: {
    subscribe: async (_root, { sessionId }, context) => {
      await requireWatcher(context, sessionId);
      const { feed, store } = context.services;
      return map(
        feed.watch(sessionId),
        async ({ state, sightings }): Promise<{ sessionUpdated: SessionView }> => ({ sessionUpdated: toView(store, state, sightings) }),
      );
    },
  },

  voteResults: {
    subscribe: async (_root, { sessionId, after }, context) => {
      const cursor = await requireCursor(context, sessionId, after);
      const { feed, store } = context.services;
      const results = filter(feed.follow(sessionId, cursor), (event) => resultEvents.has(event.type));
      return map(results, async (event): Promise<{ voteResults: RoundView }> => {
        const newest = await getStateAt(context, event, sessionId);
        const state = { ...newest, session: { ...newest.session, revision: event.revision } };
        const shown = event.type === 'ROUND_REVEALED' ? asRevealed(state, event.roundId ?? '') : state;
        return { voteResults: { session: toView(store, shown), round: getRound(shown, event.roundId ?? '') } };
      });
    },
  },

  sessionChanges: {
    subscribe: async (_root, { sessionId, after }, context) => {
      const cursor = await requireCursor(context, sessionId, after);
      const { feed, store } = context.services;
      const news = createVoteNews(store);
      return map(
        feed.changes(sessionId, cursor),
        async (found): Promise<{ sessionChanges: ChangesView }> => ({ sessionChanges: await toChangesView(context, found, news) }),
      );
    },
  },

  sessionEvents: {
    subscribe: async (_root, { sessionId, after }, context) => {
      const cursor = await requireCursor(context, sessionId, after);
      const { feed, store } = context.services;
      return map(
        feed.follow(sessionId, cursor),
        async (event): Promise<{ sessionEvents: EventView }> => ({
          sessionEvents: { session: toView(store, await getStateAt(context, event, sessionId)), event },
        }),
      );
    },
  },

  sessionSignals: {
    subscribe: async (_root, { sessionId }, context) => {
      await requireWatcher(context, sessionId);
      return map(context.services.signals.watch(sessionId), async (signal) => ({
        sessionSignals: {
          by: signal.by,
          nudged: signal.kind === 'nudge' ? signal.participantIds : [],
          reaction: signal.kind === 'reaction' ? signal.reaction : null,
        },
      }));
    },
  },
} satisfies SubscriptionResolvers;

/**
 * Lets participants in, and the router on their behalf; returns the revision of this moment, or one that the session had a moment ago for the router
 * when it goes on `after` an earlier one.
 */
async function requireWatcher(context: VotingContext, sessionId: string, after?: number | null): Promise<number> {
  const recent =
    context.watchedSessionId === sessionId && after != null ? await context.services.store.findRecent?.(sessionId, after) : undefined;
  if (recent !== undefined) return recent.session.revision;
  if (context.watchedSessionId === sessionId) return (await getState(context.services.store, sessionId)).session.revision;
  return (await getSeat(context, sessionId)).state.session.revision;
}

async function getStateAt({ services: { feed } }: VotingContext, { revision }: SessionEvent, sessionId: string): Promise<SessionAggregate> {
  return (await feed.stateAt(sessionId, revision)) ?? refuse('SESSION_NOT_FOUND', 'There is no such session.');
}

/** Where to follow from: `after`, else this moment. Refuses as `requireWatcher`, and with CURSOR_EXPIRED. */
async function requireCursor(context: VotingContext, sessionId: string, after: number | null | undefined): Promise<number> {
  const revision = await requireWatcher(context, sessionId, after);
  if (after != null && (after < 0 || after > revision))
    refuse('CURSOR_EXPIRED', `The log of this session ends at revision ${revision}.`, { revision });
  return after ?? revision;
}

function map<From, To>(source: AsyncIterableIterator<From>, to: (value: From) => Promise<To>): AsyncIterableIterator<To> {
  return through(source, async (value) => ({ done: false, value: await to(value) }));
}

function filter<Value>(source: AsyncIterableIterator<Value>, accepts: (value: Value) => boolean): AsyncIterableIterator<Value> {
  return through(source, async (value) => (accepts(value) ? { done: false, value } : undefined));
}

/** Not a generator: one that waits for its source cannot be returned from, and the source would never be freed. */
function through<From, To>(
  source: AsyncIterableIterator<From>,
  step: (value: From) => Promise<IteratorResult<To> | undefined>,
): AsyncIterableIterator<To> {
  return {
    async next() {
      for (;;) {
        const given = await source.next();
        if (given.done === true) return { done: true, value: undefined };
        const result = await step(given.value).catch(async (error: unknown) => {
          await source.return?.();
          throw error;
        });
        if (result !== undefined) return result;
      }
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
