import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { keepBuilds } from './keep-builds.ts';

const folder = mkdtempSync(join(tmpdir(), 'tally-builds-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A build with one script of its own and one that all builds share, and an operation of its own and one of all. */
function build(name: string, previous?: string): string {
  const dist = join(folder, name);
  mkdirSync(join(dist, 'assets'), { recursive: true });
  for (const asset of [`index-${name}.js`, `index-${name}.js.br`, 'font.woff2']) writeFileSync(join(dist, 'assets', asset), asset);
  const operations = ['all', name].map((id) => ({ id, body: `{ ${id} }` }));
  writeFileSync(join(dist, 'operations.json'), JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }));
  keepBuilds(dist, previous);
  return dist;
}

const scriptsOf = (dist: string) =>
  readdirSync(join(dist, 'assets'))
    .filter((file) => file.endsWith('.js'))
    .sort();
const operationsOf = (dist: string) =>
  JSON.parse(readFileSync(join(dist, 'operations.json'), 'utf8')).operations.map(({ id }: { id: string }) => id);

it('a build holds the files and operations of the two before it, and no more', () => {
  let last: string | undefined;
  for (const name of ['a', 'b', 'c', 'd']) last = build(name, last);
  expect(scriptsOf(last ?? '')).toEqual(['index-b.js', 'index-c.js', 'index-d.js']);
  expect(existsSync(join(last ?? '', 'assets/index-b.js.br'))).toBe(true);
  expect(operationsOf(last ?? '')).toEqual(['all', 'd', 'c', 'b']);
});

it('a build that is made again does not push out an earlier one', () => {
  const first = build('one');
  const second = build('two', first);
  const again = build('two', second);
  expect(scriptsOf(again)).toEqual(['index-one.js', 'index-two.js']);
});

it('takes over a folder from before builds were listed, and is not put off by an empty one', () => {
  const old = build('old');
  rmSync(join(old, 'builds.json'));
  expect(scriptsOf(build('young', old))).toEqual(['index-old.js', 'index-young.js']);
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  expect(scriptsOf(build('alone', empty))).toEqual(['index-alone.js']);
});
