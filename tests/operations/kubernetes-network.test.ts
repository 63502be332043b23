import { describe, expect, it } from 'vitest';
import { buildOverlay, containersOf, hasKubectl, type Manifest, matches, named, overlays, workloadsOf } from './manifests.ts';
import { variablesOf } from './variables.ts';

/** OpenShift's listens elsewhere. */
const dns = [53, 5353];
/** The namespace of whoever brings clients in. */
const entrances: Readonly<Record<string, string>> = { production: 'envoy-gateway-system', 'production-ingress': 'ingress-nginx' };

/** Where a service connects to because of a variable. The router's OIDC_ISSUER is for the page: browsers go there, not the router. */
const ports: Readonly<Record<string, number>> = {
  JIRA_SERVICE_URL: 4001,
  VOTING_SERVICE_URL: 4002,
  DATABASE_URL: 5432,
  REDIS_URL: 6379,
  CACHE_REDIS_URL: 6379,
  JIRA_URL: 443,
  OIDC_ISSUER: 443,
};

describe.skipIf(!hasKubectl).each(overlays)('the network of k8s/overlays/%s', (overlay) => {
  const manifests = buildOverlay(overlay);
  const workloads = workloadsOf(manifests);
  const servers = workloads.filter(({ kind }) => kind !== 'Job');
  const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
  const policiesFor = (name: string) => policies.filter(({ spec }) => matches(spec.podSelector, { 'app.kubernetes.io/name': name }));

  it('denies all traffic but what a policy of the server allows, on ports that it has', () => {
    expect(policies.find(({ metadata }) => metadata.name === 'default-deny')?.spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
    for (const service of named(manifests, 'Service')) {
      const ingress = policies.find(({ metadata, spec }) => metadata.name === service && spec.ingress !== undefined);
      const server = servers.find(({ metadata }) => metadata.name === service);
      const ports = server === undefined ? [] : containersOf(server).flatMap((container) => container.ports ?? []);
      const allowed: number[] = ingress?.spec.ingress.flatMap((rule: Manifest['spec']) =>
        rule.ports.map(({ port }: { port: number }) => port),
      );
      expect(allowed?.length, service).toBeGreaterThan(0);
      expect(
        ports.map(({ containerPort }) => containerPort),
        service,
      ).toEqual(expect.arrayContaining(allowed));
      expect(
        ingress?.spec.ingress.every((rule: Manifest['spec']) => rule.from.length > 0),
        service,
      ).toBe(true);
    }
  });

  it('lets callers out where the callee lets them in', () => {
    for (const policy of policies) {
      for (const { from, ports } of policy.spec.ingress ?? []) {
        for (const { podSelector } of from) {
          const caller = podSelector?.matchLabels['app.kubernetes.io/name'];
          if (caller === undefined) continue;
          const exits = policies
            .filter(({ spec }) => matches(spec.podSelector, { 'app.kubernetes.io/name': caller }))
            .flatMap(({ spec }) => spec.egress ?? [])
            .filter(({ to }) =>
              to.some((peer: Manifest['spec']) => peer.podSelector?.matchLabels?.['app.kubernetes.io/name'] === policy.metadata.name),
            );
          expect(
            exits.flatMap((exit) => exit.ports),
            `${caller} → ${policy.metadata.name}`,
          ).toEqual(expect.arrayContaining(ports));
        }
      }
    }
  });

  it.each(Object.keys(variablesOf))('lets %s out to where its variables lead, and to nowhere else', (name) => {
    const workload = workloads.find(({ metadata }) => metadata.name === name);
    const [container] = workload === undefined ? [] : containersOf(workload);
    const maps = (container?.envFrom ?? []).map(({ configMapRef }) => configMapRef.name);
    const shared = manifests.filter(({ kind, metadata }) => kind === 'ConfigMap' && maps.includes(metadata.name));
    const set = [...(container?.env ?? []).map((variable) => variable.name), ...shared.flatMap(({ data = {} }) => Object.keys(data))];
    const isRead = (variable: string) => variablesOf[name]?.includes(variable) && !(name === 'router' && variable === 'OIDC_ISSUER');
    const needed = set.filter(isRead).flatMap((variable) => ports[variable] ?? []);
    if (set.includes('OTEL_EXPORTER_OTLP_ENDPOINT')) needed.push(4318);
    // The simulator's port, in place of Jira's.
    const expected = new Set([
      ...dns,
      ...(overlay === 'dev' && name === 'jira' ? [...needed.filter((port) => port !== 443), 4010] : needed),
    ]);
    const open: number[] = policiesFor(name).flatMap(({ spec }) =>
      (spec.egress ?? []).flatMap((rule: Manifest['spec']) => rule.ports.map(({ port }: { port: number }) => port)),
    );
    expect([...new Set(open)].sort()).toEqual([...expected].sort());
  });

  it('lets each server be reached by whom it serves, and by nobody else', () => {
    const edges = named(manifests, 'Service').flatMap((name) =>
      policiesFor(name).flatMap(({ spec }) =>
        (spec.ingress ?? []).flatMap((rule: Manifest['spec']) =>
          rule.from.map(({ podSelector, namespaceSelector }: Manifest['spec']) => {
            const who = podSelector?.matchLabels['app.kubernetes.io/name'] ?? namespaceSelector.matchLabels['kubernetes.io/metadata.name'];
            return `${who} → ${name}:${rule.ports.map(({ port }: { port: number }) => port).join()}`;
          }),
        ),
      ),
    );
    const inside = [
      'migrate → postgres:5432',
      'voting → postgres:5432',
      'jira → redis:6379',
      'router → redis:6379',
      'jira → simulator:4010',
    ];
    expect(edges.sort()).toEqual(
      [
        ...(overlay === 'dev' ? [] : [`${entrances[overlay]} → router:4000`, `${entrances[overlay]} → jira:4003`]),
        'router → jira:4001',
        'voting → jira:4001',
        'router → voting:4002',
        ...['router', 'jira', 'voting'].map((name) => `monitoring → ${name}:9464`),
        ...(overlay === 'dev' ? inside : []),
      ].sort(),
    );
  });

  it.skipIf(overlay === 'dev')(
    'lets the entrance reach what answers challenges of HTTP-01, a Jira inside be reached, and both protocols be used',
    () => {
      const [solver] = policies.filter(({ spec }) => spec.podSelector.matchLabels?.['acme.cert-manager.io/http01-solver'] === 'true');
      expect(solver?.spec.ingress[0]).toEqual({
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': entrances[overlay] } } }],
        ports: [{ protocol: 'TCP', port: 8089 }],
      });
      const outside = policies.find(({ metadata }) => metadata.name === 'to-jira-and-identity-provider');
      const ranges: readonly string[] = outside?.spec.egress.flatMap(({ to }: Manifest['spec']) =>
        to.map(({ ipBlock }: { ipBlock: { cidr: string } }) => ipBlock.cidr),
      );
      expect(ranges).toEqual(['0.0.0.0/0', '::/0', expect.stringMatching(/^10\./)]);
    },
  );
});
