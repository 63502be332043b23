import type { FetchNode } from '@apollo/query-planner';
import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { toClientName } from '../planning/own-names.ts';
import { type Selecting, selectionsOf } from '../planning/selections.ts';
import { collectDecided, Unsupported } from './collect-fields.ts';
import {
  type Field,
  leafValue,
  listValue,
  nameValue,
  nullableValue,
  objectValue,
  sequence,
  toLiteral,
  type Value,
} from './json-pattern.ts';
import { copyTo, type Reading, type Scan, unexpected } from './json-scan.ts';

/** Entities that a fetch brings into objects of the root fetch. */
export interface Join {
  readonly index: number;
  readonly path: readonly string[];
  readonly fetch: FetchNode;
  readonly type: GraphQLObjectType;
  /** Response names of the fields that the entity is known by, `__typename` among them. */
  readonly keys: readonly string[];
  readonly selecting: Selecting;
  /** What is asked of the entities. */
  readonly selectionSet: SelectionSetNode;
  /** The response names of each stretch of the answer that comes from the entity; filled by `compileRoot`, as is `asked`. */
  readonly runs: string[][];
  /** What the client asks for in the entity's place. */
  asked: Fields;
}

type Fields = ReadonlyMap<string, readonly FieldNode[]>;

/** The text of a root fetch, and the entities that were found in it. */
export interface RootReading extends Reading {
  /** For each join the texts of its representations, each with its number. */
  readonly targets: readonly Map<string, number>[];
  /** For each join and place in turn: its piece, its entity, its run. */
  readonly holes: readonly number[][];
}

interface Compiling {
  readonly client: Selecting;
  readonly fetch: Selecting;
  readonly joins: readonly Join[];
}

/** Reads the data of the root fetch into pieces. */
export function compileRoot(
  compiling: Compiling,
  type: GraphQLObjectType,
  asked: readonly SelectionSetNode[],
  fetched: readonly SelectionSetNode[],
): (reading: RootReading, at: number) => number {
  const attached = new Set<Join>();
  const { scan } = compileObject({ ...compiling, attached }, type, asked, fetched, []);
  if (attached.size !== compiling.joins.length) throw new Unsupported('entities in a place of their own');
  // Scans of objects with joins read no other texts than those of roots.
  return scan as (reading: RootReading, at: number) => number;
}

interface CompilingRoot extends Compiling {
  readonly attached: Set<Join>;
}

function compileObject(
  compiling: CompilingRoot,
  type: GraphQLObjectType,
  asked: readonly SelectionSetNode[],
  fetched: readonly SelectionSetNode[],
  path: readonly string[],
): Value {
  const wanted = collectDecided(compiling.client, type, asked);
  const joins = compiling.joins.filter((join) => join.type === type && isSamePath(join.path, path));
  for (const join of joins) {
    if (compiling.attached.has(join)) throw new Unsupported('entities in two places');
    compiling.attached.add(join);
    join.asked = wanted;
  }
  const collected = [...collectDecided(compiling.fetch, type, fetched)];
  const names = collected.map(([name]) => name);
  const fields = collected.map(([name, nodes], index): Field => {
    const inside: Inside = (inner, innerAsked, innerFetched, lists) =>
      compileObject(compiling, inner, innerAsked, innerFetched, [...path, name, ...Array<string>(lists).fill('@')]);
    return { literal: toLiteral(name, index), value: compileField(compiling.fetch, type, nodes, wanted.get(name), inside) };
  });
  const layout = toLayout(wanted, names, joins);
  const captures = joins.map((join) => join.keys.map((key) => names.indexOf(key)));
  if (captures.some((indexes) => indexes.includes(-1))) throw new Unsupported('a key of another fetch');
  const isKey = names.map((_, index) => captures.some((indexes) => indexes.includes(index)));
  if (fields.length === 0) throw new Unsupported('an object without fields');

  if (layout.isVerbatim && joins.length === 0) return objectValue(fields);
  const { leads, ends, tail } = layout;
  // A key is read alone: it is copied into the representation.
  const steps = toSteps(
    fields,
    (index) => leads[index] !== undefined || ends[index - 1] === true || isKey[index] === true || isKey[index - 1] === true,
  );
  const scan: Scan = (reading, at) => {
    const { text, pieces } = reading;
    const captured: string[] = [];
    const marks: number[] = [];
    let position = at;
    copyTo(reading, at);
    for (const { first, last, literal, scan } of steps) {
      const lead = leads[first];
      if (lead !== undefined) {
        emit(pieces, lead, marks);
        reading.copied = position + 1;
      }
      const start = position + literal.length;
      position = scan(reading, position);
      if (ends[last] === true) copyTo(reading, position);
      if (isKey[first] === true) captured[first] = text.slice(start, position);
    }
    if (text.charCodeAt(position) !== closeBrace) throw unexpected;
    emit(pieces, tail, marks);
    reading.copied = position;
    for (let index = 0; index < joins.length; index += 1)
      place(reading as RootReading, joins[index] as Join, captures[index] as number[], captured, marks);
    return position + 1;
  };
  return { scan };
}

