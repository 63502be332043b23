import { type CSSProperties, useRef } from 'react';
import { useStore } from '../store.ts';
import { useText } from '../text/text.ts';
import { type SeatByValue, toSeatsByValue } from './byValue.ts';
import { type Round, useSession } from './context.ts';
import { isSortedByValue } from './preferences.ts';
import { Seat } from './Seat.tsx';
import styles from './Stage.module.css';
import { useColumns } from './useColumns.ts';
import { useSeatedRound } from './useSeatedRound.ts';

/** From so many on, seats are narrower. */
const crowd = 12;
const seatPx = 72;
const crowdSeatPx = 62;
const cardPx = 52;
const crowdCardPx = 40;

/** Everyone of the roster with their cards: a place, a card face down, and after the reveal its face. */
export function Seats({ round: latest }: { readonly round: Round }) {
  const round = useSeatedRound(latest);
  const { session, me, findParticipant } = useSession();
  const text = useText();
  const list = useRef<HTMLUListElement>(null);
  const isCrowd = round.roster.length > crowd;
  // With tracks a seat is as wide as its cards beside each other.
  const cardsPx = session.tracks.length > 1 ? session.tracks.length * (isCrowd ? crowdCardPx : cardPx) : 0;
  const columns = useColumns(list, round.roster.length, Math.max(cardsPx, isCrowd ? crowdSeatPx : seatPx));
  const isSorted = useStore(isSortedByValue.store) && round.state === 'REVEALED';
  const seated: readonly SeatByValue[] = isSorted
    ? toSeatsByValue(round, session.tracks)
    : round.roster.map(({ id }) => ({ id, group: undefined }));
  const votes = new Map(round.votes.map((vote) => [keyOf(vote.track, vote.participant.id), vote]));
  const outliers = new Set(round.results.flatMap(({ track, outliers: people }) => people.map(({ id }) => keyOf(track, id))));
  return (
    <ul
      ref={list}
      className={styles.seats}
      style={{ '--columns': columns } as CSSProperties}
      data-crowd={isCrowd}
      aria-label={text('round.roster')}
    >
      {seated.map(({ id, group }, index) => (
        <Seat
          key={id}
          id={id}
          person={findParticipant(id)}
          isMe={id === me?.id}
          isOpen={round.state === 'OPEN'}
          cards={session.tracks.map((track) => {
            const key = keyOf(track.id, id);
            return { track, vote: votes.get(key), isOutlier: outliers.has(key) };
          })}
          place={index / Math.max(1, seated.length - 1)}
          group={group}
        />
      ))}
    </ul>
  );
}

const keyOf = (track: string, participant: string): string => `${track} ${participant}`;
