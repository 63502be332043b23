import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A folder with a subgraph of somebody's. */
export interface AddedSubgraph {
  readonly name: string;
  readonly folder: string;
  readonly sdlFile: string;
  /** What starts it, in its folder; it listens on PORT. */
  readonly command: readonly [program: string, ...given: string[]];
}

/** Run by this Node, which strips types. */
const programs = ['main.ts', 'main.mts', 'main.mjs', 'main.js'];

/**
 * The subgraph in this folder, whose name is the folder's.
 *
 * @throws Error naming the folder and what it lacks.
 */
export function findAddedSubgraph(folder: string): AddedSubgraph {
  const name = basename(folder);
  const sdlFile = join(folder, 'schema.graphql');
  if (!existsSync(folder)) throw new Error(`--with ${folder}: no such folder`);
  if (!/^[A-Za-z][\w-]*$/.test(name))
    throw new Error(`--with ${folder}: the folder's name is the subgraph's, a letter and then letters, digits, - and _`);
  if (!existsSync(sdlFile)) throw new Error(`--with ${folder}: it has no schema.graphql`);
  const program = programs.find((each) => existsSync(join(folder, each)));
  if (program !== undefined) return { name, folder, sdlFile, command: [process.execPath, '--no-warnings', program] };
  if (!hasStartScript(join(folder, 'package.json')))
    throw new Error(`--with ${folder}: it has none of ${programs.join(', ')}, and no "start" script in a package.json`);
  return { name, folder, sdlFile, command: ['npm', 'start', '--silent'] };
}

function hasStartScript(file: string): boolean {
  if (!existsSync(file)) return false;
  const { scripts } = JSON.parse(readFileSync(file, 'utf8')) as { readonly scripts?: Readonly<Record<string, unknown>> };
  return typeof scripts?.['start'] === 'string';
}
