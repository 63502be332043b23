import { Counter, collectDefaultMetrics, Histogram, register } from 'prom-client';

// One registry for the process: in production a process is a service; the embedded product's services share one and tell themselves apart
// by the names of their metrics, and by the label `service` where all have the same.
let collecting = false;

/** The process's metrics in Prometheus text form. */
export async function readMetrics(): Promise<{ contentType: string; text: string }> {
  collectProcessMetrics();
  return { contentType: register.contentType, text: await register.metrics() };
}

/** Memory, processor time, event-loop lag and garbage collection, once for the process. */
function collectProcessMetrics(): void {
  if (collecting) return;
  collecting = true;
  collectDefaultMetrics();
}

/** Characters; what our page and people's own tools call their operations is shorter. */
const longestLabel = 100;

/**
 * Bounds a label that clients choose: the first `limit` values are kept, all others become `other`, and so do those of more than 100
 * characters. Without it anyone could make the process remember a new time series with each request, each as long as a request may be.
 */
export function createBoundedLabel(limit: number): (value: string | undefined) => string {
  const known = new Set<string>();
  return (value) => {
    if (value === undefined) return 'anonymous';
    if (known.has(value)) return value;
    if (known.size >= limit || value.length > longestLabel) return 'other';
    known.add(value);
    return value;
  };
}

/** Seconds; from a cached answer to one that a person waits for. */
export const latencyBuckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const operations = new Counter({
  name: 'tally_subgraph_operations_total',
  help: "Operations that a subgraph answered, by service, kind and outcome (ok, refused: the client's fault, failed: ours).",
  labelNames: ['service', 'kind', 'outcome'],
});
const operationSeconds = new Histogram({
  name: 'tally_subgraph_operation_seconds',
  help: 'How long a subgraph took to answer an operation.',
  labelNames: ['service', 'kind'],
  buckets: latencyBuckets,
});

export type OperationOutcome = 'ok' | 'refused' | 'failed';

/** Counts one answered operation of a subgraph. */
export function countOperation(service: string, kind: string, outcome: OperationOutcome, seconds: number): void {
  operations.inc({ service, kind, outcome });
  operationSeconds.observe({ service, kind }, seconds);
}
