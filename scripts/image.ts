// `node scripts/image.ts SERVICE DIRECTORY`: what an image of that service holds, and nothing else.
// The list of files is not kept by hand: it is what the service's main imports, read the way Node reads it.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { services } from '../kit/process/services.ts';

const root = resolve(import.meta.dirname, '..');

/** The mains that have an image. */
export const mains = {
  jira: services.jira.main,
  voting: services.voting.main,
  router: services.router.main,
  simulator: services.simulator.main,
  migrate: 'prisma/migrate.ts',
} as const;

export type ImageService = keyof typeof mains;

export interface ImageContent {
  /** Our own files and folders, below the repository. */
  readonly files: readonly string[];
  /** Installed packages, below the repository (`node_modules/…`), with all that they depend on. */
  readonly packages: readonly string[];
}

// `import … from 'x'`, `export { … } from 'x'`, `import 'x'`, `import('x')`.
const importPattern =
  /(?:^[ \t]*import\s*(?:[\w*{][^'"`;]*?from\s*)?|^[ \t]*export\s*[*{][^'"`;]*?from\s*|\bimport\(\s*)['"]([^'"]+)['"]/gm;

/** What a service needs at run time. @throws Error naming an import that cannot be found. */
export function readImageContent(service: ImageService): ImageContent {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = [join(root, mains[service])];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    // Without its types: an `import type` is no import at run time.
    const source = stripTypeScriptTypes(readFileSync(file, 'utf8'));
    for (const [, specifier = ''] of source.matchAll(importPattern)) {
      if (specifier.startsWith('.')) waiting.push(resolve(dirname(file), specifier));
      else if (!specifier.startsWith('node:')) addPackage(toPackageName(specifier), file, packages);
    }
    for (const [, path = ''] of source.matchAll(/new URL\(['"`]([^'"`]+)['"`], import\.meta\.url\)/g)) {
      // Of `./lua/${name}.lua` the whole folder.
      const asset = resolve(dirname(file), path.replace(/[^/]*\$\{.*/, ''));
      if (existsSync(asset)) files.add(asset);
    }
  }
  const below = (paths: Iterable<string>) => [...paths].map((path) => relative(root, path)).sort();
  return { files: below(files), packages: below(packages) };
}

function addPackage(name: string, from: string, packages: Set<string>): void {
  // Some packages depend on types for those who compile.
  if (name.startsWith('@types/')) return;
  const folder = findPackage(name, dirname(from));
  if (folder === undefined) throw new Error(`${relative(root, from)} imports ${name}, which is not installed.`);
  if (packages.has(folder)) return;
  packages.add(folder);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const optional = new Set([
    ...Object.keys(manifest.optionalDependencies ?? {}),
    ...Object.keys(manifest.peerDependenciesMeta ?? {}).filter((peer) => manifest.peerDependenciesMeta?.[peer]?.optional === true),
  ]);
  for (const dependency of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    if (!optional.has(dependency)) addPackage(dependency, join(folder, 'package.json'), packages);
  }
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

function findPackage(name: string, from: string): string | undefined {
  for (let folder = from; folder.startsWith(root); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
  }
  return undefined;
}

function toPackageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** What packages carry for people, compilers and other databases: half of their weight. */
const deadWeight = [
  /\.map$/,
  /\.d\.[cm]?ts$/,
  /\.md$/i,
  /query_compiler_\w+\.(mysql|sqlite|sqlserver|cockroachdb)\./,
  /wasm-compiler-edge/,
  // The embedded Postgres's extensions; ours uses none.
  /pglite\/dist\/(?!pglite\.|initdb\.)[\w-]+\.tar\.gz$/,
];

/** Copies the content to a directory whose `main.ts` is the service. */
function writeImage(service: ImageService, directory: string): void {
  const { files, packages } = readImageContent(service);
  mkdirSync(directory, { recursive: true });
  for (const path of [...files, ...packages]) {
    const isPackage = packages.includes(path);
    cpSync(join(root, path), join(directory, path), {
      recursive: true,
      dereference: true,
      // A package's own packages are listed by themselves.
      filter: (from) => !isPackage || !isLeftOut(relative(join(root, path), from)),
    });
  }
  // Says that our files are ES modules.
  cpSync(join(root, 'package.json'), join(directory, 'package.json'));
  symlinkSync(mains[service], join(directory, 'main.ts'));
  const megabytes = Math.round(sizeOf(directory) / 1024 / 1024);
  process.stdout.write(`${service}: ${files.length} files, ${packages.length} packages, ${megabytes} MB\n`);
}

function isLeftOut(path: string): boolean {
  return path.split(sep).includes('node_modules') || deadWeight.some((pattern) => pattern.test(path));
}

function sizeOf(path: string): number {
  const found = statSync(path);
  if (!found.isDirectory()) return found.size;
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !entry.isSymbolicLink())
    .reduce((sum, entry) => sum + sizeOf(join(path, entry.name)), 0);
}

if (import.meta.main) {
  const [service = '', directory] = process.argv.slice(2);
  if (!(service in mains) || directory === undefined) {
    process.stderr.write(`Usage: node scripts/image.ts ${Object.keys(mains).join('|')} DIRECTORY\n`);
    process.exit(1);
  }
  writeImage(service as ImageService, resolve(directory));
}
