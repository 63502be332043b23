import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { drivers, type Wall, walls } from './rows.ts';

/** An import that a wall forbids. */
export interface Breach {
  /** The wall's place, or the name of a rule for all. */
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

const folders = [
  'kit',
  'subgraphs',
  'router',
  'web',
  'explorer',
  'prisma',
  'client',
  'examples',
  'scripts',
  'tour',
  'bench',
  'tests',
  'start.ts',
];
const tests = '\\.(test|contract)\\.tsx?$|/test/|/testing/|^tests/';
const mains = '^(subgraphs/[^/]+/(src|simulator)/main|router/src/main|start)\\.ts$';

const escaped = (path: string) => path.replace(/[.]/gu, '\\.');

/** A pattern for files at a place: a file, a folder with all below it, or the files right in a folder (`folder/*`). */
function toPattern(place: string): string {
  if (place.endsWith('/*')) return `^${escaped(place.slice(0, -2))}/[^/]+$`;
  return /\.\w+$/u.test(place) ? `^${escaped(place)}$` : `^${escaped(place)}/`;
}

const innerPlaces = (place: string) => walls.filter((other) => other.place.startsWith(`${place}/`)).map((other) => other.place);

/** Files that are this wall's and no longer place's. */
function toFrom({ place }: Wall): { readonly path: string; readonly pathNot: string[] } {
  return { path: toPattern(place), pathNot: [...innerPlaces(place).map(toPattern), tests] };
}

/** The same files as something to import. */
function toOwn(place: string): string {
  const inner = innerPlaces(place).map((other) => `(?!${toPattern(other).slice(1)})`);
  return `^${inner.join('')}${toPattern(place).slice(1)}`;
}

function toRules(wall: Wall): IForbiddenRuleType[] {
  const { place, imports, types = [], packages } = wall;
  const allowed = [toOwn(place), ...imports.map(toPattern)];
  const rules: IForbiddenRuleType[] = [
    {
      name: place,
      severity: 'error',
      from: toFrom(wall),
      to: { pathNot: [...allowed, ...types.map(toPattern), 'node_modules'], dependencyTypesNot: ['core', 'npm', 'npm-dev'] },
    },
  ];
  if (types.length > 0)
    rules.push({
      name: place,
      severity: 'error',
      from: toFrom(wall),
      to: { path: types.map(toPattern), dependencyTypesNot: ['type-only'] },
    });
  if (packages !== undefined)
    rules.push({ name: place, severity: 'error', from: toFrom(wall), to: { dependencyTypes: ['core', 'npm', 'npm-dev'] } });
  return rules;
}

const forAll: IForbiddenRuleType[] = [
  { name: 'no circle', severity: 'error', from: {}, to: { circular: true } },
  {
    name: 'nobody imports a main',
    severity: 'error',
    from: { pathNot: ['^(start|scripts/dev)\\.ts$', '^tests/', '^bench/', tests] },
    to: { path: mains },
  },
  {
    name: 'product code imports no test support',
    severity: 'error',
    from: { path: '^(kit|subgraphs|router|web|client|prisma|start\\.ts)', pathNot: [tests] },
    to: { path: tests },
  },
  {
    name: 'the page runs in browsers',
    severity: 'error',
    from: { path: '^((web|explorer)/src|client)/', pathNot: [tests, '^client/codegen\\.ts$'] },
    to: { dependencyTypes: ['core'] },
  },
  ...drivers.map(
    ({ packages, places }): IForbiddenRuleType => ({
      name: `driver ${packages.split('|')[0]}`,
      severity: 'error',
      from: { path: '^(kit|subgraphs|router|web|client)/', pathNot: [...places.map(toPattern), tests] },
      to: { path: `(^|node_modules/)(${packages})(/|$)` },
    }),
  ),
];

/** Every import below `root` that a wall forbids, type imports included; also every import that leads nowhere. */
export async function findBreaches(root: string, only: readonly string[] = folders): Promise<readonly Breach[]> {
  const { output } = await cruise(
    only.filter((folder) => existsSync(join(root, folder))),
    {
      baseDir: root,
      exclude: { path: '^(?!.*node_modules/).*(bench/peers|dist|generated)/' },
      doNotFollow: { path: 'node_modules' },
      tsPreCompilationDeps: true,
      ruleSet: { forbidden: [...walls.flatMap(toRules), ...forAll] },
      validate: true,
    },
    { exportsFields: ['exports'], conditionNames: ['node', 'import', 'types', 'default'], extensions: ['.ts', '.tsx', '.mjs', '.js'] },
  );
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

/** The rows as docs/architecture.md shows them. */
export function toTable(): string {
  const names = (places: readonly string[]) => places.map((place) => `\`${place}\``).join(', ');
  const rows = walls.map(({ place, holds, imports, types = [], packages }) => {
    const others = [...(imports.length === 0 ? [] : [names(imports)]), ...(types.length === 0 ? [] : [`types of ${names(types)}`])];
    const allowed = others.length === 0 ? 'nothing of ours' : others.join('; ');
    return `| \`${place}\` | ${holds} | ${allowed}${packages === undefined ? '' : '; no package'} |`;
  });
  return ['| place | what is in it | may import, besides itself |', '|---|---|---|', ...rows].join('\n');
}
