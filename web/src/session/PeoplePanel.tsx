import { Suspense } from 'react';
import { Avatar } from '../design/Avatar.tsx';
import { Button } from '../design/Button.tsx';
import { classes } from '../design/classes.ts';
import { Icon } from '../design/Icon.tsx';
import { lazyPart } from '../design/lazyPart.tsx';
import { Panel } from '../design/Panel.tsx';
import { findName } from '../text/names.ts';
import { useText } from '../text/text.tsx';
import { hasVoted, type Participant, useSession } from './context.ts';
import styles from './PeoplePanel.module.css';

const PersonActions = lazyPart(async () => (await import('../social/PersonActions.tsx')).PersonActions);
const PeopleWhoLeft = lazyPart(async () => (await import('./PeopleWhoLeft.tsx')).PeopleWhoLeft);
const ReactionOf = lazyPart(async () => (await import('../social/ReactionOf.tsx')).ReactionOf);

/** Who is here: estimators with whether they have voted, spectators apart. */
export function PeoplePanel({ onInvite }: { readonly onInvite: () => void }) {
  const { session, isFacilitator } = useSession();
  const text = useText();
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
              <Person key={participant.id} participant={participant} />
            ))}
          </ul>
        </div>
      ))}
      <Suspense>{isFacilitator && <PeopleWhoLeft />}</Suspense>
    </Panel>
  );
}

function Person({ participant }: { readonly participant: Participant }) {
  const { session, me } = useSession();
  const text = useText();
  const round = session.currentRound;
  const isDone = round !== null && hasVoted(round, participant, session);
  const isExpected = round?.state === 'OPEN' && round.roster.some(({ id }) => id === participant.id);
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
        {participant.id === me?.id && ` ${text('you')}`}
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
      {isExpected ? (
        <span className={styles.mark}>
          {isDone && <Icon name="check" />}
          <span className="visually-hidden">{isDone ? text('vote.cast') : text('vote.missing')}</span>
        </span>
      ) : (
        <span />
      )}
      <Suspense>
        <PersonActions participant={participant} isAwaited={isExpected && !isDone} />
      </Suspense>
    </li>
  );
}
