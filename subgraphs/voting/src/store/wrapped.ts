import type { VotingStore } from './voting-store.ts';

type Call = (...given: readonly unknown[]) => Promise<unknown>;

/** What asks nothing of the data. */
const others = new Set(['onChange', 'onSignal', 'check', 'checkSchema', 'close']);

/** A store each of whose calls is what `wrap` makes of it; listening, checks and the closing stay as they are. */
export function wrapCalls(store: VotingStore, wrap: (method: string, call: Call) => Call): VotingStore {
  const wrapped = Object.entries(store).map(([method, call]) => [method, others.has(method) ? call : wrap(method, call)] as const);
  return Object.fromEntries(wrapped) as unknown as VotingStore;
}
