import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { isObjectType, Kind, type OperationDefinitionNode, parse, type SelectionSetNode } from 'graphql';
import type { RouterContext } from '../context.ts';
import type { PlannedOperation } from '../planning/graph.ts';
import { readFragments, type Selecting } from '../planning/selections.ts';
import type { SubgraphAnswer, SubgraphClient } from '../upstream/subgraph-client.ts';
import { Unsupported } from './collect-fields.ts';
import { compileBody } from './fetch-body.ts';
import { copyTo, type Reading, unexpected } from './json-scan.ts';
import { compileEntity, compileRoot, type Join } from './text-shape.ts';

/** A fetch that was answered. */
export interface Asked {
  readonly fetch: FetchNode;
  /** Texts; none for a root fetch. */
  readonly representations: readonly string[];
  readonly answer: SubgraphAnswer;
}

/** What one run needs; what was answered is put into `asked`, for whoever has to go over it. */
export interface TextRun {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RouterContext;
  readonly asked: Asked[];
}

/**
 * The text of the answer's data, without making objects of the subgraphs' answers: they are read once, character by character, and what the client asked
 * for is copied. Rejects with `unexpected` when an answer is anything but plain data that fits the schema.
 */
export type TextPlan = (run: TextRun) => Promise<string>;

type Ask = (run: TextRun, representations: readonly string[]) => Promise<SubgraphAnswer>;

function compileAsk(fetch: FetchNode, client: SubgraphClient): Ask {
  const toBody = compileBody(fetch);
  const isQuery = fetch.operationKind !== 'mutation';
  return async ({ variables, context, asked }, representations) => {
    const answer = await client.fetch(toBody(variables, representations), context, isQuery);
    asked.push({ fetch, representations, answer });
    return answer;
  };
}

const start = '{"data":';
const entitiesStart = '{"data":{"_entities":[';

/**
 * For one root fetch and entities that are joined into its answer.
 *
 * @throws Unsupported for everything else: rewrites, abstract types, entities of entities, an order of fields that is not the subgraph's.
 */
export function compileTextPlan(planned: PlannedOperation, clientOf: (name: string) => SubgraphClient): TextPlan {
  const { graph, operation, operationContext, queryPlan, isFilled } = planned;
  if (isFilled || queryPlan.node === undefined || queryPlan.node.kind === 'Subscription') throw new Unsupported('no plan of fetches');
  const { root, joined } = readPlan(queryPlan.node);
  const rootType = graph.schema.getRootType(operation.operation);
  if (!rootType) throw new Unsupported('no root type');
  const joins = joined.map((join, index): Join => ({ ...toJoin(planned, join), index, runs: [], asked: new Map() }));
  const client: Selecting = { schema: graph.schema, fragments: operationContext.fragments };
  const { selectionSet, fragments } = readFetch(root);
  const scanRoot = compileRoot(
    { client, fetch: { schema: graph.supergraphSchema, fragments }, joins },
    rootType,
    [operation.selectionSet],
    [selectionSet],
  );
  if (joins.some(({ runs }) => runs.length === 0)) throw new Unsupported('entities of which nothing is in the answer');
  const scanEntities = joins.map((join) => compileEntity(client, join));
  const asks = joins.map(({ fetch }) => compileAsk(fetch, clientOf(fetch.serviceName)));
  const askRoot = compileAsk(root, clientOf(root.serviceName));

  return async (run) => {
    const text = toText(await askRoot(run, []));
    if (!text.startsWith(start)) throw unexpected;
    const reading = {
      text,
      pieces: [] as string[],
      copied: start.length,
      targets: joins.map(() => new Map<string, number>()),
      holes: joins.map((): number[] => []),
    };
    const end = scanRoot(reading, start.length);
    copyTo(reading, end);
    checkEnd(text, end, '}');
    const join = async (targets: ReadonlyMap<string, number>, ask: Ask, index: number): Promise<void> => {
      const answer = await ask(run, [...targets.keys()]);
      fill(reading, index, readEntities(answer, targets.size, scanEntities[index]));
    };
    const waiting = asks.flatMap((ask, index) => {
      const targets = reading.targets[index];
      return targets === undefined || targets.size === 0 ? [] : [join(targets, ask, index)];
    });
    if (waiting.length === 1) await waiting[0];
    else if (waiting.length > 1) {
      // All of them end before anyone goes over the answers again.
      const ended = await Promise.allSettled(waiting);
      for (const each of ended) if (each.status === 'rejected') throw each.reason;
    }
    return reading.pieces.join('');
  };
}

