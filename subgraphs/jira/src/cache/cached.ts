import { LRUCache } from 'lru-cache';
import { DomainError } from '../../../../kit/process/errors.ts';
import { issueNotFound, isTransient, jiraError } from '../domain/errors.ts';
import type { Issue } from '../domain/issue.ts';
import type { Found, IssuePage, IssueSource } from '../source/issue-source.ts';

/** What the cache needs of Keyv. A failing store must not fail a request: `onStoreError` is told, and Jira is asked. */
export interface CacheStore {
  getMany(keys: string[]): Promise<(CacheEntry | undefined)[]>;
  setMany(entries: { key: string; value: CacheEntry; ttl?: number }[]): Promise<unknown>;
  deleteMany(keys: string[]): Promise<unknown>;
}

/** An issue, or the knowledge that there is none. Times are milliseconds since 1970. */
export type CacheEntry =
  | { readonly issue: Issue; readonly fetchedAt: number; readonly freshUntil: number }
  | { readonly issue: null; readonly freshUntil: number };

export interface CacheOptions {
  readonly ttlMs: number;
  /** How long after `ttlMs` an entry may still stand in while Jira is down. */
  readonly staleMs: number;
  /** How long a missing key is believed to be missing. */
  readonly missingTtlMs: number;
  /** Milliseconds. */
  readonly now: () => number;
  readonly onStoreError: (error: unknown) => void;
  /** Told how many issues could be answered from the cache, and how. */
  readonly observe?: (outcome: 'hit' | 'miss' | 'stale', count: number) => void;
}

/** A source with a cache of issues, and the way to make it forget some. */
export interface CachedSource extends IssueSource {
  /** Forgets issues, by any of their keys; returns all the keys that they are known to have been asked for by. */
  readonly forget: (keys: readonly string[]) => Promise<readonly string[]>;
}

/** Jira's search index follows a write within seconds: until then a search must not bring an old value back. */
const distrustSearchMs = 60_000;

/**
 * Puts a cache in front of a source: one `getMany`, then the source for what is missing or no longer fresh.
 * Requests at the same time share one reading of a key. While Jira cannot be asked, older answers stand in, marked as stale.
 */
