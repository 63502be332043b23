import type { GraphQLDataSource } from '@apollo/gateway';
import { serviceSecretHeader } from '../../kit/process/callers.ts';
import type { Tls } from '../../kit/process/tls.ts';
import type { SubgraphAddress } from './config.ts';
import type { RouterContext } from './context.ts';
import { createSubgraphClient, type SubgraphClient } from './upstream/subgraph-client.ts';

/** The subgraphs that this router knows, each with its connections. */
export interface Subgraphs {
  readonly all: readonly SubgraphClient[];
  readonly names: readonly string[];
  readonly dataSources: Readonly<Record<string, GraphQLDataSource>>;
  /** @throws Error for a name that is not configured. */
  readonly get: (name: string) => SubgraphClient;
  /** Where a subgraph's subscriptions are, and what the router says of itself and of the session that an upstream is for. */
  readonly upstreamOf: (name: string) => {
    readonly url: string;
    readonly connectionParams: (lender: RouterContext, scope: string) => Record<string, string>;
    readonly tls: Tls | undefined;
  };
  readonly close: () => Promise<void>;
}

export function createSubgraphs(addresses: readonly SubgraphAddress[], timeoutMs: number, tls: Tls | undefined): Subgraphs {
  const all = addresses.map((address) => createSubgraphClient({ address, timeoutMs, connect: tls?.connect }));
  const get = (name: string): SubgraphClient => {
    const found = all.find((client) => client.name === name);
    if (found === undefined) throw new Error(`There is no subgraph ${name}.`);
    return found;
  };
  return {
    all,
    names: all.map(({ name }) => name),
    dataSources: Object.fromEntries(all.map(({ name, dataSource }) => [name, dataSource])),
    get,
    upstreamOf: (name) => {
      const { url, secret } = get(name);
      const own: Record<string, string> = secret === undefined ? {} : { [serviceSecretHeader]: secret };
      return { url, connectionParams: ({ forwarded }, scope) => ({ ...forwarded, ...own, 'x-tally-session': scope }), tls };
    },
    close: async () => {
      await Promise.all(all.map((client) => client.close()));
    },
  };
}
