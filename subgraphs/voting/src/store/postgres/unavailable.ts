import { createGuard } from '../unavailable.ts';

/** Runs an operation of Prisma, pg or PGlite. */
export const guard = createGuard({
  codes: [
    // A transaction on a server that takes no writes.
    [/^25006$/, 'read-only'],
    // A statement that ran out of time, and a lock that was not to be had: neither was carried out.
    [/^(57014|55P03)$/, 'cancelled'],
    // Prisma's codes (P…), and Postgres's SQLSTATE classes 08 (connection), 53 (resources) and 57 (operator intervention).
    [/^(P1001|P1002|P1008|P1017|P2024|P2028|P2037|08\w{3}|53\w{3}|57P\d\d)$/, 'unreachable'],
  ],
  words:
    /connection terminated|connection closed|closed unexpectedly|timeout exceeded when trying to connect|can't reach database|cannot use a pool after|not queryable|query read timeout|transaction already closed|server has closed the connection/i,
  // Prisma passes what it does not know on in words: "Code: `57P01`. Message: …".
  quotedCode: /\bcode: `(\w{5})`/i,
});
