import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

type Pins = Readonly<Record<string, string>>;
const manifest = JSON.parse(read('package.json')) as { readonly dependencies: Pins; readonly devDependencies: Pins };
const page = read('docs/dependencies.md');

/** The rows of the table under a heading: package and licence. */
function rowsUnder(heading: string): [string, string][] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return [...section.matchAll(/^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$/gm)]
    .map(([, name = '', licence = '']): [string, string] => [name, licence])
    .filter(([name]) => name !== 'package');
}

describe('docs/dependencies.md', () => {
  it.each([
    ['What runs in production', manifest.dependencies],
    ['What builds and tests', manifest.devDependencies],
  ])('has exactly the packages of package.json under "%s"', (heading, pins) => {
    expect(
      rowsUnder(heading)
        .map(([name]) => name)
        .sort(),
    ).toEqual(Object.keys(pins).sort());
  });

  it('gives the licence that each package declares', () => {
    const rows = [...rowsUnder('What runs in production'), ...rowsUnder('What builds and tests')];
    const declared = rows.map(([name]) => [name, (JSON.parse(read(`node_modules/${name}/package.json`)) as { license: string }).license]);
    expect(rows).toEqual(declared);
  });
});

describe('package.json', () => {
  it('pins every dependency exactly', () => {
    const ranges = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(([, version]) => !/^\d/.test(version));
    expect(ranges).toEqual([]);
  });

  it('keeps the packages of the federation on one version', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    const names = ['gateway', 'composition', 'query-planner', 'federation-internals', 'subgraph'];
    expect(new Set(names.map((name) => all[`@apollo/${name}`])).size).toBe(1);
  });
});

describe('package-lock.json', () => {
  it('has a checksum for every package', () => {
    type Locked = Readonly<Record<string, { readonly integrity?: string; readonly link?: boolean }>>;
    const { packages } = JSON.parse(read('package-lock.json')) as { readonly packages: Locked };
    const bare = Object.entries(packages).filter(([path, { integrity, link }]) => path !== '' && link !== true && !integrity);
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  it('holds the binaries of every platform: `npm ci` refuses a lock file that lacks one', () => {
    type Locked = Readonly<Record<string, { readonly optionalDependencies?: Pins }>>;
    const { packages } = JSON.parse(read('package-lock.json')) as { readonly packages: Locked };
    const names = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));
    const missing = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies).filter((name) => !names.has(name)),
    );
    expect(missing).toEqual([]);
  });
});
