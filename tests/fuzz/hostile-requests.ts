/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One thing that is done to the router. */
export type HostileRequest =
  | {
      readonly kind: 'http';
      readonly method: string;
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  | { readonly kind: 'socket'; readonly messages: readonly string[] };

/** Random and hostile requests to the toy graph: documents, variables, headers, paths, socket messages. */
export function createRequests(random: () => number): () => HostileRequest {
  const upTo = (count: number): number => Math.floor(random() * count);
  const pick = <Value>(values: readonly Value[]): Value => values[upTo(values.length)] as Value;
  const many = (count: number, text: (index: number) => string, between = ' '): string =>
    Array.from({ length: count }, (_, i) => text(i)).join(between);
  const size = (): number => pick([1, 3, 10, 60, 300, 1_500, 4_000]);
  const long = (): string => 'x'.repeat(pick([10, 100, 101, 5_000, 200_000, 900_000]));

  const selection = (depth: number): string => {
    const field = (): string =>
      pick([
        () => 'id',
        () => '__typename',
        () => `a${upTo(9)}: title`,
        () => `items { ${depth > 0 ? 'id issue { key summary status }' : 'id'} }`,
        () => `... on Session ${pick(['', '@include(if: $yes) ', '@skip(if: $no) '])}{ ${depth > 0 ? selection(depth - 1) : 'revision'} }`,
        () => `... { ${depth > 0 ? selection(depth - 1) : 'id'} }`,
        () => 'revision @include(if: $yes)',
        () => 'nothing',
      ])();
    return many(1 + upTo(5), field);
  };
  const document = (): string => {
    const n = size();
    return pick<() => string>([
      () => `query Q($yes: Boolean! = true, $no: Boolean! = false) { session(id: "s1") { ${selection(4)} } }`,
      () =>
        `query ($yes: Boolean = true, $no: Boolean = false, $id: ID = "s1", $n: Int = 2) { session(id: $id) { ${selection(2)} } search(first: $n) { key } }`,
      () => `{ ${many(n, (i) => `a${i}: session(id: "s${i}") { id }`)} }`,
      () => `{ session(id: "s1") { ${many(n, () => 'items { issue { key } }')} } }`,
      () => `{ session(id: "s1") { ${many(n, () => '...f')} } } fragment f on Session { id items { issue { key } } }`,
      () =>
        `{ ...f0 } ${many(Math.min(n, 400), (i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`)} fragment f${Math.min(n, 400)} on Query { me { id } }`,
      () => `{ ${'... { '.repeat(n)}me { id }${' }'.repeat(n)} }`,
      () => `{ session(id: ${'['.repeat(n)}1${']'.repeat(n)}) { id } }`,
      () => `query (${many(n, (i) => `$v${i}: Boolean!`)}) { session(id: "s1") { ${many(n, (i) => `id @include(if: $v${i})`)} } }`,
      () => `{ ${long()}: me { id } }`,
      () => `{ session(id: "${long()}") { id } }`,
      () => `{ me { ${long()} } }`,
      () => `# ${long()}\n{ me { id } }`,
      () => `{ me ${many(n, (i) => `@d${i}`)} { id } }`,
      () => `mutation { ${many(Math.min(n, 60), (i) => `m${i}: createSession(title: "x") { id }`)} }`,
      () => `subscription { sessionUpdated(sessionId: "s1") ${pick(['', '@include(if: true)', '@skip(if: $no)'])} { id } }`,
      () => `{ __schema { types { ${many(Math.min(n, 300), (i) => `t${i}: name`)} fields { type { ofType { ofType { name } } } } } } }`,
      () => many(n, (i) => `query Q${i} { me { id } }`),
      () => '{'.repeat(n),
      () => `{ search(first: ${pick(['-1', '0', '1e9', '99999999999999999999', '"x"', 'null'])}) { key } }`,
    ])();
  };
  const spoil = (text: string): string => {
    const at = upTo(text.length);
    return pick([
      () => text,
      () => text,
      () => text,
      () => text.slice(0, at),
      () => text.slice(0, at) + pick(['"', '{', '}', '$', '\\', '\u0000', '\ud800', '"""', '...', 'é']) + text.slice(at),
      () => text.slice(0, at) + text.slice(at + 1 + upTo(20)),
    ])();
  };
  const value = (depth = 3): unknown =>
    pick<() => unknown>([
      () => null,
      () => true,
      () => upTo(1_000) - 500,
      () => 1e308,
      () => 'T-1',
      () => long(),
      () => (depth === 0 ? 0 : Array.from({ length: size() / 3 }, () => value(0))),
      () => (depth === 0 ? 0 : { [pick(['a', '__proto__', 'constructor', long()])]: value(depth - 1) }),
      () => Object.fromEntries(Array.from({ length: size() }, (_, i) => [`unknown${i}`, i])),
    ])();
  const operation = (): unknown => ({
    query: pick<() => unknown>([() => spoil(document()), () => spoil(document()), () => spoil(document()), () => value()])(),
    ...(random() < 0.5 ? { variables: pick([() => value(), () => ({ yes: value(), no: value(), id: value(), n: value() })])() } : {}),
    ...(random() < 0.1 ? { operationName: pick([() => value(), () => 'Q'])() } : {}),
    ...(random() < 0.1
      ? { extensions: { persistedQuery: pick([value(), { version: 1, sha256Hash: many(64, () => pick(['0', 'a', 'f']), '') }]) } }
      : {}),
  });
  const body = (): string => {
    const text = JSON.stringify(operation());
    if (random() < 0.03)
      return `{"query":"query ($a: ID) { session(id: $a) { id } }","variables":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`;
    return random() < 0.1 ? spoil(text) : text;
  };
  const header = (): readonly [string, string] =>
    pick<() => readonly [string, string]>([
      () => [
        'accept',
        pick([
          '*/*',
          'text/event-stream',
          'application/json;q=0',
          'multipart/mixed;subscriptionSpec=1.0',
          `${many(size(), () => 'a/b', ',')}`,
          'application/json;q=nan, */*;q=0.1',
        ]),
      ],
      () => [
        'authorization',
        pick(['Bearer x', 'Basic eA==', `Bearer ${'x'.repeat(9_000)}`, 'Bearer \xff', 'Bearer a.b.c', 'Bearer eyJhbGciOiJub25lIn0.e30.']),
      ],
      () => [
        'content-type',
        pick(['text/plain', 'application/json; charset=utf-16', 'application/graphql', '', 'multipart/form-data; boundary=x']),
      ],
      () => ['content-encoding', pick(['gzip', 'br', 'identity', 'x'])],
      () => ['x-request-id', pick(['x', 'a'.repeat(64), '<script>', '../../etc'])],
      () => ['x-forwarded-for', pick(['1.2.3.4', '::1, ::2', 'x'.repeat(5_000)])],
      () => ['origin', pick(['https://evil.example', 'null', 'http://localhost'])],
      () => ['traceparent', pick(['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', 'nonsense', `${'0'.repeat(4_000)}`])],
      () => ['apollo-require-preflight', '1'],
    ])();
  const headers = (): Record<string, string> => ({
    'content-type': 'application/json',
    ...Object.fromEntries(Array.from({ length: upTo(3) }, header)),
  });
  const message = (): string =>
    pick<() => string>([
      () => JSON.stringify({ type: 'connection_init', payload: pick([{}, { authorization: 'Bearer x' }, value()]) }),
      () => JSON.stringify({ type: 'subscribe', id: String(upTo(5)), payload: operation() }),
      () => JSON.stringify({ type: 'subscribe', id: String(upTo(5)), payload: operation() }),
      () => JSON.stringify({ type: 'complete', id: String(upTo(5)) }),
      () => JSON.stringify({ type: pick(['ping', 'pong', 'next', 'error', 'nonsense']), id: value(), payload: value() }),
      () => spoil(JSON.stringify({ type: 'subscribe', id: '1', payload: operation() })),
    ])();

  return () => {
    const chance = random();
    if (chance < 0.1)
      return { kind: 'socket', messages: [JSON.stringify({ type: 'connection_init' }), ...Array.from({ length: 1 + upTo(4) }, message)] };
    if (chance < 0.17) {
      const path = pick([
        () => `/${'/'.repeat(pick([1, 100, 14_000]))}x`,
        () => '/%2e%2e/%2e%2e/x',
        () => `/${encodeURIComponent(long().slice(0, 5_000))}`,
        () => '/health',
        () => '/graphql/',
      ])();
      return { kind: 'http', method: pick(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']), path, headers: headers() };
    }
    if (chance < 0.25) {
      const search = new URLSearchParams({ query: document().slice(0, 12_000), variables: pick(['', '{}', '{', '[]', 'null']) });
      return { kind: 'http', method: 'GET', path: `/graphql?${search}`, headers: headers() };
    }
    return { kind: 'http', method: 'POST', path: '/graphql', headers: headers(), body: body() };
  };
}
