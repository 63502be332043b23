import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Environment } from '../../../kit/process/config.ts';
import { createLogger } from '../../../kit/process/logging.ts';
import { type Overrides, start } from '../src/main.ts';
import { provisions, usualStorage } from '../src/store/testing/provisions.ts';
import type { VotingStore } from '../src/store/voting-store.ts';
import { openStore, parseStoreValues, type StoreKind, storeKinds } from '../src/stores.ts';

export interface GraphqlAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape, and fail where it is another
  readonly data: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

export interface VotingWorld {
  readonly url: string;
  /** Of the Postgres, where there is one. */
  readonly databaseUrl: string | undefined;
  /** The store as another replica has it; close it. Not for the embedded one. */
  openStore(): Promise<VotingStore>;
  /** One operation, answered whole. */
  ask(query: string, variables?: object, token?: string): Promise<GraphqlAnswer>;
  /** One operation that must succeed. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  get(query: string, variables?: object, token?: string): Promise<any>;
  /** A subscription's payloads, as graphql-ws gives them. */
  subscribe(query: string, variables: object, token: string | undefined): AsyncIterableIterator<GraphqlAnswer>;
  /** Another replica on the same data, with the same keys. Stop it first. */
  replicate(): Promise<VotingWorld>;
  stop(): Promise<void>;
}

/** Whether a usual world may have replicas. */
export const hasReplicas = provisions[usualStorage].isShared;

const servers = storeKinds.filter((kind) => provisions[kind].isShared && provisions[kind].isAvailable);

/** Every store that may have replicas, on this machine; without a server the embedded one. */
export const storages: readonly { readonly storage: StoreKind }[] = (servers.length === 0 ? [usualStorage] : servers).map((storage) => ({
  storage,
}));

/** The voting subgraph on a storage of its own. Nobody answers for Jira unless `environment` says where. */
export async function startVotingWorld(
  environment: Readonly<Record<string, string>> = {},
  { storage = usualStorage, overrides = {} }: { readonly storage?: StoreKind; readonly overrides?: Overrides } = {},
): Promise<VotingWorld> {
  const provided = await provisions[storage].provide();
  const directory = await mkdtemp(join(tmpdir(), 'tally-voting-'));
  return startOn({
    overrides,
    environment: { DATA_DIRECTORY: directory, ...provided.environment, ...environment },
    dispose: async () => {
      await provided.drop();
      await rm(directory, { recursive: true, force: true });
    },
  });
}

interface Ground {
  readonly environment: Environment;
  readonly overrides: Overrides;
  readonly dispose: () => Promise<void>;
}

async function startOn(ground: Ground): Promise<VotingWorld> {
  const { environment, overrides, dispose } = ground;
  const variables = {
    AUTH: 'open',
    LOG_LEVEL: 'silent',
    VOTING_PORT: '0',
    JIRA_SERVICE_URL: 'http://127.0.0.1:9',
    ...environment,
  };
  const voting = await start(variables, overrides);
  const sockets = new Set<{ dispose(): void | Promise<void> }>();
  const ask: VotingWorld['ask'] = async (query, variables = {}, token = undefined) => {
    const response = await fetch(voting.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphqlAnswer;
  };
  return {
    url: voting.url,
    databaseUrl: environment['DATABASE_URL'],
    openStore: () => openStore(parseStoreValues(environment), { log: createLogger('test', 'silent') }),
    ask,
    get: async (query, variables, token) => {
      const answer = await ask(query, variables, token);
      if (answer.errors !== undefined) throw new Error(`${query}: ${JSON.stringify(answer.errors)}`);
      return answer.data;
    },
    subscribe: (query, variables, token) => {
      const client = createClient({
        url: voting.url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: token === undefined ? {} : { authorization: `Bearer ${token}` },
        retryAttempts: 0,
      });
      sockets.add(client);
      return client.iterate({ query, variables: variables as Record<string, unknown> }) as unknown as AsyncIterableIterator<GraphqlAnswer>;
    },
    replicate: () => startOn({ ...ground, dispose: async () => {} }),
    stop: async () => {
      for (const socket of sockets) await socket.dispose();
      await voting.stop();
      await dispose();
    },
  };
}

export interface Table {
  readonly sessionId: string;
  readonly inviteCode: string;
  /** Tokens by role: a facilitator who also estimates, an estimator, a spectator, and somebody of another session. */
  readonly facilitator: string;
  readonly estimator: string;
  readonly spectator: string;
  readonly stranger: string;
  readonly estimatorId: string;
  /** Three topics, in order. */
  readonly itemIds: readonly string[];
}

const admission = '{ token session { id inviteCode } participant { id } }';

/** A session with people and topics in it. */
export async function setTable(
  world: VotingWorld,
  options: { readonly settings?: object; readonly customDeck?: readonly object[] } = {},
): Promise<Table> {
  const create = `mutation ($settings: SettingsInput, $customDeck: [CardInput!]) {
    createSession(title: "Sprint 12", name: "Fay", settings: $settings, customDeck: $customDeck) ${admission} }`;
  const join = `mutation ($inviteCode: String!, $name: String!, $role: Role!) { joinSession(inviteCode: $inviteCode, name: $name, role: $role) ${admission} }`;
  const { createSession: own } = await world.get(create, options);
  const { createSession: foreign } = await world.get(create, {});
  const { inviteCode, id: sessionId } = own.session;
  const { joinSession: estimator } = await world.get(join, { inviteCode, name: 'Eve', role: 'ESTIMATOR' });
  const { joinSession: spectator } = await world.get(join, { inviteCode, name: 'Sam', role: 'SPECTATOR' });
  const { addTopics } = await world.get(
    'mutation ($sessionId: ID!) { addTopics(sessionId: $sessionId, topics: ["One", "Two", "Three"]) { added { id } } }',
    { sessionId },
    own.token,
  );
  return {
    sessionId,
    inviteCode,
    facilitator: own.token,
    estimator: estimator.token,
    spectator: spectator.token,
    stranger: foreign.token,
    estimatorId: estimator.participant.id,
    itemIds: addTopics.added.map((item: { id: string }) => item.id),
  };
}

/** Opens a round on the next topic. */
export async function openRound(world: VotingWorld, table: Table): Promise<string> {
  const { startRound } = await world.get(
    'mutation ($sessionId: ID!) { startRound(sessionId: $sessionId) { id } }',
    table,
    table.facilitator,
  );
  return startRound.id;
}
