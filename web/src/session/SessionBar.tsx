import { Suspense, useState } from 'react';
import { Button } from '../design/Button.tsx';
import { ConfirmDialog } from '../design/ConfirmDialog.tsx';
import { Icon } from '../design/Icon.tsx';
import { lazyPart } from '../design/lazyPart.tsx';
import { Menu, type MenuItem } from '../design/Menu.tsx';
import { Chip, type Tone } from '../design/Panel.tsx';
import { CloseSessionDocument, LeaveSessionDocument, PauseSessionDocument, ReopenSessionDocument } from '../generated/graph.ts';
import type { ConnectionState } from '../graph/socket.ts';
import { useAction } from '../graph/useAction.ts';
import { goTo } from '../routes.ts';
import { TopBar, useAppearance } from '../shell/TopBar.tsx';
import { useStore } from '../store.ts';
import { useText } from '../text/text.ts';
import { useSession } from './context.ts';

export type SessionDialog = 'invite' | 'device' | 'settings' | 'import' | 'profile' | 'preflight' | 'shortcuts' | 'delete';

const ReactionMenu = lazyPart(async () => (await import('../social/ReactionMenu.tsx')).ReactionMenu);

const tones: Record<ConnectionState, Tone> = { idle: 'plain', connecting: 'plain', live: 'good', reconnecting: 'notable', refused: 'bad' };

/** Whether what one sees is live; always in sight. */
function ConnectionChip() {
  const { connection } = useSession();
  const text = useText();
  const state = useStore(connection.state);
  return (
    <span role="status" data-connection={state}>
      <Chip tone={tones[state]}>{text(`connection.${state}`)}</Chip>
    </span>
  );
}

/** The session's bar: its title, the connection, and what belongs to the whole session. */
export function SessionBar({ onOpen, onLeft }: { readonly onOpen: (dialog: SessionDialog) => void; readonly onLeft: () => void }) {
  const { session, me, isFacilitator } = useSession();
  const text = useText();
  const [pauseSession] = useAction(PauseSessionDocument);
  const [closeSession] = useAction(CloseSessionDocument);
  const [reopenSession] = useAction(ReopenSessionDocument);
  const [leaveSession] = useAction(LeaveSessionDocument);

  const [asked, setAsked] = useState<'close' | 'leave'>();
  const present = session.participants.filter((participant) => participant.isPresent);
  const isLastFacilitator = isFacilitator && present.length > 1 && !present.some((other) => other.isFacilitator && other.id !== me?.id);
  const leave = async () => {
    if (await leaveSession({})) onLeft();
  };

  const appearance = useAppearance();
  const items: MenuItem[] = [
    { label: text('report.open'), icon: 'chart', onChoose: () => goTo({ name: 'report', sessionId: session.id }) },
    { label: text('profile.title'), icon: 'people', onChoose: () => onOpen('profile') },
    { label: text('device.title'), icon: 'open', onChoose: () => onOpen('device') },
    { label: text('shortcuts.title'), icon: 'keyboard', onChoose: () => onOpen('shortcuts') },
  ];
  if (isFacilitator) {
    items.push({ label: text('preflight.title'), icon: 'shield', onChoose: () => onOpen('preflight') });
    items.push({ label: text('settings.title'), icon: 'settings', onChoose: () => onOpen('settings') });
    if (session.state === 'OPEN') items.push({ label: text('session.pause'), icon: 'pause', onChoose: () => void pauseSession({}) });
    items.push(
      session.state !== 'CLOSED'
        ? { label: text('session.close'), icon: 'lock', onChoose: () => setAsked('close') }
        : { label: text('session.reopen'), icon: 'undo', onChoose: () => void reopenSession({}) },
      { label: text('delete.open'), icon: 'bin', isDanger: true, onChoose: () => onOpen('delete') },
    );
  }
  items.push(...appearance, {
    label: text('session.leave'),
    icon: 'exit',
    isDanger: true,
    onChoose: () => (isLastFacilitator ? setAsked('leave') : void leave()),
  });

  return (
    <TopBar
      title={session.title}
      isAppearanceElsewhere
      actions={
        <>
          <Suspense>
            <ReactionMenu />
          </Suspense>
          <Button look="quiet" isIcon aria-label={text('invite')} onClick={() => onOpen('invite')}>
            <Icon name="link" />
          </Button>
          <Menu label={text('menu')} items={items} />
          {asked && (
            <ConfirmDialog
              title={text(`confirm.${asked}`)}
              lead={text(`confirm.${asked}Lead`)}
              confirm={text(asked === 'close' ? 'session.close' : 'session.leave')}
              onConfirm={() => void (asked === 'close' ? closeSession({}) : leave())}
              onClose={() => setAsked(undefined)}
            />
          )}
        </>
      }
    >
      <ConnectionChip />
    </TopBar>
  );
}
