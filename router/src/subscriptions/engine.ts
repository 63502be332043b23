import type { GraphQLDataSource } from '@apollo/gateway';
import { getVariableValues } from 'graphql';
import type { Logger } from '../../../kit/process/logging.ts';
import type { RouterContext } from '../context.ts';
import { RouterError } from '../errors.ts';
import { type Executor, findVariableErrors } from '../execution/executor.ts';
import { publishError } from '../execution/public-errors.ts';
import { conflationsTotal, resumesTotal, streamGroups, streamSubscribers } from '../metrics.ts';
import type { Graph, PlannedOperation } from '../planning/graph.ts';
import type { GraphSource } from '../planning/graph-source.ts';
import { authorise } from './admission.ts';
import type { Gate, Identity } from './gate.ts';
import { createGroup, type Group, type GroupOptions, type Member } from './group.ts';
import { planAgain, readRoot, rootArguments, type SubscriptionPlan } from './plan.ts';
import { createQueue } from './queue.ts';
import type { Payload, Shape } from './shape.ts';
import { toScope, toShared, toSharingKey } from './sharing.ts';
import type { Sockets } from './sockets.ts';
import type { SessionWatch } from './watch.ts';

export interface EngineOptions {
  readonly graphs: GraphSource;
  readonly executor: Executor;
  readonly dataSources: Readonly<Record<string, GraphQLDataSource>>;
  readonly sockets: Sockets;
  readonly upstreamOf: GroupOptions['upstreamOf'];
  readonly gate: Gate;
  readonly watch: SessionWatch;
  /** How long a group stays without its upstream before it ends. */
  readonly giveUpAfterMs: number;
  readonly log: Logger;
}

export interface SubscribeOptions {
  /** False when the connection itself ends with the token: an error of the stream would keep clients from connecting again. */
  readonly endsAtExpiry: boolean;
  /** Called once, when the stream has ended for whatever reason. */
  readonly onEnd?: () => void;
}

/** Runs the subscriptions of all transports. */
export interface Engine {
  /**
   * Follows a subscription. The stream rejects once, with a public GraphQLError, when it ends before its time.
   *
   * @throws GraphQLError (public): BAD_USER_INPUT, UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SUBGRAPH_UNAVAILABLE,
   *   SUBSCRIPTION_INVALIDATED, ROUTER_STOPPING.
   */
  readonly subscribe: (
    planned: PlannedOperation,
    variables: Readonly<Record<string, unknown>>,
    context: RouterContext,
    options?: SubscribeOptions,
  ) => Promise<AsyncIterableIterator<Payload>>;
  readonly stats: () => { readonly groups: number; readonly subscribers: number };
  /** Ends every stream with ROUTER_STOPPING. */
  readonly close: () => void;
}

const bufferedEvents = 512;
const mostFollowed = 20;
/** What a subgraph says when it cannot say anything. */
const outageCodes: ReadonlySet<unknown> = new Set([
  'SUBGRAPH_UNAVAILABLE',
  'SUBGRAPH_TIMEOUT',
  'SUBGRAPH_INVALID_RESPONSE',
  'STORE_UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
]);

