// `npm run docs:metrics`: writes docs/metrics.md out of the metrics that the services register; a test keeps it fresh.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { register } from 'prom-client';
import '../kit/process/metrics.ts';
import '../router/src/metrics.ts';
import '../subgraphs/voting/src/store/measured.ts';
import '../subgraphs/voting/src/background/outbox-gauge.ts';
import '../subgraphs/voting/src/background/retention.ts';
import '../subgraphs/voting/src/store/postgres/pool-gauge.ts';
import '../kit/process/optional-dependency.ts';
import '../kit/process/tls.ts';
import { createCacheMetrics, createDroppedMetrics, createJiraMetrics, createJiraTroubleMetrics } from '../subgraphs/jira/src/metrics.ts';

export const metricsPage = join(import.meta.dirname, '../docs/metrics.md');

/** A metric of ours. */
export interface MetricEntry {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly help: string;
}

/** All metrics of ours, by name; not those of the process that prom-client adds. */
export function listMetrics(): readonly MetricEntry[] {
  createJiraMetrics();
  createCacheMetrics(() => true);
  createDroppedMetrics();
  createJiraTroubleMetrics(() => undefined);
  return (register.getMetricsAsArray() as unknown as Registered[])
    .filter(({ name }) => name.startsWith('tally_'))
    .map(({ name, type, labelNames, help }) => ({ name, type, labels: labelNames ?? [], help }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

interface Registered {
  readonly name: string;
  readonly type: string;
  readonly labelNames?: readonly string[];
  readonly help: string;
}

const services: readonly (readonly [prefix: string, title: string])[] = [
  ['tally_router_', 'router'],
  ['tally_subgraph_', 'jira and voting'],
  ['tally_voting_', 'voting'],
  ['tally_jira_', 'jira'],
];

export function renderMetrics(): string {
  const entries = listMetrics();
  const tables = services.map(([prefix, title]) => {
    const rows = entries
      .filter(({ name }) => name.startsWith(prefix))
      .map(({ name, type, labels, help }) => `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${help} |`);
    return `## ${title}\n\n| metric | type | labels | what it says |\n|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Metrics

Every service serves these at \`/metrics\`, on MANAGEMENT_PORT when that is set, in Prometheus' text form. This page is generated
(\`npm run docs:metrics\`) out of the metrics that the services register; a test keeps it fresh.

Labels have few values, whatever clients send: codes, kinds and outcomes are closed lists, \`endpoint\` is a route without keys in it, and the
operation names that clients choose are bounded to 200 of each process, of 100 characters at most. No label names a session, a participant or an issue.
Besides these there are prom-client's own metrics of the process: \`process_cpu_seconds_total\`, \`process_resident_memory_bytes\`,
\`nodejs_eventloop_lag_seconds\` and its percentiles, \`nodejs_gc_duration_seconds\`, \`nodejs_heap_size_used_bytes\`.

${tables.join('\n')}`;
}

if (import.meta.main) writeFileSync(metricsPage, renderMetrics());
