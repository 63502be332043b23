import type { FetchNode } from '@apollo/query-planner';

/** The body of a fetch's request, with the texts of its representations; none for a root fetch. */
export type ToBody = (variables: Readonly<Record<string, unknown>>, representations: readonly string[]) => string;

export function compileBody({ operation, operationName, variableUsages: usages = [] }: FetchNode): ToBody {
  const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
  const head = `{"query":${JSON.stringify(operation)}${name},"variables":`;
  return (variables, representations) => {
    const sent: Record<string, unknown> = {};
    for (const usage of usages) if (variables[usage] !== undefined) sent[usage] = variables[usage];
    const own = JSON.stringify(sent);
    if (representations.length === 0) return `${head}${own}}`;
    const list = `"representations":[${representations.join(',')}]`;
    return `${head}${own === '{}' ? `{${list}}` : `${own.slice(0, -1)},${list}}`}}`;
  };
}
