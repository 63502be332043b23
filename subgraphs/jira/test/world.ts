import { startSimulator } from '../simulator/simulator.ts';
import { start } from '../src/main.ts';

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of an answer, the type cannot
  readonly data: any;
  readonly errors?: readonly { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
}

export interface Caller {
  /** Of the edge that the request comes by. */
  readonly secret?: string;
  readonly authorization?: string;
}

/** The jira subgraph as it runs for this test. */
export interface Replica {
  readonly url: string;
  readonly webhookUrl: string | undefined;
  readonly ask: (query: string, variables?: Record<string, unknown>, caller?: Caller) => Promise<Answer>;
  readonly stop: () => Promise<void>;
}

/** A simulated Jira of at least a thousand issues, and the subgraphs that are opened on it. */
export async function startJiraWorld() {
  const simulator = await startSimulator({ issueCount: 1_050 });
  const replicas: Replica[] = [];
  return {
    simulator,
    firstKeys: (count: number) => simulator.world.issues.slice(0, count).map(({ key }) => key),
    /** Asks the simulator for something that no Jira has. */
    control: async (method: string, path: string, body: unknown): Promise<void> => {
      await fetch(`${simulator.url}/__simulator${path}`, { method, body: JSON.stringify(body) });
    },
    open: async (environment: Record<string, string> = {}, now?: () => number): Promise<Replica> => {
      const base = { AUTH: 'open', JIRA_URL: simulator.url, JIRA_API_TOKEN: 'x', JIRA_PORT: '0', LOG_LEVEL: 'silent' };
      const { url, webhookUrl, stop } = await start({ ...base, ...environment }, now === undefined ? {} : { now });
      const replica: Replica = {
        url,
        webhookUrl,
        stop,
        ask: async (query, variables = {}, { secret, authorization = '' } = {}) => {
          const headers = {
            'content-type': 'application/json',
            authorization,
            ...(secret === undefined ? {} : { 'x-tally-service-secret': secret }),
          };
          const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
          return (await response.json()) as Answer;
        },
      };
      replicas.push(replica);
      return replica;
    },
    stop: async () => {
      await Promise.all(replicas.map(({ stop }) => stop()));
      await simulator.stop();
    },
  };
}

export type JiraWorld = Awaited<ReturnType<typeof startJiraWorld>>;

export const entities = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Issue { key summary storyPoints } } }';
export const representations = (keys: readonly string[]) => ({ r: keys.map((key) => ({ __typename: 'Issue', key })) });

export const write = 'mutation($input: WriteEstimateInput!) { writeEstimate(input: $input) { state valueInJira } }';
/** Without `expected` whatever is there is overwritten. */
export const estimate = (key: string, value: number, expected?: number | null) => ({
  input: { key, value, expected: expected ?? null, hasExpected: expected !== undefined, track: 'estimate', idempotencyKey: `${key}-round` },
});

export const bulk = 'POST /rest/api/3/issue/bulkfetch';
