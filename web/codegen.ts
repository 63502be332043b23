import { readFileSync } from 'node:fs';
import { Supergraph } from '@apollo/federation-internals';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { printSchema } from 'graphql';

// The page sees what every client sees: the supergraph without what is inaccessible.
const supergraph = Supergraph.build(readFileSync('router/supergraph.graphql', 'utf8'), { validateSupergraph: false });
const apiSchema = printSchema(supergraph.apiSchema().toGraphQLJSSchema());

const config: CodegenConfig = {
  schema: apiSchema,
  documents: 'web/src/graph/operations/*.graphql',
  generates: {
    'web/src/generated/graph.ts': {
      plugins: [
        { add: { content: '// Generated from router/supergraph.graphql and the operations by `npm run generate:page`; do not edit.' } },
        'typescript-operations',
        'typed-document-node',
      ],
      config: {
        useTypeImports: true,
        enumType: 'string-literal',
        immutableTypes: true,
        scalars: { DateTime: 'string', ID: 'string' },
        documentMode: 'documentNodeImportFragments',
        dedupeFragments: true,
      },
    },
  },
};

// The code generator loads its configuration by default export.
export default config;
