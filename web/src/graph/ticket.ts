import { createRandomKey } from './randomKey.ts';

/** What somebody has in this browser who waits to be let in. */
export interface Ticket {
  readonly sessionId: string;
  readonly refreshSecret: string;
  /** As a place's: all tabs send the same. */
  readonly rotationKey: string;
}

const prefix = 'tally.waiting.';

/** Keeps a ticket, for all tabs and across reloads. */
export function storeTicket(sessionId: string, refreshSecret: string): Ticket {
  const ticket = { sessionId, refreshSecret, rotationKey: createRandomKey() };
  localStorage.setItem(prefix + sessionId, JSON.stringify(ticket));
  return ticket;
}

export function findTicket(sessionId: string): Ticket | undefined {
  try {
    const ticket = JSON.parse(localStorage.getItem(prefix + sessionId) ?? 'null') as Ticket | null;
    return typeof ticket?.refreshSecret === 'string' ? ticket : undefined;
  } catch {
    return undefined;
  }
}

export function forgetTicket(sessionId: string): void {
  localStorage.removeItem(prefix + sessionId);
}
