import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { z } from 'zod';
import { type ConfigIssue, milliseconds, serviceSecret, serviceUrl } from '../../kit/process/config.ts';
import { toMessage } from '../../kit/process/errors.ts';
import { type NamedSubgraph, readNamedSubgraphs } from './planning/addresses.ts';
import { readDeclarations } from './planning/declarations.ts';
import { ownHeaders } from './upstream/own-headers.ts';
import type { SubgraphAddress } from './upstream/subgraph-address.ts';

/** Tally's own subgraphs: their addresses and secrets are always given by whoever runs them. */
const ownSubgraphs: ReadonlySet<string> = new Set(['jira', 'voting']);

/** A foreign subgraph's address: taken as it is when it has a path, else `/graphql` is where its GraphQL is. */
const endpoint = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) URL' })
  .refine((url) => !/^https?:[/\\]*[^/?#]*@/i.test(url), 'must not have a user or a password: they would be told in logs and not be sent')
  .transform((url) => (new URL(url).pathname === '/' ? new URL('/graphql', url).href : url));

/** A PEM file, as its text. */
const authorityFile = z.string().transform((file, { addIssue }) => {
  try {
    const text = readFileSync(file, 'utf8');
    createSecureContext({ ca: text });
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
    addIssue(`no certificate is in ${file}`);
  } catch (error) {
    addIssue(`cannot be read as certificates: ${toMessage(error)}`);
  }
  return z.NEVER;
});

/** The variables of one subgraph: `my-notes` has MY_NOTES_SERVICE_URL, ROUTER_TO_MY_NOTES_SECRET, MY_NOTES_HEADERS, MY_NOTES_TIMEOUT_MS, MY_NOTES_TLS, MY_NOTES_TLS_CA. */
export function variablesOf(name: string) {
  const prefix = name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
  return {
    url: `${prefix}_SERVICE_URL`,
    secret: `ROUTER_TO_${prefix}_SECRET`,
    headers: `${prefix}_HEADERS`,
    timeout: `${prefix}_TIMEOUT_MS`,
    tls: `${prefix}_TLS`,
    authority: `${prefix}_TLS_CA`,
  };
}

/** What the environment may, or must, say about the subgraphs of a supergraph. */
export interface SubgraphVariables {
  readonly shape: Readonly<Record<string, z.ZodType>>;
  /** The addresses, from the parsed values of `shape`. */
  readonly toAddresses: (values: Readonly<Record<string, unknown>>, defaultTimeoutMs: number) => readonly SubgraphAddress[];
  /** Those that must prove the router by a secret, beyond loopback and without TLS. */
  readonly provenBySecret: readonly string[];
  /** Those without a usable address in the supergraph, by the variable that must name it. */
  readonly unaddressed: readonly ConfigIssue[];
  /** Variables that would mean several subgraphs, whose names differ in punctuation or case alone. */
  readonly ambiguous: readonly { readonly variable: string; readonly names: readonly string[] }[];
}

function findAmbiguous(names: readonly string[]): SubgraphVariables['ambiguous'] {
  const groups = Map.groupBy(names, (name) => variablesOf(name).url);
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .flatMap((group) => {
      return Object.values(variablesOf(group[0] ?? '')).map((variable) => ({ variable, names: group }));
    });
}

/**
 * Reads supergraph SDL; text that is none has no subgraphs here, and is refused by whoever builds the graph. `taken` are the router's own variables: a
 * subgraph called `client` or `subgraph` goes without a CLIENT_TLS or a SUBGRAPH_TIMEOUT_MS of its own.
 */
export function readSubgraphVariables(sdl: string, taken: ReadonlySet<string>): SubgraphVariables {
  const named = readNamedSubgraphs(sdl);
  const isTally = named.length > 0 && readDeclarations(sdl).isTally;
  const isOwn = ({ name }: NamedSubgraph): boolean => isTally && ownSubgraphs.has(name);
  const shape = Object.fromEntries(
    named.flatMap((subgraph): Array<[string, z.ZodType]> => {
      const { url, secret, headers, timeout, tls, authority } = variablesOf(subgraph.name);
      const ofUrl = isOwn(subgraph) ? serviceUrl : endpoint.optional();
      return [
        [url, ofUrl],
        [secret, serviceSecret.optional()],
        [headers, ownHeaders.optional()],
        [timeout, milliseconds.optional()],
        [tls, z.enum(['mutual', 'system'], 'must be mutual or system').optional()],
        [authority, authorityFile.optional()],
      ].filter(([variable]) => !taken.has(variable as string)) as Array<[string, z.ZodType]>;
    }),
  );
  return {
    shape,
    toAddresses: (values, defaultTimeoutMs) =>
      named.map(({ name, url: composed }) => {
        const { url, secret, headers, timeout, tls, authority } = variablesOf(name);
        const given = (variable: string): unknown => (taken.has(variable) ? undefined : values[variable]);
        return {
          name,
          // The address in the supergraph is the endpoint, whatever its path.
          url: (given(url) as string | undefined) ?? composed,
          secret: given(secret) as string | undefined,
          headers: (given(headers) as SubgraphAddress['headers'] | undefined) ?? {},
          timeoutMs: (given(timeout) as number | undefined) ?? defaultTimeoutMs,
          tls: (given(tls) as SubgraphAddress['tls'] | undefined) ?? 'mutual',
          authority: given(authority) as string | undefined,
        };
      }),
    provenBySecret: named.filter(isOwn).map(({ name }) => name),
    ambiguous: findAmbiguous(named.map(({ name }) => name)),
    unaddressed: named
      .filter((subgraph) => !isOwn(subgraph))
      .flatMap(({ name, url }) => {
        const { success, error } = endpoint.safeParse(url);
        if (success) return [];
        const why = url.trim() === '' ? 'has no address for it' : `has an address for it that ${error.issues[0]?.message}`;
        return [{ variable: variablesOf(name).url, message: `required: the supergraph ${why}` }];
      }),
  };
}
