import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBreaches } from '../scripts/walls/check.ts';
import { walls } from '../scripts/walls/rows.ts';

const root = join(import.meta.dirname, '..');

interface Violation {
  readonly rule: string;
  readonly file: string;
  readonly code: string;
  readonly lint: string;
}

const restricted = 'lint/style/noRestrictedImports';

const violations: readonly Violation[] = [
  {
    rule: 'the router makes no ApolloGateway',
    file: 'router/src/planted.ts',
    code: "import { ApolloGateway } from '@apollo/gateway';\nnew ApolloGateway();\n",
    lint: restricted,
  },
  {
    rule: 'a promise is awaited',
    file: 'kit/planted.ts',
    code: 'async function save() {}\nsave();\n',
    lint: 'lint/nursery/noFloatingPromises',
  },
  {
    rule: 'only mains read the environment',
    file: 'kit/planted.ts',
    code: "export const home = process.env['HOME'];\n",
    lint: 'lint/style/noProcessEnv',
  },
  { rule: 'nobody uses the console', file: 'kit/planted.ts', code: "console.log('hello');\n", lint: 'lint/suspicious/noConsole' },
  { rule: 'nothing is exported by default', file: 'kit/planted.ts', code: 'export default 1;\n', lint: 'lint/style/noDefaultExport' },
  {
    rule: "the page keeps React's rules",
    file: 'web/src/planted.tsx',
    code: "import { useState } from 'react';\nexport function Planted(p: { on: boolean }) {\n  if (p.on) useState(0);\n  return null;\n}\n",
    lint: 'lint/correctness/useHookAtTopLevel',
  },
];

const allowed: readonly Omit<Violation, 'lint'>[] = [
  { rule: 'a main may read the environment', file: 'router/src/main.ts', code: "export const home = process.env['HOME'];\n" },
];

let house: string;

beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), 'tally-boundaries-'));
  await cp(join(root, 'biome.json'), join(house, 'biome.json'));
  await cp(join(root, 'package.json'), join(house, 'package.json'));
  await writeFile(join(house, '.gitignore'), 'node_modules\n');
  await symlink(join(root, 'node_modules'), join(house, 'node_modules'));
});

afterAll(() => rm(house, { recursive: true, force: true }));

/** The lint rules that Biome reports for a file with this code at this place, by our own biome.json. */
async function lint(file: string, code: string): Promise<string[]> {
  const path = join(house, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, code);
  const output = await new Promise<string>((resolve) => {
    const biome = join(root, 'node_modules/.bin/biome');
    execFile(biome, ['lint', '--reporter=json', file], { cwd: house }, (_error, stdout) => resolve(stdout));
  });
  await rm(path);
  const report = JSON.parse(output) as { diagnostics: { category: string; severity: string }[] };
  return report.diagnostics.filter(({ severity }) => severity === 'error').map(({ category }) => category);
}

describe('the linter', () => {
  it.each(violations)('reports it when $rule is broken ($file)', async ({ file, code, lint: expected }) => {
    expect(await lint(file, code)).toContain(expected);
  });

  it('reports it when two modules import each other', async () => {
    await mkdir(join(house, 'kit'), { recursive: true });
    await writeFile(join(house, 'kit/other.ts'), "import { one } from './planted.ts';\nexport const other = () => one;\n");
    const found = await lint('kit/planted.ts', "import { other } from './other.ts';\nexport const one = () => other;\n");
    await rm(join(house, 'kit/other.ts'));
    expect(found).toContain('lint/suspicious/noImportCycles');
  });

  it.each(allowed)('says nothing where $rule ($file)', async ({ file, code }) => {
    expect(await lint(file, code)).toEqual([]);
  });
});

const voting = 'subgraphs/voting/src';
const jira = 'subgraphs/jira/src';

