import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mains } from '../../scripts/image.ts';
import { buildOverlay, findSchemaErrors, findTypeErrors, hasKubectl, type Manifest, parseManifests, root } from './manifests.ts';

// Without kubectl these tests are counted as skipped.
const overlays = hasKubectl() ? ['dev', 'production'] : [];

interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly valueFrom?: { readonly secretKeyRef: SecretKey } }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly resources: unknown;
  readonly securityContext: unknown;
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly volumeMounts?: readonly { readonly name: string }[];
}
interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string };
}
interface SecretKey {
  readonly name: string;
  readonly key: string;
  readonly optional?: boolean;
}

const workloadKinds = ['Deployment', 'StatefulSet', 'Job'];
const workloadsOf = (manifests: readonly Manifest[]) => manifests.filter(({ kind }) => workloadKinds.includes(kind));
const containersOf = (workload: Manifest): readonly Container[] => workload.spec.template.spec.containers;
const named = (manifests: readonly Manifest[], kind: string) =>
  manifests.filter((manifest) => manifest.kind === kind).map(({ metadata }) => metadata.name);
const matches = (selector: Manifest['spec'], labels: Readonly<Record<string, string>>): boolean =>
  Object.entries(selector.matchLabels ?? {}).every(([name, value]) => labels[name] === value) &&
  (selector.matchExpressions ?? []).every(({ key, values }: { key: string; values: string[] }) => values.includes(labels[key] ?? ''));

describe.skipIf(overlays.length === 0)('the Kubernetes checks', () => {
  const plant = (manifest: Manifest, fault: (copy: Manifest) => void): Manifest => {
    const copy = structuredClone(manifest);
    fault(copy);
    return copy;
  };
  const find = (kind: string, name: string): Manifest => {
    const found = buildOverlay('k8s/overlays/production').find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
    if (found === undefined) throw new Error(`There is no ${kind} ${name}.`);
    return found;
  };

  it.each<[string, string, (copy: Manifest) => void]>([
    [
      'a misspelt port',
      'Deployment',
      (copy) => {
        copy.spec.template.spec.containers[0].ports[0].containerPrt = 1;
      },
    ],
    [
      'a misspelt limit',
      'PodDisruptionBudget',
      (copy) => {
        copy.spec.minAvailible = 1;
      },
    ],
    [
      'a misspelt selector',
      'NetworkPolicy',
      (copy) => {
        copy.spec.podSelecter = {};
      },
    ],
  ])('catch %s as an unknown field', (_fault, kind, fault) => {
    expect(findTypeErrors([plant(find(kind, 'router'), fault)])).toHaveLength(1);
  });

  it.each<[string, string, (copy: Manifest) => void]>([
    [
      'a number in words',
      'Deployment',
      (copy) => {
        copy.spec.minReadySeconds = 'two';
      },
    ],
    [
      'a missing maximum',
      'HorizontalPodAutoscaler',
      (copy) => {
        delete copy.spec.maxReplicas;
      },
    ],
    [
      'a certificate of nobody',
      'Certificate',
      (copy) => {
        delete copy.spec.issuerRef;
      },
    ],
  ])('catch %s', async (_fault, kind, fault) => {
    expect(await findSchemaErrors(plant(find(kind, 'router'), fault))).toHaveLength(1);
  });
});

