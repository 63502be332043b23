import { memo, Suspense } from 'react';
import { Avatar } from '../design/Avatar.tsx';
import { Button } from '../design/Button.tsx';
import { classes } from '../design/classes.ts';
import { Icon } from '../design/Icon.tsx';
import { lazyPart } from '../design/lazyPart.tsx';
import { Panel } from '../design/Panel.tsx';
import { findName } from '../text/names.ts';
import { useText } from '../text/text.ts';
import { hasVoted, type Participant, useSession } from './context.ts';
import { mayNudge } from './nudging.ts';
import styles from './PeoplePanel.module.css';

const PersonActions = lazyPart(async () => (await import('../social/PersonActions.tsx')).PersonActions);
const PeopleWhoLeft = lazyPart(async () => (await import('./PeopleWhoLeft.tsx')).PeopleWhoLeft);
const ReactionOf = lazyPart(async () => (await import('../social/ReactionOf.tsx')).ReactionOf);

/** Who is here: estimators with whether they have voted, spectators apart. */
export function PeoplePanel({ onInvite }: { readonly onInvite: () => void }) {
  const view = useSession();
  const { session, me, isFacilitator } = view;
  const text = useText();
  const round = session.currentRound;
  const expected = new Set(round?.state === 'OPEN' ? round.roster.map(({ id }) => id) : []);
  const mayAsk = mayNudge(view);
  const present = session.participants.filter((participant) => participant.isPresent);
  const groups = [
    { title: text('people.estimators'), people: present.filter((participant) => participant.role === 'ESTIMATOR') },
    { title: text('people.spectators'), people: present.filter((participant) => participant.role === 'SPECTATOR') },
  ].filter((group) => group.people.length > 0);
  return (
    <Panel
      title={text('people', { count: present.length })}
      actions={
        <Button size="small" onClick={onInvite}>
          <Icon name="link" size={16} />
          {text('invite')}
        </Button>
      }
    >
      {groups.map((group) => (
        <div key={group.title} className={styles.group}>
          {groups.length > 1 && <h3>{group.title}</h3>}
          <ul className={styles.list}>
            {group.people.map((participant) => (
              <Person
                key={participant.id}
                participant={participant}
                isMe={participant.id === me?.id}
                card={!round || !expected.has(participant.id) ? undefined : hasVoted(round, participant, session) ? 'cast' : 'missing'}
                mayNudge={mayAsk}
                isFacilitator={isFacilitator}
              />
            ))}
          </ul>
        </div>
      ))}
      <Suspense>{isFacilitator && <PeopleWhoLeft />}</Suspense>
    </Panel>
  );
}

interface PersonProps {
  readonly participant: Participant;
  readonly isMe: boolean;
  /** Theirs in the open round; undefined where none is waited for. */
  readonly card: 'cast' | 'missing' | undefined;
  /** One's own: whether one may ask for cards, and decide about people. */
  readonly mayNudge: boolean;
  readonly isFacilitator: boolean;
}

/** Drawn again only when something of this person changes: thirty people's votes are thirty rows, not nine hundred. */
const Person = memo(function Person({ participant, isMe, card, mayNudge, isFacilitator }: PersonProps) {
  const text = useText();
  return (
    <li className={classes(styles.person, !participant.isOnline && styles.away)}>
      <span className={styles.face}>
        <Avatar {...participant.avatar} />
        <Suspense>
          <ReactionOf id={participant.id} />
        </Suspense>
      </span>
      <span className={styles.name}>
        {participant.name}
        {isMe && ` ${text('you')}`}
        {(participant.isFacilitator || participant.discipline || !participant.isOnline) && (
          <span className={styles.role}>
            {[
              participant.isFacilitator && text('facilitator'),
              participant.discipline && findName(text, 'discipline', participant.discipline),
              !participant.isOnline && text('people.away'),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        )}
      </span>
      {card !== undefined ? (
        <span className={styles.mark}>
          {card === 'cast' && <Icon name="check" />}
          <span className="visually-hidden">{text(`vote.${card}`)}</span>
        </span>
      ) : (
        <span />
      )}
      <Suspense>
        <PersonActions participant={participant} isMe={isMe} mayNudge={mayNudge && card === 'missing'} isFacilitator={isFacilitator} />
      </Suspense>
    </li>
  );
});