/** Fields of an object that are read at once. */
interface Step {
  readonly first: number;
  readonly last: number;
  /** Of the first. */
  readonly literal: string;
  readonly scan: Scan;
}

/** Fields in turn, with a new step wherever something is to be done between two of them. */
function toSteps(fields: readonly Field[], isCut: (index: number) => boolean): readonly Step[] {
  const starts = fields.flatMap((_, index) => (index === 0 || isCut(index) ? [index] : []));
  return starts.map((first, at) => {
    const end = starts[at + 1] ?? fields.length;
    return { first, last: end - 1, literal: fields[first]?.literal ?? '', scan: sequence(fields.slice(first, end), '') };
  });
}

const closeBrace = 0x7d;

/** Puts the object among those whose entities are asked for, each entity once; `marks` are the joins, runs and pieces that wait for it. */
function place(
  { targets, holes }: RootReading,
  { index, keys }: Join,
  captures: readonly number[],
  captured: readonly string[],
  marks: readonly number[],
): void {
  let representation = '{';
  for (let key = 0; key < keys.length; key += 1)
    representation += `${key === 0 ? '' : ','}"${keys[key]}":${captured[captures[key] as number]}`;
  representation += '}';
  const known = targets[index] as Map<string, number>;
  let entity = known.get(representation);
  if (entity === undefined) {
    entity = known.size;
    known.set(representation, entity);
  }
  for (let at = 0; at < marks.length; at += 3)
    if (marks[at] === index) (holes[index] as number[]).push(marks[at + 2] as number, entity, marks[at + 1] as number);
}

/** What stands in an object between what is copied: texts, and stretches that entities bring, each with the text before it. */
type Emission = { readonly text: string; readonly join?: number; readonly run?: number };

function emit(pieces: string[], emissions: readonly Emission[], marks: number[]): void {
  for (const { text, join, run } of emissions) {
    pieces.push(text);
    if (join !== undefined && run !== undefined) marks.push(join, run, pieces.length - 1);
  }
}

interface Layout {
  /** Whether the object is answered as it was fetched. */
  readonly isVerbatim: boolean;
  /** For each fetched field: what comes before it, if a stretch that is copied begins with it. */
  readonly leads: readonly (readonly Emission[] | undefined)[];
  /** For each fetched field: whether such a stretch ends with it. */
  readonly ends: readonly boolean[];
  readonly tail: readonly Emission[];
}

/** How the client's object is put together from the fetched fields, in their order, and from entities. */
function toLayout(wanted: ReadonlyMap<string, readonly FieldNode[]>, names: readonly string[], joins: readonly Join[]): Layout {
  const leads: (readonly Emission[] | undefined)[] = names.map(() => undefined);
  const ends = names.map(() => false);
  let waiting: Emission[] = [{ text: '{' }];
  let last = -1;
  let lastJoin: { readonly join: Join; readonly run: string[] } | undefined;
  let isFirst = true;
  const wantedNames = [...wanted.keys()];
  for (const name of wantedNames) {
    if (name === '__proto__' || toClientName(name) !== name) throw new Unsupported('a name of ours');
    const own = names.indexOf(name);
    const sources = joins.filter((join) => entityNames(join).includes(name) && (name !== '__typename' || own === -1));
    if (own !== -1) {
      if (sources.length > 0 || own <= last) throw new Unsupported('another order of fields');
      if (lastJoin === undefined && last !== -1 && own === last + 1) ends[last] = false;
      else {
        leads[own] = isFirst ? waiting : [...waiting, { text: ',' }];
        waiting = [];
      }
      ends[own] = true;
      last = own;
      lastJoin = undefined;
    } else {
      const [join, another] = sources;
      if (join === undefined || another !== undefined) throw new Unsupported('a field of several fetches, or of none');
      if (lastJoin?.join === join) lastJoin.run.push(name);
      else {
        const run = [name];
        waiting.push({ text: isFirst ? '' : ',', join: join.index, run: join.runs.length });
        join.runs.push(run);
        lastJoin = { join, run };
      }
    }
    isFirst = false;
  }
  const isVerbatim = wantedNames.length === names.length && names.every((name, index) => wantedNames[index] === name);
  return { isVerbatim, leads, ends, tail: waiting };
}

