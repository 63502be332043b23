import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { start as startNotes } from '../../examples/notes/main.ts';
import { composeSupergraph } from '../../router/src/compose.ts';
import { createDataDirectory } from '../setup/data-directory.ts';
import { ask, follow, waitFor } from './client.ts';
import { openSession, type PlayedSession } from './session.ts';
import { startWorld, type World } from './world.ts';

// docs/third-subgraph.md, played: a subgraph of somebody else's beside ours.

const root = fileURLToPath(new URL('../..', import.meta.url));
let notes: Awaited<ReturnType<typeof startNotes>>;
let world: World;
let session: PlayedSession;
beforeAll(async () => {
  notes = await startNotes(0);
  const sdlFile = join(root, 'examples/notes/schema.graphql');
  const supergraphFile = join(mkdtempSync(join(tmpdir(), 'tally-notes-')), 'supergraph.graphql');
  writeFileSync(supergraphFile, composeSupergraph(join(root, 'supergraph.yaml'), [{ name: 'notes', url: notes.url, sdlFile }]));
  world = await startWorld({ SUPERGRAPH_FILE: supergraphFile });
  session = await openSession(world.url, { keys: ['SHOP-20', 'SHOP-21'] });
});
afterAll(async () => {
  await world?.stop();
  await notes?.stop();
});

const addNote = 'mutation ($key: ID!, $text: String!) { addNote(issueKey: $key, text: $text) { id text issue { key summary } } }';

it("adds a field to jira's issues, which a session's queue shows", async () => {
  const { addNote: note } = await ask(world.url, addNote, { key: 'SHOP-20', text: 'Ask the payments team first.' });
  expect(note).toMatchObject({ text: 'Ask the payments team first.', issue: { key: 'SHOP-20', summary: expect.any(String) } });
  const { session: read } = await ask(
    world.url,
    'query ($id: ID!) { session(id: $id) { items { issue { key summary notes { text } } } } }',
    { id: session.id },
    session.ada,
  );
  expect(read.items.map(({ issue }: { issue: { key: string; notes: unknown } }) => [issue.key, issue.notes])).toEqual([
    ['SHOP-20', [{ text: 'Ask the payments team first.' }]],
    ['SHOP-21', []],
  ]);
});

it('is followed over the router, joined with what jira knows', async () => {
  const stream = await follow(world.url, 'subscription { noteAdded(issueKey: "SHOP-21") { text issue { key summary } } }', {});
  await waitFor(
    async () => {
      await ask(world.url, addNote, { key: 'SHOP-21', text: 'Too large for a sprint.' });
      return stream.all();
    },
    (events) => events.length > 0,
  );
  expect(await stream.next()).toMatchObject({
    data: { noteAdded: { text: 'Too large for a sprint.', issue: { key: 'SHOP-21', summary: expect.any(String) } } },
  });
  await stream.close();
});

it('`npm run dev -- --with examples/notes` starts all of it, and what docs/third-subgraph.md says, word for word', {
  timeout: 180_000,
}, async () => {
  const directory = await createDataDirectory();
  const page = readFileSync(join(root, 'docs/third-subgraph.md'), 'utf8');
  const risks = join(directory, 'risks');
  mkdirSync(risks);
  for (const [, file = '', text = ''] of page.matchAll(/```\w+ (\S+)\n([\s\S]*?)```/g)) writeFileSync(join(risks, file), text);
  // In place of `npm install`.
  symlinkSync(join(root, 'node_modules'), join(risks, 'node_modules'));
  const check = spawnSync(process.execPath, ['--no-warnings', 'scripts/check-schema.ts', `risks=${risks}/schema.graphql`], { cwd: root });
  expect(String(check.stdout)).toBe('risks composes with the others, and no client loses anything.\n');

  const ports = { ROUTER_PORT: '0', JIRA_PORT: '0', VOTING_PORT: '0', SIMULATOR_PORT: '0' };
  const child = spawn(process.execPath, ['--no-warnings', 'scripts/dev.ts', '--with', 'examples/notes', '--with', risks], {
    cwd: root,
    env: { ...process.env, ...ports, DATA_DIRECTORY: directory, PAGE_DIRECTORY: '/nonexistent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
    });
    const url = await waitForWords(() => /router\s+(\S+\/graphql)/.exec(said)?.[1]);
    const query = '{ latestNotes(first: 1) { text } issue(key: "SHOP-20") { key notes { text } } riskyIssues { key } }';
    const answered = await waitFor(
      () => ask(url, query).catch(() => undefined),
      (answer) => answer !== undefined,
    );
    expect(answered).toEqual({ latestNotes: [], issue: { key: 'SHOP-20', notes: [] }, riskyIssues: [] });

    const asked = [...page.matchAll(/-d '(\{.*\})'/g)].map(([, body = '']) => (JSON.parse(body) as { query: string }).query);
    const answers = [];
    for (const each of asked) answers.push(await ask(url, each));
    const summary = expect.any(String);
    expect(answers).toEqual([
      { setRisk: { key: 'SHOP-20', summary, risk: 'HIGH' } },
      { riskyIssues: [{ summary }], issue: { summary, risk: 'HIGH' } },
    ]);
  } finally {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
  }
});

async function waitForWords(find: () => string | undefined): Promise<string> {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error('The product did not start.');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
