import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findAddedSubgraph } from './added-subgraph.ts';

function makeFolder(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'tally-added-')), name);
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

const sdl = { 'schema.graphql': 'type Query { a: Int }' };

it.each([
  [{ 'main.ts': '' }, [process.execPath, '--no-warnings', 'main.ts']],
  [{ 'main.mjs': '' }, [process.execPath, '--no-warnings', 'main.mjs']],
  [{ 'package.json': '{"scripts":{"start":"python serve.py"}}' }, ['npm', 'start', '--silent']],
])('a folder with %j is started by %j, in any language', (files, command) => {
  const folder = makeFolder('my-notes', { ...sdl, ...files });
  expect(findAddedSubgraph(folder)).toEqual({ name: 'my-notes', folder, sdlFile: join(folder, 'schema.graphql'), command });
});

it.each([
  ['my notes', { ...sdl, 'main.ts': '' }, "the folder's name is the subgraph's"],
  ['notes', { 'main.ts': '' }, 'it has no schema.graphql'],
  ['notes', sdl, 'it has none of main.ts, main.mts, main.mjs, main.js, and no "start" script in a package.json'],
  ['notes', { ...sdl, 'package.json': '{}' }, 'it has none of main.ts'],
])('a folder %j with %j is refused by what it lacks', (name, files, words) => {
  expect(() => findAddedSubgraph(makeFolder(name, files))).toThrow(words);
});

it('a folder that is not there is told of by its path', () => {
  expect(() => findAddedSubgraph('/nonexistent/notes')).toThrow('--with /nonexistent/notes: no such folder');
});
