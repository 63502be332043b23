import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import { type DocumentNode, type OperationDefinitionNode, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { listVariables } from '../scripts/docs-configuration.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const readme = read('README.md');

const operations = readdirSync(join(root, 'tour/operations')).map((name) => `tour/operations/${name}`);
const blocks = [...readme.matchAll(/<!-- (tour\/\S+) -->\n```graphql\n([\s\S]*?)```\n```json\n([\s\S]*?)```/g)].map(
  ([, path = '', operation = '', variables = '']) => ({ path, operation, variables }),
);

function definitionOf(document: DocumentNode): OperationDefinitionNode {
  const definition = document.definitions[0];
  if (definition?.kind !== 'OperationDefinition') throw new Error('The file holds no operation.');
  return definition;
}

describe("README's tour", () => {
  it('shows every operation that `npm run tour` plays, and no other', () => {
    expect(blocks.map(({ path }) => path).sort()).toEqual(operations.sort());
  });

  it.each(blocks)('shows $path as it is', ({ path, operation }) => {
    expect(operation).toBe(read(path));
  });

  it.each(blocks)('gives the variables that $path declares', ({ operation, variables }) => {
    const declared = definitionOf(parse(operation)).variableDefinitions?.map(({ variable }) => variable.name.value);
    expect(Object.keys(JSON.parse(variables) as object)).toEqual(declared);
  });

  it.each(operations)('has a valid %s', (path) => {
    const supergraph = Supergraph.build(read('router/supergraph.graphql'), { validateSupergraph: false });
    expect(validate(supergraph.apiSchema().toGraphQLJSSchema(), parse(read(path)))).toEqual([]);
  });
});

describe("README's links", () => {
  it('lead to files that exist', () => {
    const targets = [...readme.matchAll(/\]\((?!http)([^)#]+)\)/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([]);
  });
});

describe("README's configuration", () => {
  const section = readme.slice(readme.indexOf('## Configuration'), readme.indexOf('## Errors'));
  const shown = [...section.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => name),
  );

  it('is short: what most installations need', () => {
    expect(shown.length).toBeGreaterThan(5);
    expect(shown.length).toBeLessThanOrEqual(12);
  });

  it('has no variable that nothing reads', () => {
    const known = new Set(listVariables().map(({ name }) => name));
    expect(shown.filter((name) => !known.has(name))).toEqual([]);
  });
});
