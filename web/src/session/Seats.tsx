import { type CSSProperties, Suspense, useRef } from 'react';
import { Avatar } from '../design/Avatar.tsx';
import { lazyPart } from '../design/lazyPart.tsx';
import { TableCard } from '../design/PlayingCard.tsx';
import { useStore } from '../store.ts';
import { useText } from '../text/text.tsx';
import { type SeatByValue, toSeatsByValue } from './byValue.ts';
import { type Round, useSession } from './context.ts';
import { isSortedByValue } from './preferences.ts';
import styles from './Stage.module.css';
import { useColumns } from './useColumns.ts';

const SeatValue = lazyPart(async () => (await import('./SeatValue.tsx')).SeatValue);
const ReactionOf = lazyPart(async () => (await import('../social/ReactionOf.tsx')).ReactionOf);

/** From so many on, seats are narrower. */
const crowd = 12;
const seatPx = 72;
const crowdSeatPx = 62;
const cardPx = 52;
const crowdCardPx = 40;

/** Everyone of the roster with their cards: a place, a card face down, and after the reveal its face. */
export function Seats({ round }: { readonly round: Round }) {
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
  const isOutlier = (track: string, id: string) =>
    round.results.some((result) => result.track === track && result.outliers.some((participant) => participant.id === id));
  return (
    <ul
      ref={list}
      className={styles.seats}
      style={{ '--columns': columns } as CSSProperties}
      data-crowd={isCrowd}
      aria-label={text('round.roster')}
    >
      {seated.map(({ id, group }, place) => {
        const votes = session.tracks.map((track) => ({
          track,
          vote: round.votes.find((vote) => vote.participant.id === id && vote.track === track.id),
        }));
        const played = votes.filter(({ vote }) => vote !== undefined);
        const labels = played
          .map(({ track, vote }) => (session.tracks.length > 1 ? `${track.label}: ${vote?.card?.label}` : vote?.card?.label))
          .join(', ');
        const state =
          played.length === 0 ? text('vote.missing') : round.state === 'OPEN' ? text('vote.cast') : text('vote.card', { card: labels });
        const person = findParticipant(id);
        const isAway = round.state === 'OPEN' && played.length === 0 && person?.isOnline === false;
        const shown = played.length > 0 ? played : votes.slice(0, 1);
        return (
          <li
            key={id}
            className={styles.seat}
            style={{ '--place': place / Math.max(1, seated.length - 1) } as CSSProperties}
            data-seat
            data-voted={played.length > 0}
            data-away={isAway}
          >
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
              {shown.map(({ track, vote }) => (
                <TableCard
                  key={track.id}
                  isPlayed={vote !== undefined}
                  label={vote?.card?.label ?? null}
                  isMarked={isOutlier(track.id, id)}
                />
              ))}
            </span>
            <span className={styles.name}>
              {person?.name ?? text('someone')}
              {id === me?.id && ` ${text('you')}`}
              {isAway && <span className={styles.awayMark}>{text('people.away')}</span>}
              <span className="visually-hidden">, {state}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
