// A process of its own (`--expose-gc`): remembers states as voting does, until the oldest are let go, and tells what that holds.
import type { SessionAggregate } from '../../subgraphs/voting/src/domain/model.ts';
import { remembering } from '../../subgraphs/voting/src/store/remembered.ts';
import { buildTable } from '../../subgraphs/voting/src/store/testing/play.ts';
import type { VotingStore } from '../../subgraphs/voting/src/store/voting-store.ts';

export interface RememberedStates {
  /** Of rooms of ten with twelve items. */
  readonly states: number;
  readonly heldBytes: number;
}

const store = remembering({ load: async () => buildTable({ voters: 9, items: 12 }) } as unknown as VotingStore);

const held = (): number => {
  for (let time = 0; time < 2; time += 1) globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

async function fill(): Promise<RememberedStates> {
  const before = held();
  const ids: string[] = [];
  const next = async (): Promise<string> => (await store.load('any'))?.session.id ?? '';
  for (ids.push(await next()); isKept(ids[0]); ids.push(await next()));
  const states = ids.filter(isKept).length;
  return { states, heldBytes: held() - before };
}

function isKept(id: string | undefined): boolean {
  const state: SessionAggregate | undefined = store.recall(id ?? '');
  return state !== undefined;
}

process.send?.(await fill());
