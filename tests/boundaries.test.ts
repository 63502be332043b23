import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

interface Violation {
  readonly rule: string;
  readonly file: string;
  readonly code: string;
  readonly lint: string;
}

const imports = (source: string) => `import '${source}';\n`;
const restricted = 'lint/style/noRestrictedImports';

const violations: readonly Violation[] = [
  { rule: 'the domain imports no package', file: 'subgraphs/voting/src/domain/planted.ts', code: imports('zod'), lint: restricted },
  {
    rule: 'the domain imports no Node module',
    file: 'subgraphs/jira/src/domain/planted.ts',
    code: imports('node:crypto'),
    lint: restricted,
  },
  {
    rule: 'the domain imports no adapter',
    file: 'subgraphs/voting/src/domain/planted.ts',
    code: imports('../store/postgres/postgres.ts'),
    lint: restricted,
  },
  {
    rule: 'the domain imports no HTTP',
    file: 'subgraphs/voting/src/domain/planted.ts',
    code: imports('../../../../kit/process/http.ts'),
    lint: restricted,
  },
  {
    rule: 'graphql imports no adapter',
    file: 'subgraphs/voting/src/graphql/planted.ts',
    code: imports('../store/postgres/postgres.ts'),
    lint: restricted,
  },
  { rule: 'graphql imports no driver', file: 'subgraphs/jira/src/graphql/planted.ts', code: imports('keyv'), lint: restricted },
  {
    rule: 'adapters import no graphql',
    file: 'subgraphs/voting/src/store/planted.ts',
    code: imports('../graphql/context.ts'),
    lint: restricted,
  },
  { rule: 'nobody imports a main', file: 'subgraphs/voting/src/planted.ts', code: imports('./main.ts'), lint: restricted },
  {
    rule: 'nobody imports another main',
    file: 'router/src/planted.ts',
    code: imports('../../subgraphs/jira/src/main.ts'),
    lint: restricted,
  },
  {
    rule: 'a subgraph imports no other subgraph',
    file: 'subgraphs/voting/src/planted.ts',
    code: imports('../../jira/src/config.ts'),
    lint: restricted,
  },
  {
    rule: 'a subgraph imports no router',
    file: 'subgraphs/jira/src/planted.ts',
    code: imports('../../../router/src/config.ts'),
    lint: restricted,
  },
  {
    rule: 'a subgraph imports no simulator',
    file: 'subgraphs/jira/src/planted.ts',
    code: imports('../simulator/server.ts'),
    lint: restricted,
  },
  {
    rule: 'the simulator imports nothing of the subgraph',
    file: 'subgraphs/jira/simulator/planted.ts',
    code: imports('../src/config.ts'),
    lint: restricted,
  },
  {
    rule: 'the router imports no subgraph',
    file: 'router/src/planted.ts',
    code: imports('../../subgraphs/voting/src/config.ts'),
    lint: restricted,
  },
  {
    rule: 'the router makes no ApolloGateway',
    file: 'router/src/planted.ts',
    code: "import { ApolloGateway } from '@apollo/gateway';\nnew ApolloGateway();\n",
    lint: restricted,
  },
  {
    rule: 'the kit imports nothing of poker',
    file: 'kit/planted.ts',
    code: imports('../subgraphs/voting/src/config.ts'),
    lint: restricted,
  },
  {
    rule: 'the page imports nothing of the servers',
    file: 'web/src/planted.ts',
    code: imports('../../kit/process/errors.ts'),
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
  { rule: 'the domain may import the domain', file: 'subgraphs/voting/src/domain/planted.ts', code: imports('./rounds.ts') },
  {
    rule: 'the domain may import the error type',
    file: 'subgraphs/voting/src/domain/planted.ts',
    code: imports('../../../../kit/process/errors.ts'),
  },
  { rule: 'a store may import its driver', file: 'subgraphs/voting/src/store/planted.ts', code: imports('@prisma/client') },
  { rule: 'a test may import a main', file: 'router/src/planted.test.ts', code: imports('../../subgraphs/jira/src/main.ts') },
  { rule: 'start.ts may import every main', file: 'start.ts', code: imports('./subgraphs/voting/src/main.ts') },
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
