import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { services } from '../../kit/process/services.ts';
import {
  configurationPage,
  environmentExample,
  listVariables,
  renderConfiguration,
  renderExample,
} from '../../scripts/docs-configuration.ts';
import { pages } from './pages.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('docs/configuration.md and env.example', () => {
  it('are fresh: `npm run docs:configuration` writes them', () => {
    expect(readFileSync(configurationPage, 'utf8')).toBe(renderConfiguration());
    expect(readFileSync(environmentExample, 'utf8')).toBe(renderExample());
  });

  it('show every variable that docker-compose.yml and `npm start` take from the environment', () => {
    const example = new Set([...read('env.example').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name));
    const inCompose = [...read('docker-compose.yml').matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name);
    const inStart = [...read('start.ts').matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name]) => name);
    expect([...inCompose, ...inStart].filter((name) => !example.has(name))).toEqual([]);
    expect(inCompose.length + inStart.length).toBeGreaterThan(10);
  });

  it('know every variable of docker-compose.yml and of the Kubernetes base', () => {
    const known = new Set([...listVariables().map(({ name }) => name), 'OTEL_EXPORTER_OTLP_ENDPOINT', 'NODE_OPTIONS']);
    const services: readonly { build?: unknown; environment?: object }[] = Object.values(
      parse(read('docker-compose.yml'), { merge: true }).services,
    );
    const inCompose = services.filter(({ build }) => build !== undefined).flatMap(({ environment = {} }) => Object.keys(environment));
    const inKubernetes = ['router', 'jira', 'voting', 'migrate'].flatMap((name) =>
      [...read(`k8s/base/${name}.yaml`).matchAll(/- \{ name: ([A-Z_]+),/g)].map(([, variable = '']) => variable),
    );
    const names = [...inCompose, ...inKubernetes].map((name) => (known.has(name) ? name : name.replace(/_FILE$/, '')));
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe.each(pages)('%s', (page) => {
  const text = read(page);

  it('names scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const named = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('names files that exist', () => {
    const paths = [...text.matchAll(/`((?:kit|web|prisma|router|subgraphs|scripts|tests|ops|k8s|docs)(?:\/[\w.-]+)*)`/g)].map(
      ([, path = '']) => path,
    );
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = '']) => join(page, '..', link));
    // The built page is in no fresh clone.
    const named = [...paths, ...links].filter((path) => path !== 'web/dist');
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  const text = read('docs/architecture.md');

  it('tells of every part of every service', () => {
    const parts = ['router/src', 'subgraphs/jira/src', 'subgraphs/voting/src'].flatMap((folder) =>
      readdirSync(join(root, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `${folder}/${name}`),
    );
    expect(parts.filter((part) => !text.includes(`\`${part}\``))).toEqual([]);
  });

  it('gives the ports that the services have', () => {
    const defaultOf = (name: string) => listVariables().find((variable) => variable.name === name)?.default;
    for (const [service, { port }] of Object.entries(services)) expect(text).toContain(`${service} :${port}`);
    expect(text).toContain(`webhooks of Jira :${defaultOf('JIRA_WEBHOOK_PORT')}`);
  });
});
