import { type ConstDirectiveNode, Kind, parse, type TypeDefinitionNode } from 'graphql';

/** A subgraph as its supergraph names it. */
export interface NamedSubgraph {
  readonly name: string;
  /** What stands for it in `@join__` directives, e.g. `JIRA`. */
  readonly graph: string;
  /** The address that the supergraph was composed with; may be empty. */
  readonly url: string;
}

/** The subgraphs in supergraph SDL, from the enum `join__Graph`; none when the text is not a supergraph. */
export function readNamedSubgraphs(sdl: string): readonly NamedSubgraph[] {
  let definitions: readonly { readonly kind: string }[];
  try {
    ({ definitions } = parse(sdl, { noLocation: true }));
  } catch {
    // Whoever builds the graph says what is wrong with the text.
    return [];
  }
  const graphs = (definitions as readonly TypeDefinitionNode[]).find(
    (each) => each.kind === Kind.ENUM_TYPE_DEFINITION && each.name.value === 'join__Graph',
  );
  if (graphs?.kind !== Kind.ENUM_TYPE_DEFINITION) return [];
  return (graphs.values ?? []).flatMap(({ name, directives = [] }) => {
    const directive = directives.find((each) => each.name.value === 'join__graph');
    if (directive === undefined) return [];
    return [{ graph: name.value, name: textOf(directive, 'name') ?? name.value, url: textOf(directive, 'url') ?? '' }];
  });
}

/** The name of the subgraph in a `@join__` directive, as `NamedSubgraph.graph`; undefined without one. */
export function graphOf({ arguments: given = [] }: ConstDirectiveNode): string | undefined {
  const value = given.find(({ name }) => name.value === 'graph')?.value;
  return value?.kind === Kind.ENUM ? value.value : undefined;
}

/** The text that a directive's argument has; undefined without one. */
export function textOf({ arguments: given = [] }: ConstDirectiveNode, name: string): string | undefined {
  const value = given.find((each) => each.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}
