import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeServices } from '@apollo/composition';
import { parse as parseGraphql } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { toMessage } from '../../kit/process/errors.ts';

/** The composition is impossible; the message lists every reason, one a line. */
export class CompositionError extends Error {
  override readonly name = 'CompositionError';
}

const compositionFile = z.object({
  subgraphs: z.record(z.string(), z.object({ routing_url: z.string(), schema: z.object({ file: z.string() }) })),
});

/** A subgraph beside those of the composition file. */
export interface ExtraSubgraph {
  readonly name: string;
  readonly url: string;
  readonly sdlFile: string;
}

/**
 * The supergraph SDL of a composition file in rover's format, and of further subgraphs; one of the same name takes the file's place. Reads local files
 * only.
 *
 * @throws CompositionError when a file is missing or not GraphQL, or when the subgraphs do not fit together.
 */
export function composeSupergraph(file: string, extra: readonly ExtraSubgraph[] = []): string {
  const { subgraphs } = compositionFile.parse(parseYaml(readFileSync(file, 'utf8')));
  const listed = Object.entries(subgraphs).map(([name, subgraph]): ExtraSubgraph => {
    return { name, url: subgraph.routing_url, sdlFile: resolve(dirname(file), subgraph.schema.file) };
  });
  const others = listed.filter(({ name }) => !extra.some((each) => each.name === name));
  const services = [...others, ...extra].map(({ name, url, sdlFile }) => {
    try {
      return { name, url, typeDefs: parseGraphql(readFileSync(sdlFile, 'utf8')) };
    } catch (error) {
      throw new CompositionError(`  ${name} (${relative(process.cwd(), sdlFile)}): ${toMessage(error)}`);
    }
  });
  const composed = composeServices(services);
  if (composed.errors !== undefined) {
    const lines = composed.errors.map((error) => `  ${String(error.extensions['code'] ?? 'ERROR')}: ${error.message}`);
    throw new CompositionError(lines.join('\n'));
  }
  return `# Generated from supergraph.yaml by \`npm run compose\`; do not edit.\n${composed.supergraphSdl.trimEnd()}\n`;
}

function main(check: boolean): number {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const target = resolve(root, 'router/supergraph.graphql');
  try {
    const composed = composeSupergraph(resolve(root, 'supergraph.yaml'));
    if (!check) {
      writeFileSync(target, composed);
      process.stdout.write(`Wrote ${relative(process.cwd(), target)}.\n`);
      return 0;
    }
    if (existsSync(target) && readFileSync(target, 'utf8') === composed) return 0;
    process.stderr.write('router/supergraph.graphql is out of date: run `npm run compose` and commit it.\n');
  } catch (error) {
    process.stderr.write(`The supergraph does not compose:\n${toMessage(error)}\n`);
  }
  return 1;
}

if (import.meta.main) process.exitCode = main(process.argv.includes('--check'));
