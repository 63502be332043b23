import { setTimeout as delay } from 'node:timers/promises';
import type { Check, Checks } from '../../kit/process/health.ts';
import type { Logger } from '../../kit/process/logging.ts';
import type { SubgraphClient } from './upstream/subgraph-client.ts';

/**
 * Waits until all subgraphs answer, or until the time is up; says each second which one is missing.
 * The router then serves what it can: nothing is thrown.
 */
export async function waitForSubgraphs(clients: readonly SubgraphClient[], waitSeconds: number, log: Logger): Promise<void> {
  for (let left = waitSeconds; ; left -= 1) {
    const missing = await findMissing(clients);
    if (missing.length === 0) return;
    if (left <= 0) {
      log.warn({ missing }, `starting without ${missing.join(' and ')}: requests that need it fail until it is there`);
      return;
    }
    log.info({ missing, left }, `waiting for ${missing.join(' and ')}: ${left} s left`);
    await delay(1_000);
  }
}

async function findMissing(clients: readonly SubgraphClient[]): Promise<string[]> {
  const found = await Promise.all(clients.map(async ({ name, findTrouble }) => ({ name, trouble: await findTrouble() })));
  return found.flatMap(({ name, trouble }) => (trouble === undefined ? [] : [`${name} (${trouble})`]));
}

/** One readiness check for each subgraph: without it the router is degraded, and goes on to answer, with typed errors for what is missing. */
export function createSubgraphChecks(clients: readonly SubgraphClient[]): Checks {
  return Object.fromEntries(
    clients.map((client): [string, () => Promise<Check>] => [
      client.name,
      async () => {
        const trouble = await client.findTrouble();
        if (trouble !== undefined) return { status: 'degraded', reason: `${client.name} does not answer at ${trouble}` };
        if (client.isBreakerOpen()) return { status: 'degraded', reason: `${client.name} kept failing: its breaker is open` };
        return { status: 'ok' };
      },
    ]),
  );
}
