import { Counter, Gauge, Histogram } from 'prom-client';

// One registry for the process: the embedded product and tests start several routers in it.
export const subgraphRequests = new Counter({
  name: 'tally_router_subgraph_requests_total',
  help: 'Requests to subgraphs by outcome.',
  labelNames: ['subgraph', 'outcome'],
});
export const subgraphSeconds = new Histogram({
  name: 'tally_router_subgraph_request_seconds',
  help: 'How long subgraphs take to answer.',
  labelNames: ['subgraph'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});
export const breakerState = new Gauge({
  name: 'tally_router_breaker_open',
  help: '1 while requests to the subgraph are refused at once.',
  labelNames: ['subgraph'],
});
export const operationsTotal = new Counter({
  name: 'tally_router_operations_total',
  help: 'Operations by kind and outcome.',
  labelNames: ['kind', 'outcome'],
});
export const streamGroups = new Gauge({
  name: 'tally_router_subscription_upstreams',
  help: 'Subscriptions open to subgraphs for clients.',
});
export const streamSubscribers = new Gauge({ name: 'tally_router_subscribers', help: 'Subscriptions of clients.' });
