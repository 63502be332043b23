// `npm run check:schema`: what the graph takes away since its last release, and whom that hurts; `-- --release` commits to the graph as it is.
// `npm run check:subgraph -- NAME=SDL`: the same for a candidate of a subgraph, composed with the others.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import { buildSchema, findBreakingChanges, type GraphQLSchema, parse, printSchema, validate } from 'graphql';
import { toMessage } from '../kit/process/errors.ts';
import { CompositionError, composeSupergraph } from '../router/src/compose.ts';

const root = join(import.meta.dirname, '..');
const releases = join(root, 'docs/schema');

/** A client's operation. */
export interface UsedDocument {
  readonly name: string;
  readonly text: string;
}

/** One line for each thing that clients of `before` lose with `after`, and for each known operation that is no longer valid. */
export function findBreaks(before: GraphQLSchema, after: GraphQLSchema, used: readonly UsedDocument[]): readonly string[] {
  const changes = findBreakingChanges(before, after)
    .map(({ description }) => description)
    // A scalar of the language is there whether or not something has it.
    .filter((description) => !description.startsWith('Standard scalar '));
  const broken = used.flatMap(({ name, text }) => {
    // What was not valid before is not broken by the change.
    const document = parse(text);
    if (validate(before, document).length > 0) return [];
    return validate(after, document).map(({ message }) => `${name}: ${message}`);
  });
  return [...changes, ...broken];
}

/** What clients see of supergraph SDL. */
export function toApiSchema(supergraphSdl: string): GraphQLSchema {
  return Supergraph.build(supergraphSdl, { validateSupergraph: true }).apiSchema().toGraphQLJSSchema();
}

/** The newest released SDL. Versions are compared as numbers. */
export function findRelease(): { readonly file: string; readonly schema: GraphQLSchema } {
  const files = readdirSync(releases).filter((file) => file.endsWith('.graphql'));
  const [newest] = files.sort((a, b) => b.localeCompare(a, undefined, { numeric: true }));
  if (newest === undefined) throw new Error('docs/schema has no release: `npm run check:schema -- --release` makes the first.');
  return { file: join(releases, newest), schema: buildSchema(readFileSync(join(releases, newest), 'utf8')) };
}

/** The operations of the tour, one a file, and of the page, which shares fragments. */
export function readUsedDocuments(): readonly UsedDocument[] {
  const read = (folder: string) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.graphql'))
      .map((file) => ({ name: file, text: readFileSync(join(root, folder, file), 'utf8') }));
  const page = ['web/src/graph/operations', 'web/src/graph/operations/later'].flatMap(read).map(({ text }) => text);
  return [...read('tour/operations'), { name: 'the page', text: page.join('\n') }];
}

function report(breaks: readonly string[], good: string): number {
  process.stdout.write(breaks.length === 0 ? `${good}\n` : `This breaks clients:\n${breaks.map((line) => `  ${line}`).join('\n')}\n`);
  return breaks.length === 0 ? 0 : 1;
}

function main(given: readonly string[]): number {
  const current = toApiSchema(readFileSync(join(root, 'router/supergraph.graphql'), 'utf8'));
  const [first = ''] = given;
  if (first === '--release') {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
    const file = join(releases, `${version}.graphql`);
    writeFileSync(file, `${printSchema(current)}\n`);
    process.stdout.write(`Wrote ${relative(process.cwd(), file)}.\n`);
    return 0;
  }
  if (first === '') {
    const { file, schema } = findRelease();
    return report(findBreaks(schema, current, readUsedDocuments()), `Clients of ${relative(root, file)} lose nothing.`);
  }
  const [name = '', sdlFile] = first.split('=');
  if (sdlFile === undefined) {
    process.stderr.write('Usage: npm run check:subgraph -- NAME=SDL\n');
    return 2;
  }
  try {
    const composed = composeSupergraph(join(root, 'supergraph.yaml'), [{ name, url: 'http://127.0.0.1/graphql', sdlFile }]);
    return report(
      findBreaks(current, toApiSchema(composed), readUsedDocuments()),
      `${name} composes with the others, and no client loses anything.`,
    );
  } catch (error) {
    if (!(error instanceof CompositionError)) throw error;
    process.stderr.write(`${name} does not compose with the others:\n${toMessage(error)}\n`);
    return 1;
  }
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
