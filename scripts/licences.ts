// `npm run -s licences`: the licence of every package that an image holds; `npm run -s sbom` writes them as a bill of materials.
// Both take names of services: only what those images hold.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ImageService, mains, readImageContent } from './image.ts';

const root = join(import.meta.dirname, '..');

export interface PackageLicence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly services: readonly ImageService[];
}

/** Every package of the images, by name and version. */
export async function listLicences(images: readonly ImageService[]): Promise<readonly PackageLicence[]> {
  const found = new Map<string, PackageLicence>();
  for (const service of images) {
    for (const folder of (await readImageContent(service)).packages) {
      const { name, version, license, licenses } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      // Before 2014 packages had a list of objects.
      const licence: string = license?.type ?? license ?? licenses?.map(({ type }: { type: string }) => type).join(' OR ') ?? 'unknown';
      const key = `${name}@${version}`;
      found.set(key, { name, version, licence, services: [...new Set([...(found.get(key)?.services ?? []), service])] });
    }
  }
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name));
}

/** The same as CycloneDX 1.5. npm's own `npm sbom --omit=dev` leaves out what a tool of ours needs as well, graphql for one. */
function toSbom(packages: readonly PackageLicence[]): object {
  const components = packages.map(({ name, version, licence, services }) => ({
    type: 'library',
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    licenses: [{ expression: licence }],
    properties: services.map((service) => ({ name: 'tally:image', value: service })),
  }));
  return { bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, components };
}

if (import.meta.main) {
  const services = Object.keys(mains) as ImageService[];
  const named = services.filter((service) => process.argv.includes(service));
  const packages = await listLicences(named.length > 0 ? named : services);
  const lines = packages.map(({ name, version, licence, services }) => `${name}@${version}\t${licence}\t${services.join()}`);
  process.stdout.write(`${process.argv.includes('--sbom') ? JSON.stringify(toSbom(packages), undefined, 2) : lines.join('\n')}\n`);
}
