import type { Translate } from '../text/text.ts';
import { countVoters, type Issue, type Round, type Session } from './context.ts';

interface Change {
  readonly before: Session;
  readonly after: Session;
  readonly text: Translate;
  readonly findIssue: (itemId: string) => Issue | undefined;
  readonly myId: string | undefined;
}

/** What changed between two pictures of a session, as one sentence or two for a screen reader; empty when nothing worth saying. */
export function toAnnouncement(change: Change): string {
  const { before, after, text } = change;
  if (before === after || before.id !== after.id) return '';
  return [...sayRound(change), ...sayPeople(change), before.state !== after.state && after.state === 'CLOSED' && text('session.isClosed')]
    .filter(Boolean)
    .join(' ');
}

function sayRound({ before, after, text, findIssue, myId }: Change): string[] {
  const old = before.currentRound;
  const round = after.currentRound;
  if (!round) return old ? saySettled(old, after, text) : [];
  if (old?.id !== round.id) {
    const item = after.items.find((candidate) => candidate.id === round.item.id);
    const issue = findIssue(round.item.id);
    return [text('say.started', { name: issue ? `${issue.key}, ${issue.summary}` : (item?.topic ?? '') })];
  }
  if (old.state === 'OPEN' && round.state === 'REVEALED') return sayRevealed(round, text);
  const counts = countVoters(round, after);
  if (round.state !== 'OPEN' || countVoters(old, before).voted >= counts.voted) return [];
  const hadVoted = new Set(old.votes.map((vote) => vote.participant.id));
  const names = round.votes
    .map((vote) => vote.participant.id)
    .filter((id) => !hadVoted.has(id) && id !== myId)
    .map((id) => after.participants.find((participant) => participant.id === id)?.name ?? '');
  return names.length > 0 ? [text('say.voted', { names: names.join(', '), ...counts })] : [text('round.voted', counts)];
}

function sayRevealed(round: Round, text: Translate): string[] {
  return [
    text('say.revealed'),
    ...round.results.map((result) => {
      const cards = result.distribution.map(({ card, count }) => text('result.bar', { card: card.label, count })).join(', ');
      const suggestion = result.suggestion.value === null ? '' : text('say.suggestion', { value: result.suggestion.label ?? '' });
      return `${cards}. ${suggestion}`;
    }),
  ];
}

function saySettled(round: Round, after: Session, text: Translate): string[] {
  const item = after.items.find((candidate) => candidate.id === round.item.id);
  if (item?.state !== 'ESTIMATED') return [text('say.ended')];
  return [text('say.settled', { value: item.estimates.map((estimate) => estimate.label).join(' / ') })];
}

function sayPeople({ before, after, text }: Change): string[] {
  const idsBefore = new Set(before.participants.filter((participant) => participant.isPresent).map((participant) => participant.id));
  const came = after.participants.filter((participant) => participant.isPresent && !idsBefore.has(participant.id));
  return came.map((participant) => text('say.joined', { name: participant.name }));
}
