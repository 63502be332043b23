import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { DomainError } from '../../kit/process/errors.ts';
import { createLogger } from '../../kit/process/logging.ts';
import type { RequestContext } from '../../kit/subgraph/graphql.ts';
import { buildSchema, type RunningSubgraph, startSubgraph } from '../../kit/subgraph/server.ts';

export interface ToyEvent {
  readonly revision: number;
  readonly type: 'VOTE_CAST' | 'PARTICIPANT_LEFT';
  readonly participant?: { readonly id: string };
  readonly round?: { readonly id: string; readonly issue: { readonly key: string } };
}

/** What survives a restart of the toy: every session's log, and who is out. */
export interface ToyVotingState {
  readonly events: ToyEvent[];
  readonly kicked: Set<string>;
  readonly listeners: Set<() => void>;
  /** Running subscriptions by field. */
  readonly active: Map<string, number>;
  readonly seenHeaders: Array<Record<string, string | undefined>>;
  readonly calls: Map<string, number>;
  /** What `me` waits for before it answers. */
  admission: Promise<void>;
}

interface ToyContext extends RequestContext {
  readonly sub: string | undefined;
  readonly sid: string | undefined;
}

export function createToyVotingState(): ToyVotingState {
  return {
    events: [],
    kicked: new Set(),
    listeners: new Set(),
    active: new Map(),
    seenHeaders: [],
    calls: new Map(),
    admission: Promise.resolve(),
  };
}

/** Appends an event and wakes whoever follows. */
export function append(state: ToyVotingState, event: Omit<ToyEvent, 'revision'>): number {
  const revision = state.events.length + 1;
  state.events.push({ revision, ...event });
  for (const listener of [...state.listeners]) listener();
  return revision;
}

export function castToyVote(state: ToyVotingState, key = 'T-1'): number {
  return append(state, { type: 'VOTE_CAST', round: { id: `r${state.events.length + 1}`, issue: { key } } });
}

export async function startToyVoting(state: ToyVotingState, jwks: JSONWebKeySet, port = 0): Promise<RunningSubgraph> {
  const keys = createLocalJWKSet(jwks);
  return startSubgraph<ToyContext>({
    name: 'voting',
    host: '127.0.0.1',
    port,
    portVariable: 'PORT',
    log: createLogger('toy-voting', 'silent'),
    checks: {},
    schema: buildSchema(new URL('./voting.graphql', import.meta.url), createResolvers(state)),
    context: async ({ requestId, log, header }) => {
      state.seenHeaders.push({
        authorization: header('authorization'),
        cookie: header('cookie'),
        'x-request-id': header('x-request-id'),
        secret: header('x-tally-service-secret'),
        'x-tally-session': header('x-tally-session'),
        'x-tally-revision': header('x-tally-revision'),
      });
      const scope = header('x-tally-session');
      if (scope !== undefined) return { requestId, log, sub: undefined, sid: scope };
      const token = header('authorization')?.replace(/^Bearer /, '');
      if (token === undefined) return { requestId, log, sub: undefined, sid: undefined };
      const { payload } = await jwtVerify(token, keys).catch(() => ({ payload: { sub: undefined, sid: undefined } }));
      return { requestId, log, sub: payload.sub, sid: payload['sid'] as string | undefined };
    },
  });
}

function createResolvers(state: ToyVotingState): unknown {
  const count = (name: string) => state.calls.set(name, (state.calls.get(name) ?? 0) + 1);
  const session = (id: string) => ({
    id,
    title: `Session ${id}`,
    revision: state.events.length,
    items: (id === 'bad' ? ['T-1', 'T-BAD', 'T-1'] : ['T-1', 'T-2']).map((key, index) => ({ id: `i${index + 1}`, issue: { key } })),
  });
  const admit = (sessionId: string, { sub, sid }: ToyContext): void => {
    if (sid !== sessionId || (sub !== undefined && state.kicked.has(sub))) throw new DomainError('NOT_A_PARTICIPANT', 'Not yours.');
  };
  return {
    Query: {
      session: (_: unknown, { id }: { id: string }) => {
        count('session');
        return session(id);
      },
      me: async (_: unknown, __: unknown, { sub }: ToyContext) => {
        count('me');
        await state.admission;
        if (sub === undefined) throw new DomainError('UNAUTHENTICATED', 'Who are you?');
        if (state.kicked.has(sub)) throw new DomainError('NOT_A_PARTICIPANT', 'You were removed.');
        return { id: sub };
      },
      broken: () => {
        throw new Error('secret detail');
      },
      slow: (_: unknown, { ms }: { ms: number }) => new Promise((resolve) => setTimeout(() => resolve('done'), ms)),
    },
    Mutation: {
      createSession: () => session('new'),
      joinSession: () => session('new'),
      addVote: (_: unknown, { sessionId, issueKey }: { sessionId: string; issueKey: string }) => {
        count('addVote');
        castToyVote(state, issueKey);
        return session(sessionId);
      },
    },
    Subscription: {
      sessionUpdated: {
        subscribe: (_: unknown, { sessionId }: { sessionId: string }, context: ToyContext) => {
          admit(sessionId, context);
          return follow(state, 'sessionUpdated', -1, () => ({ sessionUpdated: session(sessionId) }), true);
        },
      },
      voteResults: {
        subscribe: (_: unknown, { sessionId, after }: { sessionId: string; after?: number | null }, context: ToyContext) => {
          admit(sessionId, context);
          return follow(state, 'voteResults', after ?? state.events.length, (event) => ({
            voteResults: { id: 'none', ...event?.round, revision: event?.revision },
          }));
        },
      },
      sessionEvents: {
        subscribe: (_: unknown, { sessionId, after }: { sessionId: string; after?: number | null }, context: ToyContext) => {
          admit(sessionId, context);
          return follow(state, 'sessionEvents', after ?? state.events.length, (event) => ({ sessionEvents: event }));
        },
      },
    },
  };
}

/** Yields every event after `cursor`; with `isSnapshot` the state at once and then the newest after changes. */
function follow(
  state: ToyVotingState,
  field: string,
  cursor: number,
  toValue: (event: ToyEvent | undefined) => unknown,
  isSnapshot = false,
): AsyncIterableIterator<unknown> {
  let position = cursor;
  let isDone = false;
  let wake: () => void = () => {};
  const listener = (): void => wake();
  state.listeners.add(listener);
  state.active.set(field, (state.active.get(field) ?? 0) + 1);
  return {
    async next() {
      while (!isDone && position >= state.events.length) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (isDone) return { done: true, value: undefined };
      const event = state.events[position];
      position = isSnapshot ? state.events.length : position + 1;
      return { done: false, value: toValue(event) };
    },
    async return() {
      if (!isDone) {
        isDone = true;
        state.listeners.delete(listener);
        state.active.set(field, (state.active.get(field) ?? 1) - 1);
        wake();
      }
      return { done: true, value: undefined };
    },
    async throw(error) {
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
