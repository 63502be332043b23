import { z } from 'zod';
import { milliseconds, serviceSecret, serviceUrl } from '../../kit/process/config.ts';
import { type NamedSubgraph, readNamedSubgraphs } from './planning/addresses.ts';
import { readDeclarations } from './planning/declarations.ts';
import type { SubgraphAddress } from './upstream/subgraph-address.ts';

/** Tally's own subgraphs: their addresses and secrets are always given by whoever runs them. */
const ownSubgraphs: ReadonlySet<string> = new Set(['jira', 'voting']);

/** A foreign subgraph's address: taken as it is when it has a path, else `/graphql` is where its GraphQL is. */
const endpoint = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) URL' })
  .transform((url) => (new URL(url).pathname === '/' ? new URL('/graphql', url).href : url));

/** The variables of one subgraph: `my-notes` has MY_NOTES_SERVICE_URL, ROUTER_TO_MY_NOTES_SECRET, MY_NOTES_TIMEOUT_MS, MY_NOTES_TLS. */
export function variablesOf(name: string) {
  const prefix = name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
  return { url: `${prefix}_SERVICE_URL`, secret: `ROUTER_TO_${prefix}_SECRET`, timeout: `${prefix}_TIMEOUT_MS`, tls: `${prefix}_TLS` };
}

/** What the environment may, or must, say about the subgraphs of a supergraph. */
export interface SubgraphVariables {
  readonly shape: Readonly<Record<string, z.ZodType>>;
  /** The addresses, from the parsed values of `shape`. */
  readonly toAddresses: (values: Readonly<Record<string, unknown>>, defaultTimeoutMs: number) => readonly SubgraphAddress[];
  /** Those that must prove the router by a secret, beyond loopback and without TLS. */
  readonly provenBySecret: readonly string[];
  /** Variables that would mean several subgraphs, whose names differ in punctuation or case alone. */
  readonly ambiguous: readonly { readonly variable: string; readonly names: readonly string[] }[];
}

function findAmbiguous(names: readonly string[]): SubgraphVariables['ambiguous'] {
  const groups = Map.groupBy(names, (name) => variablesOf(name).url);
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .flatMap((group) => {
      const { url, secret, timeout } = variablesOf(group[0] ?? '');
      return [url, secret, timeout].map((variable) => ({ variable, names: group }));
    });
}

/** Reads supergraph SDL; text that is none has no subgraphs here, and is refused by whoever builds the graph. */
export function readSubgraphVariables(sdl: string): SubgraphVariables {
  const named = readNamedSubgraphs(sdl);
  const isTally = named.length > 0 && readDeclarations(sdl).isTally;
  const isOwn = ({ name }: NamedSubgraph): boolean => isTally && ownSubgraphs.has(name);
  const shape = Object.fromEntries(
    named.flatMap((subgraph): Array<[string, z.ZodType]> => {
      const { url, secret, timeout, tls } = variablesOf(subgraph.name);
      const ofUrl = isOwn(subgraph) ? serviceUrl : endpoint.safeParse(subgraph.url).success ? endpoint.optional() : endpoint;
      return [
        [url, ofUrl],
        [secret, serviceSecret.optional()],
        [timeout, milliseconds.optional()],
        [tls, z.enum(['mutual', 'system'], 'must be mutual or system').default('mutual')],
      ];
    }),
  );
  return {
    shape,
    toAddresses: (values, defaultTimeoutMs) =>
      named.map(({ name, url: composed }) => {
        const { url, secret, timeout, tls } = variablesOf(name);
        return {
          name,
          // The address in the supergraph is the endpoint, whatever its path.
          url: (values[url] as string | undefined) ?? composed,
          secret: values[secret] as string | undefined,
          timeoutMs: (values[timeout] as number | undefined) ?? defaultTimeoutMs,
          tls: values[tls] as SubgraphAddress['tls'],
        };
      }),
    provenBySecret: named.filter(isOwn).map(({ name }) => name),
    ambiguous: findAmbiguous(named.map(({ name }) => name)),
  };
}
