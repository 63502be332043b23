const many = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, index) => text(index)).join(' ');

/** A selection in a fragment that is spread twice in a fragment that is spread twice, and so on. */
export const bomb = (levels: number, selection: string) =>
  `query { session(id: "s1") { ...f0 } } ${many(levels, (level) => `fragment f${level} on Session { ...f${level + 1} ...f${level + 1} }`)} fragment f${levels} on Session { ${selection} }`;

/** Operations that are wrong for one reason each, with the code of that reason. */
export const hostileOperations: ReadonlyArray<
  readonly [string, { readonly query: string; readonly variables?: unknown; readonly operationName?: string }, string]
> = [
  ['no document', { query: '' }, 'BAD_REQUEST'],
  ['words that are no GraphQL', { query: 'give me everything' }, 'GRAPHQL_PARSE_FAILED'],
  ['an unclosed brace', { query: '{ me { id }' }, 'GRAPHQL_PARSE_FAILED'],
  ['a null byte', { query: '{ me { id } }\u0000' }, 'GRAPHQL_PARSE_FAILED'],
  ['10 000 tokens', { query: `{ ${many(10_000, () => 'me')} }` }, 'OPERATION_TOO_LARGE'],
  [
    'a list of 6 000 in a variable',
    { query: 'mutation ($t: String!) { createSession(title: $t) { id } }', variables: { t: Array(6_000).fill('x') } },
    'OPERATION_TOO_LARGE',
  ],
  [
    '6 000 values deep in an undeclared variable',
    { query: '{ me { id } }', variables: { other: { lists: Array(80).fill(Array(80).fill(1)) } } },
    'OPERATION_TOO_LARGE',
  ],
  [
    '6 000 unknown keys',
    { query: '{ me { id } }', variables: Object.fromEntries(Array.from({ length: 6_000 }, (_, at) => [`k${at}`, 1])) },
    'OPERATION_TOO_LARGE',
  ],
  ['5 000 braces', { query: '{'.repeat(5_500) }, 'GRAPHQL_PARSE_FAILED'],
  ['an unknown field', { query: '{ secrets }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['_service', { query: '{ _service { sdl } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  [
    '_entities',
    { query: '{ _entities(representations: [{__typename: "Issue", key: "T-1"}]) { ... on Issue { summary } } }' },
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    '_entities by an alias in a fragment',
    { query: '{ ...f } fragment f on Query { issue: _entities(representations: []) { __typename } }' },
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['_service in nested fragments', { query: '{ ... on Query { ... { s: _service { sdl } } } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['_service as a mutation', { query: 'mutation { _service { sdl } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  [
    '_service in a fragment of a subscription',
    { query: 'subscription { ...f } fragment f on Subscription { _service { sdl } }' },
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['the type _Any', { query: 'query Q($x: [_Any!]!) { session(id: "s1") { id } }', variables: { x: [] } }, 'GRAPHQL_VALIDATION_FAILED'],
  ['the union _Entity', { query: '{ session(id: "s1") { ... on _Entity { __typename } } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['_entities as a subscription', { query: 'subscription { _entities(representations: []) { __typename } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['__schema', { query: '{ __schema { types { name } } }' }, 'INTROSPECTION_DISABLED'],
  [
    '__type by an alias in a fragment',
    { query: '{ ...f } fragment f on Query { x: __type(name: "Session") { name } }' },
    'INTROSPECTION_DISABLED',
  ],
  ['__schema in a subscription', { query: 'subscription { __schema { types { name } } }' }, 'INTROSPECTION_DISABLED'],
  ['60 aliases', { query: `{ ${many(15, (i) => `a${i}: session(id: "s") { b${i}: id c${i}: id d${i}: id }`)} }` }, 'TOO_MANY_ALIASES'],
  ['30 root fields', { query: `{ ${many(30, (i) => `a${i}: me { id }`)} }` }, 'TOO_MANY_ROOT_FIELDS'],
  ['30 root fields in fragments', { query: `{ ${many(30, () => '...f')} } fragment f on Query { me { id } }` }, 'TOO_MANY_ROOT_FIELDS'],
  ['30 mutations at once', { query: `mutation { ${many(30, (i) => `a${i}: createSession(title: "x") { id }`)} }` }, 'TOO_MANY_ROOT_FIELDS'],
  ['a fragment bomb', { query: bomb(60, 'a: items { id }') }, 'TOO_MANY_ALIASES'],
  ['a fragment in itself', { query: '{ session(id: "s1") { ...f } } fragment f on Session { id ...f }' }, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'two fragments in each other',
    { query: '{ session(id: "s1") { ...a } } fragment a on Session { ...b } fragment b on Session { ...a }' },
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['a missing variable', { query: 'query Q($id: ID!) { session(id: $id) { id } }', variables: {} }, 'BAD_USER_INPUT'],
  ['an object for an ID', { query: 'query Q($id: ID!) { session(id: $id) { id } }', variables: { id: { $gt: '' } } }, 'BAD_USER_INPUT'],
  ['an array for an ID', { query: 'query Q($id: ID!) { session(id: $id) { id } }', variables: { id: ['a', 'b'] } }, 'BAD_USER_INPUT'],
  ['a number out of range', { query: 'query Q($ms: Int!) { slow(ms: $ms) }', variables: { ms: 1e20 } }, 'BAD_USER_INPUT'],
  ['two operations and no name', { query: 'query A { me { id } } query B { me { id } }' }, 'OPERATION_RESOLUTION_FAILURE'],
  ['the name of no operation', { query: 'query A { me { id } }', operationName: 'B' }, 'OPERATION_RESOLUTION_FAILURE'],
  [
    'a subscription with two fields',
    { query: 'subscription { a: voteResults(sessionId: "s1") { id } b: voteResults(sessionId: "s1") { id } }' },
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'a skipped subscription',
    { query: 'subscription S($i: Boolean!) { voteResults(sessionId: "s1") @include(if: $i) { id } }', variables: { i: false } },
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['an unknown directive', { query: '{ me @inaccessible { id } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['@defer', { query: '{ session(id: "s1") { id ... @defer { title } } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['conflicting fields', { query: '{ session(id: "s1") { id: title id } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['a __proto__ alias', { query: '{ __proto__: secrets }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['a definition that cannot be executed', { query: 'type X { y: Int }' }, 'GRAPHQL_VALIDATION_FAILED'],
];

/** Bodies of a POST that are no request; each is refused with BAD_REQUEST. */
export const hostileBodies: ReadonlyArray<readonly [string, string]> = [
  ['nothing', ''],
  ['no JSON', '{"query": '],
  ['a string', '"query"'],
  ['null', 'null'],
  ['a batch', '[{"query":"{ me { id } }"}]'],
  ['a number for the query', '{"query":1}'],
  ['an array of variables', '{"query":"{ me { id } }","variables":[]}'],
  ['a string of extensions', '{"query":"{ me { id } }","extensions":"x"}'],
  ['an operation name that is an object', '{"query":"{ me { id } }","operationName":{}}'],
  ['a hash of another version', '{"extensions":{"persistedQuery":{"version":2,"sha256Hash":"00"}}}'],
  ['a hash that is a path', '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"../../etc/passwd"}}}'],
  [
    "a hash that is not the query's",
    `{"query":"{ me { id } }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"${'0'.repeat(64)}"}}}`,
  ],
];
