import { setTimeout as sleep } from 'node:timers/promises';
import DataLoader from 'dataloader';
import { getItem } from '../domain/access.ts';
import type { SessionAggregate, Wording } from '../domain/model.ts';
import { findChanges } from '../domain/settlements.ts';
import type { CatalogIssue } from '../jira/issue-catalog.ts';
import type { VotingContext } from './context.ts';
import { madeOnce } from './made-once.ts';
import type { RoundView } from './views.ts';

// A Jira that is slow or away must hold up neither a settlement nor the reading of a session: the wording is then not known.
const timeoutMs = 1_500;

// As many as jira takes at a time.
const maxKeys = 1_000;

/** What a session's issues are about, by key, as far as Jira tells in time. Never rejects. */
export async function describe(context: VotingContext, { items }: SessionAggregate): Promise<ReadonlyMap<string, CatalogIssue>> {
  const keys = items.flatMap((item) => item.issueKey ?? []);
  return keys.length === 0 ? new Map() : findWordings(context, keys);
}

/** What issues say now, by key, without those that jira does not tell in time. Never rejects. */
export async function findWordings(
  { services, ...onBehalf }: VotingContext,
  keys: readonly string[],
): Promise<ReadonlyMap<string, CatalogIssue>> {
  const found = services.catalog.findIssues({ keys, tracks: [] }, onBehalf).then(
    ({ issues }) => issues,
    () => [],
  );
  const issues = await Promise.race([found, sleep(timeoutMs, [], { ref: false })]);
  return new Map(issues.map((issue) => [issue.key, issue]));
}

const loaderOf = madeOnce(createLoader);

/** What was reworded in Jira since the round was settled; one question to jira for all rounds of an operation. Never rejects. */
export async function findChangedParts(context: VotingContext, { session, round }: RoundView): Promise<ReturnType<typeof findChanges>> {
  const [estimate] = session.played.estimatesIn(round.id);
  const { issueKey } = getItem(session.state, round.itemId);
  if (round.state !== 'SETTLED' || issueKey === null || estimate === undefined || estimate.summaryFingerprint === null) return [];
  const now = await loaderOf(context).load(issueKey);
  return now === undefined ? [] : findChanges(estimate, now);
}

function createLoader(context: VotingContext): DataLoader<string, Wording | undefined> {
  return new DataLoader(
    async (issueKeys) => {
      const found = await findWordings(context, [...new Set(issueKeys)]);
      return issueKeys.map((issueKey) => found.get(issueKey));
    },
    // A subscription lives long, and asks anew with every payload.
    { cache: false, maxBatchSize: maxKeys },
  );
}
