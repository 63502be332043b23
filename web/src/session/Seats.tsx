import { TableCard } from '../design/PlayingCard.tsx';
import { useText } from '../text/text.tsx';
import { type Round, useSession } from './context.ts';
import styles from './Stage.module.css';

/** Everyone of the roster with their cards: a place, a card face down, and after the reveal its face. */
export function Seats({ round }: { readonly round: Round }) {
  const { session, me, findParticipant } = useSession();
  const text = useText();
  const isOutlier = (track: string, id: string) =>
    round.results.some((result) => result.track === track && result.outliers.some((participant) => participant.id === id));
  return (
    <ul className={styles.seats} aria-label={text('round.roster')}>
      {round.roster.map(({ id }) => {
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
          <li key={id} className={styles.seat} data-voted={played.length > 0} data-away={isAway}>
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
