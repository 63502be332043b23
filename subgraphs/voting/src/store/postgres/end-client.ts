import type { Socket } from 'node:net';
import type pg from 'pg';

const patienceMs = 1_000;

/** Ends a connection as it should be; one whose server says nothing to that is cut after a second. Never throws. */
export async function endClient(client: pg.Client): Promise<void> {
  const { connection } = client as unknown as { readonly connection: { readonly stream: Socket } };
  const cutting = setTimeout(() => connection.stream.destroy(), patienceMs);
  // The driver waits until the server has closed its side.
  await client.end().catch(() => undefined);
  clearTimeout(cutting);
}
