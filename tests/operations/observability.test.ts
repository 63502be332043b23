import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { hasProgram } from './programs.ts';

// What Grafana and the collector themselves would say cannot be asked here: their programs are no Debian packages.
const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { services } = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, { image: string; volumes?: string[] }>;
};

/** `host:port` of an address, with or without a scheme. */
const toHost = (address: string) => address.replace(/^\w+:\/\//, '').split(/[:/]/)[0] ?? '';

describe('ops/prometheus and ops/alertmanager', () => {
  it.skipIf(!hasProgram('amtool'))('have a configuration that Alertmanager accepts', () => {
    const said = execFileSync('amtool', ['check-config', join(root, 'ops/alertmanager/alertmanager.yml')], { encoding: 'utf8' });
    expect(said).toContain('SUCCESS');
  });

  it('scrape the services of docker-compose.yml on their management port, and tell its Alertmanager', () => {
    const { scrape_configs: scrapes, alerting } = parse(read('ops/prometheus/prometheus.yml'));
    const targets: readonly string[] = scrapes.flatMap(({ static_configs: configs }: { static_configs: { targets: string[] }[] }) =>
      configs.flatMap((config) => config.targets),
    );
    expect(
      targets
        .filter((target) => target.endsWith(':9464'))
        .map(toHost)
        .sort(),
    ).toEqual(['jira', 'router', 'voting']);
    const managers: readonly string[] = alerting.alertmanagers[0].static_configs[0].targets;
    expect(managers.map(toHost).filter((host) => services[host] === undefined)).toEqual([]);
  });
});

describe('ops/grafana', () => {
  const { datasources } = parse(read('ops/grafana/provisioning/datasources/prometheus.yml')) as {
    datasources: readonly { uid: string; type: string; url: string }[];
  };

  it('has data sources that are services of docker-compose.yml', () => {
    expect(datasources.map(({ url }) => toHost(url)).filter((host) => services[host] === undefined)).toEqual([]);
  });

  it.each(readdirSync(join(root, 'ops/grafana/dashboards')))(
    'has in %s panels of its own data sources, each with a place and a unit',
    (file) => {
      const board = JSON.parse(read(`ops/grafana/dashboards/${file}`));
      expect(board).toMatchObject({
        uid: expect.stringMatching(/^[\w-]{1,40}$/),
        title: expect.any(String),
        schemaVersion: expect.any(Number),
      });
      const known = datasources.map(({ uid, type }) => JSON.stringify({ type, uid }));
      const ids = new Set<number>();
      for (const { id, title, type, datasource, targets, gridPos, fieldConfig } of board.panels) {
        expect(ids.has(id), title).toBe(false);
        ids.add(id);
        expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
        if (type === 'row') continue;
        expect(known, title).toContain(JSON.stringify({ type: datasource.type, uid: datasource.uid }));
        expect(targets.length, title).toBeGreaterThan(0);
        expect(fieldConfig.defaults.unit, title).toEqual(expect.any(String));
        const refs: readonly string[] = targets.map(({ refId }: { refId: string }) => refId);
        expect(new Set(refs).size, title).toBe(refs.length);
      }
    },
  );

  it('puts no panel on another', () => {
    const { panels } = JSON.parse(read('ops/grafana/dashboards/tally.json'));
    const taken = new Set<string>();
    for (const { title, gridPos } of panels) {
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(taken.has(`${x},${y}`), title).toBe(false);
          taken.add(`${x},${y}`);
        }
      }
    }
  });
});

describe('ops/otel/collector.yaml', () => {
  const { service, ...parts } = parse(read('ops/otel/collector.yaml'));

  it('has pipelines of parts that it defines, and no part that no pipeline uses', () => {
    for (const kind of ['receivers', 'processors', 'exporters']) {
      const used = Object.values<Record<string, string[]>>(service.pipelines).flatMap((pipeline) => pipeline[kind] ?? []);
      expect([...new Set(used)].sort(), kind).toEqual(Object.keys(parts[kind]).sort());
    }
  });

  it('listens where the documents send traces, and exports to a service of docker-compose.yml', () => {
    const port = String(parts.receivers.otlp.protocols.http.endpoint).split(':')[1];
    expect(read('docs/deployment.md')).toContain(`http://otel-collector:${port}`);
    expect(services[toHost(parts.exporters['otlp/jaeger'].endpoint)]).toBeDefined();
  });
});
