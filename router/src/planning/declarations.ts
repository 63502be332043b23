import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type SchemaDefinitionNode,
} from 'graphql';
import { graphOf, readNamedSubgraphs, textOf } from './addresses.ts';

/** What a subscription field promises, and so how it may be shared, buffered and resumed. */
export type StreamKind =
  /** Every payload is the whole state: the newest replaces older ones, and is replayed to who comes late. */
  | { readonly kind: 'snapshot' }
  /** Ordered events, each with its cursor in `field`: resumed after the last one seen, by `argument`. */
  | { readonly kind: 'cursor'; readonly argument: string; readonly field: string }
  /** Events without a cursor: those that fall into a gap upstream are lost. */
  | { readonly kind: 'event' };

/** How a subscription field behaves, as its subgraph declares with `@feed`. */
export interface Stream {
  readonly kind: StreamKind;
  /** The argument that names a scope: its participants alone follow. */
  readonly scope: string | undefined;
  /** The argument that names an entity: participants whose scope holds it may follow, too. */
  readonly heldBy: string | undefined;
}

/** The query field that says who takes part in a scope (`@scope`). */
export interface ScopeDeclaration {
  readonly subgraph: string;
  readonly field: string;
  readonly argument: string;
  /** A query field that is null for those who take no part. */
  readonly viewer: string;
  /** The field of the scope that its streams' cursors count. */
  readonly revision: string;
  /** Field names that lead from the scope to the keys of the entities that it holds. */
  readonly entities: readonly string[];
}

/** The stream that tells who has left a scope (`@departures`). */
export interface DeparturesDeclaration {
  readonly subgraph: string;
  readonly field: string;
  readonly scopeArgument: string;
  readonly cursor: { readonly argument: string; readonly field: string };
  readonly typeField: string;
  readonly type: string;
  /** Field names that lead from a payload to the id of whoever has left. */
  readonly who: readonly string[];
}

/** Files of an entity, served by the subgraph of the field that leads to them (`@files`). */
export interface FilesDeclaration {
  /** Begins with a slash; the entity's key comes next. */
  readonly path: string;
  readonly subgraph: string;
}

/** What a supergraph declares for the router, by the directives of `specification`. */
export interface Declarations {
  /** True when the supergraph links the specification at all: it is Tally's own then. */
  readonly isTally: boolean;
  readonly streamOf: (subscriptionField: string) => Stream;
  /** Mutation fields by which strangers come in, each with the argument that says where to. */
  readonly entrances: ReadonlyMap<string, string | undefined>;
  readonly scope: ScopeDeclaration | undefined;
  readonly departures: DeparturesDeclaration | undefined;
  readonly files: readonly FilesDeclaration[];
}

/** The specification that a subgraph links to use the directives; `@composeDirective` brings them into the supergraph. */
const specification = 'https://tally.example/specs/tally';

const passThrough: Stream = { kind: { kind: 'event' }, scope: undefined, heldBy: undefined };

/** Reads what valid supergraph SDL declares. */
export function readDeclarations(sdl: string): Declarations {
  const { definitions } = parse(sdl, { noLocation: true });
  const schema = definitions.find((each): each is SchemaDefinitionNode => each.kind === Kind.SCHEMA_DEFINITION);
  const nameOf = readDirectiveNames(schema);
  if (schema === undefined || nameOf === undefined)
    return { isTally: false, streamOf: () => passThrough, entrances: new Map(), scope: undefined, departures: undefined, files: [] };

  const rootOf = (operation: string): ObjectTypeDefinitionNode | undefined => {
    const root = schema.operationTypes.find((each) => each.operation === operation)?.type.name.value;
    return definitions.find((each) => each.kind === Kind.OBJECT_TYPE_DEFINITION && each.name.value === root) as
      | ObjectTypeDefinitionNode
      | undefined;
  };
  const find = ({ directives = [] }: FieldDefinitionNode, name: string): ConstDirectiveNode | undefined =>
    directives.find((each) => each.name.value === nameOf(name));
  const declared = (operation: string, name: string) =>
    (rootOf(operation)?.fields ?? []).flatMap((field) => {
      const directive = find(field, name);
      return directive === undefined ? [] : [{ field, directive }];
    });
  const subgraphs = readNamedSubgraphs(sdl);
  const graphIn = (directives: readonly ConstDirectiveNode[] = [], join: string): string | undefined => {
    const directive = directives.find((each) => each.name.value === join);
    return directive && graphOf(directive);
  };
  // A field says whose it is only where its type is that of several subgraphs.
  const nameOfGraph = (ofField: FieldDefinitionNode['directives'], ofType: FieldDefinitionNode['directives']): string => {
    const graph = graphIn(ofField, 'join__field') ?? graphIn(ofType, 'join__type');
    return subgraphs.find((each) => each.graph === graph)?.name ?? '';
  };
  const subgraphOf = (operation: string, { directives }: FieldDefinitionNode): string =>
    nameOfGraph(directives, rootOf(operation)?.directives);

  const files = definitions
    .filter((each): each is ObjectTypeDefinitionNode => each.kind === Kind.OBJECT_TYPE_DEFINITION)
    .flatMap((type) => (type.fields ?? []).map((field) => ({ type, field, path: toFilesPath(find(field, 'files')) })))
    .filter(({ path }) => /^\/[\w-]+$/.test(path))
    .map(({ type, field, path }) => ({ path, subgraph: nameOfGraph(field.directives, type.directives) }));

  const streams = new Map(declared('subscription', 'feed').map(({ field, directive }) => [field.name.value, toStream(field, directive)]));
  const [scope] = declared('query', 'scope');
  const [departures] = declared('subscription', 'departures');
  return {
    isTally: true,
    streamOf: (name) => streams.get(name) ?? passThrough,
    entrances: new Map(declared('mutation', 'entrance').map(({ field, directive }) => [field.name.value, textOf(directive, 'to')])),
    files,
    scope: scope === undefined ? undefined : toScope(subgraphOf('query', scope.field), scope.field, scope.directive),
    departures:
      departures === undefined
        ? undefined
        : toDepartures(
            subgraphOf('subscription', departures.field),
            departures.field,
            departures.directive,
            streams.get(departures.field.name.value),
          ),
  };
}

