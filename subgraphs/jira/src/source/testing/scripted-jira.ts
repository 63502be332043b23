import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came in, and what goes out: JSON, or a text as it is. */
export interface ScriptedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what was sent
  readonly body: any;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}
export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly text?: string;
  readonly bytes?: Uint8Array;
}
type Route = readonly [method: string, path: RegExp, answer: ScriptedAnswer | ((request: ScriptedRequest) => ScriptedAnswer)];

export const numberField = (id: string, name: string, custom = 'com.atlassian.jira.plugin.system.customfieldtypes:float') => ({
  id,
  name,
  custom: true,
  schema: { type: 'number', custom },
});
export const storyPoints = numberField('customfield_10026', 'Story Points');
export const storyPointEstimate = numberField('customfield_10016', 'Story point estimate', 'com.pyxis.greenhopper.jira:jsw-story-points');

/** An issue as a minimal Jira gives it; without `screen` all of its fields stand on its edit screen. */
export interface ScriptedIssue {
  readonly id: string;
  readonly key: string;
  readonly fields: Record<string, unknown>;
  readonly screen?: readonly string[];
  /** By field id, e.g. with `schema` and `allowedValues`. */
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** What a minimal Jira knows; all of it may change while it runs. */
export interface ScriptedWorld {
  fields: readonly unknown[];
  boards: readonly { readonly id: number; readonly type: string; readonly location?: unknown; readonly jql?: string; fieldId?: string }[];
  issues: readonly ScriptedIssue[];
}

/** A Jira Cloud of a few endpoints that answers as a test tells it: for answers that a well-behaved Jira, such as the simulator, never gives. */
export async function startScriptedJira(given: Partial<ScriptedWorld> = {}, routes: readonly Route[] = []) {
  const world: ScriptedWorld = { fields: [storyPoints, storyPointEstimate], boards: [], issues: [], ...given };
  const requests: ScriptedRequest[] = [];
  const find = (key: unknown) => world.issues.find((issue) => issue.key === key || issue.id === key);
  const render = ({ screen, meta, ...issue }: ScriptedIssue, expand: unknown) => ({
    ...issue,
    ...(String(expand ?? '').includes('editmeta')
      ? {
          editmeta: {
            fields: Object.fromEntries((screen ?? Object.keys(issue.fields)).map((id) => [id, meta?.[id] ?? { required: false }])),
          },
        }
      : {}),
  });
  const missing: ScriptedAnswer = {
    status: 404,
    body: { errorMessages: ['Issue does not exist or you do not have permission to see it.'], errors: {} },
  };
  const part = (path: string, at: number) => decodeURIComponent(path.split('/')[at] ?? '');
  const usual: readonly Route[] = [
    ['GET', /\/serverInfo$/, { body: { deploymentType: 'Cloud', version: '1001.0.0' } }],
    ['GET', /\/myself$/, { body: { accountId: 'x', displayName: 'Tally' } }],
    ['GET', /\/field$/, () => ({ body: world.fields })],
    ['GET', /\/board$/, () => ({ body: { startAt: 0, isLast: true, values: world.boards.map(({ fieldId, jql, ...board }) => board) } })],
    [
      'GET',
      /\/board\/\d+\/configuration$/,
      ({ path }) => {
        const board = world.boards.find(({ id }) => String(id) === part(path, 5));
        const estimation = board?.fieldId === undefined ? {} : { estimation: { type: 'field', field: { fieldId: board.fieldId } } };
        return { body: { id: board?.id, filter: { id: String(board?.id) }, ...estimation } };
      },
    ],
    ['GET', /\/filter\/\d+$/, ({ path }) => ({ body: { jql: world.boards.find(({ id }) => String(id) === part(path, 5))?.jql ?? '' } })],
    [
      'POST',
      /\/bulkfetch$/,
      ({ body }) => ({
        body: { issues: (body.issueIdsOrKeys as unknown[]).flatMap((key) => find(key) ?? []).map((issue) => render(issue, body.expand)) },
      }),
    ],
    ['POST', /\/search\/jql$/, ({ body }) => ({ body: { issues: world.issues.map((issue) => render(issue, body.expand)), isLast: true } })],
    [
      'GET',
      /\/issue\/[^/]+$/,
      ({ path, query }) => {
        const issue = find(part(path, 5));
        return issue === undefined ? missing : { body: render(issue, query.get('expand')) };
      },
    ],
    [
      'PUT',
      /\/issue\/[^/]+$/,
      ({ path, body }) => {
        const issue = find(part(path, 5));
        if (issue === undefined) return missing;
        const off = Object.keys(body.fields).find((id) => issue.screen !== undefined && !issue.screen.includes(id));
        const sentence = `Field '${off}' cannot be set. It is not on the appropriate screen, or unknown.`;
        if (off !== undefined) return { status: 400, body: { errorMessages: [], errors: { [off]: sentence } } };
        Object.assign(issue.fields, body.fields);
        return { status: 204 };
      },
    ],
  ];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://jira');
    const request = {
      method: incoming.method ?? '',
      path: pathname,
      query: searchParams,
      headers: incoming.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
    requests.push(request);
    const [, , answer] = [...routes, ...usual].find(([method, path]) => method === request.method && path.test(pathname)) ?? [];
    const given = typeof answer === 'function' ? answer(request) : (answer ?? missing);
    response.writeHead(given.status ?? 200, { 'content-type': 'application/json', ...given.headers });
    response.end(given.bytes ?? given.text ?? (given.body === undefined ? '' : JSON.stringify(given.body)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    world,
    requests,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

let ids = 10_000;
export const scriptedIssue = (key: string, fields: Record<string, unknown>, more: Partial<ScriptedIssue> = {}): ScriptedIssue => ({
  id: String(ids++),
  key,
  fields: { summary: `Summary of ${key}`, ...fields },
  ...more,
});
