// What the tests of the domain folders import in place of vitest: its own `expect`, and words that only note each test, to be run for every mutant.
import { format } from 'node:util';
import * as vitest from 'vitest';

export const expect = vitest.expect;

export interface CollectedTest {
  /** Unique: the file, then the title with those of the blocks around it. */
  readonly id: string;
  readonly file: string;
  readonly title: string;
  run(): unknown;
}

type Body = (...given: readonly unknown[]) => unknown;

const noted = new Map<string, CollectedTest>();
let file = '';
let blocks: readonly string[] = [];

/** Notes the tests that `load` defines as those of the file. */
export async function collect(path: string, load: () => Promise<unknown>): Promise<void> {
  file = path;
  await load();
}

/** All tests noted so far, by their id. */
export const collectedTests = (): ReadonlyMap<string, CollectedTest> => noted;

function note(name: string, body: Body): void {
  const title = [...blocks, name].join(' ');
  let id = `${file}#${title}`;
  for (let copy = 2; noted.has(id); copy += 1) id = `${file}#${title} (${copy})`;
  noted.set(id, { id, file, title, run: () => body({}) });
}

function block(name: string, body: Body): void {
  const around = blocks;
  blocks = [...around, name];
  body();
  blocks = around;
}

const titled = (name: string, row: readonly unknown[]) => format(name, ...row.slice(0, name.match(/%[sdifjoO]/g)?.length ?? 0));
const listed = (row: unknown): readonly unknown[] => (Array.isArray(row) ? row : [row]);

/** A word of vitest's, with its two forms for a table of rows: `each` spreads a row, `for` does not. */
function word(define: (name: string, body: Body) => void) {
  return Object.assign(define, {
    each: (rows: readonly unknown[]) => (name: string, body: Body) => {
      for (const row of rows) define(titled(name, listed(row)), () => body(...listed(row)));
    },
    for: (rows: readonly unknown[]) => (name: string, body: Body) => {
      for (const row of rows) define(titled(name, listed(row)), () => body(row));
    },
  });
}

export const it = word(note);
export const describe = word(block);
