import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createBoundedLabel } from '../../kit/process/metrics.ts';
import { listMetrics, metricsPage, renderMetrics } from '../../scripts/docs-metrics.ts';
import { alertsManifest, renderAlerts } from '../../scripts/ops-alerts.ts';
import { startWorld, type World } from '../federation/world.ts';
import { hasProgram } from './programs.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: { readonly severity: string };
  readonly annotations?: { readonly summary: string; readonly runbook: string };
}
const rules: readonly Rule[] = parse(read('ops/prometheus/tally.rules.yml')).groups.flatMap(({ rules }: { rules: Rule[] }) => rules);
const alerts = rules.filter(({ alert }) => alert !== undefined);
/** Minutes of series, and hours of them. */
const ruleTests = ['tally.rules.test.yml', 'tally.slow-rules.test.yml'];
interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}
const panels: readonly Panel[] = JSON.parse(read('ops/grafana/dashboards/tally.json')).panels;
const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

/** The names of metrics in an expression, without what a histogram adds. */
const namesIn = (expression: string) =>
  [...expression.matchAll(/\b(?:tally|nodejs|process)_[a-z0-9_]+\b/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, ''));

/** What Prometheus adds to every series, and what a histogram has. */
const commonLabels = ['job', 'instance', 'le'];

/** The labels that an expression selects or groups by and that none of its metrics of ours has; those of the process have none. */
function findUnknownLabels(expression: string): readonly string[] {
  // Labels of other exporters are theirs.
  if (/\b(?:kube|container)_/.test(expression)) return [];
  const labelsOf = new Map(listMetrics().map(({ name, labels }) => [name, labels]));
  const selected = [...expression.matchAll(/\b(tally_[a-z0-9_]+)\{([^}]*)\}/g)].flatMap(([, series = '', matchers = '']) => {
    const known = labelsOf.get(namesIn(series)[0] ?? '') ?? [];
    return [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label).filter((label) => !known.includes(label));
  });
  const all = namesIn(expression).flatMap((name) => labelsOf.get(name) ?? []);
  const grouped = [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', '));
  return [...selected, ...grouped.filter((label) => !all.includes(label))].filter((label) => !commonLabels.includes(label));
}

