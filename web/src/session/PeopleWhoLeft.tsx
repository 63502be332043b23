import { useState } from 'react';
import { ConfirmDialog } from '../design/ConfirmDialog.tsx';
import { Menu } from '../design/Menu.tsx';
import { RemoveNameDocument } from '../generated/graph.ts';
import { ReadmitParticipantDocument } from '../generated/later.ts';
import { useAction } from '../graph/useAction.ts';
import { useText } from '../text/text.ts';
import { type Participant, useSession } from './context.ts';
import styles from './PeoplePanel.module.css';

/** Whoever has no name any more: the ledger calls them so, in every language. */
const nameless = 'Former participant';

/** Those who have left, for facilitators: they may be let in again, or have their names taken out. */
export function PeopleWhoLeft() {
  const { session } = useSession();
  const text = useText();
  const [asked, setAsked] = useState<Participant>();
  const [readmit] = useAction(ReadmitParticipantDocument);
  const [removeName] = useAction(RemoveNameDocument);
  const people = session.participants.filter(({ isPresent, name }) => !isPresent && name !== nameless);
  if (people.length === 0) return null;
  return (
    <details className={styles.left}>
      <summary>{text('people.left', { count: people.length })}</summary>
      <ul className={styles.list}>
        {people.map((participant) => (
          <li key={participant.id} className={styles.leaver}>
            <span className={styles.name}>{participant.name}</span>
            <Menu
              size="small"
              label={text('people.menu', { name: participant.name })}
              items={[
                ...(session.state === 'CLOSED'
                  ? []
                  : [
                      {
                        label: text('people.readmit'),
                        icon: 'undo' as const,
                        onChoose: () => void readmit({ participantId: participant.id }),
                      },
                    ]),
                { label: text('removeName'), icon: 'bin', isDanger: true, onChoose: () => setAsked(participant) },
              ]}
            />
          </li>
        ))}
      </ul>
      {asked && (
        <ConfirmDialog
          title={text('removeName.title', { name: asked.name })}
          lead={text('removeName.lead')}
          confirm={text('removeName')}
          onConfirm={() => void removeName({ participantId: asked.id })}
          onClose={() => setAsked(undefined)}
        />
      )}
    </details>
  );
}
