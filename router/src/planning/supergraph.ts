import { DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, errorCauses, Supergraph } from '@apollo/federation-internals';
import { type ConstDirectiveNode, type DocumentNode, GraphQLError, Kind, parse } from 'graphql';
import { toMessage } from '../../../kit/process/errors.ts';
import { readNamedSubgraphs, textOf } from './addresses.ts';

/** A supergraph that cannot be served, or not as it says; the message is one line that says why. */
export class UnservableSupergraph extends Error {
  override readonly name = 'UnservableSupergraph';
}

const apollo = 'https://specs.apollo.dev';
const security = 'which says who may see what, and the router does not enforce it: check it in the subgraphs, and compose without it';

/** What would change what clients get, and is not done here: refused also by a supergraph that does not say what it is `for`. */
const undone: ReadonlyMap<string, string> = new Map([
  [`${apollo}/authenticated`, `@authenticated, ${security}`],
  [`${apollo}/requiresScopes`, `@requiresScopes, ${security}`],
  [`${apollo}/policy`, `@policy, ${security}`],
  [`${apollo}/context`, '@context and @fromContext, which the router does not carry out: compose without them'],
  [`${apollo}/connect`, 'connectors (@connect), which the router does not carry out: serve them by a subgraph'],
]);

/** A supergraph as it is planned by, and as it was read. */
export interface ReadSupergraph {
  readonly supergraph: Supergraph;
  readonly document: DocumentNode;
}

/**
 * The supergraph in this text.
 *
 * @throws UnservableSupergraph for text that is none, and for one that asks for what the router does not do.
 */
export function readSupergraph(sdl: string): ReadSupergraph {
  const document = parseSupergraph(sdl);
  const found = new Set(readFeatures(document).flatMap(({ identity, url, purpose }) => findComplaint(identity, url, purpose) ?? []));
  if (found.size > 0) throw new UnservableSupergraph([...found].map((complaint) => `it uses ${complaint}`).join('; '));
  try {
    return { supergraph: Supergraph.build(sdl, { validateSupergraph: true }), document };
  } catch (error) {
    const causes = (errorCauses(error as Error) ?? [error]).map((each) => toMessage(each).replaceAll(/\s+/g, ' '));
    throw new UnservableSupergraph(causes.join('; '), { cause: error });
  }
}

function parseSupergraph(sdl: string): DocumentNode {
  if (sdl.trim() === '') throw new UnservableSupergraph('it is empty');
  let document: DocumentNode;
  try {
    document = parse(sdl);
  } catch (error) {
    const [at] = error instanceof GraphQLError ? (error.locations ?? []) : [];
    const place = at === undefined ? '' : ` (line ${at.line}, column ${at.column})`;
    throw new UnservableSupergraph(`it is not GraphQL: ${toMessage(error)}${place}`, { cause: error });
  }
  if (readNamedSubgraphs(sdl).length === 0) {
    const how = 'compose the subgraphs first, by `npm run compose` or `rover supergraph compose`';
    throw new UnservableSupergraph(`it is not a supergraph, which names its subgraphs in the enum join__Graph: ${how}`);
  }
  return document;
}

interface Feature {
  /** The address without its version. */
  readonly identity: string;
  readonly url: string;
  readonly purpose: string | undefined;
}

/** What the schema links, by `@link` of Federation 2 or `@core` of Federation 1, whatever either is called here. */
function readFeatures({ definitions }: DocumentNode): readonly Feature[] {
  const directives = definitions.flatMap((each): readonly ConstDirectiveNode[] =>
    each.kind === Kind.SCHEMA_DEFINITION || each.kind === Kind.SCHEMA_EXTENSION ? (each.directives ?? []) : [],
  );
  return directives.flatMap((directive) => {
    const url = textOf(directive, 'url') ?? textOf(directive, 'feature');
    if (url === undefined) return [];
    const purpose = directive.arguments?.find(({ name }) => name.value === 'for')?.value;
    const named = purpose?.kind === Kind.ENUM || purpose?.kind === Kind.STRING ? purpose.value : undefined;
    return [{ url, identity: url.replace(/\/v\d[\d.]*\/?$/, ''), purpose: named }];
  });
}

function findComplaint(identity: string, url: string, purpose: string | undefined): string | undefined {
  const known = undone.get(identity);
  if (known !== undefined) return known;
  if (purpose === undefined || DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES.has(url)) return undefined;
  return `${url}, which is for ${purpose}, and the router does not know it`;
}
