// What browsers that loaded an earlier build of the page still ask for, and those that meet routers of both builds during a roll-out.
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** One build: its files below `assets/`, whose names are hashes, and the ids of its operations. */
interface Build {
  readonly assets: readonly string[];
  readonly operations: readonly string[];
}

const buildList = z.array(z.object({ assets: z.array(z.string()), operations: z.array(z.string()) }));
const manifest = z.looseObject({ operations: z.array(z.looseObject({ id: z.string() })) });

/** Of how many earlier builds files and operations are kept. */
const keptBuilds = 2;

const readManifest = (dist: string) => manifest.parse(JSON.parse(readFileSync(join(dist, 'operations.json'), 'utf8')));

/** The builds in a folder, the newest first; one that knows of none is one build. */
function readBuilds(dist: string): readonly Build[] {
  const file = join(dist, 'builds.json');
  if (existsSync(file)) return buildList.parse(JSON.parse(readFileSync(file, 'utf8')));
  if (!existsSync(join(dist, 'operations.json'))) return [];
  return [{ assets: readdirSync(join(dist, 'assets')), operations: readManifest(dist).operations.map(({ id }) => id) }];
}

/**
 * Adds the files and operations of the last two builds to a new one, out of the folder of the build before (which has those before it), and writes
 * `builds.json`. A folder without a build adds nothing.
 */
export function keepBuilds(dist: string, previous: string | undefined): void {
  const own: Build = { assets: readdirSync(join(dist, 'assets')), operations: readManifest(dist).operations.map(({ id }) => id) };
  const isAnother = ({ assets }: Build) => assets.toSorted().join() !== own.assets.toSorted().join();
  const earlier = previous === undefined ? [] : readBuilds(previous).filter(isAnother).slice(0, keptBuilds);
  writeFileSync(join(dist, 'builds.json'), `${JSON.stringify([own, ...earlier])}\n`);
  if (previous === undefined || earlier.length === 0) return;

  for (const asset of new Set(earlier.flatMap(({ assets }) => assets))) {
    const [from, to] = [join(previous, 'assets', asset), join(dist, 'assets', asset)];
    // The router takes a compressed form only when it is not older than its file.
    if (!existsSync(to) && existsSync(from)) cpSync(from, to, { preserveTimestamps: true });
  }
  const ours = readManifest(dist);
  const known = new Set(own.operations);
  const wanted = new Set(earlier.flatMap(({ operations }) => operations));
  const kept = readManifest(previous).operations.filter(({ id }) => wanted.has(id) && !known.has(id));
  writeFileSync(join(dist, 'operations.json'), `${JSON.stringify({ ...ours, operations: [...ours.operations, ...kept] }, null, 1)}\n`);
}