export function createEngine(options: EngineOptions): Engine {
  const { graphs, gate, watch, log } = options;
  /** Those that take new members. */
  const shared = new Map<string, Group>();
  const all = new Map<Group, { readonly variables: Readonly<Record<string, unknown>>; readonly context: RouterContext }>();
  /** Streams of each participant, over all of their tabs. */
  const followed = new Map<string, number>();
  const unfollow = (participantId: string): void => {
    const left = (followed.get(participantId) ?? 1) - 1;
    if (left > 0) followed.set(participantId, left);
    else followed.delete(participantId);
  };
  let isClosed = false;
  const stopListening = graphs.onChange((graph) => {
    for (const [group, { variables, context }] of all) moveTo(graph, group, variables, context);
  });

  const subscribe: Engine['subscribe'] = async (planned, variables, context, ending = { endsAtExpiry: true }) => {
    try {
      return await admit(planned, variables, context, ending);
    } catch (error) {
      throw publishError(error, context);
    }
  };

  async function admit(
    planned: PlannedOperation,
    variables: Readonly<Record<string, unknown>>,
    asker: RouterContext,
    { endsAtExpiry, onEnd }: SubscribeOptions,
  ) {
    const [wrong] = findVariableErrors({ planned, variables }) ?? [];
    if (wrong !== undefined) throw wrong;
    const { field, stream } = readRoot(planned);
    const { coerced = {} } = getVariableValues(planned.graph.schema, planned.operation.variableDefinitions ?? [], variables);
    const given = rootArguments(planned, field, coerced);
    const after = stream.kind.kind === 'cursor' ? toCursor(given[stream.kind.argument]) : undefined;
    // Who follows from now on would get what came since a moment ago. Others are at their cursor, or where the watch is: they need nothing newer.
    const startsNow = stream.kind.kind === 'cursor' && after === undefined;
    const { identity, context, revision, expiresAt } = await authorise(gate, stream, given, asker, (sessionId) =>
      startsNow ? undefined : newest(after, watch.heardUntil(sessionId)),
    );
    if (isClosed) throw routerIsStopping();
    if (identity !== undefined && (followed.get(identity.participantId) ?? 0) >= mostFollowed)
      throw new RouterError('TOO_MANY_OPERATIONS', `A participant follows ${mostFollowed} streams at most.`);
    const scope = toScope(identity, context);
    const { plan, shape, variables: own } = toShared(planned, stream.kind, coerced);
    return open({
      key: toSharingKey(plan, own, scope, after),
      // Voting may have been asked for longer than the graph stayed the same.
      plan: planOn(graphs.current(), plan, own),
      variables: own,
      shape,
      context,
      identity,
      scope,
      after,
      revision,
      endsAt: endsAtExpiry ? expiresAt : undefined,
      onEnd,
    });
  }

  interface Opening {
    readonly key: string;
    readonly plan: SubscriptionPlan;
    readonly variables: Readonly<Record<string, unknown>>;
    readonly shape: Shape | undefined;
    readonly context: RouterContext;
    readonly identity: Identity | undefined;
    readonly scope: string;
    readonly after: number | undefined;
    readonly revision: number | undefined;
    /** Milliseconds since 1970. */
    readonly endsAt: number | undefined;
    readonly onEnd: SubscribeOptions['onEnd'];
  }

  function open(opening: Opening): AsyncIterableIterator<Payload> {
    const { key, plan, variables, shape, context, identity, scope, after, revision, endsAt, onEnd } = opening;
    let expiry: NodeJS.Timeout | undefined;
    let group: Group | undefined;
    const queue = createQueue<Payload>({
      keep: plan.kind.kind === 'snapshot' ? 'latest' : 'every',
      limit: bufferedEvents,
      tooSlow: () =>
        publishError(
          new RouterError(
            'SUBSCRIPTION_TOO_SLOW',
            `More than ${bufferedEvents} events wait for this client: subscribe again, from the last cursor if there is one.`,
          ),
          context,
        ),
      onConflate: () => conflationsTotal.inc(),
      onClose: () => {
        streamSubscribers.dec();
        if (identity !== undefined) unfollow(identity.participantId);
        clearTimeout(expiry);
        group?.leave(member);
        if (identity !== undefined) watch.remove(identity.sessionId, member);
        onEnd?.();
      },
    });
    const leaveWith = (tell: () => void): void => {
      group?.leave(member);
      if (identity !== undefined) watch.remove(identity.sessionId, member);
      tell();
    };
    const member: Member = {
      context,
      after,
      shape,
      push: queue.push,
      end: () => leaveWith(queue.end),
      fail: (error) => leaveWith(() => queue.fail(error)),
      findRefusal: () => findRefusal(context),
    };
    streamSubscribers.inc();
    if (identity !== undefined) followed.set(identity.participantId, (followed.get(identity.participantId) ?? 0) + 1);
    if (after !== undefined) resumesTotal.inc();
    group = join(key, { plan, variables, scope, context, revision, isShared: identity !== undefined }, member);
    if (identity !== undefined) watch.add({ ...identity, revision }, member);
    if (endsAt !== undefined) {
      // setTimeout takes 24.8 days at most.
      const expiresInMs = Math.min(endsAt - Date.now(), 2 ** 31 - 1);
      expiry = setTimeout(
        () =>
          member.fail(publishError(new RouterError('TOKEN_EXPIRED', 'The token has expired: subscribe again with a fresh one.'), context)),
        expiresInMs,
      );
    }
    return queue.stream;
  }

  function join(
    key: string,
    opening: Pick<Opening, 'plan' | 'variables' | 'scope' | 'context' | 'revision'> & { readonly isShared: boolean },
    member: Member,
  ): Group {
    const { plan, variables, scope, context, revision } = opening;
    const known = shared.get(key);
    if (known?.join(member) === true) return known;
    const group: Group = createGroup(
      {
        ...options,
        ...opening,
        log: log.child({ subscription: plan.fieldName, scope }),
        caughtUp: (at) => (opening.isShared ? watch.caughtUp(scope, at) : Promise.resolve()),
        onEmpty: () => {
          if (all.delete(group)) streamGroups.dec();
          if (shared.get(key) === group) shared.delete(key);
        },
      },
      // Who starts now misses nothing either when the upstream is lost before its first event.
      plan.kind.kind === 'cursor' ? (member.after ?? revision) : undefined,
    );
    all.set(group, { variables, context });
    streamGroups.inc();
    // One who resumes further back than the group remembers gets an upstream of their own.
    if (known === undefined) shared.set(key, group);
    group.join(member);
    return group;
  }

  async function findRefusal(context: RouterContext): ReturnType<Member['findRefusal']> {
    try {
      const bearer = await gate.identify(context.forwarded['authorization']);
      if (bearer?.kind === 'participant') await gate.confirm(context, bearer.sessionId);
      return undefined;
    } catch (error) {
      const refusal = publishError(error, context);
      // Nobody is sent away because voting is down for a moment: it has not said no.
      return outageCodes.has(refusal.extensions['code']) ? 'unknown' : refusal;
    }
  }

  function moveTo(graph: Graph, group: Group, variables: Readonly<Record<string, unknown>>, context: RouterContext): void {
    try {
      group.replan(planOn(graph, group.plan(), variables));
    } catch (error) {
      group.fail(publishError(error, context));
    }
  }

  /** @throws RouterError SUBSCRIPTION_INVALIDATED when the subscription does not fit the graph. */
  function planOn(graph: Graph, plan: SubscriptionPlan, variables: Readonly<Record<string, unknown>>): SubscriptionPlan {
    try {
      return planAgain(graph, plan, variables);
    } catch (error) {
      log.info({ err: error }, 'a subscription does not fit the new supergraph');
      throw new RouterError('SUBSCRIPTION_INVALIDATED', 'The graph has changed and this subscription is no longer valid in it.');
    }
  }

  return {
    subscribe,
    stats: () => ({ groups: all.size, subscribers: [...all.keys()].reduce((sum, group) => sum + group.members().size, 0) }),
    close: () => {
      isClosed = true;
      stopListening();
      for (const [group, { context }] of [...all]) group.fail(publishError(routerIsStopping(), context));
      watch.close();
    },
  };
}

function toCursor(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** The later of two revisions that may be unknown. */
function newest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}

function routerIsStopping(): RouterError {
  return new RouterError('ROUTER_STOPPING', 'The router is restarting: connect again.');
}
