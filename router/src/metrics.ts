import { Counter, Gauge, Histogram } from 'prom-client';
import { createBoundedLabel, latencyBuckets } from '../../kit/process/metrics.ts';

// One registry for the process: the embedded product and tests start several routers in it.

/** Clients name their operations; only so many names become time series. */
export const toOperationLabel = createBoundedLabel(200);

export const subgraphRequests = new Counter({
  name: 'tally_router_subgraph_requests_total',
  help: 'Requests to subgraphs by outcome: answered, failed, unusable, abandoned by all who asked, or refused by the open breaker.',
  labelNames: ['subgraph', 'outcome'],
});
export const subgraphSeconds = new Histogram({
  name: 'tally_router_subgraph_request_seconds',
  help: 'How long subgraphs take to answer.',
  labelNames: ['subgraph'],
  buckets: latencyBuckets,
});
export const subgraphHedges = new Counter({
  name: 'tally_router_subgraph_hedges_total',
  help: 'Requests that were sent a second time because there was no answer after a second: some replica hangs or is slow.',
  labelNames: ['subgraph'],
});
const breakers = new Map<string, () => boolean>();
new Gauge({
  name: 'tally_router_breaker_open',
  help: '1 while requests to the subgraph are refused at once.',
  labelNames: ['subgraph'],
  collect() {
    for (const [subgraph, isOpen] of breakers) this.set({ subgraph }, isOpen() ? 1 : 0);
  },
});
/** Shows a subgraph's breaker, as it is whenever somebody looks. */
export const showBreaker = (subgraph: string, isOpen: () => boolean): void => void breakers.set(subgraph, isOpen);
export const supergraphRefused = new Gauge({
  name: 'tally_router_supergraph_refused',
  help: '1 while the supergraph file cannot be served and the graph before it stays.',
});
export const operationsTotal = new Counter({
  name: 'tally_router_operations_total',
  help: 'Executed queries and mutations by operation name (200 at most, then `other`), kind and outcome: ok, refused (a rule of the product, or Jira), failed (a service or the store).',
  labelNames: ['operation', 'kind', 'outcome'],
});
const places = new Map<object, () => { readonly open: number; readonly most: number }>();
new Gauge({
  name: 'tally_router_connections',
  help: 'WebSockets and HTTP streams of clients that are open.',
  collect() {
    this.set([...places.values()].reduce((sum, read) => sum + read().open, 0));
  },
});
new Gauge({
  name: 'tally_router_connections_max',
  help: 'How many of them there may be (MAX_CONNECTIONS).',
  collect() {
    this.set([...places.values()].reduce((sum, read) => sum + read().most, 0));
  },
});
/** Shows how many connections are open; returns the way to show them no more. */
export function showConnections(read: () => { readonly open: number; readonly most: number }): () => void {
  places.set(read, read);
  return () => void places.delete(read);
}
export const operationsInFlight = new Gauge({
  name: 'tally_router_operations_in_flight',
  help: 'Queries, mutations and beginnings of subscriptions under way, counted before the rate limits.',
});
export const operationSeconds = new Histogram({
  name: 'tally_router_operation_seconds',
  help: 'How long the execution of queries and mutations took, subgraphs included.',
  labelNames: ['kind'],
  buckets: latencyBuckets,
});
export const refusalsTotal = new Counter({
  name: 'tally_router_refusals_total',
  help: 'Operations refused before their execution, by error code.',
  labelNames: ['code'],
});
export const plansTotal = new Counter({
  name: 'tally_router_plans_total',
  help: 'Operations by whether the parsed document was in the cache: hit, or miss (parsed, validated and planned).',
  labelNames: ['cache'],
});
export const streamGroups = new Gauge({
  name: 'tally_router_subscription_upstreams',
  help: 'Subscriptions open to subgraphs for clients.',
});
export const streamSubscribers = new Gauge({ name: 'tally_router_subscribers', help: 'Subscriptions of clients.' });
export const deliveriesTotal = new Counter({
  name: 'tally_router_deliveries_total',
  help: 'Payloads handed to subscribers.',
});
export const deliverySeconds = new Histogram({
  name: 'tally_router_delivery_seconds',
  help: 'From an event of a subgraph to the completed payload, handed to all of its subscribers.',
  buckets: latencyBuckets,
});
export const conflationsTotal = new Counter({
  name: 'tally_router_conflations_total',
  help: 'Snapshots that a slow subscriber never saw, since a newer one took their place.',
});
export const resumesTotal = new Counter({
  name: 'tally_router_resumes_total',
  help: 'Subscriptions that began at a cursor.',
});
export const upstreamReconnectsTotal = new Counter({
  name: 'tally_router_upstream_reconnects_total',
  help: 'Upstream subscriptions that were lost and opened again.',
});
