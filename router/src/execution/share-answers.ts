import type { RouterContext } from '../context.ts';
import type { PlannedOperation } from '../planning/graph.ts';
import { toSharingKey } from '../upstream/subgraph-client.ts';
import type { Execution, Executor, Result } from './executor.ts';

/** An executor whose identical queries of the same asker, under way at once, are executed once. */
export interface SharingExecutor extends Executor {
  /** Whether several were given this data: its text is worth keeping. */
  readonly isShared: (data: object) => boolean;
}

interface UnderWay {
  readonly result: Promise<Result>;
  readonly askers: RouterContext[];
}

/**
 * Identical queries join the one that is under way: the same operation, variables, and forwarded headers, but for those that trace. Whoever asks
 * after a mutation that went through this router asks anew, as with single fetches.
 */
export function shareAnswers(executor: Executor): SharingExecutor {
  let underWay = new WeakMap<PlannedOperation, Map<string, UnderWay>>();
  const shared = new WeakSet<object>();

  const run = async (execution: Execution, own: Map<string, UnderWay>, key: string, started: UnderWay): Promise<Result> => {
    try {
      const result = await executor.execute({ ...execution, context: forAll(execution.context, started.askers) });
      if (started.askers.length > 1 && result.data !== undefined && result.data !== null) shared.add(result.data);
      return result;
    } finally {
      if (own.get(key) === started) own.delete(key);
    }
  };
  return {
    ...executor,
    isShared: (data) => shared.has(data),
    execute: async (execution) => {
      const { planned } = execution;
      if (planned.operation.operation !== 'query') {
        const result = await executor.execute(execution);
        underWay = new WeakMap();
        return result;
      }
      const key = toKey(execution);
      const own = underWay.get(planned) ?? new Map<string, UnderWay>();
      if (own.size === 0) underWay.set(planned, own);
      const known = own.get(key);
      // What everybody has left is being given up.
      if (known !== undefined && isWanted(known.askers)) {
        known.askers.push(execution.context);
        return known.result;
      }
      const { promise, resolve } = Promise.withResolvers<Result>();
      const started: UnderWay = { result: promise, askers: [execution.context] };
      own.set(key, started);
      resolve(run(execution, own, key, started));
      return promise;
    },
  };
}

const isWanted = (askers: readonly RouterContext[]): boolean => askers.some(({ isGone }) => !isGone());

/** The first asker's context, which is gone only when all of them are. Its logger is made when it is asked for, as theirs is. */
function forAll(context: RouterContext, askers: readonly RouterContext[]): RouterContext {
  const { requestId, clientIp, forwarded, isTokenUnreadable } = context;
  return {
    requestId,
    clientIp,
    forwarded,
    isTokenUnreadable,
    isGone: () => !isWanted(askers),
    get log() {
      return context.log;
    },
  };
}

function toKey({ variables, context }: { readonly variables: Execution['variables']; readonly context: RouterContext }): string {
  return `${toSharingKey(context.forwarded)}${JSON.stringify(variables)}`;
}
