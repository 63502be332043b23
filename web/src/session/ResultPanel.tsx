import { Suspense, useEffect, useRef } from 'react';
import { BarChart } from '../design/BarChart.tsx';
import { lazyPart } from '../design/lazyPart.tsx';
import { atNextFrame } from '../design/nextFrame.ts';
import { Note, Panel, Stack } from '../design/Panel.tsx';
import { toPercent } from '../text/percent.ts';
import { useText } from '../text/text.ts';
import { AvatarOf } from './AvatarOf.tsx';
import { type Round, useSession } from './context.ts';
import styles from './ResultPanel.module.css';
import { RoundControls } from './RoundControls.tsx';
import { SettleForm } from './SettleForm.tsx';
import { Suggested } from './Suggested.tsx';
import { useIsWide } from './useIsWide.ts';

const Notes = lazyPart(async () => (await import('./Notes.tsx')).Notes);

type Result = Round['results'][number];

/** What the votes say, the far ends first: they explain themselves before anyone sees an average. */
export function ResultPanel({ round }: { readonly round: Round }) {
  const { session, isFacilitator, findParticipant } = useSession();
  const text = useText();
  const isUnanimous = round.results.length > 0 && round.results.every((result) => result.hasConsensus);
  const isTogether = isUnanimous;
  const isWide = useIsWide();

  useEffect(() => {
    if (isTogether) void import('../design/confetti.ts').then(({ throwConfetti }) => throwConfetti()).catch(() => undefined);
  }, [isTogether]);

  const place = useRef<HTMLDivElement>(null);
  // What the cards say comes into sight by itself. Newer browsers answer with a promise.
  useEffect(() => atNextFrame(() => void place.current?.scrollIntoView({ block: 'nearest' })), []);

  return (
    <div ref={place} className={styles.panel}>
      <Panel title={isTogether ? text('result.consensus') : text('result.title')}>
        <Stack>
          {round.results.map((result) => (
            <TrackResult key={result.track} result={result} round={round} hasName={session.tracks.length > 1} />
          ))}
          {!isWide && round.votes.some(({ note }) => note !== null) && (
            <Suspense>
              <Notes votes={round.votes} nameOf={(id) => findParticipant(id)?.name ?? text('someone')} />
            </Suspense>
          )}
          {isFacilitator && <SettleForm round={round} others={<RoundControls round={round} />} />}
        </Stack>
      </Panel>
    </div>
  );
}

interface TrackResultProps {
  readonly result: Result;
  readonly round: Round;
  readonly hasName: boolean;
}

function TrackResult({ result, round, hasName }: TrackResultProps) {
  const { session } = useSession();
  const text = useText();
  const name = session.tracks.find((track) => track.id === result.track)?.label ?? result.track;
  const bars = result.distribution.map(({ card, count }) => ({ label: card.label, count, isSoft: card.kind !== 'NUMBER' }));
  const labelOf = (value: number) => round.deck.cards.find((card) => card.value === value)?.label ?? text('number', { value });
  const { isNumeric } = round.deck;
  const range = result.min === null || result.max === null ? null : [labelOf(result.min), labelOf(result.max)];
  // Sizes have a range and no arithmetic.
  const figures: readonly (readonly [string, string | null])[] = isNumeric
    ? [
        [text('result.median'), result.median === null ? null : text('number', { value: result.median })],
        [text('result.mean'), result.mean === null ? null : text('number', { value: result.mean })],
        [text('result.spread'), range && [...new Set(range)].join('–')],
      ]
    : [[text('result.spread'), range && [...new Set(range)].join('–')]];
  return (
    <Stack>
      {hasName && <h3>{name}</h3>}
      <Outliers result={result} round={round} />
      <div className={styles.result}>
        <div>
          {bars.length === 0 ? (
            <p>{text('result.noVotes')}</p>
          ) : (
            <BarChart
              name={text('result.distribution')}
              bars={bars}
              describe={(bar) => text('result.bar', { card: bar.label, count: bar.count })}
            />
          )}
        </div>
        <div>
          <Suggested result={result} cards={round.deck.cards} />
          <dl className={styles.figures}>
            {figures.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value ?? '–'}</dd>
              </div>
            ))}
            <div>
              <dt>{text('result.turnout')}</dt>
              <dd>{text('report.of', { done: result.votedCount, total: result.voterCount })}</dd>
            </div>
            <div>
              <dt>{text('result.agreement')}</dt>
              <dd>{toPercent(result.agreement)}</dd>
            </div>
          </dl>
        </div>
      </div>
    </Stack>
  );
}

/** So many have room for their pictures. */
const many = 6;

function Outliers({ result, round }: Pick<TrackResultProps, 'result' | 'round'>) {
  const { findParticipant } = useSession();
  const text = useText();
  if (result.outliers.length === 0) return null;
  return (
    <Note tone="notable">
      <div className={styles.talk} data-many={result.outliers.length > many}>
        <strong>{text('result.askFirst')}</strong>
        {result.outliers.map(({ id }) => {
          const name = findParticipant(id)?.name ?? text('someone');
          const card = round.votes.find((vote) => vote.participant.id === id && vote.track === result.track)?.card?.label;
          return (
            <span key={id} className={styles.speaker}>
              {result.outliers.length <= many && <AvatarOf id={id} />}
              {name} <span className={styles.speakerCard}>{card}</span>
            </span>
          );
        })}
      </div>
    </Note>
  );
}
