import { GraphQLError } from 'graphql';
import { restoreNames, toClientName } from '../planning/own-names.ts';
import type { Execution, Executor, Result } from './executor.ts';

/** The same executor for operations that were planned under names of ours: clients see their own, in data and in the paths of errors. */
export function restoreOwnNames(executor: Executor): Executor {
  const run = async (execution: Execution, start: (inner: Execution) => Promise<Result>): Promise<Result> => {
    const { planned } = execution;
    if (planned.renamed === undefined && !planned.isFilled) return start(execution);
    const { data, errors } = await start({ ...execution, planned: planned.renamed ?? planned });
    return {
      ...(data === undefined ? {} : { data: restoreNames(data) as Record<string, unknown> | null }),
      ...(errors === undefined ? {} : { errors: errors.map(withClientPath) }),
    };
  };
  return {
    execute: (execution) => run({ ...execution, planned: execution.planned.decidedBy(execution.variables) }, executor.execute),
    prepare: (planned) => {
      const decided = planned.decidedBy({});
      executor.prepare(decided.renamed ?? decided);
    },
    executePlan: (execution, plan, sources) => run(execution, (inner) => executor.executePlan(inner, plan, sources)),
  };
}

function withClientPath(error: GraphQLError): GraphQLError {
  const { path, message, extensions, nodes, originalError } = error;
  if (path === undefined) return error;
  return new GraphQLError(message, {
    path: path.map((part) => (typeof part === 'string' ? toClientName(part) : part)),
    extensions,
    nodes: nodes ?? null,
    originalError: originalError ?? null,
  });
}
