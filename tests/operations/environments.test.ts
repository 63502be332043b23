import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig as readRouter } from '../../router/src/config.ts';
import { listVariables } from '../../scripts/docs-configuration.ts';
import { readConfig as readJira } from '../../subgraphs/jira/src/config.ts';
import { readConfig as readVoting } from '../../subgraphs/voting/src/config.ts';
import { buildOverlay, hasKubectl, type Manifest, overlays, parseManifests, root } from './manifests.ts';

type Environment = Readonly<Record<string, string>>;

const readers = { router: readRouter, jira: readJira, voting: readVoting } as const;
const services = Object.keys(readers) as (keyof typeof readers)[];

/** What the image itself sets (Dockerfile). */
const imageEnvironment = { NODE_ENV: 'production', HOST: '0.0.0.0', MANAGEMENT_PORT: '9464' };

describe('with the environment of docker-compose.yml', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tally-environment-'));
  const { services: given } = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true });

  beforeAll(() => execFileSync('sh', [join(root, 'ops/secrets.sh'), folder]));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** As compose does it where no variable is set. */
  const resolve = (text: string) => text.replace(/\$\{\w+:?-([^}]*)\}/g, '$1').replace('/run/secrets', folder);

  it.each(services)('%s starts', (service) => {
    const environment = Object.fromEntries(
      Object.entries(given[service].environment as Environment).map(([name, value]) => [name, resolve(String(value))]),
    );
    expect(() => readers[service]({ ...imageEnvironment, ...environment })).not.toThrow();
  });

  it.each(services)('%s would not start with one of its secrets missing', (service) => {
    const environment = Object.entries(given[service].environment as Environment).filter(([name]) => !name.endsWith('_SECRET_FILE'));
    const resolved = Object.fromEntries(environment.map(([name, value]) => [name, resolve(String(value))]));
    expect(() => readers[service]({ ...imageEnvironment, ...resolved })).toThrow(/_SECRET: /);
  });
});

describe('with the example of docs/deployment.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tally-example-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const page = readFileSync(join(root, 'docs/deployment.md'), 'utf8');
  const known = new Set(listVariables().map(({ name }) => name));

  /** The block that begins with the service's name; the files that it names are made here. */
  const readExample = (service: string): Environment => {
    const [, block = ''] = new RegExp(`^\`\`\`ini\\n# ${service}\\n([^\`]+)\`\`\``, 'm').exec(page) ?? [];
    const lines = block.trim().split('\n');
    return Object.fromEntries(
      lines.map((line) => {
        const [name = '', value = ''] = line.split(/=(.*)/s);
        if (!value.startsWith('/etc/tally/')) return [name, value];
        const file = join(folder, basename(value));
        writeFileSync(
          file,
          name.startsWith('DATABASE_URL') ? 'postgres://tally:secret@postgres.internal/tally' : 'a secret of enough characters',
        );
        return [name, file];
      }),
    );
  };

  it.each(services)('%s starts, reads each of its variables, and would not start without what the example gives it', (service) => {
    const environment = readExample(service);
    expect(() => readers[service](environment)).not.toThrow();
    const names = Object.keys(environment);
    expect(names.filter((name) => !known.has(name) && !known.has(name.replace(/_FILE$/, '')))).toEqual([]);
    const { OIDC_AUDIENCE, JIRA_API_TOKEN_FILE, JIRA_SERVICE_URL, ...rest } = environment;
    expect(() => readers[service](rest)).toThrow(/AUDIENCE|JIRA_/);
  });
});

describe.skipIf(!hasKubectl).each(overlays)('with the environment of k8s/overlays/%s', (overlay) => {
  const manifests = buildOverlay(overlay);
  const examples = parseManifests(readFileSync(join(root, 'k8s/overlays/production/secrets.example.yaml'), 'utf8'));

  const find = (kind: string, name: string): Manifest | undefined =>
    [...manifests, ...(overlay === 'dev' ? [] : examples)].find((one) => one.kind === kind && one.metadata.name === name);
  const readSecret = (name: string, key: string): string | undefined => {
    const secret = find('Secret', name);
    const encoded = secret?.data?.[key];
    return encoded === undefined ? secret?.stringData?.[key] : Buffer.from(encoded, 'base64').toString('utf8');
  };

  it.each(services)('%s starts', (service) => {
    const [container] = find('Deployment', service)?.spec.template.spec.containers ?? [];
    const common = find('ConfigMap', container.envFrom[0].configMapRef.name)?.data ?? {};
    const own = container.env.flatMap(({ name, value, valueFrom }: Manifest['spec']) => {
      const given = value ?? readSecret(valueFrom.secretKeyRef.name, valueFrom.secretKeyRef.key);
      if (given === undefined) expect(valueFrom.secretKeyRef.optional, name).toBe(true);
      return given === undefined ? [] : [[name, given]];
    });
    const environment: Record<string, string> = { ...imageEnvironment, ...common, ...Object.fromEntries(own) };
    // The ConfigMap's file, where this test has it.
    if (service === 'router') environment['SUPERGRAPH_FILE'] = join(root, 'router/supergraph.graphql');
    expect(() => readers[service](environment)).not.toThrow();
  });
});
