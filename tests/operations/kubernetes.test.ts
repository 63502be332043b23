import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCertificate } from '../../scripts/certs.ts';
import { listMetrics } from '../../scripts/docs-metrics.ts';
import { mains } from '../../scripts/image.ts';
import {
  buildOverlay,
  containersOf,
  findSchemaErrors,
  findTypeErrors,
  hasKubectl,
  type Manifest,
  matches,
  named,
  overlays,
  parseManifests,
  readFiles,
  root,
  workloadsOf,
} from './manifests.ts';
import { hasOpenssl } from './programs.ts';

if (!hasKubectl) process.stderr.write('SKIPPED: there is no kubectl, so no overlay was built (its tests are counted as skipped).\n');

describe('the files of k8s', () => {
  const files = readFiles();

  it('are valid by the schemas of their kinds', async () => {
    expect((await Promise.all(files.map(findSchemaErrors))).flat()).toEqual([]);
  });

  it('have no field that Kubernetes does not know', () => {
    expect(findTypeErrors(files)).toEqual([]);
  });

  it('are those of every kind of object that is rolled out', () => {
    expect(workloadsOf(files).map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(Object.keys(mains)));
  });
});

describe('the Kubernetes checks', () => {
  const plant = (manifest: Manifest, fault: (copy: Manifest) => void): Manifest => {
    const copy = structuredClone(manifest);
    fault(copy);
    return copy;
  };
  const find = (kind: string, name: string): Manifest => {
    const found = readFiles().find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
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
      'a misspelt name in a certificate',
      'Certificate',
      (copy) => {
        copy.spec.renewBefor = '1h';
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

describe.skipIf(!hasKubectl).each(overlays)('k8s/overlays/%s', (overlay) => {
  const manifests = buildOverlay(overlay);
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

  it('names only secrets and config maps that exist, or that secrets.example.yaml shows', () => {
    const examples = parseManifests(readFileSync(join(root, 'k8s/overlays/production/secrets.example.yaml'), 'utf8'));
    const certificates = manifests.filter(({ kind }) => kind === 'Certificate').map(({ spec }) => spec.secretName);
    const known = [...named(manifests, 'Secret'), ...certificates, ...(overlay === 'dev' ? [] : named(examples, 'Secret'))];
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

  it('releases the graph with the router: each version of the Deployment names the ConfigMap of its graph, which nothing removes', () => {
    const router = servers.find(({ metadata }) => metadata.name === 'router');
    const mount = router === undefined ? undefined : containersOf(router)[0]?.volumeMounts?.find(({ name }) => name === 'supergraph');
    expect(mount).toEqual({ name: 'supergraph', mountPath: '/etc/tally/supergraph', readOnly: true });
    const volume = router?.spec.template.spec.volumes.find(({ name }: { name: string }) => name === 'supergraph');
    expect(volume.configMap.name).toMatch(/^supergraph-[a-z0-9]{10}$/);
    const supergraph = manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === volume.configMap.name);
    expect(supergraph?.data?.['supergraph.graphql']).toBe(readFileSync(join(root, 'router/supergraph.graphql'), 'utf8'));
    expect(supergraph?.metadata.annotations).toMatchObject({
      'argocd.argoproj.io/sync-options': 'Prune=false',
      'kustomize.toolkit.fluxcd.io/prune': 'disabled',
    });
  });
});

describe.skipIf(!hasKubectl)('k8s/overlays/production', () => {
  const manifests = buildOverlay('production');
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

  it('scales by a metric that the router has, read by the ServiceMonitor from every service under the name that alerts use', () => {
    expect(listMetrics().map(({ name }) => name)).toContain('tally_router_subscribers');
    const [monitor] = of('ServiceMonitor');
    const selected = of('Service').filter(({ metadata }) => matches(monitor?.spec.selector, metadata.labels ?? {}));
    expect(selected.map(({ metadata }) => metadata.labels?.[monitor?.spec.jobLabel]).sort()).toEqual(['jira', 'router', 'voting']);
    for (const { spec } of selected) {
      const ports: readonly string[] = spec.ports.map(({ name }: { name: string }) => name);
      expect(ports).toEqual(expect.arrayContaining(monitor?.spec.endpoints.map(({ port }: { port: string }) => port)));
    }
  });

  it('spreads the pods of each service over zones and machines', () => {
    for (const { metadata, spec } of of('Deployment')) {
      const constraints: readonly Manifest['spec'][] = spec.template.spec.topologySpreadConstraints;
      expect(constraints.map(({ topologyKey }) => topologyKey)).toEqual(['topology.kubernetes.io/zone', 'kubernetes.io/hostname']);
      expect(constraints.every(({ labelSelector }) => matches(labelSelector, spec.template.metadata.labels))).toBe(true);
      expect(spec.strategy.rollingUpdate, metadata.name).toEqual({ maxSurge: 1, maxUnavailable: 0 });
    }
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

  it('has a certificate for who shows one without being a server', () => {
    const clients = of('Certificate').filter(({ spec }) => spec.usages?.includes('client auth') && !spec.usages.includes('server auth'));
    expect(named(clients, 'Certificate').sort()).toEqual(['gateway', 'migrate']);
  });

  it('goes on with mutual TLS behind the Gateway, which shows a certificate of the authority and checks the name of the one behind', () => {
    const [gateway] = of('Gateway');
    const shown: string = gateway?.spec.tls.backend.clientCertificateRef.name;
    expect(of('Certificate').find(({ spec }) => spec.secretName === shown)?.spec.usages).toContain('client auth');
    const routes = of('HTTPRoute').flatMap(({ spec }) => spec.rules.flatMap(({ backendRefs = [] }: Manifest['spec']) => backendRefs));
    expect(routes).toEqual([
      { name: 'jira', port: 4003 },
      { name: 'router', port: 4000 },
    ]);
    for (const { name, port } of routes) {
      const service = of('Service').find(({ metadata }) => metadata.name === name);
      const portName = service?.spec.ports.find((each: { port: number }) => each.port === port)?.name;
      const policy = of('BackendTLSPolicy').find(
        ({ spec }) => spec.targetRefs[0].name === name && spec.targetRefs[0].sectionName === portName,
      );
      expect(policy?.spec.validation).toEqual({ hostname: name, caCertificateRefs: [{ group: '', kind: 'Secret', name: shown }] });
    }
  });

  it('lets each route in by a listener that there is, and ends no stream', () => {
    const [gateway] = of('Gateway');
    const listeners: readonly string[] = gateway?.spec.listeners.map(({ name }: { name: string }) => name);
    for (const { spec } of of('HTTPRoute'))
      for (const { name, sectionName } of spec.parentRefs) {
        expect(name).toBe(gateway?.metadata.name);
        expect(listeners).toContain(sectionName);
      }
    const main = of('HTTPRoute').find(({ metadata }) => metadata.name === 'tally');
    const [, page] = main?.spec.rules ?? [];
    expect([page.backendRefs[0].name, page.timeouts]).toEqual(['router', { request: '0s' }]);
  });

  it('renews the authority with the same key, before any certificate of it could outlive it', () => {
    const hours = (duration: string) => Number.parseInt(duration, 10);
    const authority = of('Certificate').find(({ spec }) => spec.isCA)?.spec;
    expect(authority.privateKey.rotationPolicy).toBe('Never');
    for (const { spec } of of('Certificate').filter((one) => !one.spec.isCA))
      expect(hours(authority.renewBefore)).toBeGreaterThan(hours(spec.duration));
  });

  it.skipIf(!hasOpenssl)('by which certificates of before and after are good by the authority of before and of after', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tally-authority-'));
    const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
    const renew = (file: string) =>
      openssl(
        'req',
        '-x509',
        '-new',
        '-key',
        'ca.key',
        '-subj',
        '/CN=tally-ca',
        '-days',
        '365',
        '-set_serial',
        String(Date.now()),
        '-out',
        file,
      );
    try {
      openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'ca.key');
      renew('ca.crt');
      createCertificate(folder, 'before');
      cpSync(join(folder, 'ca.crt'), join(folder, 'ca-before.crt'));
      renew('ca.crt');
      createCertificate(folder, 'after');
      for (const authority of ['ca-before.crt', 'ca.crt'])
        for (const name of ['before', 'after'])
          expect(String(openssl('verify', '-CAfile', authority, `${name}.crt`))).toBe(`${name}.crt: OK\n`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('goes on with mutual TLS behind the Ingress, which shows a certificate and checks the name of the one behind', () => {
    const behindIngress = buildOverlay('production-ingress');
    expect(named(behindIngress, 'Certificate')).toContain('ingress');
    expect(behindIngress.filter(({ apiVersion }) => apiVersion.startsWith('gateway.'))).toEqual([]);
    const ingresses = behindIngress.filter(({ kind }) => kind === 'Ingress');
    expect(named(ingresses, 'Ingress')).toEqual(['tally', 'tally-webhooks']);
    for (const { metadata, spec } of ingresses) {
      const [{ backend }] = spec.rules[0].http.paths;
      const annotation = (name: string) => metadata.annotations?.[`nginx.ingress.kubernetes.io/${name}`];
      expect(annotation('backend-protocol')).toBe('HTTPS');
      expect(annotation('proxy-ssl-secret')).toBe('tally/ingress-tls');
      expect(annotation('proxy-ssl-verify')).toBe('on');
      expect(annotation('proxy-ssl-name')).toBe(backend.service.name);
    }
  });

  it('syncs the migration after what it needs and before the services, so that a first install by Argo CD does not wait for itself', () => {
    const waveOf = ({ metadata }: (typeof manifests)[number]): number =>
      Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
    const [job] = of('Job');
    expect(job?.metadata.annotations?.['argocd.argoproj.io/hook']).toBe('Sync');
    const [jobWave = 0] = of('Job').map(waveOf);
    for (const one of ['Namespace', 'ServiceAccount', 'Issuer', 'Certificate'].flatMap(of))
      expect(waveOf(one), one.metadata.name).toBeLessThan(jobWave);
    for (const one of of('Deployment')) expect(waveOf(one), one.metadata.name).toBeGreaterThan(jobWave);
    const subgraphs = of('Deployment').filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === 'subgraph');
    expect(named(subgraphs, 'Deployment').sort()).toEqual(['jira', 'voting']);
    for (const one of of('Deployment').filter(({ metadata }) => metadata.name === 'router'))
      expect(waveOf(one)).toBeGreaterThan(Math.max(...subgraphs.map(waveOf)));
    expect(job?.spec.ttlSecondsAfterFinished).toBeGreaterThan(0);
  });

  it('keeps the heap of Node below the memory limit of its container', () => {
    const megabytes = (amount: string): number => Number.parseInt(amount, 10) * (amount.endsWith('Gi') ? 1024 : 1);
    for (const one of of('Deployment')) {
      const [container] = one.spec.template.spec.containers;
      const options = container.env.find(({ name }: { readonly name: string }) => name === 'NODE_OPTIONS');
      const heap = Number(/--max-old-space-size=(\d+)/.exec(options?.value)?.[1]);
      expect(heap, one.metadata.name).toBeLessThanOrEqual(0.8 * megabytes(container.resources.limits.memory));
      // What voting was seen to use: 305 to 469 MB.
      expect(megabytes(container.resources.requests.memory), one.metadata.name).toBeGreaterThanOrEqual(384);
    }
  });

  it('applies what the migration needs before it: the command of docs/deployment.md selects it', () => {
    const groundwork = manifests.filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === 'groundwork');
    const has = (kind: string, name: string) => groundwork.some((one) => one.kind === kind && one.metadata.name === name);
    const job = groundwork.find(({ kind }) => kind === 'Job');
    const { serviceAccountName, volumes } = job?.spec.template.spec ?? {};
    expect(has('Namespace', job?.metadata.namespace ?? '')).toBe(true);
    expect(has('ServiceAccount', serviceAccountName)).toBe(true);
    const secrets: readonly string[] = volumes.map(({ secret }: { secret: { secretName: string } }) => secret.secretName);
    for (const certificate of of('Certificate').filter(({ spec }) => secrets.includes(spec.secretName) || spec.isCA)) {
      expect(has('Certificate', certificate.metadata.name)).toBe(true);
      expect(has('Issuer', certificate.spec.issuerRef.name)).toBe(true);
    }
    expect(secrets).toEqual(['migrate-tls']);
    const deployment = readFileSync(join(root, 'docs/deployment.md'), 'utf8');
    expect(deployment).toContain('kubectl apply -l app.kubernetes.io/component=groundwork -f -');
  });

  it('keeps WebSockets and event streams open through the Ingress', () => {
    const ingress = buildOverlay('production-ingress').find(({ kind, metadata }) => kind === 'Ingress' && metadata.name === 'tally');
    const annotations = ingress?.metadata.annotations ?? {};
    expect(Number(annotations['nginx.ingress.kubernetes.io/proxy-read-timeout'])).toBeGreaterThanOrEqual(3_600);
    expect(annotations['nginx.ingress.kubernetes.io/proxy-buffering']).toBe('off');
  });
});