describe('the metrics', () => {
  let world: World;
  let text = '';

  beforeAll(async () => {
    world = await startWorld();
    const ask = (query: string, authorization?: string) =>
      fetch(world.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
        body: JSON.stringify({ query }),
      }).then((response) => response.json());
    await ask('mutation Open { createSession(title: "Metrics", name: "Robin", deck: "fibonacci") { token } }');
    await ask('query Read { issue(key: "SHOP-1") { summary } }');
    await ask('{ nonsense }');
    text = await (await fetch(new URL('/metrics', world.url))).text();
  });
  afterAll(() => world.stop());

  const readValue = (series: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(series))
        ?.split(' ')
        .at(-1),
    );

  it('tell of what the product did', () => {
    expect(readValue('tally_router_operations_total{operation="Read",kind="query",outcome="ok"}')).toBe(1);
    expect(readValue('tally_router_refusals_total{code="GRAPHQL_VALIDATION_FAILED"}')).toBe(1);
    expect(readValue('tally_subgraph_operations_total{service="jira",kind="query",outcome="ok"}')).toBeGreaterThan(0);
    expect(readValue('tally_jira_cache_issues_total{outcome="miss"}')).toBeGreaterThan(0);
    expect(readValue('tally_jira_requests_total')).toBeGreaterThan(0);
    expect(readValue('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
  });

  it('are all there before anything has happened', () => {
    const missing = listMetrics().filter(({ name }) => !text.includes(`# TYPE ${name} `));
    expect(missing).toEqual([]);
  });

  it('name no session, participant, issue or token in a label', () => {
    expect(text).not.toMatch(/[A-Z]+-\d+"|token|Robin/);
  });

  it.skipIf(!hasProgram('promtool'))('please promtool', () => {
    // prom-client's own gauges of the process have names that promtool does not like.
    const ours = text.split('\n').filter((line) => !line.includes('nodejs_active_'));
    expect(() => execFileSync('promtool', ['check', 'metrics'], { input: ours.join('\n'), stdio: 'pipe' })).not.toThrow();
  });

  it('bound the labels that clients choose', () => {
    const toLabel = createBoundedLabel(3);
    expect(['a', 'b', 'c', 'd', 'e', 'a', undefined].map(toLabel)).toEqual(['a', 'b', 'c', 'other', 'other', 'a', 'anonymous']);
  });

  it('bound the length of those labels, too: a name may be as long as a request', () => {
    const toLabel = createBoundedLabel(1);
    expect(['n'.repeat(101), 'n'.repeat(100)].map(toLabel)).toEqual(['other', 'n'.repeat(100)]);
  });

  it('are those of docs/metrics.md: `npm run docs:metrics` writes it', () => {
    expect(readFileSync(metricsPage, 'utf8')).toBe(renderMetrics());
  });
});

describe('the alerts', () => {
  it('are the same for Prometheus and for Kubernetes: `npm run ops:alerts` writes the latter', () => {
    expect(readFileSync(alertsManifest, 'utf8')).toBe(renderAlerts());
  });

  it('speak of metrics that exist', () => {
    const known = new Set(listMetrics().map(({ name }) => name));
    const ours = rules.flatMap(({ expr }) => namesIn(expr)).filter((name) => name.startsWith('tally_'));
    expect(ours.filter((name) => !known.has(name))).toEqual([]);
  });

  it('select and group by labels that those metrics have', () => {
    expect(findUnknownLabels('sum by (code) (rate(tally_router_refusals_total{kod="x"}[5m]))')).toEqual(['kod']);
    expect(findUnknownLabels('sum by (kod) (tally_router_refusals_total)')).toEqual(['kod']);
    expect(rules.flatMap(({ expr }) => findUnknownLabels(expr))).toEqual([]);
  });

  it.each(alerts)('have a paragraph in docs/operations.md: $alert', ({ alert = '', labels, annotations }) => {
    expect(annotations?.runbook).toBe(`docs/operations.md#${alert.toLowerCase()}`);
    expect(['page', 'ticket', 'watchdog']).toContain(labels?.severity);
    expect(read('docs/operations.md')).toMatch(new RegExp(`^### ${alert}$`, 'm'));
  });

  it.each(alerts.filter(({ labels }) => labels?.severity !== 'watchdog'))('are tested firing and keeping still: $alert', ({ alert }) => {
    const names = ruleTests
      .flatMap((file) => (parse(read(`ops/prometheus/${file}`)) as { tests: readonly { name: string }[] }).tests)
      .map(({ name }) => name);
    expect([names.includes(`${alert} fires`), names.includes(`${alert} keeps still`)]).toEqual([true, true]);
  });

  it.skipIf(!hasProgram('promtool'))(
    'fire when they should, and keep still when they should',
    () => {
      // A seventh of its work was to collect garbage.
      const options = { cwd: join(root, 'ops/prometheus'), encoding: 'utf8', env: { ...process.env, GOGC: '400' } } as const;
      const run = (...args: string[]) => execFileSync('promtool', args, options);
      expect(run('check', 'config', 'prometheus.yml')).toContain('SUCCESS');
      for (const file of ruleTests) expect(run('test', 'rules', file), file).toContain('SUCCESS');
    },
    120_000,
  );

  it.skipIf(!hasProgram('amtool'))('go to the pager when they are to wake somebody', () => {
    const file = join(root, 'ops/alertmanager/alertmanager.yml');
    const receiver = (severity: string) =>
      execFileSync('amtool', ['config', 'routes', 'test', `--config.file=${file}`, `severity=${severity}`], {
        stdio: 'pipe',
        encoding: 'utf8',
      }).trim();
    expect(['page', 'ticket', 'watchdog'].map(receiver)).toEqual(['pager', 'tickets', 'watchdog']);
  });
});

describe('the dashboard', () => {
  it('speaks of metrics that exist', () => {
    const known = new Set(listMetrics().map(({ name }) => name));
    const ours = queries.flatMap(namesIn).filter((name) => name.startsWith('tally_'));
    expect(ours.filter((name) => !known.has(name))).toEqual([]);
  });

  it('selects and groups by labels that those metrics have', () => {
    expect(queries.flatMap(findUnknownLabels)).toEqual([]);
  });

  it('shows every metric of ours', () => {
    const shown = new Set(queries.flatMap(namesIn));
    const absent = listMetrics().filter(({ name }) => !shown.has(name));
    expect(absent.map(({ name }) => name)).toEqual([
      'tally_router_subgraph_requests_total',
      'tally_subgraph_operation_seconds',
      'tally_subgraph_operations_total',
      'tally_voting_events_total',
    ]);
  });

  it.skipIf(!hasProgram('promtool'))('has only expressions that Prometheus understands', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tally-dashboard-'));
    try {
      const file = join(folder, 'rules.json');
      const synthetic = queries.map((expr, index) => ({
        record: `panel:${index}`,
        expr: expr.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*'),
      }));
      writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules: synthetic }] }));
      expect(execFileSync('promtool', ['check', 'rules', file], { encoding: 'utf8' })).toContain(`${queries.length} rules found`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is where Grafana is told to look', () => {
    const [provider] = parse(read('ops/grafana/provisioning/dashboards/tally.yml')).providers;
    expect(read('docker-compose.yml')).toContain(`./ops/grafana/dashboards:${provider.options.path}:ro`);
    expect(existsSync(join(root, 'ops/grafana/dashboards/tally.json'))).toBe(true);
  });
});
