import { lazy, Suspense, useState } from 'react';
import { classes } from '../design/classes.ts';
import { Icon } from '../design/Icon.tsx';
import { Note } from '../design/Panel.tsx';
import { useDocumentTitle } from '../shell/Page.tsx';
import { useText } from '../text/text.tsx';
import { Announcer } from './Announcer.tsx';
import { useSession } from './context.ts';
import { PeoplePanel } from './PeoplePanel.tsx';
import { QueuePanel } from './QueuePanel.tsx';
import { SessionBar, type SessionDialog } from './SessionBar.tsx';
import styles from './SessionPage.module.css';
import { Stage } from './Stage.tsx';

const InviteDialog = lazy(async () => ({ default: (await import('./InviteDialog.tsx')).InviteDialog }));
const SettingsDialog = lazy(async () => ({ default: (await import('./SettingsDialog.tsx')).SettingsDialog }));
const ImportDialog = lazy(async () => ({ default: (await import('../import/ImportDialog.tsx')).ImportDialog }));
const ProfileDialog = lazy(async () => ({ default: (await import('./ProfileDialog.tsx')).ProfileDialog }));
const PreflightDialog = lazy(async () => ({ default: (await import('./PreflightDialog.tsx')).PreflightDialog }));
const ShortcutsDialog = lazy(async () => ({ default: (await import('./ShortcutsDialog.tsx')).ShortcutsDialog }));

const tabs = [
  { id: 'stage', icon: 'cards' },
  { id: 'queue', icon: 'queue' },
  { id: 'people', icon: 'people' },
] as const;

/** The sitting: the queue, the table, the people. On a small screen one of them at a time. */
export function SessionPage({ onLeft }: { readonly onLeft: () => void }) {
  const { session, me } = useSession();
  const text = useText();
  const [tab, setTab] = useState<(typeof tabs)[number]['id']>('stage');
  const [dialog, setDialog] = useState<SessionDialog>();
  const close = () => setDialog(undefined);
  useDocumentTitle(session.title);

  return (
    <>
      <SessionBar onOpen={setDialog} onLeft={onLeft} />
      <main id="content" className={styles.page} data-tab={tab}>
        <div className={classes(styles.side, styles.queue)}>
          <QueuePanel onImport={() => setDialog('import')} />
        </div>
        <div className={styles.stage}>
          {session.state === 'CLOSED' && <Note tone="notable">{text('session.isClosed')}</Note>}
          {me && !me.isPresent && <Note tone="bad">{text('session.removed')}</Note>}
          <Stage onImport={() => setDialog('import')} onShortcuts={() => setDialog('shortcuts')} />
        </div>
        <div className={classes(styles.side, styles.people)}>
          <PeoplePanel onInvite={() => setDialog('invite')} />
        </div>
        <nav className={styles.tabs} aria-label={text('views')}>
          {tabs.map(({ id, icon }) => (
            <button key={id} type="button" aria-pressed={tab === id} onClick={() => setTab(id)}>
              <Icon name={icon} />
              {text(`tab.${id}`)}
            </button>
          ))}
        </nav>
      </main>
      <Announcer />
      <Suspense>
        {dialog === 'invite' && <InviteDialog onClose={close} />}
        {dialog === 'settings' && <SettingsDialog onClose={close} />}
        {dialog === 'import' && <ImportDialog onClose={close} />}
        {dialog === 'profile' && <ProfileDialog onClose={close} />}
        {dialog === 'preflight' && <PreflightDialog onClose={close} />}
        {dialog === 'shortcuts' && <ShortcutsDialog onClose={close} />}
      </Suspense>
    </>
  );
}
