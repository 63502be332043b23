import { createHash } from 'node:crypto';
import { applyChange } from '../domain/change.ts';
import { isEstimateValue, labelOf } from '../domain/decks.ts';
import type { Card, Deck, Estimate, Item, Participant, Round, SessionAggregate, Track, Vote } from '../domain/model.ts';
import { createSession } from '../domain/session.ts';
import type { StoredSession } from '../store/voting-store.ts';
import type { SeedSession, SeedTask } from './seed-file.ts';

const tracksByMode: Readonly<Record<string, readonly string[]>> = { sp_dev_test: ['dev', 'test'], sp_split: ['front', 'back', 'qa'] };
const disciplines: Readonly<Record<string, string>> = { front: 'frontend', back: 'backend', qa: 'qa' };

/**
 * A seed session as one of ours. Its people keep their votes but have left: the first to join by the invite code leads.
 * Tasks become items, a task's votes a round, its story points (else, as there, the highest vote) the settled estimate. Tasks that the seed
 * marked completed without having played them are pending again. The same export gives the same ids, so a second import finds the first.
 */
export function toStoredSession(seed: SeedSession, now: Date): StoredSession {
  const id = idOf('session', seed.chat_id, seed.topic_id ?? '');
  const title = (seed.title ?? '').trim() || `Chat ${seed.chat_id}${seed.topic_id == null ? '' : `, topic ${seed.topic_id}`}`;
  const trackIds = tracksByMode[seed.estimation_mode ?? ''] ?? ['estimate'];
  const tracks = trackIds.map((track): Track => ({ id: track, label: track, discipline: disciplines[track] ?? null }));
  const created = createSession({
    id,
    participantId: idOf(id, 'import'),
    inviteCode: idOf(id, 'invite', now.toISOString()),
    title: title.slice(0, 120),
    name: 'Import',
    role: 'SPECTATOR',
    discipline: null,
    tracks,
    now,
  });
  const participants = Object.entries(seed.participants).map(([userId, person]): Participant => {
    const name = person.name.trim().slice(0, 60) || `Participant ${userId}`;
    return {
      id: idOf(id, userId),
      name,
      role: 'ESTIMATOR',
      discipline: person.team_role ?? null,
      facilitatorRank: null,
      isSuccessor: false,
      avatar: null,
      subject: null,
      joinedAt: now,
      leftAt: now,
    };
  });
  const played = groupTasks(seed).map((tasks, index) => toItem(id, { tasks, index, deck: toDeck(seed), trackIds, now }));
  const change = {
    event: { type: 'SESSION_CREATED' as const, at: now, actorId: null },
    participants: [...created.participants.map((importer) => ({ ...importer, facilitatorRank: null, leftAt: now })), ...participants],
    items: played.map(({ item }) => item),
    rounds: played.flatMap(({ rounds }) => rounds),
    estimates: played.flatMap(({ estimates }) => estimates),
  };
  const state: SessionAggregate = applyChange(created, change, 1);
  return {
    state: { ...state, session: { ...state.session, structure: 1 } },
    votes: played.flatMap(({ votes }) => votes).map((vote) => ({ ...vote, castAt: now })),
    events: [{ ...change.event, revision: 1 }],
    requests: [],
    credentials: [],
  };
}

/** The tasks of one issue belong to one item; what was done comes before what waits. A task listed twice counts once. */
function groupTasks(seed: SeedSession): readonly (readonly SeedTask[])[] {
  const seen = new Set<string>();
  const tasks = [...seed.history, ...seed.last_batch, ...seed.tasks_queue].filter((task) => {
    if (task.task_id === undefined) return true;
    const isNew = !seen.has(task.task_id);
    seen.add(task.task_id);
    return isNew;
  });
  return [...Map.groupBy(tasks, (task, index) => task.jira_key ?? `topic ${index}`).values()];
}

// The seed did not note what Jira held.
const unseen = { issueId: null, seenInJira: {}, seenAt: null };

interface ItemOptions {
  readonly tasks: readonly SeedTask[];
  readonly index: number;
  readonly deck: Deck;
  readonly trackIds: readonly string[];
  readonly now: Date;
}