/** For each wall imports that it must refuse, as if from a file of its place to a file that exists. */
const planted: Readonly<Record<string, readonly string[]>> = {
  'kit/process': ['kit/subgraph/masking.ts', `${voting}/config.ts`],
  'kit/subgraph': [`${voting}/domain/model.ts`, 'router/src/errors.ts'],
  prisma: [`${voting}/store/rows.ts`],
  [voting]: [`${jira}/config.ts`, 'router/src/config.ts'],
  [`${voting}/domain`]: [`${voting}/store/voting-store.ts`, 'kit/process/http.ts', 'zod', 'node:crypto'],
  [`${voting}/commands`]: [`${voting}/store/rows.ts`, `${voting}/graphql/context.ts`],
  [`${voting}/store`]: [`${voting}/jira/graphql-catalog.ts`, `${voting}/store/redis/redis.ts`, `${voting}/graphql/context.ts`],
  [`${voting}/store/postgres`]: [`${voting}/store/redis/keys.ts`, `${voting}/commands/commands.ts`],
  [`${voting}/store/redis`]: [`${voting}/store/postgres/postgres.ts`, 'prisma/migrate.ts'],
  [`${voting}/events`]: [`${voting}/store/redis/redis.ts`, `${voting}/store/copy.ts`],
  [`${voting}/identity`]: [`${voting}/store/rows.ts`, `${voting}/graphql/context.ts`],
  [`${voting}/jira`]: [`${voting}/store/voting-store.ts`, `${jira}/domain/issue.ts`],
  [`${voting}/background`]: [`${voting}/store/postgres/postgres.ts`, `${voting}/jira/graphql-catalog.ts`, `${voting}/graphql/views.ts`],
  [`${voting}/graphql`]: [`${voting}/store/postgres/postgres.ts`, `${voting}/jira/graphql-catalog.ts`, `${voting}/background/reveal.ts`],
  [`${voting}/seed`]: [`${voting}/store/postgres/postgres.ts`, `${voting}/graphql/views.ts`],
  [jira]: [`${voting}/config.ts`, 'subgraphs/jira/simulator/simulator.ts'],
  [`${jira}/domain`]: [`${jira}/source/issue-source.ts`, 'graphql', 'node:crypto'],
  [`${jira}/source`]: [`${jira}/cache/cached.ts`, `${jira}/graphql/context.ts`],
  [`${jira}/cache`]: [`${jira}/source/jira-client.ts`, `${jira}/scope/scoped.ts`],
  [`${jira}/scope`]: [`${jira}/source/jira-client.ts`, `${jira}/cache/cached.ts`],
  [`${jira}/events`]: [`${jira}/source/issue-source.ts`],
  [`${jira}/webhooks`]: [`${jira}/cache/cached.ts`, `${jira}/graphql/context.ts`],
  [`${jira}/pictures`]: [`${jira}/source/jira-client.ts`, `${jira}/cache/cached.ts`],
  [`${jira}/graphql`]: [`${jira}/source/cloud.ts`, `${jira}/cache/cached.ts`, `${jira}/webhooks/listener.ts`],
  'subgraphs/jira/simulator': [`${jira}/config.ts`, `${jira}/domain/issue.ts`],
  'router/src': [`${voting}/config.ts`, 'web/src/routes.ts'],
  'router/src/planning': ['router/src/execution/executor.ts', 'router/src/upstream/subgraph-client.ts'],
  'router/src/upstream': ['router/src/config.ts', 'router/src/planning/graph.ts'],
  'router/src/execution': ['router/src/subscriptions/engine.ts', 'router/src/protection/measure.ts', 'router/src/config.ts'],
  'router/src/subscriptions': ['router/src/transport/cors.ts', 'router/src/protection/guard.ts'],
  'router/src/protection': ['router/src/subscriptions/queue.ts', 'router/src/execution/public-errors.ts', 'router/src/transport/cors.ts'],
  'router/src/transport': ['router/src/startup.ts', 'router/src/subgraphs.ts'],
  'examples/notes': [`${voting}/config.ts`, 'router/src/errors.ts'],
  client: ['kit/process/errors.ts', 'router/src/errors.ts', 'web/src/routes.ts'],
  explorer: ['web/src/routes.ts', 'kit/process/errors.ts'],
  web: ['kit/process/errors.ts', 'router/src/errors.ts'],
  'web/src/design': ['web/src/graph/connection.ts'],
  'web/src/text': ['web/src/design/Button.tsx'],
};

