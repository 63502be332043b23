import type { Logger } from '../../../../kit/process/logging.ts';
import { isTransient, jiraError } from '../domain/errors.ts';
import { defaultTrack } from '../domain/issue.ts';
import { parseKey } from '../domain/keys.ts';
import { inputError } from '../domain/reasons.ts';
import type { IssueFeed } from '../events/issue-feed.ts';
import type { EstimateSlot, IssueSource } from '../source/issue-source.ts';
import type { WriteEstimateInput, WriteEstimateResult } from './generated/types.ts';

/** Writes an estimate; see `createEstimateWriter`. */
export type EstimateWriter = (input: WriteEstimateInput, log: Logger) => Promise<WriteEstimateResult>;

export interface EstimateWriterOptions {
  readonly source: IssueSource;
  readonly feed: Pick<IssueFeed, 'changed'>;
  /** Whether a written estimate is also told in a comment. */
  readonly commentsEstimates: boolean;
  /** What one request to Jira may take. */
  readonly timeoutMs: number;
  /** Milliseconds. */
  readonly now: () => number;
}

const mostPoints = 10_000;
const mostWords = 1_000;

/**
 * Compare and set: Jira has no If-Match, so the value is read right before it is written.
 * A value that is ours already is WRITTEN, whoever wrote it: an attempt that timed out may have been applied. An attempt that comes while another
 * one of the same idempotency key is under way shares its outcome: two at once would both miss a comment, and both make one.
 * What was not begun within twice the time of a request is not begun any more: voting has given this attempt up, and may soon let another value pass.
 *
 * The writer throws INVALID_INPUT, and as IssueSource's `readEstimate`, `writeEstimate` and `writeComment`.
 */
export function createEstimateWriter({ source, feed, commentsEstimates, timeoutMs, now }: EstimateWriterOptions): EstimateWriter {
  const underWay = new Map<string, Promise<WriteEstimateResult>>();

  const write = async (
    { key: given, track, value, expected, hasExpected, comment: words }: WriteEstimateInput,
    log: Logger,
  ): Promise<WriteEstimateResult> => {
    if (!(value >= 0 && value <= mostPoints))
      throw inputError('OUT_OF_RANGE', { field: 'estimate', least: 0, most: mostPoints, given: value });
    if (words != null && words.length > mostWords)
      throw inputError('TOO_LONG', { field: 'comment', length: words.length, most: mostWords });
    const key = parseKey(given);
    const startedAt = now();
    const requireTime = (): void => {
      if (now() - startedAt > 2 * timeoutMs) throw jiraError('JIRA_UNAVAILABLE', 'Jira took too long for this attempt to go on.');
    };
    const slot = await source.readEstimate(key, parseTrack(track));
    const place = { fieldId: slot.fieldId, currentKey: slot.key };
    if (slot.value !== value) {
      if (hasExpected && slot.unreadable !== undefined)
        throw inputError('FIELD_HOLDS_TEXT', { fieldName: slot.fieldId, key: slot.key, held: slot.unreadable });
      if (hasExpected && slot.value !== (expected ?? null)) return { state: 'CONFLICT', valueInJira: slot.value, ...place };
      requireTime();
      await source.writeEstimate(slot, value);
    }
    // Also what is ours already: an attempt that was cut short told nobody. A moved issue may be cached under the key that it was asked for.
    await feed.changed([...new Set([slot.key, key])]);
    // After an attempt that was cut short the comment may be what is missing.
    if (commentsEstimates || words != null) {
      requireTime();
      await comment(slot, { value, words: words ?? '' }, log);
    }
    return { state: 'WRITTEN', valueInJira: value, ...place };
  };

  const comment = async (
    { key, track }: EstimateSlot,
    { value, words }: { readonly value: number; readonly words: string },
    log: Logger,
  ): Promise<void> => {
    try {
      const text = `Estimated with Tally: ${value}${track === defaultTrack ? '' : ` (${track})`}`;
      await source.writeComment(key, track, words === '' ? text : `${text}. ${words}`);
    } catch (error) {
      // The estimate is what counts; what a retry may heal is retried with it.
      if (isTransient(error)) throw error;
      log.warn({ err: error, key }, 'the estimate was written, but not its comment');
    }
  };

  return (input, log) => {
    const { idempotencyKey: id, ...what } = input;
    const identity = JSON.stringify([id, what]);
    const writing = underWay.get(identity) ?? write(input, log).finally(() => underWay.delete(identity));
    underWay.set(identity, writing);
    return writing;
  };
}

function parseTrack(track: string): string {
  if (!/^[A-Za-z0-9_-]{1,32}$/.test(track)) throw inputError('TRACK_ID_FORM', {});
  return track;
}
