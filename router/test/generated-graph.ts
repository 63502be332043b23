import { buildSchema, type GraphQLFieldResolver, type GraphQLSchema, isInterfaceType, isObjectType, isUnionType } from 'graphql';
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
  /** A scalar field of another subgraph, which the value is made of. */
  readonly requires: string | undefined;
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

const subgraphNames = ['a', 'b', 'c'] as const;
const link = (feature: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@shareable"])\n${feature}`;

/** Of the text, spread over the whole range: values must differ wherever they come from. */
function hashOf(text: string): number {
  let hash = 2_166_136_261;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619);
  return hash >>> 0;
}

const idsPerEntity = 3;
const idAt = (seed: string): string => `${hashOf(seed) % idsPerEntity}`;

export function generateGraph(choose: Choose): GeneratedGraph {
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
      value,
    });
    switch (choose(11)) {
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
        return field(': String', (_, given) => `made of ${JSON.stringify(given[source.name] ?? null)}`, source.name);
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
          fields.filter(({ signature }) => /: (String|Int!|Color)$/.test(signature)),
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

  const abstract = `interface Node { id: ID! }\nunion Any = ${names.join(' | ')}\nenum Color { RED GREEN }`;
  const codeOf = (id: string): string => `code-${id}`;
  const regionOf = (id: string): string => `region-${Number(id) % 2}`;
  const toValue = (entity: Entity, field: Field, id: string, given: Readonly<Record<string, unknown>>): unknown => {
    const source = entity.fields.find(({ name }) => name === field.requires);
    return field.value(id, source === undefined ? given : { [source.name]: toValue(entity, source, id, {}) });
  };

  const subgraphs = subgraphNames.map((subgraph): ForeignSubgraph => {
    // A subgraph that reaches an entity by its compound key alone knows it by nothing else.
    const types = entities.map((entity) => {
      const own = entity.fields.filter(({ owners }) => owners.includes(subgraph));
      const external = [...new Set(own.flatMap(({ requires }) => requires ?? []))].map(
        (name) => entity.fields.find((each) => each.name === name) as Field,
      );
      const lines = [
        ...own.map(
          ({ signature, owners, requires }) =>
            `${signature}${owners.length > 1 ? ' @shareable' : ''}${requires === undefined ? '' : ` @requires(fields: "${requires}")`}`,
        ),
        ...external.map(({ signature }) => `${signature} @external`),
      ];
      const compound =
        entity.hasCompoundKey && subgraph !== 'c'
          ? { key: ' @key(fields: "code region")', lines: ['code: String!', 'region: String!'] }
          : { key: '', lines: [] };
      return `type ${entity.name} implements Node @key(fields: "id")${compound.key} { id: ID! ${[...compound.lines, ...lines].join(' ')} }`;
    });
    const queries = roots.filter(({ owner }) => owner === subgraph).map(({ name, type }) => `${name}: ${type}`);
    const resolvers: Record<string, Record<string, GraphQLFieldResolver<never, never>>> = {
      Query: Object.fromEntries(roots.filter(({ owner }) => owner === subgraph).map(({ name, value }) => [name, value])),
    };
    for (const entity of entities) {
      const own = entity.fields.filter(({ owners }) => owners.includes(subgraph));
      resolvers[entity.name] = {
        __resolveReference: (({ id, code, ...rest }: { id?: string; code?: string }) => ({
          __typename: entity.name,
          id: id ?? code?.replace('code-', ''),
          ...rest,
        })) as never,
        ...(entity.hasCompoundKey && subgraph !== 'c'
          ? { code: ({ id }: { id: string }) => codeOf(id), region: ({ id }: { id: string }) => regionOf(id) }
          : {}),
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
      sdl: `${link(abstract)}\n${queries.length === 0 ? '' : `type Query { ${queries.join(' ')} }`}\n${types.join('\n')}`,
      resolvers,
    };
  });

  const monolith = buildSchema(
    `${abstract} type Query { ${roots.map(({ name, type }) => `${name}: ${type}`).join(' ')} } ${entities
      .map(
        ({ name, fields, hasCompoundKey }) =>
          `type ${name} implements Node { id: ID! ${hasCompoundKey ? 'code: String! region: String! ' : ''}${fields.map(({ signature }) => signature).join(' ')} }`,
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
    if (fields['code'] !== undefined) fields['code'].resolve = ({ id }: { id: string }) => codeOf(id);
    if (fields['region'] !== undefined) fields['region'].resolve = ({ id }: { id: string }) => regionOf(id);
  }
  return { subgraphs, monolith };
}

const conditions = ['', '', '', '', ' @include(if: $yes)', ' @skip(if: $yes)', ' @skip(if: $no)', ' @include(if: false)'];

/** A query made by chance; not always valid, since its aliases take names of fields, too. */
export function generateDocument(schema: GraphQLSchema, choose: Choose): string {
  const fragments: string[] = [];
  let names = 0;
  const aliases = ['', '', '', '', '', 'id: ', 'f0: ', 'f1: ', 'code: ', 'x: ', 'y: '];
  const toSelection = (typeName: string, depth: number): string => {
    const type = schema.getType(typeName);
    if (!isObjectType(type) && !isInterfaceType(type) && !isUnionType(type)) return '';
    const parts = Array.from({ length: 1 + choose(4) }, () => toPart(typeName, depth));
    return `{ ${parts.join(' ')} }`;
  };
  const toPart = (typeName: string, depth: number): string => {
    const type = schema.getType(typeName);
    const isAbstract = isInterfaceType(type) || isUnionType(type);
    const condition = conditions[choose(conditions.length)] ?? '';
    if (depth > 0 && choose(isAbstract ? 2 : 8) === 0) {
      const possible = isAbstract
        ? schema.getPossibleTypes(type).map(({ name }) => name)
        : [typeName, ...(typeName === 'Query' ? [] : ['Node', 'Any'])];
      const on = possible[choose(possible.length)] ?? typeName;
      if (choose(4) > 0) return `... on ${on}${condition} ${toSelection(on, depth - 1)}`;
      names += 1;
      const name = `F${names}`;
      fragments.push(`fragment ${name} on ${on} ${toSelection(on, depth - 1)}`);
      return `...${name}${condition}`;
    }
    const fields = isUnionType(type) || type === undefined || !('getFields' in type) ? [] : Object.values(type.getFields());
    const field = fields[choose(fields.length + 1)];
    const alias = typeName === 'Query' && choose(3) > 0 ? '' : (aliases[choose(aliases.length)] ?? '');
    if (field === undefined) return `${alias}__typename${condition}`;
    const named = String(field.type).replaceAll(/[[\]!]/g, '');
    const nested = /^(T\d|Node|Any)$/.test(named);
    if (nested && depth <= 0) return `${alias}__typename${condition}`;
    const given = 'args' in field && field.args.length > 0 && choose(2) === 0 ? `(by: ${choose(2) === 0 ? '3' : '$by'})` : '';
    return `${alias}${field.name}${given}${condition}${nested ? ` ${toSelection(named, depth - 1)}` : ''}`;
  };
  const body = toSelection('Query', 4);
  const by = [body, ...fragments].join('').includes('$by') ? ', $by: Int! = 5' : '';
  const head = `query Q($yes: Boolean! = true, $no: Boolean! = false${by})`;
  return [`${head} { __typename @include(if: $yes) @skip(if: $no) ... @include(if: $yes) ${body} }`, ...fragments].join('\n');
}
