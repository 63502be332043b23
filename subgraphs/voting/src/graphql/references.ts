import { DomainError } from '../../../../kit/process/errors.ts';
import { getItem } from '../domain/access.ts';
import { isNumeric } from '../domain/decks.ts';
import type { Item } from '../domain/model.ts';
import { toPlayed } from '../domain/played.ts';
import { type Comparable, type Estimated, findReferences, maySeeReferences, type References } from '../domain/references.ts';
import { getTrack } from '../domain/tracks.ts';
import type { CatalogIssue } from '../jira/issue-catalog.ts';
import { getSeat, requireJiraAccess, type VotingContext } from './context.ts';
import { findHistory } from './history.ts';
import { findWordings } from './wording.ts';

/** So many of a project's issues are looked at, the ones changed last first. */
const searched = 100;

interface Asked {
  readonly itemId: string;
  readonly track?: string | null | undefined;
}

/** Earlier estimates to compare an item with; null as long as they would anchor the caller. Refuses as `getSeat`, and with ITEM_NOT_FOUND, UNKNOWN_TRACK. */
export async function findReferencesFor(
  context: VotingContext,
  { itemId, track }: Asked,
): Promise<(References & { readonly isWithJira: boolean }) | null> {
  const { state, participant } = await getSeat(context);
  const item = getItem(state, itemId);
  const { id: trackId } = getTrack(state.session.tracks, track);
  const open = state.rounds.find((round) => round.itemId === itemId && round.state === 'OPEN');
  const votes = open === undefined ? [] : await context.services.store.findVotes([open.id]);
  if (!maySeeReferences(state, participant, { itemId, votes })) return null;
  const settled = state.items.filter((other) => other.id !== itemId && other.state === 'ESTIMATED');
  const deck = state.rounds.findLast((round) => round.itemId === itemId)?.deck ?? state.session.deck;
  const [described, inJira] = await Promise.all([
    findWordings(
      context,
      [item, ...settled].flatMap(({ issueKey }) => issueKey ?? []),
    ),
    findInJira(context, item, trackId),
  ]);
  const { estimatesOf } = toPlayed(state);
  const here = settled.flatMap((other): Estimated[] => {
    const value = estimatesOf(other.id).findLast((candidate) => candidate.track === trackId)?.value;
    return value === undefined ? [] : [{ ...toComparable(other, described), value, source: 'TALLY' }];
  });
  const known = new Set([item.issueKey, ...here.map(({ key }) => key)]);
  // Numbers that others put into Jira mean nothing in a deck of ready-made sizes.
  const elsewhere = isNumeric(deck) ? (inJira ?? []).filter(({ key }) => !known.has(key)) : [];
  return { ...findReferences(toComparable(item, described), [...here, ...elsewhere], deck), isWithJira: inJira !== undefined };
}

/** What is done in the item's project and was estimated, by us as far as we know, else as Jira has it; undefined when the caller may not search, or Jira does not answer. */
async function findInJira(context: VotingContext, { issueKey }: Item, track: string): Promise<readonly Estimated[] | undefined> {
  const project = /^([A-Z][A-Z0-9_]*)-\d+$/.exec(issueKey ?? '')?.[1];
  if (project === undefined) return [];
  const { services, ...onBehalf } = context;
  try {
    await requireJiraAccess(context);
    const jql = `project = "${project}" AND statusCategory = Done ORDER BY updated DESC`;
    const { issues } = await services.catalog.search({ jql, limit: searched, tracks: [track] }, onBehalf);
    return await Promise.all(issues.map((issue) => toEstimated(context, issue, track))).then((found) => found.flat());
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

async function toEstimated(context: VotingContext, issue: CatalogIssue, track: string): Promise<readonly Estimated[]> {
  const ours = (await findHistory(context, issue.key)).find(({ estimate }) => estimate.track === track);
  const value = ours?.estimate.value ?? issue.estimates[track] ?? null;
  return value === null
    ? []
    : [
        {
          ...toComparable({ issueKey: issue.key, topic: null }, new Map([[issue.key, issue]])),
          value,
          source: ours === undefined ? 'JIRA' : 'TALLY',
        },
      ];
}

function toComparable({ issueKey, topic }: Pick<Item, 'issueKey' | 'topic'>, described: ReadonlyMap<string, CatalogIssue>): Comparable {
  const issue = issueKey === null ? undefined : described.get(issueKey);
  return {
    key: issueKey,
    title: issue?.summary ?? topic ?? '',
    url: issue?.url ?? null,
    labels: issue?.labels ?? [],
    components: issue?.components ?? [],
    epic: issue?.epic ?? null,
  };
}
