import { Suspense, useCallback, useEffect, useState } from 'react';
import { classes } from '../design/classes.ts';
import { Dialog } from '../design/Dialog.tsx';
import { Icon } from '../design/Icon.tsx';
import { lazyPart, preloadParts } from '../design/lazyPart.tsx';
import { Note } from '../design/Panel.tsx';
import { useDocumentTitle } from '../shell/Page.tsx';
import { MissingPart, PartBoundary } from '../shell/PartBoundary.tsx';
import { useText } from '../text/text.ts';
import { Announcer } from './Announcer.tsx';
import { useSession } from './context.ts';
import { GuestLeads } from './GuestLeads.tsx';
import { IssuePanel } from './IssuePanel.tsx';
import { PeoplePanel } from './PeoplePanel.tsx';
import { QueuePanel } from './QueuePanel.tsx';
import { SessionBar, type SessionDialog } from './SessionBar.tsx';
import styles from './SessionPage.module.css';
import { Stage } from './Stage.tsx';
import { SuccessionNews } from './SuccessionNews.tsx';
import { useSendingUnsent } from './unsentVotes.ts';
import { useIsWide } from './useIsWide.ts';
import { useKeptFocus } from './useKeptFocus.ts';
import { WaitingRoom } from './WaitingRoom.tsx';

const SideNotes = lazyPart(async () => (await import('./SideNotes.tsx')).SideNotes);
const InviteDialog = lazyPart(async () => (await import('./InviteDialog.tsx')).InviteDialog);
const DeviceDialog = lazyPart(async () => (await import('./DeviceDialog.tsx')).DeviceDialog);
const SettingsDialog = lazyPart(async () => (await import('./SettingsDialog.tsx')).SettingsDialog);
const ImportDialog = lazyPart(async () => (await import('../import/ImportDialog.tsx')).ImportDialog);
const ProfileDialog = lazyPart(async () => (await import('./ProfileDialog.tsx')).ProfileDialog);
const PreflightDialog = lazyPart(async () => (await import('./PreflightDialog.tsx')).PreflightDialog);
const DeleteDialog = lazyPart(async () => (await import('./DeleteDialog.tsx')).DeleteDialog);
const ShortcutsDialog = lazyPart(async () => (await import('./ShortcutsDialog.tsx')).ShortcutsDialog);

const Social = lazyPart(async () => (await import('../social/Social.tsx')).Social);

const tabs = [
  { id: 'stage', icon: 'cards' },
  { id: 'queue', icon: 'queue' },
  { id: 'people', icon: 'people' },
] as const;

/** The round comes first; a network may be gone by the time that a dialog is opened. */
const preloadAfterMs = 1_500;

/** The sitting: the queue, the table, the people. On a small screen one of them at a time. */
export function SessionPage({ onLeft, onDeleted }: { readonly onLeft: () => void; readonly onDeleted: () => void }) {
  const { session, me, connection, mayDirect } = useSession();
  useSendingUnsent(connection);
  useKeptFocus();
  const isWide = useIsWide();
  const [titleMark, setTitleMark] = useState('');
  const text = useText();
  const [tab, setTab] = useState<(typeof tabs)[number]['id']>('stage');
  const [preparedJql, setPreparedJql] = useState(() => new URLSearchParams(location.search).get('jql') ?? '');
  const [dialog, setDialog] = useState<SessionDialog | undefined>(preparedJql !== '' && mayDirect ? 'import' : undefined);
  const close = () => {
    setDialog(undefined);
    if (preparedJql === '') return;
    // Once is enough: neither a reload nor the next import starts with it again.
    setPreparedJql('');
    history.replaceState(null, '', location.pathname);
  };
  const openImport = useCallback(() => setDialog('import'), []);
  useDocumentTitle(`${titleMark}${session.title}`);
  useEffect(() => {
    const timer = setTimeout(() => void preloadParts(), preloadAfterMs);
    return () => clearTimeout(timer);
  }, []);

  return (
    <>
      <SessionBar onOpen={setDialog} onLeft={onLeft} />
      <main id="content" tabIndex={-1} className={styles.page} data-tab={tab}>
        <div className={classes(styles.side, styles.queue)}>
          <QueuePanel onImport={openImport} />
        </div>
        <div id="table" tabIndex={-1} className={styles.stage}>
          {me && !me.isPresent && <Note tone="bad">{text('session.removed')}</Note>}
          <GuestLeads />
          <WaitingRoom />
          <Stage onImport={openImport} onShortcuts={() => setDialog('shortcuts')} />
        </div>
        <div className={classes(styles.side, styles.people)}>
          {isWide && (
            <Suspense>
              <SideNotes />
            </Suspense>
          )}
          {isWide && <IssuePanel />}
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
      <SuccessionNews />
      <Suspense>
        <Social onTitleMark={setTitleMark} />
      </Suspense>
      <PartBoundary
        key={dialog}
        fallback={
          <Dialog title={text('part.broken')} onClose={close}>
            <MissingPart />
          </Dialog>
        }
      >
        <Suspense>
          {dialog === 'invite' && <InviteDialog onClose={close} />}
          {dialog === 'device' && <DeviceDialog onClose={close} />}
          {dialog === 'settings' && <SettingsDialog onClose={close} />}
          {dialog === 'import' && <ImportDialog jql={preparedJql} onClose={close} />}
          {dialog === 'profile' && <ProfileDialog onClose={close} onLeft={onLeft} />}
          {dialog === 'preflight' && <PreflightDialog onClose={close} />}
          {dialog === 'delete' && <DeleteDialog onClose={close} onDeleted={onDeleted} />}
          {dialog === 'shortcuts' && <ShortcutsDialog onClose={close} />}
        </Suspense>
      </PartBoundary>
    </>
  );
}