export function cached(source: IssueSource, store: CacheStore, options: CacheOptions): CachedSource {
  const { ttlMs, staleMs, missingTtlMs, now } = options;
  const otherKeys = createOtherKeys();
  const underWay = new Map<string, Promise<ReadonlyMap<string, Found>>>();
  const forgottenAt = new Map<string, number>();

  const readStore = async (keys: readonly string[]): Promise<(CacheEntry | undefined)[]> => {
    try {
      return await store.getMany([...keys]);
    } catch (error) {
      options.onStoreError(error);
      return keys.map(() => undefined);
    }
  };

  const write = async (entries: readonly (readonly [key: string, entry: CacheEntry])[]): Promise<void> => {
    if (entries.length === 0) return;
    try {
      // To Keyv a lifetime of 0 is for ever.
      const lifetime = (entry: CacheEntry) => Math.max(1, entry.issue === null ? missingTtlMs : ttlMs + staleMs);
      await store.setMany(entries.map(([key, value]) => ({ key, value, ttl: lifetime(value) })));
    } catch (error) {
      options.onStoreError(error);
    }
  };

  const toEntry = (found: Found): CacheEntry | undefined => {
    if (found.status === 'found') return { issue: found.issue, fetchedAt: found.fetchedAt, freshUntil: found.fetchedAt + ttlMs };
    return found.error.code === 'ISSUE_NOT_FOUND' ? { issue: null, freshUntil: now() + missingTtlMs } : undefined;
  };

  const wasForgottenSince = (key: string, time: number) => (forgottenAt.get(key) ?? Number.NEGATIVE_INFINITY) >= time;

  /** Also what a store that did not answer could not delete. */
  const isForgotten = (key: string, entry: CacheEntry | undefined) =>
    entry !== undefined && entry.issue !== null && wasForgottenSince(key, entry.fetchedAt);

  /** One entry for each key. */
  const load = async (keys: readonly string[]): Promise<ReadonlyMap<string, Found>> => {
    const entries = await readStore(keys);
    const misses = keys.filter((key, at) => !isFresh(entries[at], now()) || isForgotten(key, entries[at]));
    const startedAt = now();
    const fetched = new Map<string, Found>();
    if (misses.length > 0) for (const [at, found] of (await source.findMany(misses)).entries()) fetched.set(misses[at] ?? '', found);
    await write(
      [...fetched].flatMap(([key, found]) => {
        const entry = toEntry(found);
        return entry === undefined || wasForgottenSince(key, startedAt) ? [] : [[key, entry] as const];
      }),
    );
    const chosen = keys.map((key, at) => choose(key, fetched.get(key), entries[at]));
    for (const [at, found] of chosen.entries()) if (found.status === 'found') otherKeys.learn(found.issue.key, keys[at] ?? '');
    options.observe?.('hit', keys.length - misses.length);
    options.observe?.('miss', misses.length);
    options.observe?.('stale', chosen.filter((found) => found.status === 'found' && found.isStale).length);
    return new Map(keys.map((key, at) => [key, chosen[at] ?? failed(key, undefined)]));
  };

  /** Starts one reading for the keys that nobody reads yet. */
  const begin = (keys: readonly string[]): void => {
    const mine = [...new Set(keys)].filter((key) => !underWay.has(key));
    if (mine.length === 0) return;
    const reading = load(mine).catch((error: unknown) => new Map(mine.map((key) => [key, failed(key, error)])));
    for (const key of mine) underWay.set(key, reading);
    void reading.then(() => {
      for (const key of mine) if (underWay.get(key) === reading) underWay.delete(key);
    });
  };

  const findMany = async (keys: readonly string[]): Promise<readonly Found[]> => {
    begin(keys);
    const readings = keys.map((key) => underWay.get(key));
    const read = new Map(await Promise.all([...new Set(readings)].map(async (reading) => [reading, await reading] as const)));
    return keys.map((key, at) => read.get(readings[at])?.get(key) ?? failed(key, undefined));
  };

  /** Keeps what a search found; what changed a moment ago is read by key in its place. */
  const remember = async (page: IssuePage): Promise<IssuePage> => {
    const isDoubtful = ({ issue }: { issue: Issue }) => wasForgottenSince(issue.key, now() - distrustSearchMs);
    const [doubtful, trusted] = [page.found.filter(isDoubtful), page.found.filter((found) => !isDoubtful(found))];
    await write(
      trusted.map((found) => [found.issue.key, { issue: found.issue, fetchedAt: found.fetchedAt, freshUntil: found.fetchedAt + ttlMs }]),
    );
    if (doubtful.length === 0) return page;
    const reread = await findMany(doubtful.map(({ issue }) => issue.key));
    const byId = new Map(reread.flatMap((found) => (found.status === 'found' ? [[found.issue.id, found] as const] : [])));
    return { ...page, found: page.found.map((found) => byId.get(found.issue.id) ?? found) };
  };

  const forget = async (given: readonly string[]): Promise<readonly string[]> => {
    const keys = [...new Set(given.flatMap((key) => [key, ...otherKeys.of(key)]))];
    for (const key of keys) {
      forgottenAt.delete(key);
      forgottenAt.set(key, now());
      underWay.delete(key);
    }
    // For as long as a store that could not delete them may have them as fresh.
    const distrustMs = Math.max(distrustSearchMs, ttlMs);
    for (const [key, time] of forgottenAt) {
      if (time >= now() - distrustMs) break;
      forgottenAt.delete(key);
    }
    try {
      await store.deleteMany([...keys]);
    } catch (error) {
      options.onStoreError(error);
    }
    return keys;
  };

  // Each method by name: a new one has to decide whether the cache knows its answers.
  return {
    findBoards: (projectKey) => source.findBoards(projectKey),
    findSprints: (boardId) => source.findSprints(boardId),
    findFilterJql: (id) => source.findFilterJql(id),
    findSavedFilters: () => source.findSavedFilters(),
    findProjects: () => source.findProjects(),
    readPicture: (picture, form) => source.readPicture(picture, form),
    findMediaId: (id) => source.findMediaId(id),
    findEstimability: (keys, track) => source.findEstimability(keys, track),
    readEstimate: (key, track) => source.readEstimate(key, track),
    writeComment: (key, track, text) => source.writeComment(key, track, text),
    findMany,
    search: async (jql, page) => remember(await source.search(jql, page)),
    findBacklog: async (boardId, page) => remember(await source.findBacklog(boardId, page)),
    writeEstimate: async (slot, value) => {
      try {
        await source.writeEstimate(slot, value);
      } finally {
        // Also after a failure: it may have happened all the same.
        await forget([slot.key]);
      }
    },
    forget,
  };
}

const mostOtherKeys = 10_000;

/** By the key that an issue has now, the keys it was asked for by: Jira's news name only the one. */
function createOtherKeys() {
  const byKey = new LRUCache<string, Set<string>>({ max: mostOtherKeys });
  return {
    learn: (key: string, asked: string): void => {
      if (key !== asked) byKey.set(key, (byKey.get(key) ?? new Set()).add(asked));
    },
    of: (key: string): ReadonlySet<string> => byKey.get(key) ?? new Set(),
  };
}

function isFresh(entry: CacheEntry | undefined, now: number): boolean {
  return entry !== undefined && entry.freshUntil > now;
}

/** The fresh answer; else the older one when Jira could not be asked. */
function choose(key: string, fetched: Found | undefined, entry: CacheEntry | undefined): Found {
  const cannotAsk = fetched?.status === 'failed' && isTransient(fetched.error);
  if (fetched !== undefined && !cannotAsk) return fetched;
  if (entry === undefined || (entry.issue === null && fetched !== undefined)) return fetched ?? failed(key, undefined);
  if (entry.issue === null) return { status: 'failed', error: issueNotFound(key) };
  return { status: 'found', issue: entry.issue, fetchedAt: entry.fetchedAt, isStale: cannotAsk };
}

function failed(key: string, error: unknown): Found {
  if (error instanceof DomainError) return { status: 'failed', error: error as DomainError<'JIRA_UNAVAILABLE'> };
  // What else was thrown may name addresses of ours.
  return { status: 'failed', error: jiraError('JIRA_UNAVAILABLE', `${key} could not be read.`) };
}
