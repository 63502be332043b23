import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listLicences } from '../../scripts/licences.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** Licences that ask for a notice at most. */
const permissive = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'MIT-0',
  'BlueOak-1.0.0',
  '(MIT AND Zlib)',
  '(MIT AND BSD-3-Clause)',
  'Unlicense',
  'CC0-1.0',
];

describe('the packages in the images', () => {
  it('ask for a notice at most, but for the gateway, whose Elastic licence forbids to offer it as a service of its own', () => {
    const others = listLicences().filter(({ licence }) => !permissive.includes(licence));
    expect(others.map(({ name, licence }) => `${name} ${licence}`)).toEqual([
      '@apollo/composition Elastic-2.0',
      '@apollo/federation-internals Elastic-2.0',
      '@apollo/gateway Elastic-2.0',
      '@apollo/query-graphs Elastic-2.0',
      '@apollo/query-planner Elastic-2.0',
    ]);
  });

  it('are told of in README: the Elastic licence', () => {
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain('Elastic');
  });
});

describe('renovate.json', () => {
  it('names packages that are there', () => {
    const { dependencies, devDependencies } = read('package.json');
    const known = Object.keys({ ...dependencies, ...devDependencies });
    const rules: readonly { matchPackageNames: readonly string[] }[] = read('renovate.json').packageRules;
    const named = rules.flatMap(({ matchPackageNames }) => matchPackageNames);
    const matches = (pattern: string) =>
      known.some((name) => (pattern.endsWith('/**') ? name.startsWith(pattern.slice(0, -2)) : name === pattern));
    expect(named.filter((pattern) => !matches(pattern))).toEqual([]);
  });
});
