import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createGraph } from './graph.ts';
import { UnservableSupergraph } from './supergraph.ts';

const names =
  '"@key", "@external", "@requires", "@shareable", "@provides", "@override", "@interfaceObject", "@inaccessible", "@tag", "@authenticated", "@requiresScopes", "@policy", "@context", "@fromContext", "@cost", "@listSize"';
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${names}])`;

function compose(...subgraphs: readonly string[]): string {
  const services = subgraphs.map((sdl, index) => ({
    name: `s${index}`,
    url: 'http://127.0.0.1/graphql',
    typeDefs: parse(`${link} ${sdl}`),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (errors !== undefined) throw new AggregateError(errors, String(errors));
  return supergraphSdl;
}

function refusal(sdl: string): string {
  try {
    createGraph(sdl);
  } catch (error) {
    if (error instanceof UnservableSupergraph) return error.message;
    throw error;
  }
  return '';
}

const contexts = `type Query { u: U }
  type U @key(fields: "id") @context(name: "c") { id: ID! prop: String! v: V! }
  type V @key(fields: "id") { id: ID! f(a: String @fromContext(field: "$c { prop }")): Int }`;
const security: readonly (readonly [string, string])[] = [
  ['@authenticated', 'type Query { a: Int @authenticated }'],
  ['@requiresScopes', 'type Query { a: Int @requiresScopes(scopes: [["a"]]) }'],
  ['@policy', 'type Query { a: Int @policy(policies: [["a"]]) }'],
  ['@context', contexts],
];

describe('what a supergraph asks for and the router does not do', () => {
  it.each(security)('%s is refused by its name, in one line', (name, sdl) => {
    expect(refusal(compose(sdl))).toMatch(new RegExp(`^it uses ${name}.*(?:not enforce|not carry out).*$`));
  });

  it.each(security)('%s is refused also when the supergraph does not say what it is for, or calls it otherwise', (name, sdl) => {
    const purposeless = compose(sdl).replace(', for: SECURITY)', ')');
    expect(refusal(purposeless)).toMatch(`it uses ${name}`);
    expect(refusal(purposeless.replace(/(specs\.apollo\.dev\/\w+\/v0\.1")\)/, '$1, as: "other")'))).toMatch(`it uses ${name}`);
  });

  it('an unknown specification that is for security or execution is refused, another is not', () => {
    const supergraph = compose('type Query { a: Int }');
    const linking = (purpose: string) =>
      supergraph.replace('\n{\n  query', `\n  @link(url: "https://acme.example/masks/v1.0"${purpose})\n{\n  query`);
    expect(refusal(linking(', for: SECURITY'))).toBe(
      'it uses https://acme.example/masks/v1.0, which is for SECURITY, and the router does not know it',
    );
    expect(refusal(linking(', for: EXECUTION'))).toMatch('which is for EXECUTION');
    expect(refusal(linking(''))).toBe('');
  });
});

describe('a text that is no supergraph', () => {
  it.each([
    ['', 'it is empty'],
    ['  \n', 'it is empty'],
    ['type Query {', 'it is not GraphQL: Syntax Error: Expected Name, found <EOF>. (line 1, column 13)'],
    ['subgraphs:\n  notes:\n', 'it is not GraphQL: Syntax Error: Unexpected Name "subgraphs". (line 1, column 1)'],
    ['type Query { a: Int }', 'it is not a supergraph, which names its subgraphs in the enum join__Graph: compose the subgraphs first'],
    [`${link} type Query { a: Int }`, 'it is not a supergraph'],
    [compose('type Query { a: Int }').replaceAll('join/v0.5', 'join/v9.9'), 'it uses https://specs.apollo.dev/join/v9.9'],
    [compose('type Query { a: Int }').replaceAll('a: Int', 'a: Ant'), 'Unknown type'],
  ])('%j is refused in words', (sdl, words) => {
    expect(refusal(sdl)).toMatch(words);
    expect(refusal(sdl)).not.toContain('\n');
  });
});

describe('what a supergraph may use', () => {
  it.each([
    ['@tag', 'type Query @tag(name: "a") { a: Int @tag(name: "b") }'],
    ['@inaccessible', 'type Query { a: Int b: Int @inaccessible }'],
    ['@cost and @listSize', 'type Query { a: [Int] @cost(weight: 5) @listSize(assumedSize: 3) }'],
    [
      'no query in one of its subgraphs',
      'type P @key(fields: "id") { id: ID! y: Int }',
      'type Query { p: P } type P @key(fields: "id") { id: ID! }',
    ],
    [
      'an entity that is only a reference',
      'type Query { p: P } type P @key(fields: "id", resolvable: false) { id: ID! }',
      'type P @key(fields: "id") { id: ID! y: Int }',
    ],
    [
      'entities without a key, as values',
      'type Query { a: P @shareable } type P @shareable { x: Int }',
      'type Query { a: P @shareable } type P @shareable { x: Int }',
    ],
    ['scalars of its own', 'scalar Money @specifiedBy(url: "https://acme.example/money") type Query { a: Money }'],
  ])('%s', (_, ...subgraphs) => {
    expect(refusal(compose(...subgraphs))).toBe('');
  });
});
