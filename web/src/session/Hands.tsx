import { Suspense, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { lazyPart } from '../design/lazyPart.tsx';
import { HandCard } from '../design/PlayingCard.tsx';
import { useText } from '../text/text.ts';
import { type Participant, type Round, type Track, tracksOf, useSession } from './context.ts';
import styles from './Stage.module.css';
import { useShortcuts } from './shortcuts.ts';
import { findCardKey, useCardKeys } from './useCardKeys.ts';
import { useVoting } from './useVoting.ts';

const NoteField = lazyPart(async () => (await import('./NoteField.tsx')).NoteField);

/** One's cards, one hand for each track one votes on; spectators and latecomers are told why they have none. */
export function Hands({ round }: { readonly round: Round }) {
  const { session, me } = useSession();
  const text = useText();
  if (!me || me.role === 'SPECTATOR') return <p>{text('hand.spectator')}</p>;
  if (!round.roster.some(({ id }) => id === me.id)) return <p>{text('hand.nextRound')}</p>;
  const tracks = tracksOf(me, session);
  if (tracks.length === 0) return <p>{text('hand.noTrack')}</p>;
  return <PlayableHands round={round} me={me} tracks={tracks} />;
}

interface PlayableHandsProps {
  readonly round: Round;
  readonly me: Participant;
  readonly tracks: readonly Track[];
}

function PlayableHands({ round, me, tracks }: PlayableHandsProps) {
  const { session } = useSession();
  const text = useText();
  const voting = useVoting(round, me.id);
  // With several tracks the number keys play on the one that waits for a card.
  const [keysOn, setKeysOn] = useState<string>();
  const active = tracks.find((track) => track.id === keysOn) ?? tracks.find((track) => voting.cardOf(track.id) === undefined) ?? tracks[0];
  const { cards } = round.deck;

  const keys = useCardKeys(cards, active && ((label) => void voting.play(active.id, label)));
  useShortcuts({ ...keys, backspace: active && voting.cardOf(active.id) !== undefined ? () => void voting.retract(active.id) : undefined });

  const hands = tracks.map((track) => {
    const chosen = voting.cardOf(track.id);
    return (
      <section key={track.id} className={styles.hand} aria-labelledby={`hand-${track.id}`} onFocus={() => setKeysOn(track.id)}>
        <div className={styles.handLabel}>
          <h3 id={`hand-${track.id}`}>
            {session.tracks.length > 1 && `${track.label}: `}
            {chosen === undefined ? text('hand.play') : text(voting.isUnsent(track.id) ? 'hand.unsent' : 'hand.played', { card: chosen })}
          </h3>
          {chosen !== undefined && (
            <Suspense>
              <NoteField note={voting.noteOf(track.id)} onWrite={(note) => void voting.write(track.id, note)} />
            </Suspense>
          )}
          {chosen !== undefined && (
            <Button size="small" look="quiet" onClick={() => void voting.retract(track.id)}>
              {text('hand.retract')}
            </Button>
          )}
        </div>
        <div className={styles.handCards}>
          {cards.map((card) => (
            <span key={card.label} className={styles.slot}>
              <HandCard
                label={card.label}
                meaning={card.kind === 'NUMBER' ? undefined : text(`card.${card.kind}`)}
                isChosen={chosen === card.label}
                isDisabled={false}
                shortcut={track === active ? toSingleKey(findCardKey(cards, card.label)) : undefined}
                onPlay={() => void (chosen === card.label ? voting.retract(track.id) : voting.play(track.id, card.label))}
              />
              <span className={styles.key} aria-hidden="true">
                {track === active ? findCardKey(cards, card.label) : ''}
              </span>
            </span>
          ))}
        </div>
      </section>
    );
  });
  return tracks.length > 1 ? <div className={styles.sideBySide}>{hands}</div> : hands;
}

/** A number of several digits is no key that a screen reader could announce. */
function toSingleKey(key: string | undefined): string | undefined {
  return key?.length === 1 ? key.toUpperCase() : undefined;
}
