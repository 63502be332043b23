import type { GraphQLDataSource } from '@apollo/gateway';
import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import type { Logger } from '../../../kit/process/logging.ts';
import type { ClientTls } from '../../../kit/process/tls.ts';
import { currentTrace, toTraceHeaders, traced } from '../../../kit/process/tracing.ts';
import type { RouterContext } from '../context.ts';
import { RouterError } from '../errors.ts';
import type { Executor } from '../execution/executor.ts';
import { publishError } from '../execution/public-errors.ts';
import { deliveriesTotal, deliverySeconds, upstreamReconnectsTotal } from '../metrics.ts';
import { readSubgraphResponse, type SubgraphResponse, toUnusable, UnusableAnswer } from '../upstream/response.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';
import type { SubscriptionPlan } from './plan.ts';
import { type Payload, project, type Shape } from './shape.ts';
import type { Sockets } from './sockets.ts';
import { openUpstream, tokenCodes } from './upstream.ts';

/** One subscriber, as a group sees them. */
export interface Member {
  readonly context: RouterContext;
  /** Cursor streams: only events past it are for this member. */
  readonly after: number | undefined;
  /** How it wants what the group has; undefined: as it is. */
  readonly shape: Shape | undefined;
  readonly push: (payload: Payload) => void;
  readonly end: () => void;
  readonly fail: (error: GraphQLError) => void;
  /** Asks again whether they may listen; resolves to why not, or to `unknown` when nobody answers. */
  readonly findRefusal: () => Promise<GraphQLError | 'unknown' | undefined>;
}

export interface GroupOptions {
  readonly sockets: Sockets;
  readonly executor: Executor;
  readonly dataSources: Readonly<Record<string, GraphQLDataSource>>;
  readonly upstreamOf: (subgraph: string) => {
    readonly url: string;
    readonly connectionParams: (lender: RouterContext, scope: string) => Record<string, string>;
    readonly headers: Readonly<Record<string, string>>;
    readonly tls: ClientTls | undefined;
  };
  readonly plan: SubscriptionPlan;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The session whose members share, and the only one the upstream may see. */
  readonly scope: string;
  /** True for several tokens of one session; false when all members hold the same one, so that its refusal is theirs. */
  readonly isShared: boolean;
  readonly giveUpAfterMs: number;
  /** Waits until whoever left before this revision is no member any more. */
  readonly caughtUp: (revision: number) => Promise<void>;
  readonly log: Logger;
  readonly onEmpty: () => void;
}

/** Subscribers who ask for the same of the same session, in whatever words: one upstream, one execution for each event. */
export interface Group {
  readonly plan: () => SubscriptionPlan;
  /** Adds a member, with what they missed; false when this group cannot give them all from their cursor on. */
  readonly join: (member: Member) => boolean;
  readonly leave: (member: Member) => void;
  readonly members: () => ReadonlySet<Member>;
  /** Goes on by another plan of the same operation, on the same upstream when that has not changed. */
  readonly replan: (plan: SubscriptionPlan) => void;
  readonly fail: (error: GraphQLError) => void;
}

interface Event {
  readonly payload: ExecutionResult<Record<string, unknown>>;
  readonly plan: SubscriptionPlan;
  readonly cursor: number | undefined;
  /** The session's, after what the event tells; undefined for one that has none. */
  readonly revision: number | undefined;
  /** Of `performance.now()`. */
  readonly receivedAt: number;
}

const keptEvents = 256;
const waitingEvents = 2_000;
const refusalsInARow = 3;

