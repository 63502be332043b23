import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLogger } from '../../../kit/process/logging.ts';
import { composeToy } from '../../test/world.ts';
import { openGraph } from './graph-source.ts';

it('routers of one process have the same graph when they serve the same supergraph with the same labels, and else one of their own', () => {
  const supergraphFile = join(mkdtempSync(join(tmpdir(), 'tally-test-graph-')), 'supergraph.graphql');
  const open = (...labels: string[]) =>
    openGraph({ supergraphFile, heldLabels: new Set(labels) }, () => undefined, createLogger('router', 'silent'));
  const sdl = composeToy();
  writeFileSync(supergraphFile, sdl);
  const one = open('a', 'b');
  const first = one.current();
  const other = open('b', 'a');
  expect(other.current()).toBe(first);
  expect(open('a').current()).not.toBe(first);
  other.update(`${sdl}\n`);
  expect(other.current().sdl).toBe(`${sdl}\n`);
  expect(one.current()).toBe(first);
});
