import { isTransient, jiraError } from '../domain/errors.ts';
import { defaultTrack } from '../domain/issue.ts';
import { parseKey } from '../domain/keys.ts';
import type { EstimateSlot } from '../issues/issue-source.ts';
import type { JiraContext } from './context.ts';
import type { WriteEstimateInput } from './generated/types.ts';

const mostPoints = 10_000;

/**
 * Compare and set: Jira has no If-Match, so the value is read right before it is written.
 * A value that is ours already is WRITTEN, whoever wrote it: an attempt that timed out may have been applied.
 *
 * @throws INVALID_INPUT, and as IssueSource's `readEstimate` and `writeEstimate`.
 */
export async function writeEstimate(context: JiraContext, input: WriteEstimateInput) {
  const { source, feed } = context;
  const { value, expected, hasExpected } = input;
  if (!(value >= 0 && value <= mostPoints)) throw jiraError('INVALID_INPUT', `An estimate is 0 to ${mostPoints}; got ${value}.`);
  const key = parseKey(input.key);
  const slot = await source.readEstimate(key, parseTrack(input.track));
  if (slot.value !== value) {
    if (hasExpected && slot.value !== (expected ?? null)) return { state: 'CONFLICT', valueInJira: slot.value } as const;
    await source.writeEstimate(slot, value);
    // A moved issue may be cached under the key that it was asked for.
    await feed.changed([...new Set([slot.key, key])]);
  }
  // After an attempt that was cut short the comment may be what is missing.
  if (context.commentsEstimates) await comment(context, slot, value);
  return { state: 'WRITTEN', valueInJira: value } as const;
}

async function comment({ source, log }: JiraContext, { key, track }: EstimateSlot, value: number): Promise<void> {
  try {
    await source.writeComment(
      key,
      track,
      track === defaultTrack ? `Estimated with Tally: ${value}` : `Estimated with Tally: ${value} (${track})`,
    );
  } catch (error) {
    // The estimate is what counts; what a retry may heal is retried with it.
    if (isTransient(error)) throw error;
    log.warn({ err: error, key }, 'the estimate was written, but not its comment');
  }
}

function parseTrack(track: string): string {
  if (!/^[A-Za-z0-9_-]{1,32}$/.test(track)) throw jiraError('INVALID_INPUT', 'A track is 1 to 32 letters, digits, - and _.');
  return track;
}
