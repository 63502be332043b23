import type { Estimate, Item } from '../../domain/model.ts';
import { isUncertain, keepsLease, lastKnown } from '../../domain/write-backs.ts';
import type { Claim, ClaimedWriteBack, Outbox } from '../voting-store.ts';
import type { RedisConnection } from './connection.ts';
import { fieldKey, keysOf, leaseKey, writeBacksKey } from './keys.ts';
import type { Marks } from './marks.ts';
import { parse, parseAll, toEstimateField } from './rows.ts';

interface Pending {
  readonly sessionId: string;
  readonly estimate: Estimate;
}

/** Write-backs over all sessions: marks and hints, each checked against the session itself. */
export function createWriteBacks({ send, run }: Pick<RedisConnection, 'send' | 'run'>, marks: Marks) {
  async function* pending(): AsyncGenerator<Pending> {
    for (const mark of await marks.list(writeBacksKey)) {
      const { estimates } = keysOf(mark.sessionId);
      const found = parseAll<Estimate>(await send(estimates, 'HVALS', estimates)).filter((estimate) => estimate.state === 'PENDING');
      if (found.length === 0) await marks.clear(writeBacksKey, mark);
      for (const estimate of found) yield { sessionId: mark.sessionId, estimate };
    }
  }

  async function findEstimate(sessionId: string, roundId: string, track: string): Promise<Estimate | undefined> {
    const { estimates } = keysOf(sessionId);
    const json = await send(estimates, 'HGET', estimates, toEstimateField({ roundId, track }));
    return json === null ? undefined : parse<Estimate>(json);
  }

  /** All estimates of the same issue and track, in whatever session. */
  async function rivalsOf({ issueKey, track }: Estimate): Promise<readonly Estimate[]> {
    if (issueKey === null) return [];
    const key = fieldKey(issueKey, track);
    const hints = (await send(key, 'SMEMBERS', key)) as readonly string[];
    const found = await Promise.all(hints.map((hint) => findEstimate(...(JSON.parse(hint) as [string, string]), track)));
    return found.filter((estimate) => estimate !== undefined);
  }

  async function claimOne(
    { sessionId, estimate: { roundId, track, issueKey, nextAttemptAt } }: Pending,
    claim: Claim,
  ): Promise<ClaimedWriteBack | undefined> {
    const lease = leaseKey(issueKey ?? roundId, track);
    const holder = toHolder(sessionId, roundId);
    const times = [claim.now, claim.leasedUntil, nextAttemptAt].map((time) => String(time.getTime()));
    const leased = await run('lease', [lease], [holder, ...times]);
    if (leased === 0) return undefined;
    // What was read before the lease may be another worker's past.
    const estimate = await findEstimate(sessionId, roundId, track);
    const rivals = estimate === undefined ? [] : await rivalsOf(estimate);
    if (estimate === undefined || !isDue(estimate, claim.now) || rivals.some((rival) => overtakes(rival, estimate))) {
      // One that goes on from an earlier attempt still keeps other values away.
      if (leased === 1) await run('release', [lease], [holder]);
      return undefined;
    }
    return {
      sessionId,
      estimate,
      expected: lastKnown(await getItem(sessionId, estimate), estimate.track, rivals),
      uncertain: rivals.filter((rival) => rival.roundId !== roundId && isUncertain(rival)).map(({ value }) => value),
    };
  }

  async function getItem(sessionId: string, { itemId }: Estimate): Promise<Item> {
    const { items } = keysOf(sessionId);
    return parse<Item>(await send(items, 'HGET', items, itemId));
  }

  return {
    async claimWriteBacks(claim: Claim): Promise<readonly ClaimedWriteBack[]> {
      const claimed: ClaimedWriteBack[] = [];
      for await (const candidate of pending()) {
        if (claimed.length >= claim.limit) break;
        if (!isDue(candidate.estimate, claim.now)) continue;
        const found = await claimOne(candidate, claim);
        if (found !== undefined) claimed.push(found);
      }
      return claimed;
    },

    async findOvertaken(limit: number) {
      const found: { sessionId: string; roundId: string; track: string }[] = [];
      for await (const { sessionId, estimate } of pending()) {
        if (found.length >= limit) break;
        const rivals = await rivalsOf(estimate);
        const { roundId, track } = estimate;
        if (rivals.some((rival) => overtakes(rival, estimate))) found.push({ sessionId, roundId, track });
      }
      return found;
    },

    async readOutbox(): Promise<Outbox> {
      const settledAt: number[] = [];
      for await (const { estimate } of pending()) settledAt.push(estimate.settledAt.getTime());
      return { pending: settledAt.length, oldestAt: settledAt.length === 0 ? null : new Date(Math.min(...settledAt)) };
    },

    /** After a commit: ends the leases of what has its outcome, as `keepsLease` says. */
    async release(sessionId: string, estimates: readonly Estimate[]): Promise<void> {
      const ended = estimates.filter((estimate) => !keepsLease(estimate));
      await Promise.all(
        ended.map(({ issueKey, roundId, track }) => run('release', [leaseKey(issueKey ?? roundId, track)], [toHolder(sessionId, roundId)])),
      );
    },
  };
}

const toHolder = (sessionId: string, roundId: string) => `${sessionId}/${roundId}`;

function isDue(estimate: Estimate, now: Date): boolean {
  return estimate.state === 'PENDING' && estimate.nextAttemptAt <= now;
}

/** The settlement that counts for an issue and track is the last one, of whatever session. NOT_NEEDED ones write nothing, so they overtake nothing. */
function overtakes(later: Estimate, earlier: Estimate): boolean {
  if (later.state === 'NOT_NEEDED' || later.roundId === earlier.roundId) return false;
  const ahead = later.settledAt.getTime() - earlier.settledAt.getTime();
  return ahead > 0 || (ahead === 0 && later.roundId > earlier.roundId);
}
