import { Chip, Row, Stack } from '../design/Panel.tsx';
import { countVoters, type WriteBackTarget } from '../session/context.ts';
import { Notes } from '../session/Notes.tsx';
import { toSuggestionReason } from '../session/reasons.ts';
import { WriteBackChip } from '../session/WriteBackChip.tsx';
import { useLaterText } from '../text/later.ts';

import styles from './ReportPage.module.css';
import { type ReadSession, type ReportItem, toItemName } from './summary.ts';

interface LedgerProps {
  readonly session: ReadSession;
  /** The session's id for facilitators, who decide about write-backs; undefined for others. */
  readonly steeredId: string | undefined;
}

/** Every item with every round that was played on it: who played which card, what was suggested, what was settled. */
export function Ledger({ session, steeredId }: LedgerProps) {
  const text = useLaterText();
  if (session.items.length === 0) return <p>{text('queue.empty')}</p>;
  return session.items.map((item) => (
    <details key={item.id} className={styles.item}>
      <summary>
        <span>{toItemName(item)}</span>
        <Row>
          {item.estimates.map((estimate) => (
            <strong key={estimate.track}>{estimate.label}</strong>
          ))}
          <Chip tone={item.state === 'ESTIMATED' ? 'good' : 'plain'}>{text(`item.${item.state}`)}</Chip>
          <span>{text('report.roundCount', { count: item.rounds.filter((round) => round.origin === 'VOTE').length })}</span>
        </Row>
      </summary>
      <div className={styles.rounds}>
        <Row>
          {item.estimates.map((estimate) => (
            <WriteBackChip
              key={estimate.track}
              estimate={estimate}
              name={item.issue?.key ?? item.topic ?? ''}
              target={findTarget(steeredId, item)}
            />
          ))}
        </Row>
        {item.decision !== null && (
          <p>
            <strong>{text('decision.is')}</strong> {item.decision}
          </p>
        )}
        {item.rounds.map((round) => (
          <RoundEntry key={round.id} session={session} round={round} />
        ))}
        {item.rounds.length === 0 && <p>{text('report.noRounds')}</p>}
      </div>
    </details>
  ));
}

function findTarget(sessionId: string | undefined, item: ReportItem): WriteBackTarget | undefined {
  const roundId = item.rounds.findLast((round) => round.state === 'SETTLED')?.id;
  return roundId === undefined || sessionId === undefined ? undefined : { sessionId, roundId };
}

function RoundEntry({ session, round }: { readonly session: ReadSession; readonly round: ReportItem['rounds'][number] }) {
  const text = useLaterText();
  const nameOf = (id: string) => session.participants.find((participant) => participant.id === id)?.name ?? text('someone');
  const labelOf = (id: string) => session.tracks.find((track) => track.id === id)?.label ?? id;
  const hasTracks = session.tracks.length > 1;
  return (
    <Stack>
      <Row>
        <strong>{text('round.number', { number: round.number })}</strong>
        <Chip>{text(round.origin === 'VOTE' ? `round.${round.state}` : `origin.${round.origin}`)}</Chip>
        {round.origin === 'VOTE' && round.state !== 'OPEN' && <span>{text('round.turnout', countVoters(round, session))}</span>}
        {round.settledBy && <span>{nameOf(round.settledBy.id)}</span>}
        {round.estimates.map((estimate) => (
          <span key={estimate.track}>
            {hasTracks && `${labelOf(estimate.track)}: `}
            {text('report.settledOn', { value: estimate.label })}
          </span>
        ))}
      </Row>
      {round.reason !== null && <p>{round.reason}</p>}
      <ul className={styles.votes}>
        {round.votes.map((vote) => (
          <li key={`${vote.participant.id} ${vote.track}`}>
            <Chip>
              {nameOf(vote.participant.id)}
              {hasTracks && ` (${labelOf(vote.track)})`}: {vote.card?.label ?? text('vote.hidden')}
            </Chip>
          </li>
        ))}
      </ul>
      <Notes votes={round.votes} nameOf={nameOf} />
      {round.results.map((result) => (
        <p key={result.track}>
          {hasTracks && `${labelOf(result.track)}: `}
          {text(`policy.${result.suggestion.rule}`)}. {toSuggestionReason(result, round.deck.cards, text)}
        </p>
      ))}
    </Stack>
  );
}