export function createGroup(options: GroupOptions, firstAfter: number | undefined): Group {
  const { executor, dataSources, scope, log } = options;
  const members = new Set<Member>();
  const recent: Array<{ readonly cursor: number; readonly payload: Payload }> = [];
  let plan = options.plan;
  /** All events past it are in `recent` or still to come; undefined until known. */
  let completeAfter = firstAfter;
  let received = firstAfter;
  let snapshot: Payload | undefined;
  let refusals = 0;
  let isClosed = false;
  let stopUpstream: () => void = () => {};

  // Of whoever opened the group: all its events go on with it.
  const parent = currentTrace();

  const pipeline: Pipeline<Event> = createPipeline<Event, Payload>({
    keep: plan.kind.kind === 'snapshot' ? 'latest' : 'every',
    concurrency: 4,
    limit: waitingEvents,
    run: (event) =>
      traced('subscription event', { 'tally.subscribers': members.size }, () => toAdmittedPayload(event), { kind: 'consumer', parent }),
    emit: (payload, { cursor, receivedAt }) => {
      if (plan.kind.kind === 'snapshot') snapshot = payload;
      if (cursor !== undefined) keep(cursor, payload);
      const shown = new Map<Shape | undefined, Payload>([[undefined, payload]]);
      for (const member of members) {
        if (cursor !== undefined && member.after !== undefined && cursor <= member.after) continue;
        const own = shown.get(member.shape) ?? toShown(payload, member);
        shown.set(member.shape, own);
        member.push(own);
      }
      deliveriesTotal.inc(members.size);
      deliverySeconds.observe((performance.now() - receivedAt) / 1_000);
    },
    onOverflow: () =>
      fail(
        publishError(
          new RouterError('SUBSCRIPTION_TOO_SLOW', 'Events come faster than they can be completed: subscribe again.'),
          eventContext(),
        ),
      ),
  });

  const keep = (cursor: number, payload: Payload): void => {
    recent.push({ cursor, payload });
    if (recent.length > keptEvents) completeAfter = recent.shift()?.cursor;
  };
  const lender = (): RouterContext | undefined => [...members].at(-1)?.context;
  const eventContext = (): RouterContext => {
    const { requestId, forwarded, clientIp } = lender() ?? { requestId: scope, forwarded: {}, clientIp: '' };
    return {
      requestId,
      log,
      clientIp,
      isGone: () => false,
      isTokenUnreadable: false,
      forwarded: { ...forwarded, 'x-tally-session': scope },
    };
  };

  const toAdmittedPayload = async (event: Event): Promise<Payload> => {
    const [payload] = await Promise.all([toPayload(event), event.revision === undefined ? undefined : options.caughtUp(event.revision)]);
    return payload;
  };

  const toPayload = async ({ payload, plan: eventPlan, cursor }: Event): Promise<Payload> => {
    const { primary, planned } = eventPlan;
    const context = eventContext();
    // Without data nobody else tells the client from where to go on.
    const place = cursor === undefined ? {} : { extensions: { cursor } };
    const event = readEvent(payload, primary.serviceName);
    const real = dataSources[primary.serviceName];
    const injected: GraphQLDataSource = {
      // The same subgraph can also have entity fetches later in the plan.
      process: async (request) =>
        request.request.query === primary.operation || real === undefined
          ? (event as Awaited<ReturnType<GraphQLDataSource['process']>>)
          : real.process(request),
    };
    try {
      const { data, errors } = await executor.executePlan({ planned, variables: options.variables, context }, eventPlan.eventPlan, {
        ...dataSources,
        [primary.serviceName]: injected,
      });
      return {
        data: data ?? null,
        ...(data === undefined || data === null ? place : {}),
        ...(errors === undefined ? {} : { errors: errors.map((error) => publishError(error, context).toJSON()) }),
      };
    } catch (error) {
      return { data: null, ...place, errors: [publishError(error, context).toJSON()] };
    }
  };

  const open = (): void => {
    const { primary, planned, kind } = plan;
    const { url, connectionParams, headers, tls } = options.upstreamOf(primary.serviceName);
    stopUpstream = openUpstream({
      onReconnect: () => upstreamReconnectsTotal.inc(),
      url,
      headers,
      tls,
      log,
      giveUpAfterMs: options.giveUpAfterMs,
      sockets: options.sockets,
      isScoped: options.isShared,
      connectionParams: () => connectionParams(eventContext(), scope),
      trace: () => toTraceHeaders(parent),
      request: () => {
        const variables: Record<string, unknown> = {};
        for (const name of primary.variableUsages ?? [])
          if (options.variables[name] !== undefined) variables[name] = options.variables[name];
        if (kind.kind === 'cursor' && received !== undefined) variables[plan.cursorVariable] = received;
        return {
          query: primary.operation,
          operationName: planned.operationName === undefined ? undefined : primary.operationName,
          variables,
        };
      },
      onEvent: (payload) => {
        refusals = 0;
        const revision = revisionOf(payload, plan.revisionAlias);
        const cursor = kind.kind === 'cursor' ? revision : undefined;
        if (cursor !== undefined) {
          // Whoever asks for something earlier gets an upstream of their own.
          completeAfter ??= cursor - 1;
          received = cursor;
        }
        pipeline.push({ payload, plan, cursor, revision, receivedAt: performance.now() });
      },
      onEnd: (errors) => {
        if (errors.length === 0) pipeline.afterAll(() => finish((member) => member.end()));
        else if (options.isShared && tokenCodes.has(errors[0]?.extensions?.['code'])) void passOn(toUpstreamError(errors[0]));
        else fail(publishError(toUpstreamError(errors[0]), eventContext()));
      },
      onLost: () =>
        fail(
          publishError(
            new RouterError(
              'SUBSCRIPTION_UPSTREAM_LOST',
              'The service behind this subscription does not come back: subscribe again later.',
            ),
            eventContext(),
          ),
        ),
    });
  };

  /** The upstream ran on the token of a member who may no longer listen: without them it goes on. */
  const passOn = async (refusal: GraphQLError): Promise<void> => {
    refusals += 1;
    const refused = plan;
    const checked = await Promise.all([...members].map(async (member) => ({ member, why: await member.findRefusal() })));
    for (const { member, why } of checked) if (why !== undefined && why !== 'unknown') member.fail(why);
    // A new plan has opened an upstream of its own meanwhile.
    if (isClosed || plan !== refused) return;
    if (refusals > refusalsInARow) fail(publishError(refusal, eventContext()));
    else open();
  };

  const finish = (tell: (member: Member) => void): void => {
    if (isClosed) return;
    isClosed = true;
    stopUpstream();
    pipeline.close();
    for (const member of [...members]) tell(member);
    members.clear();
    options.onEmpty();
  };
  const fail = (error: GraphQLError): void => finish((member) => member.fail(error));

  return {
    plan: () => plan,
    members: () => members,
    join: (member) => {
      if (isClosed) return false;
      const { after } = member;
      if (members.size > 0 && after !== undefined && (completeAfter === undefined || after < completeAfter)) return false;
      if (after !== undefined) for (const { cursor, payload } of recent) if (cursor > after) member.push(toShown(payload, member));
      if (snapshot !== undefined) member.push(toShown(snapshot, member));
      members.add(member);
      if (members.size === 1) open();
      return true;
    },
    leave: (member) => {
      if (members.delete(member) && members.size === 0) finish(() => {});
    },
    replan: (next) => {
      const isSame = next.primary.operation === plan.primary.operation && next.primary.serviceName === plan.primary.serviceName;
      plan = next;
      if (isSame || isClosed) return;
      stopUpstream();
      open();
    },
    fail,
  };
}

/** A stream's payload as an answer is read: what is none becomes an error. */
function readEvent(payload: unknown, subgraph: string): SubgraphResponse {
  try {
    return readSubgraphResponse(payload);
  } catch (error) {
    if (!(error instanceof UnusableAnswer)) throw error;
    return toUnusable(subgraph);
  }
}

const toShown = (payload: Payload, { shape }: Member): Payload => (shape === undefined ? payload : project(payload, shape));

function revisionOf(payload: ExecutionResult<Record<string, unknown>>, alias: string): number | undefined {
  const [event] = Object.values(payload.data ?? {});
  const revision = typeof event === 'object' && event !== null ? (event as Record<string, unknown>)[alias] : undefined;
  return typeof revision === 'number' ? revision : undefined;
}

function toUpstreamError(error: { readonly message: string; readonly extensions?: Record<string, unknown> } | undefined): GraphQLError {
  const { message, extensions } = error ?? ({ message: 'The stream ended.', extensions: {} } satisfies GraphQLFormattedError);
  return new GraphQLError(message, { extensions: { ...extensions, serviceName: 'upstream' } });
}
