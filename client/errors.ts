/** An error as the graph tells it. */
export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string } & Readonly<Record<string, unknown>>;
}

/** What was refused or went wrong. `code` is that of docs/errors.md; `NETWORK` when no answer came, which is worth another try. */
export class TallyError extends Error {
  override readonly name = 'TallyError';
  readonly code: string;
  /** All errors of the answer, the first of which is this one. */
  readonly errors: readonly GraphError[];
  /** What came beside the errors; null for nothing. */
  readonly data: unknown;

  constructor(code: string, message: string, { errors = [], data = null, cause }: TallyErrorParts = {}) {
    super(message, { cause });
    this.code = code;
    this.errors = errors;
    this.data = data;
  }
}

interface TallyErrorParts {
  readonly errors?: readonly GraphError[];
  readonly data?: unknown;
  readonly cause?: unknown;
}

/** The error of an answer that has errors. */
export function toTallyError(errors: readonly GraphError[], data: unknown = null): TallyError {
  const [first] = errors;
  return new TallyError(first?.extensions?.code ?? 'UNKNOWN', first?.message ?? 'No data came.', { errors, data });
}

/** What a stream ended with: errors of the graph, a close event of the socket, or a failure of the network. */
export function toStreamError(reason: unknown): TallyError {
  if (reason instanceof TallyError) return reason;
  if (Array.isArray(reason)) return toTallyError(reason as readonly GraphError[]);
  if (typeof reason === 'object' && reason !== null && 'code' in reason && 'reason' in reason) {
    const { code, reason: text } = reason as { readonly code: number; readonly reason: string };
    return new TallyError(codesOfClosing[code] ?? 'NETWORK', `The connection was closed: ${code} ${text}`, { cause: reason });
  }
  return new TallyError('NETWORK', reason instanceof Error ? reason.message : 'The connection was lost.', { cause: reason });
}

/** graphql-ws' codes as the router uses them; any other is a loss. */
const codesOfClosing: Readonly<Record<number, string>> = { 4401: 'TOKEN_INVALID', 4403: 'TOKEN_EXPIRED' };
