import type { GraphQLDataSource } from '@apollo/gateway';
import { serviceSecretHeader } from '../../kit/process/callers.ts';
import { type ClientTls, type Tls, trustAuthority } from '../../kit/process/tls.ts';
import type { RouterContext } from './context.ts';
import type { SubgraphAddress } from './upstream/subgraph-address.ts';
import { createSubgraphClient, type SubgraphClient } from './upstream/subgraph-client.ts';

/** The subgraphs of the supergraph that is served, each with its connections. */
export interface Subgraphs {
  readonly all: () => readonly SubgraphClient[];
  /** Always those of the moment. */
  readonly dataSources: Readonly<Record<string, GraphQLDataSource>>;
  /** @throws Error for a name that the supergraph does not have. */
  readonly get: (name: string) => SubgraphClient;
  /** Where a subgraph's subscriptions are, and what the router says of itself and of the session that an upstream is for. */
  readonly upstreamOf: (name: string) => {
    readonly url: string;
    readonly connectionParams: (lender: RouterContext, scope: string) => Record<string, string>;
    /** Of the request that opens the socket. */
    readonly headers: Readonly<Record<string, string>>;
    readonly tls: ClientTls | undefined;
  };
  /** Where a subgraph's files are, and what the router says of itself there. */
  readonly filesOf: (name: string) => {
    readonly url: string;
    readonly timeoutMs: number;
    readonly headers: (context: RouterContext) => Record<string, string>;
    readonly tls: ClientTls | undefined;
  };
  /** Goes on with these: those that stay as they are keep their connections, those that are gone answer what is under way. */
  readonly replace: (addresses: readonly SubgraphAddress[]) => void;
  readonly close: () => Promise<void>;
}

/** No subgraphs at first. */
export function createSubgraphs(tls: Tls | undefined): Subgraphs {
  const clients = new Map<string, { readonly address: SubgraphAddress; readonly client: SubgraphClient }>();
  const dataSources: Record<string, GraphQLDataSource> = {};
  const authorities = new Map<string, ClientTls>();
  const tlsOf = ({ tls: kind, authority }: SubgraphAddress): ClientTls | undefined => {
    if (authority === undefined) return kind === 'mutual' ? tls : undefined;
    const known = authorities.get(authority) ?? trustAuthority(authority);
    authorities.set(authority, known);
    return known;
  };
  const find = (name: string) => {
    const found = clients.get(name);
    if (found === undefined) throw new Error(`There is no subgraph ${name}.`);
    return found;
  };
  return {
    all: () => [...clients.values()].map(({ client }) => client),
    dataSources,
    get: (name) => find(name).client,
    upstreamOf: (name) => {
      const { address } = find(name);
      const own: Record<string, string> = address.secret === undefined ? {} : { [serviceSecretHeader]: address.secret };
      return {
        url: address.url,
        connectionParams: ({ forwarded }, scope) => ({ ...address.headers, ...forwarded, ...own, 'x-tally-session': scope }),
        headers: address.headers,
        tls: tlsOf(address),
      };
    },
    filesOf: (name) => {
      const { address } = find(name);
      const { url, timeoutMs, secret, headers } = address;
      const own: Record<string, string> = secret === undefined ? {} : { [serviceSecretHeader]: secret };
      return {
        url,
        timeoutMs,
        headers: ({ forwarded: { authorization: _token, ...rest } }) => ({ ...headers, ...rest, ...own }),
        tls: tlsOf(address),
      };
    },
    replace: (addresses) => {
      const before = new Map(clients);
      clients.clear();
      for (const name of Object.keys(dataSources)) delete dataSources[name];
      for (const address of addresses) {
        const known = before.get(address.name);
        const isSame = known !== undefined && JSON.stringify(known.address) === JSON.stringify(address);
        const client = isSame ? known.client : createSubgraphClient({ address, connect: tlsOf(address)?.connect });
        if (isSame) before.delete(address.name);
        clients.set(address.name, { address, client });
        dataSources[address.name] = client.dataSource;
      }
      for (const { client } of before.values()) void client.retire();
    },
    close: async () => {
      await Promise.all([...clients.values()].map(({ client }) => client.close()));
    },
  };
}
