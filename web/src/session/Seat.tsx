import { type CSSProperties, memo, Suspense } from 'react';
import { Avatar } from '../design/Avatar.tsx';
import { lazyPart } from '../design/lazyPart.tsx';
import { TableCard } from '../design/PlayingCard.tsx';
import { useText } from '../text/text.ts';
import type { SeatByValue } from './byValue.ts';
import type { Participant, Round, Track } from './context.ts';
import styles from './Stage.module.css';

const SeatValue = lazyPart(async () => (await import('./SeatValue.tsx')).SeatValue);
const ReactionOf = lazyPart(async () => (await import('../social/ReactionOf.tsx')).ReactionOf);

/** A track, and what somebody played in it. */
export interface SeatCard {
  readonly track: Track;
  readonly vote: Round['votes'][number] | undefined;
  readonly isOutlier: boolean;
}

interface SeatProps {
  readonly id: string;
  /** Undefined when they are no longer known. */
  readonly person: Participant | undefined;
  readonly isMe: boolean;
  /** Of the round. */
  readonly isOpen: boolean;
  /** One for each track of the session, in their order. */
  readonly cards: readonly SeatCard[];
  /** From 0, the first seat, to 1, the last. */
  readonly place: number;
  readonly group: SeatByValue['group'];
}

/** Somebody's place at the table with their cards. Drawn again only when something of it changes: a vote is one seat, not thirty. */
export const Seat = memo(function Seat({ id, person, isMe, isOpen, cards, place, group }: SeatProps) {
  const text = useText();
  const played = cards.filter(({ vote }) => vote !== undefined);
  const labels = played
    .map(({ track, vote }) => (cards.length > 1 ? `${track.label}: ${vote?.card?.label}` : vote?.card?.label))
    .join(', ');
  const state = played.length === 0 ? text('vote.missing') : isOpen ? text('vote.cast') : text('vote.card', { card: labels });
  const isAway = isOpen && played.length === 0 && person?.isOnline === false;
  const shown = played.length > 0 ? played : cards.slice(0, 1);
  return (
    <li className={styles.seat} style={{ '--place': place } as CSSProperties} data-seat data-voted={played.length > 0} data-away={isAway}>
      {group && (
        <Suspense>
          <SeatValue {...group} />
        </Suspense>
      )}
      <Suspense>
        <ReactionOf id={id} />
      </Suspense>
      {person && (
        <span className={styles.face}>
          <Avatar {...person.avatar} />
        </span>
      )}
      <span className={styles.cards}>
        {shown.map(({ track, vote, isOutlier }) => (
          <TableCard key={track.id} isPlayed={vote !== undefined} label={vote?.card?.label ?? null} isMarked={isOutlier} />
        ))}
      </span>
      <span className={styles.name}>
        {person?.name ?? text('someone')}
        {isMe && ` ${text('you')}`}
        {isAway && <span className={styles.awayMark}>{text('people.away')}</span>}
        <span className="visually-hidden">, {state}</span>
      </span>
    </li>
  );
}, isSame);

function isSame({ cards, ...one }: SeatProps, { cards: others, ...other }: SeatProps): boolean {
  return haveSame(one, other) && cards.length === others.length && cards.every((card, at) => haveSame(card, others[at]));
}

function haveSame<Fields extends object>(one: Fields, other: Fields | undefined): boolean {
  return other !== undefined && (Object.keys(one) as (keyof Fields)[]).every((name) => Object.is(one[name], other[name]));
}
