import type { ApolloServerOptions } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { RouterContext } from '../context.ts';
import type { Graph } from '../planning/graph.ts';
import type { GraphSource } from '../planning/graph-source.ts';
import type { Executor } from './executor.ts';
import { publishError } from './public-errors.ts';

type Gateway = NonNullable<ApolloServerOptions<RouterContext>['gateway']>;

/** Shows our graph and executor to Apollo Server in the gateway's own form, so that all transports share one planner. */
export function toApolloGateway(graphs: GraphSource, executor: Executor): Gateway {
  // A request that Apollo Server validated before a reload is executed on the graph it was validated against.
  const graphOf = new WeakMap<GraphQLSchema, Graph>();
  const remember = (graph: Graph) => {
    graphOf.set(graph.schema, graph);
    return { apiSchema: graph.schema, coreSupergraphSdl: graph.sdl };
  };
  return {
    onSchemaLoadOrUpdate: (listener) => {
      listener(remember(graphs.current()));
      return graphs.onChange((graph) => listener(remember(graph)));
    },
    load: async () => ({
      schema: graphs.current().schema,
      executor: async ({ document, request, context, schema, source }) => {
        const graph = graphOf.get(schema) ?? graphs.current();
        const planned = graph.plan(document, request.operationName ?? undefined, source ?? '');
        const asker = context as RouterContext;
        const { data, errors } = await executor.execute({ planned, variables: request.variables ?? {}, context: asker });
        return {
          ...(data === undefined ? {} : { data }),
          ...(errors === undefined ? {} : { errors: errors.map((error) => publishError(error, asker)) }),
        };
      },
    }),
    stop: async () => {},
  };
}
