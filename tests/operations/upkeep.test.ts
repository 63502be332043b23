import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));

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