/** Only what was answered as a success is plain data. */
function toText({ text }: SubgraphAnswer): string {
  if (text === undefined) throw unexpected;
  return text;
}

/** Some servers end their text with a line. */
function checkEnd(text: string, at: number, closing: string): void {
  if (text.startsWith(closing, at) && (text.length === at + closing.length || text.slice(at + closing.length).trim() === '')) return;
  throw unexpected;
}

interface Filling {
  readonly pieces: string[];
  /** For each place in turn: its piece, its entity, its run. */
  readonly holes: readonly (readonly number[])[];
}

function fill({ pieces, holes }: Filling, index: number, entities: readonly (readonly string[])[]): void {
  const places = holes[index] ?? [];
  for (let at = 0; at < places.length; at += 3)
    pieces[places[at] as number] += (entities[places[at + 1] as number] as readonly string[])[places[at + 2] as number] as string;
}

type ScanEntity = (reading: Reading, at: number, runs: string[]) => number;

/** The runs of each entity. */
function readEntities(answer: SubgraphAnswer, count: number, scan: ScanEntity | undefined): readonly (readonly string[])[] {
  const text = toText(answer);
  if (scan === undefined || !text.startsWith(entitiesStart)) throw unexpected;
  const reading: Reading = { text, pieces: [], copied: 0 };
  const entities: string[][] = [];
  let at = entitiesStart.length;
  for (let index = 0; index < count; index += 1) {
    if (index > 0) {
      if (text.charCodeAt(at) !== 0x2c) throw unexpected;
      at += 1;
    }
    const runs: string[] = [];
    at = scan(reading, at, runs);
    entities.push(runs);
  }
  checkEnd(text, at, ']}}');
  return entities;
}

interface Joined {
  readonly path: readonly string[];
  readonly fetch: FetchNode;
}

function readPlan(plan: PlanNode): { readonly root: FetchNode; readonly joined: readonly Joined[] } {
  const roots: FetchNode[] = [];
  const joined: Joined[] = [];
  const read = (node: PlanNode): void => {
    if (node.kind === 'Sequence' || node.kind === 'Parallel') for (const each of node.nodes) read(each);
    else if (node.kind === 'Fetch' && node.requires === undefined) roots.push(checked(node));
    else if (node.kind === 'Flatten' && node.node.kind === 'Fetch' && node.node.requires !== undefined)
      joined.push({ fetch: checked(node.node), path: node.path.map(checkedPart) });
    else throw new Unsupported(node.kind);
  };
  read(plan);
  const [root, another] = roots;
  if (root === undefined || another !== undefined) throw new Unsupported('several root fetches');
  return { root, joined };
}

function checked(fetch: FetchNode): FetchNode {
  if (fetch.inputRewrites ?? fetch.outputRewrites ?? fetch.contextRewrites) throw new Unsupported('a rewrite');
  if (fetch.hasDefers === true) throw new Unsupported('a deferred part');
  return fetch;
}

function checkedPart(part: string | number): string {
  if (typeof part !== 'string' || (part !== '@' && !/^\w+$/.test(part))) throw new Unsupported('a condition in a path');
  return part;
}

function toJoin({ graph }: PlannedOperation, { path, fetch }: Joined): Omit<Join, 'index' | 'runs' | 'asked'> {
  const [fragment, another] = fetch.requires ?? [];
  if (another !== undefined || fragment?.kind !== 'InlineFragment') throw new Unsupported('several kinds of entities');
  const type: unknown = graph.schema.getType(fragment.typeCondition ?? '');
  if (!isObjectType(type)) throw new Unsupported('an abstract type in a key');
  const keys = fragment.selections.map((selection) => {
    if (selection.kind !== 'Field' || selection.selections !== undefined) throw new Unsupported('a key with parts');
    return selection.alias ?? selection.name;
  });
  if (!keys.includes('__typename')) throw new Unsupported('a key without a type');
  const { selectionSet, fragments } = readFetch(fetch);
  const [entities] = selectionSet.selections;
  if (
    selectionSet.selections.length !== 1 ||
    entities?.kind !== Kind.FIELD ||
    entities.selectionSet === undefined ||
    entities.alias !== undefined
  )
    throw new Unsupported('not only entities');
  return { path, fetch, type, keys, selecting: { schema: graph.supergraphSchema, fragments }, selectionSet: entities.selectionSet };
}

function readFetch(fetch: FetchNode): { readonly selectionSet: SelectionSetNode; readonly fragments: Selecting['fragments'] } {
  const document = parse(fetch.operation, { noLocation: true });
  const operation = document.definitions.find((each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Unsupported('no operation');
  return { selectionSet: operation.selectionSet, fragments: readFragments(document) };
}
