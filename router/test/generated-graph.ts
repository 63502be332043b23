import { buildSchema, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import type { ForeignSubgraph } from './foreign.ts';

/** A number below `count`, each time another, and the same row of them for the same seed. */
export type Choose = (count: number) => number;

export function createChoose(seed: number): Choose {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return (count) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % count;
  };
}

interface Field {
  readonly name: string;
  /** In SDL, with arguments. */
  readonly signature: string;
  readonly owners: readonly string[];
  /** A selection of one field of another subgraph, which the value is made of. */
  readonly requires: string | undefined;
  /** A subgraph that had it before, and answers wrongly now. */
  readonly overridden: string | undefined;
  readonly value: (id: string, given: Readonly<Record<string, unknown>>) => unknown;
}
interface Entity {
  readonly name: string;
  readonly hasCompoundKey: boolean;
  readonly fields: readonly Field[];
}

/** A supergraph made by chance: entities whose fields are spread over three subgraphs, and the same graph in one schema without federation. */
export interface GeneratedGraph {
  readonly subgraphs: readonly ForeignSubgraph[];
  readonly monolith: GraphQLSchema;
}

const sharedType = 'type Value { a: Int! b(by: Int! = 2): Int! }';
const subgraphNames = ['a', 'b', 'c'] as const;
const link = (feature: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@shareable", "@interfaceObject", "@override", "@provides"])\n${feature}`;

/** Of the text, spread over the whole range: values must differ wherever they come from. */
function hashOf(text: string): number {
  let hash = 2_166_136_261;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619);
  return hash >>> 0;
}

