import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { getOperationAST, parse } from 'graphql';

/** The operations of a folder's .graphql files, one a file, as a persisted query manifest in Apollo's format (JSON text). */
export function createManifest(folder: string): string {
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  const operations = files.sort().map((file) => {
    const body = readFileSync(join(folder, file), 'utf8');
    const operation = getOperationAST(parse(body));
    return {
      id: createHash('sha256').update(body).digest('hex'),
      name: operation?.name?.value ?? basename(file, '.graphql'),
      type: operation?.operation ?? 'query',
      body,
    };
  });
  return `${JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }, undefined, 2)}\n`;
}

if (import.meta.main) {
  const [folder, target] = process.argv.slice(2);
  if (folder === undefined || target === undefined) {
    process.stderr.write('Usage: node router/src/manifest.ts <folder of .graphql files> <manifest to write>\n');
    process.exitCode = 2;
  } else {
    writeFileSync(target, createManifest(folder));
  }
}
