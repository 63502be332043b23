import { DomainError, toMessage } from '../../../../kit/process/errors.ts';
import type { VotingErrorCode } from '../domain/errors.ts';

// How drivers say that the database is away or out of connections: Prisma's codes (P…), Postgres's SQLSTATE classes
// 08 (connection), 53 (resources), 57 (operator intervention, a statement that ran out of time), Node's socket errors, the
// pool's and client's own words, and what Redis answers when it cannot write now.
const codes =
  /^(P1001|P1002|P1008|P1017|P2024|P2028|P2037|08\w{3}|53\w{3}|57P\d\d|57014|55P03|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND)$/;
// Prisma passes what it does not know on in words: "Code: `57P01`. Message: …".
const quotedCode = /\bcode: `(\w{5})`/i;
const words =
  /connection terminated|connection closed|socket closed|closed unexpectedly|timeout exceeded when trying to connect|client is (?:closed|offline)|socket timeout|disconnects client|root nodes are unavailable|^(?:LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|MISCONF|OOM|BUSY) |can't reach database|cannot use a pool after|not queryable|query read timeout|transaction already closed|server has closed the connection/i;

/** Runs a store operation; a lost or exhausted connection becomes STORE_UNAVAILABLE. */
export async function guard<Value>(operation: () => Promise<Value>): Promise<Value> {
  try {
    return await operation();
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    throw new DomainError<VotingErrorCode>(
      'STORE_UNAVAILABLE',
      'The store cannot be reached: nothing was changed, or the change is committed; ask again.',
    );
  }
}

function isUnavailable(error: unknown): boolean {
  for (let cause = error, depth = 0; typeof cause === 'object' && cause !== null && depth < 5; depth += 1) {
    const { code, originalCode } = cause as { code?: unknown; originalCode?: unknown };
    if ([code, originalCode].some((candidate) => typeof candidate === 'string' && codes.test(candidate))) return true;
    const message = toMessage(cause);
    if (words.test(message) || codes.test(quotedCode.exec(message)?.[1] ?? '')) return true;
    cause = (cause as { cause?: unknown }).cause;
  }
  return false;
}
