import { DomainError, toMessage } from '../../../../kit/process/errors.ts';
import type { VotingErrorCode } from '../domain/errors.ts';

export type Trouble = 'unreachable' | 'cancelled' | 'read-only';

/** How a driver says that the database does not serve, besides Node's socket errors. */
export interface Unavailability {
  /** Of an error's `code`, by what they mean; the first that fits. */
  readonly codes?: readonly (readonly [RegExp, Trouble])[];
  /** In the message of an error, when the database is away or out of connections. */
  readonly words: RegExp;
  /** Finds a code inside a message, as its first group. */
  readonly quotedCode?: RegExp;
}

const messages: Readonly<Record<Trouble, string>> = {
  unreachable: 'The store cannot be reached: nothing was changed, or the change is committed; ask again.',
  cancelled: 'The store took too long over this and has cancelled it: nothing was changed; ask again.',
  'read-only': 'The store takes no changes at the moment: nothing was changed; ask again.',
};

const socketCodes = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND)$/;

export type Guard = <Value>(operation: () => Promise<Value>) => Promise<Value>;

/** Runs an adapter's operations: a lost or exhausted connection, a cancelled statement and a server that takes no writes become STORE_UNAVAILABLE. */
export function createGuard(unavailability: Unavailability): Guard {
  return async (operation) => {
    try {
      return await operation();
    } catch (error) {
      const trouble = findTrouble(error, unavailability);
      if (trouble === undefined) throw error;
      throw unavailable(messages[trouble]);
    }
  };
}

function unavailable(message: string): DomainError<VotingErrorCode> {
  return new DomainError<VotingErrorCode>('STORE_UNAVAILABLE', message);
}

/** What is said of a call that the store has not answered. */
export function unanswered(): DomainError<VotingErrorCode> {
  return unavailable('The store does not answer: nothing was changed, or the change is committed; ask again.');
}

function findTrouble(error: unknown, { codes = [], words, quotedCode }: Unavailability): Trouble | undefined {
  const known = [...codes, [socketCodes, 'unreachable'] as const];
  for (let cause = error, depth = 0; typeof cause === 'object' && cause !== null && depth < 5; depth += 1) {
    const { code, originalCode } = cause as { code?: unknown; originalCode?: unknown };
    const message = toMessage(cause);
    for (const candidate of [originalCode, code, quotedCode?.exec(message)?.[1]]) {
      const found = known.find(([pattern]) => typeof candidate === 'string' && pattern.test(candidate));
      if (found !== undefined) return found[1];
    }
    if (words.test(message)) return 'unreachable';
    cause = (cause as { cause?: unknown }).cause;
  }
  return undefined;
}