function toFilesPath(directive: ConstDirectiveNode | undefined): string {
  return directive === undefined ? '' : (textOf(directive, 'path') ?? '');
}

/** How the specification's directives are called in this supergraph; undefined when it does not link it. */
function readDirectiveNames(schema: SchemaDefinitionNode | undefined): ((name: string) => string) | undefined {
  const link = schema?.directives?.find(
    (each) => each.name.value === 'link' && (textOf(each, 'url') ?? '').replace(/\/v[\d.]+$/, '') === specification,
  );
  if (link === undefined) return undefined;
  const imports = link.arguments?.find(({ name }) => name.value === 'import')?.value;
  const names = new Map<string, string>();
  for (const each of imports?.kind === Kind.LIST ? imports.values : []) {
    if (each.kind === Kind.STRING) names.set(each.value, each.value);
    if (each.kind !== Kind.OBJECT) continue;
    const part = (key: string): string => {
      const value = each.fields.find(({ name }) => name.value === key)?.value;
      return value?.kind === Kind.STRING ? value.value : '';
    };
    names.set(part('name'), part('as') || part('name'));
  }
  const prefix = textOf(link, 'as') ?? 'tally';
  return (name) => names.get(`@${name}`)?.slice(1) ?? `${prefix}__${name}`;
}

function toStream({ arguments: given = [] }: FieldDefinitionNode, directive: ConstDirectiveNode): Stream {
  const snapshot = directive.arguments?.find(({ name }) => name.value === 'snapshot')?.value;
  const argument = textOf(directive, 'cursor');
  const field = textOf(directive, 'field');
  // A graph whose field has no cursor yet cannot be resumed by it.
  const isResumable = argument !== undefined && field !== undefined && given.some(({ name }) => name.value === argument);
  return {
    kind:
      snapshot?.kind === Kind.BOOLEAN && snapshot.value
        ? { kind: 'snapshot' }
        : isResumable
          ? { kind: 'cursor', argument, field }
          : { kind: 'event' },
    scope: textOf(directive, 'scope'),
    heldBy: textOf(directive, 'heldBy'),
  };
}

function toScope(subgraph: string, { name }: FieldDefinitionNode, directive: ConstDirectiveNode): ScopeDeclaration {
  return {
    subgraph,
    field: name.value,
    argument: textOf(directive, 'argument') ?? 'id',
    viewer: textOf(directive, 'viewer') ?? '__typename',
    revision: textOf(directive, 'revision') ?? '__typename',
    entities: toPath(textOf(directive, 'entities')),
  };
}

function toDepartures(
  subgraph: string,
  { name }: FieldDefinitionNode,
  directive: ConstDirectiveNode,
  stream: Stream | undefined,
): DeparturesDeclaration | undefined {
  const typeField = textOf(directive, 'field');
  const type = textOf(directive, 'value');
  if (stream?.kind.kind !== 'cursor' || stream.scope === undefined || typeField === undefined || type === undefined) return undefined;
  const { argument, field } = stream.kind;
  const who = toPath(textOf(directive, 'who'));
  return { subgraph, field: name.value, scopeArgument: stream.scope, cursor: { argument, field }, typeField, type, who };
}

const toPath = (text: string | undefined): readonly string[] => (text === undefined || text === '' ? [] : text.split('.'));

/** Field names as a nested selection: `items.issue.key` is `items { issue { key } }`. */
export function toSelection(path: readonly string[]): string {
  return path.reduceRight((inner, name) => (inner === '' ? name : `${name} { ${inner} }`), '');
}

/** All values at the end of a path of field names, through lists. */
export function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, path));
  const [name, ...rest] = path;
  if (name === undefined) return value === null || value === undefined ? [] : [value];
  return typeof value === 'object' && value !== null ? valuesAt((value as Readonly<Record<string, unknown>>)[name], rest) : [];
}
