import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Exchange, type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { createCloudSource } from './cloud.ts';
import { createJiraClient, type JiraClient } from './jira-client.ts';

/** Atlassian's descriptions of Jira; they are not ours to ship. */
const folder = join(import.meta.dirname, '../../../../../shared/jira');

interface Schema {
  readonly type?: string;
  readonly $ref?: string;
}

interface Body {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, Body>>;
}

interface Specification {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: unknown;
}

/** Says what is wrong with an exchange; undefined when all is well, or when the specification has no such path. */
function createChecker(specification: Specification) {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const localized = (schema: unknown) => JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"jira#/'));
  ajv.addSchema({ $id: 'jira', components: localized(specification.components) });
  // Exact paths first: `issue/bulkfetch` is no issue called bulkfetch.
  const paths = Object.entries(specification.paths)
    .map(([template, operations]) => ({ template, operations, pattern: new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`) }))
    .sort((a, b) => Number(a.template.includes('{')) - Number(b.template.includes('{')));

  const checkBody = (what: string, body: Body | undefined, value: unknown): string[] => {
    const schema = body?.content?.['application/json']?.schema;
    if (schema === undefined || Object.keys(schema).length === 0) return [];
    return ajv.validate(localized(schema), value) ? [] : [`${what}: ${ajv.errorsText()}`];
  };

  return ({ method, path, query, requestBody, status, responseBody }: Exchange): string[] | undefined => {
    const operations = paths.find(({ pattern }) => pattern.test(path))?.operations;
    if (operations === undefined) return undefined;
    const operation = operations[method.toLowerCase()];
    if (operation === undefined) return [`${method} is not specified`];
    const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name);
    const response = operation.responses[String(status)];
    return [
      ...[...query.keys()].filter((name) => !parameters.includes(name)).map((name) => `query parameter ${name} is not specified`),
      ...checkBody('request', operation.requestBody, requestBody),
      ...(response === undefined ? [`status ${status} is not specified`] : checkBody(`response ${status}`, response, responseBody)),
    ];
  };
}

/** What our client does with a Jira Cloud, all of it. */
async function useEverything(simulator: Simulator, client: JiraClient): Promise<void> {
  const source = createCloudSource({ client, browseUrl: simulator.url, estimateFields: { dev: 'customfield_10061' }, now: Date.now });
  const page = { first: 30, cursor: undefined };
  await client.send({ method: 'GET', path: '/rest/api/3/serverInfo' });
  await client.send({ method: 'GET', path: '/rest/api/3/myself' });
  await source.findMany([...simulator.world.issues.slice(0, 180).map(({ key }) => key), 'NOPE-1', 'OLD-1']);
  const { nextCursor } = await source.search('project = SHOP ORDER BY rank', page);
  await source.search('project = SHOP ORDER BY rank', { first: 30, cursor: nextCursor });
  await source.search('nonsense', page).catch(() => {});
  await source.findBacklog('1', page);
  await source.findBacklog('99', page).catch(() => {});
  await source.findBoards(undefined);
  await source.findBoards('APP');
  await source.findSprints('1');
  await source.findSprints('3');
  await source.findProjects();
  await source.findSavedFilters();
  await source.findFilterJql('10100');
  await source.findFilterJql('99').catch(() => {});
  for (const form of ['whole', 'thumbnail'] as const) await source.readPicture({ id: '30019', name: 'x.png', hasThumbnail: true }, form);
  await source.readPicture({ id: '1', name: 'x.png', hasThumbnail: true }, 'whole').catch(() => {});
  await source.findMediaId('30019');
  await source.findEstimability(['SHOP-20', 'OPS-4'], 'estimate');
  for (const [key, track] of [
    ['SHOP-20', 'estimate'],
    ['SHOP-20', 'dev'],
    ['APP-20', 'estimate'],
    ['OPS-4', 'estimate'],
  ] as const)
    await source.writeEstimate(await source.readEstimate(key, track), 5).catch(() => {});
  // On no screen: by the board.
  const shop = simulator.world.projects.find(({ key }) => key === 'SHOP');
  Object.assign(shop ?? {}, { fieldIdsOnScreen: [] });
  await source.writeEstimate(await source.readEstimate('SHOP-20', 'estimate'), 8);
  await source.readEstimate('NOPE-1', 'estimate').catch(() => {});
  for (const text of ['Estimated: 3', 'Estimated: 5']) await source.writeComment('SHOP-20', 'estimate', text);
  await source.writeComment('NOPE-1', 'estimate', 'x').catch(() => {});
  // Read-only: the board refuses, and so does the issue.
  const slot = await source.readEstimate('SHOP-21', 'estimate');
  const readOnly = simulator.world.byKey.get('SHOP-21');
  if (readOnly !== undefined) readOnly.isReadOnly = true;
  await source.writeEstimate(slot, 5).catch(() => {});
}

const platformPaths = [
  '/issue/bulkfetch',
  '/search/jql',
  '/field',
  '/issue/SHOP-20',
  '/issue/SHOP-21',
  '/issue/NOPE-1',
  '/serverInfo',
  '/myself',
];

describe.each([
  ['openapi-slice.json', '/rest/api/3', platformPaths],
  [
    'openapi-platform.json',
    '/rest/api/3',
    [
      ...platformPaths,
      '/issue/SHOP-20/comment',
      '/project/search',
      '/filter/search',
      '/filter/10100',
      '/attachment/content/30019',
      '/attachment/thumbnail/30019',
    ],
  ],
  [
    'openapi-agile.json',
    '/rest/agile/1.0',
    ['/board', '/board/1/configuration', '/board/1/sprint', '/board/1/backlog', '/issue/SHOP-20/estimation'],
  ],
] as const)('what our client sends and the simulator answers, against %s', (name, prefix, mustCover) => {
  const file = join(folder, name);
  const exchanges: Exchange[] = [];
  let simulator: Simulator;
  let client: JiraClient;

  beforeAll(async () => {
    simulator = await startSimulator({ observe: (exchange) => exchanges.push(exchange) });
    client = createJiraClient({ baseUrl: simulator.url, authorization: 'Bearer x', timeoutMs: 5_000, now: Date.now, random: Math.random });
  });
  afterAll(async () => {
    await client.stop();
    await simulator.stop();
  });

  // Without ../shared/jira next to the repository there is nothing to compare with.
  it.skipIf(!existsSync(file))(`validates (skipped without ../shared/jira/${name})`, async () => {
    const check = createChecker(JSON.parse(readFileSync(file, 'utf8')) as Specification);
    await useEverything(simulator, client);
    const checked = exchanges.filter(({ path }) => path.startsWith(prefix)).map((exchange) => ({ exchange, problems: check(exchange) }));
    const [covered, unknown] = [
      checked.filter(({ problems }) => problems !== undefined),
      checked.filter(({ problems }) => problems === undefined),
    ];
    expect(mustCover.filter((path) => !covered.some(({ exchange }) => exchange.path === `${prefix}${path}`))).toEqual([]);
    // The slice has only what is most of the traffic; the whole descriptions have everything.
    if (name !== 'openapi-slice.json') expect(unknown.map(({ exchange: { method, path } }) => `${method} ${path}`)).toEqual([]);
    const problems = checked.flatMap(({ exchange, problems: found }) =>
      (found ?? []).map((problem) => `${exchange.method} ${exchange.path}: ${problem}`),
    );
    expect([...new Set(problems)]).toEqual([]);
  });
});
