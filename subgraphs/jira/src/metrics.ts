import { Counter, Histogram, register } from 'prom-client';
import type { JiraClientOptions } from './issues/jira-client.ts';

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
