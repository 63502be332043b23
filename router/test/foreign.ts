import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, execute, type GraphQLError, type GraphQLFieldResolver, type GraphQLSchema, parse, validate } from 'graphql';

type Resolver = GraphQLFieldResolver<never, never> | ((reference: never) => unknown);

/** A subgraph that knows nothing of Tally: SDL and resolvers. */
export interface ForeignSubgraph {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, Resolver>>>>;
}

export interface SentToSubgraph {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A supergraph of foreign subgraphs that are served, each at a path of its own and without `/health`. */
export interface ForeignGraph {
  readonly supergraphFile: string;
  readonly urlOf: (subgraph: string) => string;
  /** Every GraphQL request that a subgraph got, but for what asks whether it is there. */
  readonly sent: readonly SentToSubgraph[];
  readonly stop: () => Promise<void>;
}

/** Reads each query once: to validate one costs more than to answer it. */
function createServed(name: string, schema: GraphQLSchema) {
  const known = new Map<string, { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] }>();
  const read = (query: string) => {
    const found = known.get(query);
    if (found !== undefined) return found;
    const made = readDocument(schema, query);
    known.set(query, made);
    return made;
  };
  return { name, schema, read };
}

function readDocument(schema: GraphQLSchema, query: string) {
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    return errors.length === 0 ? { document } : { errors };
  } catch (error) {
    return { errors: [error as GraphQLError] };
  }
}

/** Serves the subgraphs and composes them; `isAddressComposed: false` leaves the addresses in the supergraph empty; `tls` serves them by https. */
export async function serveForeignGraph(
  subgraphs: readonly ForeignSubgraph[],
  {
    isAddressComposed = true,
    tls,
  }: { readonly isAddressComposed?: boolean; readonly tls?: { readonly key: string; readonly cert: string } } = {},
): Promise<ForeignGraph> {
  const schemas = new Map(
    subgraphs.map(({ name, sdl, resolvers }) => [
      `/of/${name}`,
      createServed(name, buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as never })),
    ]),
  );
  const sent: SentToSubgraph[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const served = schemas.get(request.url ?? '');
    if (served === undefined || request.method !== 'POST') return void response.writeHead(404).end();
    const { query, variables = {} } = JSON.parse(await text(request));
    if (query !== '{ __typename }') sent.push({ subgraph: served.name, query, variables, headers: request.headers });
    const read = served.read(query);
    const result =
      'errors' in read
        ? read
        : await execute({
            schema: served.schema,
            document: read.document,
            variableValues: variables,
            contextValue: { headers: request.headers },
          });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(result));
  };
  const server = tls === undefined ? createServer(answer) : createSecureServer(tls, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const urlOf = (name: string): string =>
    `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}/of/${name}`;
  const supergraphFile = join(mkdtempSync(join(tmpdir(), 'tally-foreign-')), 'supergraph.graphql');
  const services = subgraphs.map(({ name, sdl }) => ({ name, url: isAddressComposed ? urlOf(name) : '', typeDefs: parse(sdl) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (errors !== undefined) throw new AggregateError(errors, errors.map(({ message }) => message).join('\n'));
  writeFileSync(supergraphFile, supergraphSdl);
  return {
    supergraphFile,
    urlOf,
    sent,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
