// `npm run races -- --rounds 10000 [--store redis]`: votes against the reveal on every store; for each, one line of JSON.
import { parseArgs } from 'node:util';
import { raceVotes } from '../subgraphs/voting/src/store/testing/vote-races.ts';
import { type StoreName, storeNames, withStores } from './stores.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '10000' }, store: { type: 'string' } } });
const races = Number(values.rounds);
const chosen = storeNames.filter((name) => values.store === undefined || values.store === name);

if (!Number.isInteger(races) || races < 1 || chosen.length === 0) {
  process.stderr.write(`Usage: npm run races -- --rounds 10000 [--store ${storeNames.join('|')}]\n`);
  process.exitCode = 2;
} else {
  for (const name of chosen) process.exitCode = (await run(name)) ? process.exitCode : 1;
}

/** True when no vote was late or lost. */
async function run(name: StoreName): Promise<boolean> {
  const startedAt = performance.now();
  const tally = await withStores(name, ({ stores }) => raceVotes({ races, voters: 5, stores }));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${name}: ${tally.votesInTime} votes in time, ${tally.votesTooLate} refused as too late, ${seconds} s\n`);
  const { votesAfterReveal, acknowledgedVotesLost } = tally;
  process.stdout.write(`${JSON.stringify({ races: tally.races, votesAfterReveal, acknowledgedVotesLost })}\n`);
  return votesAfterReveal === 0 && acknowledgedVotesLost === 0;
}
