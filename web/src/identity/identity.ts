import { createStore, useStore } from '../store.ts';

/** Whom the identity provider says one is; for this tab only, until the token ends. */
export interface Identity {
  readonly token: string;
  readonly name: string | undefined;
  /** In milliseconds since 1970. */
  readonly expiresAt: number;
}

const key = 'tally.identity';
/** A token that ends while a request is under way is of no use. */
const marginMs = 30_000;

function restore(): Identity | undefined {
  try {
    const stored = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Identity | null;
    return typeof stored?.token === 'string' ? stored : undefined;
  } catch {
    return undefined;
  }
}

const identity = createStore<Identity | undefined>(restore());
const isGood = (one: Identity | undefined) => one !== undefined && one.expiresAt - marginMs > Date.now();

/** Who is signed in; undefined also once the token has ended. */
export function findIdentity(): Identity | undefined {
  const current = identity.get();
  return isGood(current) ? current : undefined;
}

export function useIdentity(): Identity | undefined {
  const current = useStore(identity);
  return isGood(current) ? current : undefined;
}

/** Keeps who has signed in, in this tab; undefined signs out. */
export function keepIdentity(next: Identity | undefined): void {
  if (next === undefined) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify(next));
  identity.set(next);
}