function toItem(sessionId: string, { tasks, index, deck, trackIds, now }: ItemOptions) {
  const id = idOf(sessionId, 'item', index);
  const issueKey = tasks[0]?.jira_key?.toUpperCase() ?? null;
  const topic = issueKey === null ? tasks[0]?.summary.trim().slice(0, 200) || `Topic ${index + 1}` : null;
  const rounds: Round[] = [];
  const votes: Vote[] = [];
  const estimates: Estimate[] = [];
  for (const task of tasks) {
    const cast = toVotes(sessionId, task, trackIds);
    const settled = trackIds.flatMap((track) => toEstimateValue(task, track, deck) ?? []).length;
    if (cast.length === 0 && settled === 0) continue;
    const roundId = idOf(id, 'round', rounds.length);
    const at = task.completed_at ?? task.created_at ?? now;
    const roster = [...new Set(cast.map((vote) => vote.participantId))];
    const state = settled > 0 ? 'SETTLED' : 'ABANDONED';
    rounds.push({
      id: roundId,
      itemId: id,
      number: rounds.length + 1,
      state,
      origin: 'VOTE',
      reason: null,
      settledBy: null,
      deck,
      policy: 'MAX',
      roster,
      openedAt: task.created_at ?? at,
      revealsAt: null,
      deadlineAt: null,
      timerLeftSeconds: null,
      revealedAt: at,
      settledAt: settled > 0 ? at : null,
    });
    votes.push(...cast.map((vote) => ({ ...vote, roundId })));
    for (const track of trackIds) {
      const value = toEstimateValue(task, track, deck);
      if (value !== undefined) estimates.push(toEstimate({ roundId, track, itemId: id, issueKey, value, label: labelOf(deck, value), at }));
    }
  }
  const item: Item = {
    id,
    position: index + 1,
    state: estimates.length > 0 ? 'ESTIMATED' : 'PENDING',
    issueKey,
    topic,
    decision: null,
    ...unseen,
  };
  return { item, rounds, votes, estimates };
}

function toVotes(sessionId: string, task: SeedTask, trackIds: readonly string[]): readonly Omit<Vote, 'roundId'>[] {
  return trackIds.flatMap((track) =>
    Object.entries(track === 'estimate' ? task.votes : (task.track_votes[track] ?? {})).map(([userId, card]) => ({
      participantId: idOf(sessionId, userId),
      track,
      card,
      note: null,
    })),
  );
}

/** What was agreed, else the highest number played on a completed task: the seed's own rule. */
function toEstimateValue(task: SeedTask, track: string, deck: Deck): number | undefined {
  const agreed = track === 'estimate' ? task.story_points : task.story_points_by_track[track];
  if (agreed != null) return isEstimateValue(agreed) ? agreed : undefined;
  if (task.completed_at == null) return undefined;
  const cast = Object.values(track === 'estimate' ? task.votes : (task.track_votes[track] ?? {}));
  const values = cast.flatMap((label) => deck.cards.find((card) => card.label === label)?.value ?? []);
  return values.length === 0 ? undefined : Math.max(...values);
}

function toEstimate({
  at,
  ...row
}: Pick<Estimate, 'roundId' | 'track' | 'itemId' | 'issueKey' | 'value' | 'label'> & { readonly at: Date }): Estimate {
  const notWritten = {
    attempts: 0,
    valueInJira: null,
    overwrite: false,
    isStrict: false,
    writtenAt: null,
    summaryFingerprint: null,
    descriptionFingerprint: null,
  } as const;
  return {
    ...row,
    ...notWritten,
    settledAt: at,
    nextAttemptAt: at,
    state: 'NOT_NEEDED',
    reasonCode: 'IMPORTED',
    reason: 'Imported from the seed system, which wrote its own.',
  };
}

/** Every card that was played, in the order of its number; `skip` is a pass, ☕ a break, what else has no number is unsure. */
function toDeck(seed: SeedSession): Deck {
  const tasks = [...seed.history, ...seed.last_batch, ...seed.tasks_queue];
  const played = tasks.flatMap((task) => [task.votes, ...Object.values(task.track_votes)].flatMap((votes) => Object.values(votes)));
  const cards = [...new Set(['0', '1', '2', '3', '5', '8', '13', '21', '?', ...played])].map(toCard);
  return {
    name: 'custom',
    cards: cards.sort((one, other) => (one.value ?? Number.POSITIVE_INFINITY) - (other.value ?? Number.POSITIVE_INFINITY) || 0),
  };
}

function toCard(label: string): Card {
  const value = label.trim() === '' ? Number.NaN : Number(label.replace('½', '0.5'));
  if (isEstimateValue(value)) return { label, value, kind: 'NUMBER' };
  const kind = label === 'skip' ? 'PASS' : label === '☕' ? 'BREAK' : 'UNSURE';
  return { label, value: null, kind };
}

function idOf(...parts: readonly (string | number)[]): string {
  return createHash('sha256')
    .update(['seed', ...parts].join('\n'))
    .digest('base64url')
    .slice(0, 22);
}
