import { createHash } from 'node:crypto';
import type { GraphQLDataSource } from '@apollo/gateway';
import { type GraphQLError, getVariableValues, validate } from 'graphql';
import type { Logger } from '../../../kit/logging.ts';
import { RouterError } from '../errors.ts';
import type { RouterContext } from '../execution/context.ts';
import { type Executor, findVariableErrors } from '../execution/executor.ts';
import type { Graph, PlannedOperation } from '../execution/graph.ts';
import type { GraphSource } from '../execution/graph-source.ts';
import { conflationsTotal, resumesTotal, streamGroups, streamSubscribers } from '../execution/metrics.ts';
import { publishError } from '../execution/public-errors.ts';
import { authorise } from './admission.ts';
import type { Gate, Identity } from './gate.ts';
import { createGroup, type Group, type GroupOptions, type Member, type Payload } from './group.ts';
import { planSubscription, rootArguments, type SubscriptionPlan } from './plan.ts';
import { createQueue } from './queue.ts';
import type { SessionWatch } from './watch.ts';

export interface EngineOptions {
  readonly graphs: GraphSource;
  readonly executor: Executor;
  readonly dataSources: Readonly<Record<string, GraphQLDataSource>>;
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
}

/** Runs the subscriptions of all transports. */
export interface Engine {
  /**
   * Follows a subscription. The stream rejects once, with a public GraphQLError, when it ends before its time.
   *
   * @throws GraphQLError (public): BAD_USER_INPUT, UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_A_PARTICIPANT, SUBGRAPH_UNAVAILABLE.
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

export function createEngine(options: EngineOptions): Engine {
  const { graphs, gate, watch, log } = options;
  /** Those that take new members. */
  const shared = new Map<string, Group>();
  const all = new Map<Group, { readonly variables: Readonly<Record<string, unknown>>; readonly context: RouterContext }>();
  const stopListening = graphs.onChange((graph) => {
    for (const [group, { variables, context }] of all) moveTo(graph, group, variables, context);
  });

  const subscribe: Engine['subscribe'] = async (planned, variables, context, { endsAtExpiry } = { endsAtExpiry: true }) => {
    try {
      return await admit(planned, variables, context, endsAtExpiry);
    } catch (error) {
      throw publishError(error, context);
    }
  };

  async function admit(
    planned: PlannedOperation,
    variables: Readonly<Record<string, unknown>>,
    asker: RouterContext,
    endsAtExpiry: boolean,
  ) {
    const [wrong] = findVariableErrors({ planned, variables }) ?? [];
    if (wrong !== undefined) throw wrong;
    const plan = planSubscription(planned);
    const { coerced = {} } = getVariableValues(planned.graph.schema, planned.operation.variableDefinitions ?? [], variables);
    const given = rootArguments(plan, coerced);
    const { identity, context, revision, expiresAt } = await authorise(gate, plan.kind, given, asker);
    const scope = identity?.sessionId ?? `token ${digest(context.forwarded['authorization'] ?? '')}`;
    const after = plan.kind.kind === 'cursor' ? toCursor(given[plan.kind.argument]) : undefined;
    const keyVariables = Object.entries(coerced).filter(([name]) => name !== plan.ownCursorVariable);
    // Who starts from now on must not get the past that another one resumes through, so the two do not share.
    const key = JSON.stringify([plan.normalised, sorted(Object.fromEntries(keyVariables)), scope, after !== undefined]);
    return open({ key, plan, variables, context, identity, scope, after, revision, endsAt: endsAtExpiry ? expiresAt : undefined });
  }

  interface Opening {
    readonly key: string;
    readonly plan: SubscriptionPlan;
    readonly variables: Readonly<Record<string, unknown>>;
    readonly context: RouterContext;
    readonly identity: Identity | undefined;
    readonly scope: string;
    readonly after: number | undefined;
    readonly revision: number | undefined;
    /** Milliseconds since 1970. */
    readonly endsAt: number | undefined;
  }

  function open({ key, plan, variables, context, identity, scope, after, revision, endsAt }: Opening): AsyncIterableIterator<Payload> {
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
        clearTimeout(expiry);
        group?.leave(member);
        if (identity !== undefined) watch.remove(identity.sessionId, member);
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
      push: queue.push,
      end: () => leaveWith(queue.end),
      fail: (error) => leaveWith(() => queue.fail(error)),
      findRefusal: () => findRefusal(context),
    };
    streamSubscribers.inc();
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
    {
      plan,
      variables,
      scope,
      context,
      revision,
      isShared,
    }: Pick<Opening, 'plan' | 'variables' | 'scope' | 'context' | 'revision'> & {
      readonly isShared: boolean;
    },
    member: Member,
  ): Group {
    const known = shared.get(key);
    if (known?.join(member) === true) return known;
    const group: Group = createGroup(
      {
        ...options,
        plan,
        variables,
        scope,
        isShared,
        log: log.child({ subscription: plan.fieldName, scope }),
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

  async function findRefusal(context: RouterContext): Promise<GraphQLError | undefined> {
    try {
      const bearer = await gate.identify(context.forwarded['authorization']);
      if (bearer?.kind === 'participant') await gate.confirm(context, bearer.sessionId);
      return undefined;
    } catch (error) {
      const refusal = publishError(error, context);
      // Nobody is sent away because voting is down: it says no, or the stream goes on.
      const isOutage = ['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_TIMEOUT', 'INTERNAL_SERVER_ERROR'].includes(String(refusal.extensions['code']));
      return isOutage ? undefined : refusal;
    }
  }

  function moveTo(graph: Graph, group: Group, variables: Readonly<Record<string, unknown>>, context: RouterContext): void {
    const { document, operationName } = group.plan().planned;
    try {
      const [invalid] = validate(graph.schema, document);
      if (invalid !== undefined) throw invalid;
      const planned = graph.plan(document, operationName, group.plan().normalised);
      const [wrong] = findVariableErrors({ planned, variables }) ?? [];
      if (wrong !== undefined) throw wrong;
      group.replan(planSubscription(planned));
    } catch (error) {
      log.info({ err: error }, 'a subscription does not fit the new supergraph');
      group.fail(
        publishError(
          new RouterError('SUBSCRIPTION_INVALIDATED', 'The graph has changed and this subscription is no longer valid in it.'),
          context,
        ),
      );
    }
  }

  return {
    subscribe,
    stats: () => ({ groups: all.size, subscribers: [...all.keys()].reduce((sum, group) => sum + group.members().size, 0) }),
    close: () => {
      stopListening();
      for (const [group, { context }] of [...all])
        group.fail(publishError(new RouterError('ROUTER_STOPPING', 'The router is restarting: connect again.'), context));
      watch.close();
    },
  };
}

function toCursor(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
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

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
