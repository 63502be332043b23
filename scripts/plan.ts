// `npm run plan -- FILE [VARIABLES] [SUPERGRAPH]`: prints how the router fetches each operation of a .graphql file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, validate } from 'graphql';
import { createGraph, formatPlan } from '../router/src/planning/graph.ts';

const [file, variables = '{}', supergraph = join(import.meta.dirname, '../router/supergraph.graphql')] = process.argv.slice(2);

function main(document: string): number {
  const graph = createGraph(readFileSync(supergraph, 'utf8'));
  const parsed = parse(document);
  const errors = validate(graph.schema, parsed);
  for (const { message } of errors) process.stderr.write(`${message}\n`);
  if (errors.length > 0) return 1;
  for (const definition of parsed.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const name = definition.name?.value;
    process.stdout.write(`# ${name ?? definition.operation}\n${formatPlan(graph.plan(parsed, name, document), JSON.parse(variables))}\n`);
  }
  return 0;
}

if (file === undefined) {
  process.stderr.write('Usage: npm run plan -- FILE [VARIABLES as JSON] [SUPERGRAPH]\n');
  process.exitCode = 2;
} else process.exitCode = main(readFileSync(file, 'utf8'));
