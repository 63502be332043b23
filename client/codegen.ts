import { readFileSync } from 'node:fs';
import { Supergraph } from '@apollo/federation-internals';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { printSchema } from 'graphql';

// What every client sees: the supergraph without what is inaccessible.
const supergraph = Supergraph.build(readFileSync('router/supergraph.graphql', 'utf8'), { validateSupergraph: false });
const apiSchema = printSchema(supergraph.apiSchema().toGraphQLJSSchema());

const header = (from: string) => ({
  add: { content: `// Generated from router/supergraph.graphql and ${from} by \`npm run generate:client\`; do not edit.` },
});

const typed = {
  useTypeImports: true,
  enumType: 'string-literal' as const,
  immutableTypes: true,
  scalars: { DateTime: 'string', ID: 'string' },
  dedupeFragments: true,
};

const config: CodegenConfig = {
  schema: apiSchema,
  generates: {
    'client/generated/graph.ts': {
      documents: 'client/operations/*.graphql',
      plugins: [header('client/operations'), 'typescript-operations', 'typed-document-node'],
      // Text, so that the client needs no parser.
      config: { ...typed, documentMode: 'string' as const },
    },
    // Types alone: the tour sends the files as README shows them.
    'tour/generated/graph.ts': {
      documents: 'tour/operations/*.graphql',
      plugins: [header('tour/operations'), 'typescript-operations'],
      config: typed,
    },
  },
};

// The code generator loads its configuration by default export.
export default config;
