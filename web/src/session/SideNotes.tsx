import { Panel } from '../design/Panel.tsx';
import { useLaterText } from '../text/later.ts';
import { useSession } from './context.ts';
import styles from './Notes.module.css';
import { Notes } from './Notes.tsx';

/** What people wrote with their cards, beside the table: there it takes no place from the result. */
export function SideNotes() {
  const { session, findParticipant } = useSession();
  const text = useLaterText();
  const round = session.currentRound;
  if (round?.state !== 'REVEALED' || !round.votes.some(({ note }) => note !== null)) return null;
  return (
    <div className={styles.beside}>
      <Panel title={text('notes.title')}>
        <Notes votes={round.votes} nameOf={(id) => findParticipant(id)?.name ?? text('someone')} />
      </Panel>
    </div>
  );
}