/** Rules that hold everywhere. */
const everywhere: readonly { readonly rule: string; readonly file: string; readonly target: string }[] = [
  { rule: 'nobody imports a main', file: `${voting}/planted-0.ts`, target: `${voting}/main.ts` },
  { rule: 'nobody imports a main', file: 'scripts/planted-0.ts', target: 'router/src/main.ts' },
  { rule: 'product code imports no test support', file: `${voting}/store/planted-0.ts`, target: `${voting}/store/testing/play.ts` },
  { rule: 'product code imports no test support', file: `${jira}/cache/planted-0.ts`, target: `${jira}/source/testing/counted-source.ts` },
  { rule: 'the page runs in browsers', file: 'web/src/session/planted-0.ts', target: 'node:fs' },
  { rule: 'the page runs in browsers', file: 'client/planted-9.ts', target: 'node:fs' },
  { rule: 'driver pg', file: `${voting}/events/planted-0.ts`, target: 'pg' },
  { rule: 'driver pg', file: `${voting}/store/redis/planted-0.ts`, target: '@prisma/client' },
  { rule: 'driver @redis/client', file: `${voting}/store/postgres/planted-0.ts`, target: '@redis/client' },
  { rule: 'driver keyv', file: `${jira}/graphql/planted-0.ts`, target: 'keyv' },
];

describe('the walls', () => {
  let tree: string;
  const broken = new Set<string>();

  beforeAll(async () => {
    tree = await mkdtemp(join(tmpdir(), 'tally-walls-'));
    const roots = [
      'kit',
      'examples',
      'subgraphs',
      'router',
      'web',
      'explorer',
      'prisma',
      'scripts',
      'start.ts',
      'package.json',
      'tsconfig.json',
    ];
    for (const name of roots)
      await cp(join(root, name), join(tree, name), { recursive: true, filter: (path) => !/\/(node_modules|dist)$/u.test(path) });
    await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
    const plant = async (file: string, target: string) => {
      const path = join(tree, file);
      await mkdir(dirname(path), { recursive: true });
      const source = target.includes('/') && target.includes('.') ? relative(dirname(path), join(tree, target)) : target;
      await writeFile(
        path,
        `import { planted } from '${source.startsWith('.') || source === target ? source : `./${source}`}';\nexport const use = planted;\n`,
      );
    };
    for (const [place, targets] of Object.entries(planted))
      for (const [at, target] of targets.entries()) await plant(`${place}/planted-${at + 1}.ts`, target);
    for (const { file, target } of everywhere) await plant(file, target);
    await mkdir(join(tree, 'kit/process'), { recursive: true });
    await writeFile(join(tree, 'kit/process/one.ts'), "import type { Two } from './two.ts';\nexport type One = Two;\n");
    await writeFile(join(tree, 'kit/process/two.ts'), "import type { One } from './one.ts';\nexport type Two = One | string;\n");
    for (const { rule, from, to } of await findBreaches(tree)) broken.add(`${rule}: ${from} -> ${to}`);
  });

  afterAll(() => rm(tree, { recursive: true, force: true }));

  const isTold = (rule: string, file: string) => [...broken].some((breach) => breach.startsWith(`${rule}: ${file} -> `));

  it('have a planted violation for every row', () => {
    expect(walls.map(({ place }) => place).filter((place) => !(place in planted))).toEqual([]);
  });

  it.each(Object.entries(planted).flatMap(([place, targets]) => targets.map((target, at) => ({ place, target, at }))))(
    'refuse $target in $place',
    ({ place, at }) => {
      expect(isTold(place, `${place}/planted-${at + 1}.ts`)).toBe(true);
    },
  );

  it.each(everywhere)('tell by the rule "$rule" that $file imports $target', ({ rule, file }) => {
    expect(isTold(rule, file)).toBe(true);
  });

  it('tell of a circle of type imports', () => {
    expect(isTold('no circle', 'kit/process/one.ts')).toBe(true);
  });

  it('refuse nothing that was not planted', () => {
    expect([...broken].filter((breach) => !/planted-|kit\/process\/(one|two)\.ts/u.test(breach))).toEqual([]);
  });
});
