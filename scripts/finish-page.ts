// After the page is built: the manifest of its operations, compressed forms of its files, and the check that its first load stays small.
// `npm run build -- --previous DIRECTORY` keeps what browsers with the build in that directory still ask for.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { InMemoryCache } from '@apollo/client';
import { type DocumentNode, Kind, OperationTypeNode, print } from 'graphql';
import * as first from '../web/src/generated/graph.ts';
import * as later from '../web/src/generated/later.ts';
import { toFollowed } from '../web/src/graph/followed.ts';
import { compressFiles } from './compress-files.ts';
import { keepBuilds } from './keep-builds.ts';

const dist = new URL('../web/dist/', import.meta.url);
const firstLoadLimitKb = 185;

/** The page's operations as it sends them, in the format of Apollo's persisted query manifests. */
export function createPageManifest(): {
  readonly operations: readonly { readonly id: string; readonly name: string; readonly body: string }[];
} {
  const cache = new InMemoryCache();
  const documents = Object.values({ ...later, ...first }).filter((value): value is DocumentNode & typeof value => 'definitions' in value);
  const operations = documents.flatMap((document) => {
    const sent = cache.transformDocument(document);
    const operation = sent.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    if (!operation) return [];
    const { name, operation: type } = operation;
    // A subscription goes through Apollo's client, or past it in a form of its own.
    const bodies = type === OperationTypeNode.SUBSCRIPTION ? [print(sent), toFollowed(cache, document)] : [print(sent)];
    return bodies.map((body) => ({ id: createHash('sha256').update(body).digest('hex'), name: name?.value ?? '', type, body }));
  });
  const head = { format: 'apollo-persisted-query-manifest', version: 1 };
  return { ...head, operations };
}

/** Gzipped kilobytes of script that the browser loads before the first screen. */
export function readFirstLoadKb(): number {
  const page = readFileSync(new URL('index.html', dist), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/gu)].map((match) => match[1] ?? '');
  const bytes = scripts.reduce((sum, script) => sum + gzipSync(readFileSync(new URL(script, dist))).length, 0);
  return Math.round(bytes / 102.4) / 10;
}

/**
 * Writes `web/dist/operations.json`, which PERSISTED_OPERATIONS_FILES of the router may name, and what the router sends to browsers that unpack it;
 * keeps what those with the build in `previous` need.
 */
export function finishPage(previous?: string): void {
  writeFileSync(new URL('operations.json', dist), `${JSON.stringify(createPageManifest(), null, 1)}\n`);
  keepBuilds(fileURLToPath(dist), previous);
  compressFiles(dist);
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { previous: { type: 'string' } } });
  finishPage(values.previous);
  const kb = readFirstLoadKb();
  process.stdout.write(`The page's first load: ${kb} kB of script, gzipped (limit ${firstLoadLimitKb}).\n`);
  if (kb > firstLoadLimitKb) process.exitCode = 1;
}
