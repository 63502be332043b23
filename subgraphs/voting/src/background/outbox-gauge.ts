import { Gauge } from 'prom-client';
import type { Stop } from '../../../../kit/process/http.ts';
import type { Logger } from '../../../../kit/process/logging.ts';
import type { Outbox, VotingStore } from '../store/voting-store.ts';
import { startJobLoop } from './job-loop.ts';

/** As last read. Not at each scrape: a store that does not answer must not take the other metrics with it. */
let outbox: Outbox = { pending: 0, oldestAt: null };
new Gauge({
  name: 'tally_voting_outbox_pending',
  help: 'Write-backs that wait for Jira, of all sessions: every replica tells the same.',
  collect() {
    this.set(outbox.pending);
  },
});
new Gauge({
  name: 'tally_voting_outbox_oldest_seconds',
  help: 'Age of the oldest of them; 0 when there is none.',
  collect() {
    this.set(outbox.oldestAt === null ? 0 : Math.max(0, (Date.now() - outbox.oldestAt.getTime()) / 1_000));
  },
});

/** Reads the outbox for the metrics, every five seconds. Returns the way to stop. */
export function startOutboxWatch({ store, log }: { readonly store: VotingStore; readonly log: Logger }): Stop {
  return startJobLoop({
    everyMs: 5_000,
    run: async () => {
      outbox = await store.readOutbox();
      return undefined;
    },
    onError: (error) => log.warn({ err: error }, 'the outbox could not be read for its metrics; trying again'),
  }).stop;
}
