import { z } from 'zod';
import { type ConfigIssue, type Environment, parseConfig } from '../../../kit/process/config.ts';
import type { OpenOptions, StoreAdapter } from './store/adapter.ts';
import { embedded } from './store/postgres/embedded-adapter.ts';
import { postgres } from './store/postgres/postgres-adapter.ts';
import { redis } from './store/redis/redis-adapter.ts';
import type { VotingStore } from './store/voting-store.ts';

/** Every adapter, the one that is implied first. One that is deleted goes with its folder, its line here and in store/testing/provisions.ts. */
export const stores = { postgres, redis, embedded } as const satisfies Readonly<Record<string, StoreAdapter<object>>>;

export type StoreKind = keyof typeof stores;
type Variables = Intersected<(typeof stores)[StoreKind]['variables']>;
type Intersected<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void ? All : never;

export const storeKinds = Object.keys(stores) as [StoreKind, ...StoreKind[]];

const others = (storeKinds.length > 1 ? [storeKinds.slice(0, -1).join(', ')] : []).concat(storeKinds.slice(-1)).join(' or ');

/** The variables of all adapters, and the one that chooses. */
export const storeVariables = {
  VOTING_STORAGE: z
    .enum(storeKinds, `must be ${others}`)
    .optional()
    .describe('where sessions are kept; `postgres` when DATABASE_URL is given, else `embedded`.'),
  ...(Object.assign({}, ...Object.values(stores).map(({ variables }) => variables)) as Variables),
} as const;

/** Those that are given and valid. */
export type StoreValues = Partial<z.output<z.ZodObject<typeof storeVariables>>>;

/** The adapter that the variables choose. A server that is given is meant to be used; without one the product runs embedded. */
function toKind(values: StoreValues): StoreKind | undefined {
  return values.VOTING_STORAGE ?? storeKinds.find((kind) => adapterOf(kind).isImplied(values));
}

const adapterOf = (kind: StoreKind): StoreAdapter<object> => stores[kind];

/** What is wrong with the variables of the chosen adapter. */
export function findStoreIssues(values: StoreValues, hasTls: boolean): readonly ConfigIssue[] {
  const kind = toKind(values);
  return kind === undefined ? [{ variable: 'VOTING_STORAGE', message: 'required' }] : adapterOf(kind).findIssues(values, hasTls);
}

/**
 * Opens the chosen store.
 *
 * @throws Error when it cannot be opened.
 */
export async function openStore(values: StoreValues, options: OpenOptions): Promise<VotingStore> {
  return adapterOf(toKind(values) ?? storeKinds[0]).open(values, options);
}

/**
 * The variables of a store out of an environment, for commands, benchmarks and tests.
 *
 * @throws ConfigError naming every bad variable.
 */
export function parseStoreValues(environment: Environment): StoreValues {
  return parseConfig('The store', z.object(storeVariables), environment, (values) => findStoreIssues(values, false));
}

/**
 * Opens the store that a command line names by an address (a server's URL or a folder), and makes it ready when it is new.
 *
 * @throws Error when it cannot be opened.
 */
export async function openStoreAt(address: string, options: OpenOptions): Promise<VotingStore> {
  for (const kind of storeKinds) {
    const environment = adapterOf(kind).parseAddress(address);
    if (environment === undefined) continue;
    const values = parseStoreValues({ VOTING_STORAGE: kind, ...environment });
    await adapterOf(kind).prepare?.(values, options);
    return openStore(values, options);
  }
  throw new Error(`No store has the address ${address}.`);
}
