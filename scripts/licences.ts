// `npm run licences`: the licence of every package that an image holds. `npm run -s sbom` writes all of them as CycloneDX.
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

/** Every package of every image, by name and version. */
export function listLicences(): readonly PackageLicence[] {
  const found = new Map<string, PackageLicence>();
  for (const service of Object.keys(mains) as ImageService[]) {
    for (const folder of readImageContent(service).packages) {
      const { name, version, license, licenses } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      // Before 2014 packages had a list of objects.
      const licence: string = license?.type ?? license ?? licenses?.map(({ type }: { type: string }) => type).join(' OR ') ?? 'unknown';
      const key = `${name}@${version}`;
      found.set(key, { name, version, licence, services: [...(found.get(key)?.services ?? []), service] });
    }
  }
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name));
}

if (import.meta.main) {
  for (const { name, version, licence, services } of listLicences())
    process.stdout.write(`${name}@${version}\t${licence}\t${services.join()}\n`);
}
