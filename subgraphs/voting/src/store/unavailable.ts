import { DomainError, toMessage } from '../../../../kit/process/errors.ts';
import type { VotingErrorCode } from '../domain/errors.ts';

// How drivers say that the database is away or out of connections: Prisma's codes (P…), Postgres's SQLSTATE classes
// 08 (connection), 53 (resources), 57 (operator intervention, a statement that ran out of time), Node's socket errors, the
// pool's and client's own words, and what Redis answers when it cannot write now.
const codes =
  /^(P1001|P1002|P1008|P1017|P2024|P2028|P2037|08\w{3}|53\w{3}|57P\d\d|57014|55P03|25006|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND)$/;
// Prisma passes what it does not know on in words: "Code: `57P01`. Message: …".
const quotedCode = /\bcode: `(\w{5})`/i;
const words =
  /connection terminated|connection closed|socket closed|closed unexpectedly|timeout exceeded when trying to connect|client is (?:closed|offline)|socket timeout|disconnects client|root nodes are unavailable|^(?:LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|MISCONF|OOM|BUSY) |can't reach database|cannot use a pool after|not queryable|query read timeout|transaction already closed|server has closed the connection/i;

// What Postgres says of a statement that it has not carried out, so that nothing was changed.
const cancelled = /^(57014|55P03)$/;
const readOnly = '25006';

/** Runs a store operation; a lost or exhausted connection, a cancelled statement and a server that takes no writes become STORE_UNAVAILABLE. */
export async function guard<Value>(operation: () => Promise<Value>): Promise<Value> {
  try {
    return await operation();
  } catch (error) {
    const trouble = findTrouble(error);
    if (trouble === undefined) throw error;
    throw unavailable(messages[trouble]);
  }
}

type Trouble = 'unreachable' | 'cancelled' | 'read-only';

const messages: Readonly<Record<Trouble, string>> = {
  unreachable: 'The store cannot be reached: nothing was changed, or the change is committed; ask again.',
  cancelled: 'The store took too long over this and has cancelled it: nothing was changed; ask again.',
  'read-only': 'The store takes no changes at the moment: nothing was changed; ask again.',
};

function unavailable(message: string): DomainError<VotingErrorCode> {
  return new DomainError<VotingErrorCode>('STORE_UNAVAILABLE', message);
}

/** What is said of a call that the store has not answered. */
export function unanswered(): DomainError<VotingErrorCode> {
  return unavailable('The store does not answer: nothing was changed, or the change is committed; ask again.');
}

function toTrouble(code: string): Trouble {
  if (code === readOnly) return 'read-only';
  return cancelled.test(code) ? 'cancelled' : 'unreachable';
}

function findTrouble(error: unknown): Trouble | undefined {
  for (let cause = error, depth = 0; typeof cause === 'object' && cause !== null && depth < 5; depth += 1) {
    const { code, originalCode } = cause as { code?: unknown; originalCode?: unknown };
    const message = toMessage(cause);
    const candidates = [originalCode, code, quotedCode.exec(message)?.[1]];
    const known = candidates.find((candidate): candidate is string => typeof candidate === 'string' && codes.test(candidate));
    if (known !== undefined) return toTrouble(known);
    if (words.test(message)) return 'unreachable';
    cause = (cause as { cause?: unknown }).cause;
  }
  return undefined;
}
