import { Gauge } from 'prom-client';

interface PoolCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

const pools = new Set<() => PoolCounts>();
new Gauge({
  name: 'tally_voting_pool_connections',
  help: 'Connections to Postgres by state: busy, idle; and waiting, the calls that wait for one.',
  labelNames: ['state'],
  collect() {
    const counts = [...pools].map((read) => read());
    const sum = (count: (pool: PoolCounts) => number): number => counts.reduce((total, pool) => total + count(pool), 0);
    this.set(
      { state: 'busy' },
      sum(({ totalCount, idleCount }) => totalCount - idleCount),
    );
    this.set(
      { state: 'idle' },
      sum(({ idleCount }) => idleCount),
    );
    this.set(
      { state: 'waiting' },
      sum(({ waitingCount }) => waitingCount),
    );
  },
});

/** Shows a pool's connections; returns the way to show them no more. */
export function showPool(read: () => PoolCounts): () => void {
  pools.add(read);
  return () => void pools.delete(read);
}
