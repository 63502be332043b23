import type { ApolloCache } from '@apollo/client';
import { Avatar } from '../design/Avatar.tsx';
import { Button } from '../design/Button.tsx';
import { classes } from '../design/classes.ts';
import { Icon } from '../design/Icon.tsx';
import { Menu, type MenuItem } from '../design/Menu.tsx';
import { Panel } from '../design/Panel.tsx';
import { showToast } from '../design/Toasts.tsx';
import {
  GrantFacilitationDocument,
  type GrantFacilitationMutation,
  ReadmitParticipantDocument,
  RemoveParticipantDocument,
  type RemoveParticipantMutation,
  RevokeFacilitationDocument,
  type RevokeFacilitationMutation,
} from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { findName } from '../text/names.ts';
import { useText } from '../text/text.tsx';
import { hasVoted, type Participant, useSession } from './context.ts';
import styles from './PeoplePanel.module.css';
import { PeopleWhoLeft } from './PeopleWhoLeft.tsx';

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
      {isFacilitator && <PeopleWhoLeft />}
    </Panel>
  );
}

function Person({ participant }: { readonly participant: Participant }) {
  const { session, me, isFacilitator } = useSession();
  const text = useText();
  const round = session.currentRound;
  const isDone = round !== null && hasVoted(round, participant, session);
  const isExpected = round?.state === 'OPEN' && round.roster.some(({ id }) => id === participant.id);
  return (
    <li className={classes(styles.person, !participant.isOnline && styles.away)}>
      <Avatar id={participant.id} name={participant.name} />
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
      {isFacilitator && <PersonMenu participant={participant} />}
    </li>
  );
}

function PersonMenu({ participant }: { readonly participant: Participant }) {
  const { session, me } = useSession();
  const text = useText();
  const [grant] = useAction(GrantFacilitationDocument);
  const [revoke] = useAction(RevokeFacilitationDocument);
  const [remove] = useAction(RemoveParticipantDocument);
  const [readmit] = useAction(ReadmitParticipantDocument);
  const participantId = participant.id;
  const unchanged = { __typename: 'Session', id: session.id, revision: session.revision };
  const show = (fields: Partial<Participant>) => ({
    update: (cache: ApolloCache) => {
      const id = cache.identify({ __typename: 'Participant', id: participantId });
      if (id !== undefined)
        cache.modify({ id, fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, () => value])) });
    },
  });
  const grantNow = () =>
    void grant(
      { participantId },
      { optimisticResponse: { grantFacilitation: unchanged } as unknown as GrantFacilitationMutation, ...show({ isFacilitator: true }) },
    );
  const revokeNow = () =>
    void revoke(
      { participantId },
      { optimisticResponse: { revokeFacilitation: unchanged } as unknown as RevokeFacilitationMutation, ...show({ isFacilitator: false }) },
    );
  const removeNow = async () => {
    const optimisticResponse = { removeParticipant: unchanged } as unknown as RemoveParticipantMutation;
    if (!(await remove({ participantId }, { optimisticResponse, ...show({ isPresent: false }) }))) return;
    showToast('good', text('undo.person', { name: participant.name }), {
      label: text('undo'),
      run: () => void readmit({ participantId }, show({ isPresent: true })),
    });
  };
  const items: MenuItem[] = [
    participant.isFacilitator
      ? { label: text('people.revoke'), icon: 'crown', onChoose: revokeNow }
      : { label: text('people.grant'), icon: 'crown', onChoose: grantNow },
  ];
  if (participantId !== me?.id) {
    items.push({ label: text('people.remove'), icon: 'bin', isDanger: true, onChoose: () => void removeNow() });
  }
  return <Menu size="small" label={text('people.menu', { name: participant.name })} items={items} />;
}
