// After a build for browsers: compressed forms beside its files, which the router sends to whoever unpacks them.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** Writes `.br` and `.gz` beside each file that gets smaller by them; hashed files that have them are of a build before. */
export function compressFiles(directory: URL): void {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(html|js|css|svg|json)$/.test(file));
  const isNew = (file: string) => !existsSync(new URL(`${file}.br`, directory));
  for (const file of files.filter((each) => !each.startsWith('assets/') || isNew(each))) {
    const plain = readFileSync(new URL(file, directory));
    for (const [extension, packed] of [
      ['br', brotliCompressSync(plain)],
      ['gz', gzipSync(plain, { level: 9 })],
    ] as const)
      if (packed.length < plain.length) writeFileSync(new URL(`${file}.${extension}`, directory), packed);
  }
}

if (import.meta.main) compressFiles(new URL(`../${process.argv[2]}/`, import.meta.url));
