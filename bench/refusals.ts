// `npm run bench -- refusals`: what the router itself spends on a request that it refuses. 20 ms of CPU are the bound for each row.
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { startTally } from './routers/processes.ts';

const repeats = 60;
const many = (count: number, text: (index: number) => string): string => Array.from({ length: count }, (_, index) => text(index)).join(' ');
const long = (kilobytes: number): string => 'x'.repeat(kilobytes * 1_000);

interface Row {
  readonly body?: unknown;
  readonly raw?: string | Buffer;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What strangers can send without a token. */
const rows: Readonly<Record<string, Row>> = {
  'an alias of 480 kB': { body: { query: `{ decks { cards { ${long(480)}: label } } }` } },
  'a name of 900 kB': { body: { query: `{ ${long(900)} }` } },
  '700 × items { issue { key } }': { body: { query: `{ session(id: "s") { ${many(700, () => 'items { issue { key } }')} } }` } },
  '60 × 30 aliases of the same list': {
    body: { query: `{ session(id: "s") { ${many(60, () => `items { ${many(30, (i) => `a${i}: id`)} }`)} } }` },
  },
  '120 fragments, each with a condition': {
    body: {
      query: `query (${many(120, (i) => `$v${i}: Boolean!`)}) { session(id: "s") { ${many(120, (i) => `...f${i} @include(if: $v${i})`)} } } ${many(120, (i) => `fragment f${i} on Session { id }`)}`,
    },
  },
  '400 fragments that double': {
    body: {
      query: `{ ...f0 } ${many(400, (i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`)} fragment f400 on Query { me { id } }`,
    },
  },
  'fragments in a circle': {
    body: { query: `{ ...f0 } ${many(100, (i) => `fragment f${i} on Query { ...f${(i + 1) % 100} }`)}` },
  },
  '1600 nested fragments': { body: { query: `{ ${'... { '.repeat(1_600)}me { id }${' }'.repeat(1_600)} }` } },
  'a list in a list, 2400 times': { body: { query: `{ issue(key: ${'['.repeat(2_400)}1${']'.repeat(2_400)}) { key } }` } },
  '600 fields that nobody knows': { body: { query: `{ ${many(600, (i) => `n${i}`)} }` } },
  '400 directives that nobody knows': { body: { query: `{ decks ${many(400, (i) => `@d${i}`)} { id } }` } },
  '1000 variables that nobody uses': { body: { query: `query (${many(480, (i) => `$v${i}: Int`)}) { decks { id } }` } },
  '300 operations': { body: { query: many(300, (i) => `query Q${i} { decks { id } }`) } },
  'a comment of 1 MB': { body: { query: `# ${long(990)}\n{ nothing }` } },
  'a block string of 900 kB': { body: { query: `{ issue(key: """${'a b '.repeat(225_000)}""") { nothing } }` } },
  '150 000 unicode escapes': { body: { query: `{ issue(key: "${'\\u0041'.repeat(120_000)}") { nothing } }` } },
  '100 000 tokens': { body: { query: `{ ${'a '.repeat(100_000)} }` } },
  '760 kB of unknown keys in an input': {
    body: {
      query: 'mutation ($input: CreateSessionInput!) { createSession(input: $input) { token } }',
      variables: { input: Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`unknown${i}`, i])) },
    },
  },
  'a string of 900 kB for an Int': {
    body: { query: 'query ($a: Int!) { searchIssues(jql: "x", first: $a) { nodes { key } } }', variables: { a: long(900) } },
  },
  'variables nested 200 000 deep': {
    raw: `{"query":"query ($a: ID!) { issue(key: $a) { key } }","variables":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`,
  },
  '400 000 numbers in a variable': {
    body: { query: 'query ($a: [ID!]!) { issues(keys: $a) { nothing } }', variables: { a: Array(400_000).fill(1) } },
  },
  'an operation name of 900 kB': { body: { query: '{ decks { id } }', operationName: long(900) } },
  'a hash that nobody knows': { body: { extensions: { persistedQuery: { version: 1, sha256Hash: createHash('sha256').digest('hex') } } } },
  'a hash of another document of 900 kB': {
    body: { query: `# ${long(900)}`, extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } },
  },
  'a comment of 240 kB': { body: { query: `# ${long(240)}\n{ nothing }` } },
  '1 MB that is no JSON': { raw: `{${long(990)}` },
  'a body above the bound': { raw: long(2_000) },
  '1 MB out of 1 kB of gzip': {
    raw: gzipSync(JSON.stringify({ query: `# ${long(990)}\n{ nothing }` })),
    headers: { 'content-encoding': 'gzip' },
  },
  '100 MB out of 100 kB of gzip': { raw: gzipSync(Buffer.alloc(100_000_000, ' ')), headers: { 'content-encoding': 'gzip' } },
  'a GET of 15 kB of slashes': { path: `/${'/'.repeat(15_000)}x` },
  'an Accept header of 15 kB': { body: { query: '{ nothing }' }, headers: { accept: 'a/b;q=0.1,'.repeat(1_500) } },
  'an Authorization of 15 kB': { body: { query: '{ decks { id } }' }, headers: { authorization: `Bearer ${long(15)}` } },
};

export async function benchRefusals(say: (line: string) => void): Promise<Readonly<Record<string, string | number>>> {
  const nowhere = 'http://127.0.0.1:1/graphql';
  const unlimited = {
    JIRA_SERVICE_URL: nowhere,
    VOTING_SERVICE_URL: nowhere,
    RATE_LIMIT_IP: '100000000',
    RATE_LIMIT_IDENTITY: '100000000',
    RATE_LIMIT_ENTRANCE: '100000000',
    RATE_LIMIT_JOIN: '100000000',
  };
  const router = await startTally({ ...unlimited, LOG_LEVEL: 'silent', NODE_ENV: 'development' });
  const figures: Record<string, number> = {};
  try {
    for (const row of Object.values(rows)) for (let count = 0; count < 5; count += 1) await send(router.url, row);
    for (const [name, row] of Object.entries(rows)) {
      let said = '';
      const before = router.cpuMicros();
      for (let count = 0; count < repeats; count += 1) said = await send(router.url, row);
      figures[`${name}, ms of CPU`] = Math.round((router.cpuMicros() - before) / repeats / 100) / 10;
      say(`${name}: ${said.slice(0, 160)}`);
    }
  } finally {
    router.stop();
  }
  return figures;
}

function send(url: string, { body, raw, path, headers = {} }: Row): Promise<string> {
  const { hostname, port, pathname } = new URL(url);
  return new Promise((resolve) => {
    const sent = request(
      {
        hostname,
        port,
        path: path ?? pathname,
        method: path === undefined ? 'POST' : 'GET',
        headers: { 'content-type': 'application/json', ...headers },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += String(chunk);
        });
        response.on('end', () => resolve(`${response.statusCode} ${text.trim()}`));
      },
    );
    sent.on('error', (error) => resolve(error.message));
    sent.end(path === undefined ? (raw ?? JSON.stringify(body)) : undefined);
  });
}