const nameOf = (selection: string): string => selection.split(/[({ ]/)[0] ?? '';
const requiredBy = 7;

interface Shared {
  readonly a: number;
  readonly b: (given: { readonly by: number }) => number;
}
const toShared = (seed: string): Shared => ({ a: hashOf(seed) % 10, b: ({ by }) => (hashOf(`b ${seed}`) % 10) * by });
/** Keys in their order, as they may come in any. */
const toText = (value: unknown): string => {
  if (!Array.isArray(value)) return JSON.stringify(value ?? null);
  return value.map(({ a, b }: Shared) => `${a} ${typeof b === 'function' ? b({ by: requiredBy }) : b}`).join();
};

const idsPerEntity = 3;
const idAt = (seed: string): string => `${hashOf(seed) % idsPerEntity}`;

/**
 * `isRich` adds a value type that all subgraphs share, fields that override others, that require others with arguments or inside of values, that are
 * provided, that fail, and a fourth subgraph that knows the interface as an object.
 */
export function generateGraph(choose: Choose, isRich = false): GeneratedGraph {
  const names = Array.from({ length: 2 + choose(3) }, (_, index) => `T${index}`);
  const pick = <Value>(values: readonly Value[]): Value => values[choose(values.length)] as Value;
  const reference = (target: string, seed: string) => ({ __typename: target, id: idAt(seed) });
  const isNull = (seed: string): boolean => hashOf(`null ${seed}`) % 7 === 0;

  const toField = (type: string, index: number, scalars: readonly Field[]): Field => {
    const name = `f${index}`;
    const owner = pick(subgraphNames);
    const owners = choose(5) === 0 ? [...new Set([owner, pick(subgraphNames)])] : [owner];
    const at = (id: string) => `${type}.${name}.${id}`;
    const target = pick(names);
    const field = (signature: string, value: Field['value'], requires?: string): Field => ({
      name,
      signature: `${name}${signature}`,
      owners: requires === undefined ? owners : [owner],
      requires,
      // What is required may be another's, too.
      overridden:
        isRich && requires === undefined && owners.length === 1 && /: (Int!|String)$/.test(signature) && choose(4) === 0
          ? subgraphNames.find((each) => each !== owner)
          : undefined,
      value,
    });
    const isFailing = isRich && choose(6) === 0;
    switch (choose(isRich ? 14 : 11)) {
      case 11:
        return field(': [Value!]', (id) => [toShared(at(id)), toShared(`${at(id)}+`)]);
      case 12:
        return field(': String', (id) => {
          if (isFailing && hashOf(`fails ${at(id)}`) % 2 === 0) throw new Error(`no ${at(id)}`);
          return at(id);
        });
      case 13:
        return field(': Int!', (id) => {
          if (isFailing && hashOf(`fails ${at(id)}`) % 2 === 0) throw new Error(`no ${at(id)}`);
          return hashOf(at(id)) % 3;
        });
      case 0:
        return field(': String', (id) => (isNull(at(id)) ? null : `${at(id)}`));
      case 1:
        return field(': Int!', (id) => hashOf(at(id)) % 1_000);
      case 2:
        return field(': [[Int!]]', (id) => (isNull(at(id)) ? null : [[hashOf(at(id)) % 10, 1], null, []]));
      case 3:
        return field('(by: Int! = 2): Int', (id, { by }) => (hashOf(at(id)) % 100) * Number(by));
      case 4:
        return field(': Color', (id) => (isNull(at(id)) ? null : ['RED', 'GREEN'][hashOf(at(id)) % 2]));
      case 5:
        return field(`: ${target}`, (id) => (isNull(at(id)) ? null : reference(target, at(id))));
      case 6:
        return field(`: [${target}!]!`, (id) => [reference(target, at(id)), reference(target, `${at(id)}+`)]);
      case 7:
        return field(': Node', (id) => (isNull(at(id)) ? null : reference(names[hashOf(at(id)) % names.length] ?? '', at(id))));
      case 8:
        return field(': [Any]!', (id) =>
          [0, 1, 2].map((each) => (each === 1 ? null : reference(names[hashOf(`${at(id)}${each}`) % names.length] ?? '', at(id)))),
        );
      case 9:
        return field(`: [[${target}]]`, (id) => [[reference(target, at(id)), null], [reference(target, `${at(id)}-`)]]);
      default: {
        const foreign = scalars.filter((each) => !each.owners.includes(owner) && each.requires === undefined);
        const source = foreign.length === 0 ? undefined : pick(foreign);
        if (source === undefined) return field(': String', (id) => at(id));
        const selection = `${source.name}${source.signature.includes('(by') ? `(by: ${requiredBy})` : ''}${source.signature.includes('Value') ? ` { b(by: ${requiredBy}) a }` : ''}`;
        return field(': String', (_, given) => `made of ${toText(given[source.name])}`, selection);
      }
    }
  };
  const entities = names.map((name): Entity => {
    const fields: Field[] = [];
    for (let index = 0; index < 3 + choose(5); index += 1)
      fields.push(
        toField(
          name,
          index,
          fields.filter(
            ({ signature, requires }) =>
              requires === undefined && (isRich ? /: (Color|Int|\[Value!\])$/ : /: (String|Int!|Color)$/).test(signature),
          ),
        ),
      );
    return { name, hasCompoundKey: choose(3) === 0, fields };
  });
  const roots = entities.flatMap(({ name }) => [
    { name: `one${name}`, type: `${name}`, owner: pick(subgraphNames), value: () => reference(name, `root ${name}`) },
    {
      name: `all${name}`,
      type: `[${name}!]!`,
      owner: pick(subgraphNames),
      value: () => ['0', '1', '2'].map((id) => ({ __typename: name, id })),
    },
  ]);
  roots.push({ name: 'node', type: 'Node', owner: pick(subgraphNames), value: () => reference(names[0] ?? '', 'root node') });
  roots.push({
    name: 'any',
    type: '[Any]',
    owner: pick(subgraphNames),
    value: () => names.map((name) => reference(name, `root any ${name}`)) as never,
  });

  const node = isRich ? 'interface Node @key(fields: "id") { id: ID! }' : 'interface Node { id: ID! }';
  const tag = isRich ? 'tag(by: Int! = 2): Int!' : '';
  const abstract = `union Any = ${names.join(' | ')}\nenum Color { RED GREEN }`;
  const codeOf = (id: string): string => `code-${id}`;
  const regionOf = (id: string): string => `region-${Number(id) % 2}`;
  const toValue = (entity: Entity, field: Field, id: string, given: Readonly<Record<string, unknown>>): unknown => {
    const source = field.requires === undefined ? undefined : entity.fields.find(({ name }) => name === nameOf(field.requires ?? ''));
    return field.value(id, source === undefined ? given : { [source.name]: toValue(entity, source, id, { by: requiredBy }) });
  };

  // Root fields that bring a field of another subgraph along.
  const provisions = roots.flatMap(({ name: root, type, owner }) => {
    const entity = entities.find(({ name }) => type.replaceAll(/[[\]!]/g, '') === name);
    const field = entity?.fields.find(
      ({ signature, owners, requires, overridden }) =>
        /: String$/.test(signature) && !owners.includes(owner) && requires === undefined && overridden === undefined,
    );
    return !isRich || entity === undefined || field === undefined || choose(2) === 0 ? [] : [{ root, owner, entity, field }];
  });
  const isProvided = (field: Field): boolean => provisions.some((each) => each.field === field);

  const subgraphs = subgraphNames.map((subgraph): ForeignSubgraph => {
    // A subgraph that reaches an entity by its compound key alone knows it by nothing else.
    const types = entities.map((entity) => {
      const own = entity.fields.filter(({ owners }) => owners.includes(subgraph));
      const provided = new Set(provisions.filter((each) => each.owner === subgraph && each.entity === entity).map(({ field }) => field));
      const external = [...new Set(own.flatMap(({ requires }) => (requires === undefined ? [] : nameOf(requires))))].map(
        (name) => entity.fields.find((each) => each.name === name) as Field,
      );
      const lines = [
        ...own.map(
          (field) =>
            `${field.signature}${field.owners.length > 1 || isProvided(field) ? ' @shareable' : ''}${field.requires === undefined ? '' : ` @requires(fields: "${field.requires}")`}${field.overridden === undefined ? '' : ` @override(from: "${field.overridden}")`}`,
        ),
        ...entity.fields.filter(({ overridden }) => overridden === subgraph).map(({ signature }) => signature),
        ...[...external, ...provided].map(({ signature }) => `${signature} @external`),
      ];
      const compound =
        entity.hasCompoundKey && subgraph !== 'c'
          ? { key: ' @key(fields: "code region")', lines: ['code: String!', 'region: String!'] }
          : { key: '', lines: [] };
      return `type ${entity.name} implements Node @key(fields: "id")${compound.key} { id: ID! ${[...compound.lines, ...lines].join(' ')} }`;
    });
    const queries = roots
      .filter(({ owner }) => owner === subgraph)
      .map(({ name, type }) => {
        const provision = provisions.find(({ root }) => root === name);
        return `${name}: ${type}${provision === undefined ? '' : ` @provides(fields: "${provision.field.name}")`}`;
      });
    const resolvers: Record<string, Record<string, GraphQLFieldResolver<never, never>>> = {
      Query: Object.fromEntries(roots.filter(({ owner }) => owner === subgraph).map(({ name, value }) => [name, value])),
    };
    for (const entity of entities) {
      const own = entity.fields.filter(
        (field) => field.owners.includes(subgraph) || provisions.some((each) => each.owner === subgraph && each.field === field),
      );
      const overridden = entity.fields.filter((field) => field.overridden === subgraph);
      resolvers[entity.name] = {
        __resolveReference: (({ id, code, ...rest }: { id?: string; code?: string }) => ({
          __typename: entity.name,
          id: id ?? code?.replace('code-', ''),
          ...rest,
        })) as never,
        ...(entity.hasCompoundKey && subgraph !== 'c'
          ? { code: ({ id }: { id: string }) => codeOf(id), region: ({ id }: { id: string }) => regionOf(id) }
          : {}),
        ...Object.fromEntries(overridden.map(({ name }) => [name, () => -1])),
        ...Object.fromEntries(
          own.map((field) => [
            field.name,
            // What it requires comes with the representation, or not at all.
            (source: Readonly<Record<string, unknown>>, given: Readonly<Record<string, unknown>>) =>
              field.value(String(source['id']), field.requires === undefined ? given : source),
          ]),
        ),
      };
    }
    return {
      name: subgraph,
      sdl: `${link(`${node}\n${abstract}`)}\n${isRich ? `${sharedType.replace('{', '@shareable {')}\n` : ''}${queries.length === 0 ? '' : `type Query { ${queries.join(' ')} }`}\n${types.join('\n')}`,
      resolvers,
    };
  });

  const toTag = ({ id }: { id: string }, { by }: { by: number }): number => (hashOf(`tag ${id}`) % 10) * by;
  if (isRich)
    subgraphs.push({
      name: 'd',
      sdl: link(`type Node @key(fields: "id") @interfaceObject { id: ID! ${tag} }`),
      resolvers: { Node: { __resolveReference: (reference: unknown) => reference, tag: toTag as never } },
    });

  const monolith = buildSchema(
    `interface Node { id: ID! ${tag} } ${isRich ? sharedType : ''} ${abstract} type Query { ${roots.map(({ name, type }) => `${name}: ${type}`).join(' ')} } ${entities
      .map(
        ({ name, fields, hasCompoundKey }) =>
          `type ${name} implements Node { id: ID! ${tag} ${hasCompoundKey ? 'code: String! region: String! ' : ''}${fields.map(({ signature }) => signature).join(' ')} }`,
      )
      .join(' ')}`,
  );
  const query = monolith.getQueryType()?.getFields() ?? {};
  for (const { name, value } of roots) if (query[name] !== undefined) query[name].resolve = value;
  for (const entity of entities) {
    const type = monolith.getType(entity.name);
    if (!isObjectType(type)) continue;
    const fields = type.getFields();
    for (const field of entity.fields)
      if (fields[field.name] !== undefined)
        (fields[field.name] as { resolve: unknown }).resolve = ({ id }: { id: string }, given: Readonly<Record<string, unknown>>) =>
          toValue(entity, field, id, given);
    if (fields['tag'] !== undefined) fields['tag'].resolve = toTag as never;
    if (fields['code'] !== undefined) fields['code'].resolve = ({ id }: { id: string }) => codeOf(id);
    if (fields['region'] !== undefined) fields['region'].resolve = ({ id }: { id: string }) => regionOf(id);
  }
  return { subgraphs, monolith };
}
