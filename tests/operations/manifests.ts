import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';

export const root = join(import.meta.dirname, '../..');

/** A Kubernetes object, as far as every one of them goes. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  // biome-ignore lint/suspicious/noExplicitAny: their forms are checked by `findTypeErrors`, not by our compiler.
  readonly spec?: any;
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
}

/** True where `kubectl kustomize` can run; it needs no cluster. Without it what asks an overlay is counted as skipped. */
export const hasKubectl = canKustomize();

/** The folders below k8s/overlays. */
export const overlays = ['dev', 'production', 'production-ingress'] as const;

function canKustomize(): boolean {
  try {
    execFileSync('kubectl', ['kustomize', '--help'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The objects that an overlay makes; none without kubectl. */
export function buildOverlay(overlay: (typeof overlays)[number]): readonly Manifest[] {
  if (!hasKubectl) return [];
  const found =
    built.get(overlay) ?? parseManifests(execFileSync('kubectl', ['kustomize', join(root, 'k8s/overlays', overlay)], { encoding: 'utf8' }));
  built.set(overlay, found);
  return found;
}
const built = new Map<string, readonly Manifest[]>();

/** The objects of the files below k8s, before kustomize puts them together: what can be looked at everywhere. */
export function readFiles(): readonly Manifest[] {
  files ??= readdirSync(join(root, 'k8s'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => parseManifests(readFileSync(join(root, 'k8s', file), 'utf8')))
    .filter(({ kind }) => kind !== 'Kustomization');
  return files;
}
let files: readonly Manifest[] | undefined;

export function parseManifests(text: string): readonly Manifest[] {
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
}

const packages: Readonly<Record<string, string>> = {
  'cert-manager.io': '@kubernetes-models/cert-manager',
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
};

/** What is wrong with an object by its JSON schema: types, required fields, values. Unknown fields pass: see `findTypeErrors`. */
export async function findSchemaErrors(manifest: Manifest): Promise<readonly string[]> {
  const [group = ''] = manifest.apiVersion.includes('/') ? manifest.apiVersion.split('/') : [''];
  const module = await import(`${packages[group] ?? 'kubernetes-models'}/${manifest.apiVersion}/${manifest.kind}`);
  try {
    new module[manifest.kind](manifest).validate();
    return [];
  } catch (error) {
    return [`${manifest.kind} ${manifest.metadata.name}: ${error instanceof Error ? error.message : error}`];
  }
}

// What is checked changes, the types do not: to read them was most of each check.
const sources = new Map<string, ts.SourceFile | undefined>();

/** What is wrong with objects by the types of their kinds: unknown fields above all. */
export function findTypeErrors(manifests: readonly Manifest[]): readonly string[] {
  const source = manifests
    .map((manifest, index) => {
      const [group, version] = manifest.apiVersion.includes('/') ? manifest.apiVersion.split('/') : ['core', manifest.apiVersion];
      const own = packages[group ?? ''];
      const type =
        own === undefined
          ? `import('kubernetes-types/${group?.replace(/\.k8s\.io$/, '')}/${version}.js').${manifest.kind}`
          : `import('${own}/${manifest.apiVersion}/${manifest.kind}').I${manifest.kind}`;
      return `export const at${index}: ${type} = ${JSON.stringify(manifest)};`;
    })
    .join('\n');
  const file = join(root, 'tests/operations/manifests.virtual.ts');
  const options: ts.CompilerOptions = { strict: true, noEmit: true, skipLibCheck: true, types: [], module: ts.ModuleKind.NodeNext };
  const host = ts.createCompilerHost(options);
  const read = host.readFile;
  const getSource = host.getSourceFile;
  host.readFile = (name) => (name === file ? source : read(name));
  host.fileExists = (name) => name === file || ts.sys.fileExists(name);
  host.getSourceFile = (name, ...rest) => {
    if (name === file) return ts.createSourceFile(name, source, ts.ScriptTarget.ESNext);
    if (!sources.has(name)) sources.set(name, getSource(name, ...rest));
    return sources.get(name);
  };
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map((found) => {
    const line = found.start === undefined ? 0 : source.slice(0, found.start).split('\n').length - 1;
    const manifest = manifests[line];
    return `${manifest?.kind} ${manifest?.metadata.name}: ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`;
  });
}

/** A container, as far as our policies look at it. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
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
/** What runs containers. */
export const workloadsOf = (manifests: readonly Manifest[]) => manifests.filter(({ kind }) => workloadKinds.includes(kind));
export const containersOf = (workload: Manifest): readonly Container[] => workload.spec.template.spec.containers;
/** The names of the objects of a kind. */
export const named = (manifests: readonly Manifest[], kind: string) =>
  manifests.filter((manifest) => manifest.kind === kind).map(({ metadata }) => metadata.name);
/** Whether a selector of pods selects these labels. */
export const matches = (selector: Manifest['spec'], labels: Readonly<Record<string, string>>): boolean =>
  Object.entries(selector.matchLabels ?? {}).every(([name, value]) => labels[name] === value) &&
  (selector.matchExpressions ?? []).every(({ key, values }: { key: string; values: string[] }) => values.includes(labels[key] ?? ''));