function entityNames({ selecting, type, selectionSet }: Join): readonly string[] {
  return [...collectDecided(selecting, type, [selectionSet]).keys()];
}

/** Reads one entity, and puts its runs into the list. */
export function compileEntity(client: Selecting, join: Join): (reading: Reading, at: number, runs: string[]) => number {
  const { selecting, type, selectionSet, runs } = join;
  const fetched = [...collectDecided(selecting, type, [selectionSet])];
  const inside: Inside = (inner, innerAsked, innerFetched) =>
    compileObject({ client, fetch: selecting, joins: [], attached: new Set() }, inner, innerAsked, innerFetched, []);
  const names = fetched.map(([name]) => name);
  const fields = fetched.map(
    ([name, nodes], index): Field => ({
      literal: toLiteral(name, index),
      value: compileField(selecting, type, nodes, join.asked.get(name), inside),
    }),
  );
  const starts = new Set<number>();
  const ends = new Set<number>();
  let last = -1;
  for (const run of runs) {
    const indexes = run.map((name) => names.indexOf(name));
    const [first = -1] = indexes;
    if (first <= last || indexes.some((each, at) => each !== first + at)) throw new Unsupported('another order of fields');
    last = first + run.length - 1;
    starts.add(first);
    ends.add(last);
  }
  const steps = toSteps(fields, (index) => starts.has(index) || ends.has(index - 1));
  const isStart = steps.map(({ first }) => starts.has(first));
  const isEnd = steps.map(({ last }) => ends.has(last));
  return (reading, at, found) => {
    const { text, pieces } = reading;
    let position = at;
    for (let index = 0; index < steps.length; index += 1) {
      if (isStart[index] === true) reading.copied = position + 1;
      position = (steps[index] as Step).scan(reading, position);
      if (isEnd[index] !== true) continue;
      copyTo(reading, position);
      found.push(pieces.length === 1 ? (pieces[0] as string) : pieces.join(''));
      pieces.length = 0;
    }
    if (text.charCodeAt(position) !== closeBrace) throw unexpected;
    pieces.length = 0;
    return position + 1;
  };
}

/** Compiles an object within `lists` lists. */
type Inside = (type: GraphQLObjectType, asked: readonly SelectionSetNode[], fetched: readonly SelectionSetNode[], lists: number) => Value;

/** Reads a field's value; `asked` is undefined for what the plan asks for itself. */
function compileField(
  fetch: Selecting,
  type: GraphQLObjectType,
  fetched: readonly FieldNode[],
  asked: readonly FieldNode[] | undefined,
  inside: Inside,
): Value {
  const name = fetched[0]?.name.value ?? '';
  if (asked !== undefined && asked[0]?.name.value !== name) throw new Unsupported('one name for two fields');
  if (name === '__typename') return nameValue(type.name);
  const owner: unknown = asked === undefined ? fetch.schema.getType(type.name) : type;
  const definition = isObjectType(owner) ? owner.getFields()[name] : undefined;
  if (definition === undefined) throw new Unsupported(`field ${name}`);
  const compile = (of: GraphQLOutputType, lists: number): Value => {
    if (isNonNullType(of)) return compilePresent(of.ofType, lists);
    return nullableValue(compilePresent(of, lists));
  };
  const compilePresent = (of: GraphQLOutputType, lists: number): Value => {
    if (isListType(of)) return listValue(compile(of.ofType, lists + 1));
    if (isLeafType(of)) return leafValue(of);
    if (!isObjectType(of) || asked === undefined) throw new Unsupported('an abstract type');
    return inside(of, selectionsOf(asked), selectionsOf(fetched), lists);
  };
  return compile(definition.type, 0);
}

function isSamePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}
