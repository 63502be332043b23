import { jiraError } from '../domain/errors.ts';
import { parseKey } from '../domain/keys.ts';
import type { Services } from './context.ts';
import type { WriteEstimateInput } from './generated/types.ts';

const mostPoints = 10_000;

/**
 * Compare and set: Jira has no If-Match, so the value is read right before it is written.
 * A value that is ours already is WRITTEN, whoever wrote it: an attempt that timed out may have been applied.
 *
 * @throws INVALID_INPUT, and as IssueSource's `readEstimate` and `writeEstimate`.
 */
export async function writeEstimate({ source, feed }: Services, input: WriteEstimateInput) {
  const { value, expected, hasExpected } = input;
  if (!(value >= 0 && value <= mostPoints)) throw jiraError('INVALID_INPUT', `An estimate is 0 to ${mostPoints}; got ${value}.`);
  const key = parseKey(input.key);
  const slot = await source.readEstimate(key, parseTrack(input.track));
  if (slot.value === value) return { state: 'WRITTEN', valueInJira: value } as const;
  if (hasExpected && slot.value !== (expected ?? null)) return { state: 'CONFLICT', valueInJira: slot.value } as const;
  await source.writeEstimate(slot, value);
  // A moved issue may be cached under the key that it was asked for.
  await feed.changed([...new Set([slot.key, key])]);
  return { state: 'WRITTEN', valueInJira: value } as const;
}

function parseTrack(track: string): string {
  if (!/^[A-Za-z0-9_-]{1,32}$/.test(track)) throw jiraError('INVALID_INPUT', 'A track is 1 to 32 letters, digits, - and _.');
  return track;
}
