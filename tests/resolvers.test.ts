import { execFile } from 'node:child_process';
import { appendFile, cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

// A field of the SDL's root types without a resolver would be INTERNAL_SERVER_ERROR at its first use: the compiler names it instead.

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const bin = (name: string) => join(root, 'node_modules/.bin', name);
const planted = [
  'extend type Query { plantedQuery: Boolean! }',
  'extend type Mutation { plantedMutation(sessionId: ID!): Boolean! }',
  'extend type Subscription { plantedSubscription: Boolean! }',
].join('\n');

let house = '';
let complaints = '';

beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), 'tally-resolvers-'));
  for (const part of ['kit', 'subgraphs', 'codegen.ts', 'tsconfig.json', 'package.json'])
    await cp(join(root, part), join(house, part), { recursive: true });
  await symlink(join(root, 'node_modules'), join(house, 'node_modules'));
  for (const subgraph of ['voting', 'jira']) await appendFile(join(house, `subgraphs/${subgraph}/schema.graphql`), `\n${planted}\n`);
  await writeFile(
    join(house, 'tsconfig.planted.json'),
    JSON.stringify({ extends: './tsconfig.json', include: ['subgraphs/*/src/graphql/resolvers.ts'] }),
  );
  await run(bin('graphql-codegen'), { cwd: house });
  const compiled = await run(bin('tsc'), ['-p', 'tsconfig.planted.json', '--pretty', 'false'], { cwd: house }).catch((error) => error);
  complaints = String(compiled.stdout);
}, 240_000);
afterAll(() => rm(house, { recursive: true, force: true }));

it.each(
  ['voting', 'jira'].flatMap((subgraph) => ['plantedQuery', 'plantedMutation', 'plantedSubscription'].map((field) => [subgraph, field])),
)('the compiler names it when %s has no resolver for %s', (subgraph, field) => {
  const errors = complaints.split(/\n(?=\S)/);
  expect(errors.filter((error) => error.startsWith(`subgraphs/${subgraph}/src/graphql/`) && error.includes(field))).not.toEqual([]);
});

it('the compiler says nothing else', () => {
  expect(complaints.split(/\n(?=\S)/).filter((error) => error.trim() !== '' && !error.includes('planted'))).toEqual([]);
});
