import { Counter, Histogram } from 'prom-client';
import { traced } from '../../../../kit/process/tracing.ts';
import type { Estimate } from '../domain/model.ts';
import type { VotingStore } from './voting-store.ts';
import { wrapCalls } from './wrapped.ts';

const seconds = new Histogram({
  name: 'tally_voting_store_seconds',
  help: 'How long the store took, by method and outcome (ok, failed).',
  labelNames: ['method', 'outcome'],
  buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
});
const votes = new Counter({
  name: 'tally_voting_votes_total',
  help: 'Votes cast, by outcome: committed, replayed (a retry), closed (the round was not open any more), reused (an idempotency key with other input).',
  labelNames: ['outcome'],
});
const races = new Counter({
  name: 'tally_voting_races_refused_total',
  help: 'Commits that were refused because the session had changed since they were decided; commands are then decided again.',
});
const events = new Counter({
  name: 'tally_voting_events_total',
  help: 'Committed changes of sessions other than votes, by type of event.',
  labelNames: ['type'],
});
const writeBacks = new Counter({
  name: 'tally_voting_write_backs_total',
  help: 'Ends of write-backs, by state: WRITTEN, CONFLICT, FAILED, SUPERSEDED.',
  labelNames: ['state'],
});

/** A store that counts and times what passes through it. */
export function measured(store: VotingStore): VotingStore {
  const timed = wrapCalls(store, (method, call) => async (...given) => {
    const startedAt = performance.now();
    let outcome = 'failed';
    try {
      const answer = await traced(`store ${method}`, { 'db.operation.name': method }, () => call(...given));
      outcome = 'ok';
      return answer;
    } finally {
      seconds.observe({ method, outcome }, (performance.now() - startedAt) / 1_000);
    }
  });
  return {
    ...timed,
    castVote: async (write) => {
      const outcome = await timed.castVote(write);
      votes.inc({ outcome: outcome.kind });
      return outcome;
    },
    commit: async (commit) => {
      const outcome = await timed.commit(commit);
      if (outcome.kind === 'outdated') races.inc();
      if (outcome.kind === 'committed') {
        events.inc({ type: commit.change.event.type });
        commit.change.estimates?.forEach(count);
      }
      return outcome;
    },
  };
}

function count({ state }: Estimate): void {
  if (state !== 'PENDING' && state !== 'NOT_NEEDED') writeBacks.inc({ state });
}
