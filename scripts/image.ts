// `node scripts/image.ts SERVICE DIRECTORY`: what an image of that service holds, and nothing else.
// The list of files is not kept by hand: it is what the service's main imports, and what those import, traced file by file.
import { cpSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join, resolve } from 'node:path';
import { nodeFileTrace } from '@vercel/nft';
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
  /** Our own files and the folders that are read at run time, below the repository. */
  readonly files: readonly string[];
  /** The files of installed packages that are loaded, below the repository (`node_modules/…`). */
  readonly packageFiles: readonly string[];
  /** The folders of those packages. */
  readonly packages: readonly string[];
}

// What was found in a file is true for every service.
const found = {};

const contents = new Map<ImageService, Promise<ImageContent>>();

/** What a service needs at run time, found once a process. @throws Error naming an import of ours that cannot be found. */
export function readImageContent(service: ImageService): Promise<ImageContent> {
  const content = contents.get(service) ?? traceImage(service);
  contents.set(service, content);
  return content;
}

async function traceImage(service: ImageService): Promise<ImageContent> {
  const main = join(root, mains[service]);
  const { fileList, warnings } = await nodeFileTrace([main], { base: root, cache: found, readFile: readSource });
  const broken = [...warnings].find(({ message }) => message.includes(root) && !message.includes('node_modules'));
  if (broken !== undefined) throw broken;
  const paths = [...fileList].sort();
  const packageFiles = paths.filter((path) => path.startsWith('node_modules/'));
  return {
    files: paths.filter((path) => !path.startsWith('node_modules/')),
    packageFiles,
    packages: [...new Set(packageFiles.map(toPackage))],
  };
}

/** Our TypeScript without its types: an `import type` is no import at run time. */
async function readSource(path: string): Promise<Buffer | string | null> {
  const source = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EISDIR') return null;
    throw error;
  });
  return source !== null && path.endsWith('.ts') && !path.includes('/node_modules/') ? stripTypeScriptTypes(String(source)) : source;
}

/** `node_modules/a/node_modules/@b/c` of a file below it. */
function toPackage(path: string): string {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path;
}

/** Copies the content to a directory whose `main.ts` is the service. */
async function writeImage(service: ImageService, directory: string): Promise<void> {
  const { files, packageFiles, packages } = await readImageContent(service);
  for (const path of [...files, ...packageFiles, ...packages.flatMap(findLicenceTexts)]) {
    cpSync(join(root, path), join(directory, path), { recursive: true, dereference: true });
  }
  symlinkSync(mains[service], join(directory, 'main.ts'));
  const megabytes = Math.round(sizeOf(directory) / 1024 / 1024);
  process.stdout.write(`${service}: ${files.length} files, ${packages.length} packages, ${megabytes} MB\n`);
}

/** Most licences ask that their text goes along with the code. */
function findLicenceTexts(folder: string): readonly string[] {
  return readdirSync(join(root, folder))
    .filter((name) => /^(licen[cs]e|notice|copying)/i.test(name))
    .map((name) => join(folder, name));
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
  await writeImage(service as ImageService, resolve(directory));
}
