import { execFile } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { buildSchema, parse, validate } from 'graphql';
import { createFolder } from '../setup/private-server.ts';
import { inProcessesOf, type Services } from './replicas.ts';
import { type RollingReport, runRollingRestart } from './rolling.ts';

/** What went wrong besides what a rolling restart may do; all are counts. */
export interface SchemaChangeReport extends RollingReport {
  /** Files and operations of the old page that new routers do not serve. */
  readonly oldPageBroken: number;
  /** The same of the new page, once all routers are new. */
  readonly newPageBroken: number;
  /** Answers to who asks for the new field that are neither an answer nor the old graph's "there is no such field". */
  readonly newFieldFailed: number;
  /** After an undo of the routers alone: what is not as it was before. */
  readonly undoFailed: number;
}

const root = join(import.meta.dirname, '../..');
const program = ['kit', 'subgraphs', 'router', 'prisma', 'scripts', 'web', 'package.json', 'supergraph.yaml', 'tsconfig.json'];
const run = promisify(execFile);

/** This repository's code in a folder of its own, with its page built; `change` may make it another release. */
async function makeRelease(name: string, previous?: string, change: (folder: string) => void = () => undefined): Promise<string> {
  const folder = await createFolder(name);
  for (const path of program)
    cpSync(join(root, path), join(folder, path), { recursive: true, filter: (from) => !from.endsWith('/web/dist') });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  change(folder);
  const node = (...args: readonly string[]) =>
    run(process.execPath, ['--no-warnings', ...args], { cwd: folder, env: { PATH: process.env['PATH'] } });
  await node('router/src/compose.ts');
  await node('node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn');
  await node('scripts/finish-page.ts', ...(previous === undefined ? [] : ['--previous', join(previous, 'web/dist')]));
  return folder;
}

function edit(file: string, pattern: RegExp, replacement: string): void {
  const before = readFileSync(file, 'utf8');
  const after = before.replace(pattern, replacement);
  if (after === before) throw new Error(`${file} has nothing like ${pattern}.`);
  writeFileSync(file, after);
}

/** A release in which a session has one field more, and whose page is another one. */
function addField(folder: string): void {
  edit(join(folder, 'subgraphs/voting/schema.graphql'), /^type Session \{\n/m, '$&  "What the next release brings."\n  motto: String\n');
  edit(join(folder, 'web/src/main.tsx'), /$/, "\ndocument.documentElement.dataset['build'] = 'next';\n");
}

const readOperations = (release: string): readonly { readonly body: string }[] =>
  JSON.parse(readFileSync(join(release, 'web/dist/operations.json'), 'utf8')).operations;
const readAssets = (release: string): readonly string[] =>
  JSON.parse(readFileSync(join(release, 'web/dist/builds.json'), 'utf8'))[0].assets;

/** Whether the page at `url` is this release's. */
async function isPageOf(url: string, release: string): Promise<boolean> {
  const page = await fetch(new URL('/', url)).then((response) => response.text());
  return page === readFileSync(join(release, 'web/dist/index.html'), 'utf8');
}

/** How many files and operations of a release's page are not served. */
async function countBroken(url: string, release: string): Promise<number> {
  const files = await Promise.all(
    readAssets(release).map((asset) =>
      fetch(new URL(`/assets/${asset}`, url)).then(
        (response) => response.arrayBuffer().then(() => response.ok),
        // The router went away meanwhile: browsers ask again.
        () => true,
      ),
    ),
  );
  return files.filter((isThere) => !isThere).length;
}

async function countInvalid(url: string, release: string): Promise<number> {
  const schema = buildSchema(await fetch(new URL('/schema.graphql', url)).then((response) => response.text()));
  return readOperations(release).filter(({ body }) => validate(schema, parse(body)).length > 0).length;
}

/** `answered`, `unknown` by the old graph's validation, `away` while processes go, or `failed`. */
async function askNewField(url: string): Promise<'answered' | 'unknown' | 'away' | 'failed'> {
  const query = '{ session(id: "00000000-0000-0000-0000-000000000000") { motto } }';
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })
    .then((response) => response.json() as Promise<{ readonly errors?: readonly { readonly extensions: { readonly code: string } }[] }>)
    .catch(() => undefined);
  const codes = answer?.errors?.map(({ extensions }) => extensions.code) ?? [];
  if (answer === undefined || codes.some((code) => /^(SUBGRAPH_|STORE_|ROUTER_STOPPING)/.test(code))) return 'away';
  if (codes.includes('GRAPHQL_VALIDATION_FAILED')) return 'unknown';
  // The session is nobody's: a refusal comes from the resolvers, so the field was let through.
  return codes.every((code) => /^(SESSION_NOT_FOUND|UNAUTHENTICATED|NOT_A_PARTICIPANT|TOKEN_\w+)$/.test(code)) ? 'answered' : 'failed';
}

/**
 * Rolls out a release with one field more while people vote, follow, and have the old page open: subgraphs first, old and new side by side, then the
 * routers with the new graph and page; then undoes the routers alone.
 */
export async function runSchemaChange({
  adminUrl,
  replicas,
}: {
  readonly adminUrl: string;
  readonly replicas: number;
}): Promise<SchemaChangeReport> {
  const old = await makeRelease('old-release');
  const next = await makeRelease('next-release', old, addField);
  const [oldLaunch, nextLaunch] = [inProcessesOf(old), inProcessesOf(next)];
  const counts = { oldPageBroken: 0, newPageBroken: 0, newFieldFailed: 0, undoFailed: 0 };

  const roll = async ({ url, roll: replace }: Services): Promise<number> => {
    let isDone = false;
    const watch = (async () => {
      while (!isDone) {
        counts.oldPageBroken += await countBroken(url, old);
        if ((await askNewField(url)) === 'failed') counts.newFieldFailed += 1;
        await sleep(200);
      }
    })();
    await replace('voting', nextLaunch);
    await replace('jira', nextLaunch);
    await replace('router', nextLaunch);
    if (!(await isPageOf(url, next))) counts.newPageBroken += 1;
    counts.newPageBroken += (await countBroken(url, next)) + (await countInvalid(url, next));
    counts.oldPageBroken += await countInvalid(url, old);
    if ((await askNewField(url)) !== 'answered') counts.newFieldFailed += 1;
    await replace('router', oldLaunch);
    isDone = true;
    await watch;
    if (!(await isPageOf(url, old))) counts.undoFailed += 1;
    if ((await askNewField(url)) !== 'unknown') counts.undoFailed += 1;
    return 4 * replicas;
  };

  try {
    return { ...(await runRollingRestart({ adminUrl, replicas, launch: oldLaunch, roll })), ...counts };
  } finally {
    for (const folder of [old, next]) await rm(folder, { recursive: true, force: true });
  }
}
