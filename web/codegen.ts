import { readFileSync } from 'node:fs';
import { Supergraph } from '@apollo/federation-internals';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { printSchema } from 'graphql';

// The page sees what every client sees: the supergraph without what is inaccessible.
const supergraph = Supergraph.build(readFileSync('router/supergraph.graphql', 'utf8'), { validateSupergraph: false });
const apiSchema = printSchema(supergraph.apiSchema().toGraphQLJSSchema());

const output = (documents: string | string[]) => ({
  documents,
  plugins: [
    { add: { content: '// Generated from router/supergraph.graphql and the operations by `npm run generate:page`; do not edit.' } },
    'typescript-operations',
    'typed-document-node',
  ],
  config: {
    useTypeImports: true,
    enumType: 'string-literal' as const,
    immutableTypes: true,
    scalars: { DateTime: 'string', ID: 'string' },
    documentMode: 'documentNodeImportFragments' as const,
    dedupeFragments: true,
  },
});

const operations = 'web/src/graph/operations';

const config: CodegenConfig = {
  schema: apiSchema,
  generates: {
    'web/src/generated/graph.ts': output(`${operations}/*.graphql`),
    // Of parts that are loaded when they are first shown: in a module of its own, so that the first load is without them.
    'web/src/generated/later.ts': output([`${operations}/fragments.graphql`, `${operations}/later/*.graphql`]),
  },
};

// The code generator loads its configuration by default export.
export default config;
