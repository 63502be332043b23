import { Counter, Gauge, Histogram, register } from 'prom-client';
import type { CacheOptions } from './cache/cached.ts';
import type { JiraClientOptions, JiraTrouble } from './source/jira-client.ts';
import { type DroppedParts, droppedParts } from './source/soft.ts';

/** Counts and times what is sent to Jira. Several services in one process share these figures. */
export function createJiraMetrics(): NonNullable<JiraClientOptions['observe']> {
  const requests =
    (register.getSingleMetric('tally_jira_requests_total') as Counter | undefined) ??
    new Counter({
      name: 'tally_jira_requests_total',
      help: 'Requests sent to Jira; status 0 when there was no answer.',
      labelNames: ['endpoint', 'status'],
    });
  const durations =
    (register.getSingleMetric('tally_jira_request_seconds') as Histogram | undefined) ??
    new Histogram({ name: 'tally_jira_request_seconds', help: 'How long Jira took.', labelNames: ['endpoint'] });
  return ({ endpoint, status, durationMs }) => {
    requests.inc({ endpoint, status: String(status) });
    durations.observe({ endpoint }, durationMs / 1_000);
  };
}

/** Shows whether Jira can be asked, and why not. */
export function createJiraTroubleMetrics(findKind: () => JiraTrouble['kind'] | undefined): void {
  const name = 'tally_jira_trouble';
  register.removeSingleMetric(name);
  new Gauge({
    name,
    help: '1 for what keeps us from asking Jira: credentials (refused), address (no Jira there) or away (it does not answer).',
    labelNames: ['kind'],
    collect() {
      const found = findKind();
      for (const kind of ['credentials', 'address', 'away'] as const) this.set({ kind }, found === kind ? 1 : 0);
    },
  });
}

/** Counts the parts of Jira's answers that were left out because we cannot read them. */
export function createDroppedMetrics(): void {
  const name = 'tally_jira_dropped_parts_total';
  if (register.getSingleMetric(name) !== undefined) return;
  const dropped = new Counter({
    name,
    help: 'Parts of Jira’s answers that were left out because they cannot be read, by what they are.',
    labelNames: ['what'],
  });
  droppedParts.subscribe((message) => {
    const { what, count } = message as DroppedParts;
    dropped.inc({ what }, count);
  });
}

/** Counts what the cache could answer, and shows whether its store answers at all. */
export function createCacheMetrics(isHealthy: () => boolean): NonNullable<CacheOptions['observe']> {
  const name = 'tally_jira_cache_issues_total';
  const issues =
    (register.getSingleMetric(name) as Counter | undefined) ??
    new Counter({
      name,
      help: 'Issues asked of the cache, by outcome: hit, miss, or stale (Jira could not be asked).',
      labelNames: ['outcome'],
    });
  register.removeSingleMetric('tally_jira_cache_up');
  new Gauge({
    name: 'tally_jira_cache_up',
    help: '1 when the cache answers, 0 while everything is asked of Jira.',
    collect() {
      this.set(isHealthy() ? 1 : 0);
    },
  });
  return (outcome, count) => issues.inc({ outcome }, count);
}