describe.each(overlays)('k8s/overlays/%s', (overlay) => {
  const manifests = buildOverlay(`k8s/overlays/${overlay}`);
  const workloads = workloadsOf(manifests);
  const servers = workloads.filter(({ kind }) => kind !== 'Job');

  it('is valid by the schemas of its kinds', async () => {
    expect((await Promise.all(manifests.map(findSchemaErrors))).flat()).toEqual([]);
  });

  it('has no field that Kubernetes does not know', () => {
    expect(findTypeErrors(manifests)).toEqual([]);
  });

  it('runs nothing as a superuser, and gives no program more rights than it needs', () => {
    for (const workload of workloads) {
      const { securityContext, automountServiceAccountToken } = workload.spec.template.spec;
      expect(securityContext, workload.metadata.name).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      expect(automountServiceAccountToken, workload.metadata.name).toBe(false);
      for (const container of containersOf(workload)) {
        expect(container.securityContext, container.name).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
      }
    }
  });

  it('requests and limits processor and memory of every container', () => {
    for (const container of workloads.flatMap(containersOf)) {
      const amounts = { cpu: expect.any(String), memory: expect.any(String) };
      expect(container.resources, container.name).toEqual({ requests: amounts, limits: amounts });
    }
  });

  it('asks every server whether it is ready and alive, on paths that it serves', () => {
    for (const container of servers.flatMap(containersOf)) {
      expect(container.readinessProbe, container.name).toBeDefined();
      expect(container.livenessProbe, container.name).toBeDefined();
      if (!['router', 'jira', 'voting'].includes(container.name)) continue;
      const probes = [container.startupProbe, container.readinessProbe, container.livenessProbe].map((probe) => probe?.httpGet);
      expect(probes).toEqual([
        { path: '/health/live', port: 'management' },
        { path: '/health/ready', port: 'management' },
        { path: '/health/live', port: 'management' },
      ]);
    }
  });

  it('names a version of every image', () => {
    const images = workloads.flatMap(containersOf).map(({ image }) => image);
    expect(images.filter((image) => !/:\d+\.\d+\.?\d*/.test(image))).toEqual([]);
  });

  it('gives every Service the pods and the port that it names', () => {
    for (const service of manifests.filter(({ kind }) => kind === 'Service')) {
      const behind = servers.filter(({ spec }) => matches({ matchLabels: service.spec.selector }, spec.template.metadata.labels));
      expect(behind.map(({ metadata }) => metadata.name)).toEqual([service.metadata.name]);
      const ports = behind.flatMap(containersOf).flatMap((container) => container.ports ?? []);
      for (const { port, targetPort } of service.spec.ports)
        expect(ports.find(({ name }) => name === targetPort)?.containerPort, `${service.metadata.name} ${targetPort}`).toBe(port);
    }
  });

  it('denies all traffic but what a policy of the server allows, on ports that it has', () => {
    const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
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
    const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
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

  it('names only secrets and config maps that exist, or that secrets.example.yaml shows', () => {
    const examples = parseManifests(readFileSync(join(root, 'k8s/overlays/production/secrets.example.yaml'), 'utf8'));
    const certificates = manifests.filter(({ kind }) => kind === 'Certificate').map(({ spec }) => spec.secretName);
    const known = [...named(manifests, 'Secret'), ...certificates, ...(overlay === 'production' ? named(examples, 'Secret') : [])];
    const maps = named(manifests, 'ConfigMap');
    for (const workload of workloads) {
      const { volumes = [] } = workload.spec.template.spec;
      for (const volume of volumes) {
        if (volume.secret !== undefined) expect(known).toContain(volume.secret.secretName);
        if (volume.configMap !== undefined) expect(maps).toContain(volume.configMap.name);
      }
      for (const container of containersOf(workload)) {
        for (const mount of container.volumeMounts ?? []) {
          const claims = (workload.spec.volumeClaimTemplates ?? []).map(({ metadata }: Manifest) => metadata.name);
          expect([...volumes.map(({ name }: { name: string }) => name), ...claims]).toContain(mount.name);
        }
        for (const { name, valueFrom } of container.env ?? []) {
          if (valueFrom === undefined) continue;
          expect(known, name).toContain(valueFrom.secretKeyRef.name);
        }
      }
    }
  });

  it('disrupts one pod of a service at a time', () => {
    expect(named(manifests, 'PodDisruptionBudget').sort()).toEqual(['jira', 'router', 'voting']);
  });

  it('reloads the supergraph in running routers: the ConfigMap keeps its name, and is mounted as a folder', () => {
    const router = servers.find(({ metadata }) => metadata.name === 'router');
    const mount = router === undefined ? undefined : containersOf(router)[0]?.volumeMounts?.find(({ name }) => name === 'supergraph');
    expect(mount).toEqual({ name: 'supergraph', mountPath: '/etc/tally/supergraph', readOnly: true });
    const supergraph = manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'supergraph');
    expect(supergraph?.data?.['supergraph.graphql']).toBe(readFileSync(join(root, 'router/supergraph.graphql'), 'utf8'));
  });
});

describe.skipIf(overlays.length === 0)('k8s/overlays/production', () => {
  const manifests = overlays.length === 0 ? [] : buildOverlay('k8s/overlays/production');
  const of = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);

  it('leaves the simulator and the storage out', () => {
    expect(
      workloadsOf(manifests)
        .map(({ metadata }) => metadata.name)
        .sort(),
    ).toEqual(
      Object.keys(mains)
        .filter((name) => name !== 'simulator')
        .sort(),
    );
    expect(of('Secret')).toEqual([]);
  });

  it('scales what exists, the router by its subscriptions, too', () => {
    const targets = of('HorizontalPodAutoscaler').map(({ spec }) => spec.scaleTargetRef.name);
    expect(targets.sort()).toEqual(named(manifests, 'Deployment').sort());
    const router = of('HorizontalPodAutoscaler').find(({ metadata }) => metadata.name === 'router');
    expect(router?.spec.metrics.map((metric: Manifest['spec']) => metric.pods?.metric.name ?? metric.resource.name)).toEqual([
      'cpu',
      'tally_router_subscribers',
    ]);
  });

  it('has a certificate for each server under the names that others call it by', () => {
    for (const name of named(manifests, 'Deployment')) {
      const certificate = of('Certificate').find(({ metadata }) => metadata.name === name);
      expect(certificate?.spec).toMatchObject({
        commonName: name,
        secretName: `${name}-tls`,
        usages: expect.arrayContaining(['server auth', 'client auth']),
      });
      expect(certificate?.spec.dnsNames).toEqual([name, `${name}.tally`, `${name}.tally.svc`, `${name}.tally.svc.cluster.local`]);
    }
  });

  it('keeps WebSockets and event streams open through the Ingress', () => {
    const [ingress] = of('Ingress');
    const annotations = ingress?.metadata.annotations ?? {};
    expect(Number(annotations['nginx.ingress.kubernetes.io/proxy-read-timeout'])).toBeGreaterThanOrEqual(3_600);
    expect(annotations['nginx.ingress.kubernetes.io/proxy-buffering']).toBe('off');
  });
});
